//! Open311 GeoReport v2: services, reports and filing for applications of others, in XML and JSON.
//!
//! A face: it translates between GeoReport's words and the actions of `reports`. What it adds to the
//! standard is told in `docs/open311.md`.

mod call;
mod clients;
mod discovery;
mod document;
mod filing;
mod parameters;
mod refused;
mod requests;
mod services;

pub use call::{no_such_method, no_such_path};
pub use discovery::discovery;
pub use document::Format;
pub use filing::file;
pub use requests::{list, one, token};
pub use services::{definition, services};
