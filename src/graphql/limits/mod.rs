//! What a document may ask for: characters, tokens, nesting, aliases, directives, cost.

mod document;
mod text;

use crate::words::Message;

pub use document::{Cost, check_document};
pub use text::check_text;

/// Tokens of a document.
const TOKENS_MAX: usize = 1_000;
/// Levels of fields; fewer than 15 would also refuse the standard introspection query.
pub const DEPTH_MAX: usize = 16;

/// A limit that was passed: the error code and the message.
pub type Refusal = (&'static str, Message);
