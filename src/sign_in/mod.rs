//! Sign-in over HTTP: cookies, the way to providers and back, and the sign-in of development.

mod cookies;
mod credentials;
mod development;
mod leave;
mod links;
mod openid;
mod pages;

pub use credentials::{Given, Sender, identify, is_same_origin, sender};
pub use development::{choose, develop};
pub use leave::{back_channel, leave};
pub use links::{ask, confirm, enter, send};
pub use openid::{begin, callback};
pub use pages::{escaped, page};

/// Bytes of a form that is sent here.
pub const FORM_BYTES_MAX: usize = 32 * 1024;
