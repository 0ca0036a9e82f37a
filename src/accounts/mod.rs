//! Accounts: who is behind a request.
//!
//! So far by development tokens only, on a loopback listener with the `dev` profile; sign-in by
//! OpenID Connect and sessions come into this slice.

mod rules;

pub use rules::authenticate;
