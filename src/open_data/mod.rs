//! Open data: the public part of all reports, as files over HTTP and on the command line.

mod dictionary;
mod formats;
mod http;

pub use dictionary::dictionary;
pub use formats::{Encoder, Format, bare_cell};
pub use http::{reports, show_dictionary};
