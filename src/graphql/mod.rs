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
mod node;
mod respond;
mod schema;
mod socket;

pub use connection::{Connection, PageInfo};
pub use context::{Caller, ContextExt, Nullable};
pub use errors::{UserError, refusals};
pub use gate::Gate;
pub use handler::{get, post};
pub use live::stream;
pub use schema::{Schema, build, sdl};
pub use socket::websocket;
