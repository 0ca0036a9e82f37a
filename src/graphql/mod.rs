//! The GraphQL face: schema, context, limits, error mapping, and the ways in over HTTP.

mod connection;
mod context;
mod document;
mod errors;
mod explorer;
mod gate;
mod handler;
mod limits;
mod live;
mod multipart;
mod node;
mod payloads;
mod photos;
mod respond;
mod schema;
mod socket;
mod upload;

pub use connection::{Connection, PageInfo};
pub use context::{Caller, ContextExt, Nullable, staff};
pub use errors::{UserError, refusals};
pub use gate::Gate;
pub use handler::{get, language, post};
pub use live::stream;
pub use multipart::PREFLIGHT;
pub(crate) use payloads::payloads;
pub use photos::photo_url;
pub use schema::{Schema, build, sdl};
pub use socket::websocket;
