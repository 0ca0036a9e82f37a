//! The command line, as the real binary: what it prints, how it ends, and what it leaves behind.

mod binary;
mod demo;
mod doctor;
mod killed;
mod knowledge;
mod links;
mod newer;
mod privacy;
mod reports;
mod serve;
mod settings;

use binary::Kontakt;
