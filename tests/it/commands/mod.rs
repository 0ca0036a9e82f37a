//! The command line, as the real binary: what it prints, how it ends, and what it leaves behind.

mod binary;
mod doctor;
mod knowledge;
mod links;
mod newer;
mod serve;
mod settings;

use binary::Kontakt;
