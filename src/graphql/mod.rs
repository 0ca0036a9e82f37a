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

pub use connection::{Connection, PageInfo};
pub use context::{Caller, ContextExt};
pub use errors::{UserError, refusals};
pub use gate::Gate;
pub use handler::{get, post};
pub use live::{stream, websocket};
pub use schema::{Schema, build, sdl};
