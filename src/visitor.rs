//! From which address a request comes: what is counted against when nobody is signed in.

use std::{convert::Infallible, net::IpAddr, time::Duration};

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use ipnet::IpNet;

use crate::{
    actor::Actor,
    app::App,
    graphql::language,
    rates::wait_seconds,
    words::{Lang, Message},
};

/// Where trusted proxies write whom they speak for.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The other end of the connection, which may be a proxy.
#[derive(Clone, Copy)]
pub struct Peer(pub IpAddr);

/// The address that a request comes from, before all proxies that the settings trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visitor(pub IpAddr);

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // Without a connection the router is called from this very process.
        let local = IpAddr::from([127, 0, 0, 1]);
        let peer = parts.extensions.get::<Peer>().map_or(local, |peer| peer.0);
        Ok(Self(before_proxies(peer, &parts.headers, &app.config.trusted_proxies)))
    }
}

/// What a page with a button costs, so that nobody fills tables by pressing.
const PAGE_POINTS: u32 = 20;

/// Takes the price of a page before anything is done.
pub async fn pay_for_page(
    State(app): State<App>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    match visitor.pay(&app, PAGE_POINTS, language(request.headers())) {
        Ok(()) => next.run(request).await,
        Err(later) => later,
    }
}

impl Visitor {
    /// Takes points from this address, or gives the answer that asks to come again later.
    pub fn pay(self, app: &App, points: u32, lang: Lang) -> Result<(), Response> {
        app.rates.take(&Actor::Anyone, self.0, points).map_err(|wait| too_many(wait, lang))
    }
}

/// The answer that asks to come again later.
pub fn too_many(wait: Duration, lang: Lang) -> Response {
    let seconds = wait_seconds(wait);
    let message = Message::new("rate-limited").with("seconds", seconds).say(lang);
    let later = [(header::RETRY_AFTER, seconds.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, later, message).into_response()
}

/// The last address that no trusted proxy has: what stands before it anybody may have written.
fn before_proxies(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let trusts = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    let lines: Vec<&str> =
        headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok()).collect();
    let mut visitor = peer.to_canonical();
    for written in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !trusts(&visitor) {
            break;
        }
        // A proxy that writes something else speaks for itself.
        let Ok(address) = written.trim().parse::<IpAddr>() else { break };
        visitor = address.to_canonical();
    }
    visitor
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitor(peer: &str, forwarded: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        before_proxies(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(visitor("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(visitor("10.1.2.3", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(visitor("10.1.2.3", &[]), "10.1.2.3");
    }

    #[test]
    fn what_a_visitor_wrote_before_the_proxies_counts_for_nothing() {
        assert_eq!(visitor("10.1.2.3", &["1.1.1.1, 198.51.100.1, 10.9.9.9"]), "198.51.100.1");
        assert_eq!(visitor("10.1.2.3", &["1.1.1.1", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(visitor("10.1.2.3", &["1.1.1.1, nonsense"]), "10.1.2.3");
    }

    #[test]
    fn an_address_of_version_4_is_one_however_it_is_written() {
        assert_eq!(visitor("::ffff:203.0.113.9", &[]), "203.0.113.9");
        assert_eq!(visitor("::1", &["::ffff:198.51.100.1"]), "198.51.100.1");
    }
}
