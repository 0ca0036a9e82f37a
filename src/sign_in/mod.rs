//! Sign-in over HTTP: cookies, the way to providers and back, and the sign-in of development.

mod cookies;
mod credentials;
mod development;
mod leave;
mod links;
mod openid;
mod pages;

pub use credentials::{Given, identify, is_same_origin};
pub use development::{choose, develop};
pub use leave::{back_channel, leave};
pub use links::{ask, confirm, enter, send};
pub use openid::{begin, callback};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

use crate::{app::App, graphql::language, visitor::Visitor};

/// What a request to these pages costs its address, so that nobody fills the table of sign-ins.
const POINTS: u32 = 20;

/// Takes the price of a request before anything is done.
pub async fn pay(
    State(app): State<App>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    match visitor.pay(&app, POINTS, language(request.headers())) {
        Ok(()) => next.run(request).await,
        Err(later) => later,
    }
}

/// Bytes of a form that is sent here.
pub const FORM_BYTES_MAX: usize = 32 * 1024;
