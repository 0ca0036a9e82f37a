//! Which application a key belongs to.

use axum::http::StatusCode;
use sha2::{Digest, Sha256};

use crate::{
    actor::{Actor, Client, Scope},
    config::ApiClient,
    open311::{parameters::Parameters, refused::Refused},
};

/// The application whose key was given.
pub fn client(clients: &[ApiClient], parameters: &Parameters) -> Result<Actor, Refused> {
    let refused = |message: &'static str| Refused::whole(StatusCode::FORBIDDEN, message);
    if clients.is_empty() {
        return Err(refused("open311-closed"));
    }
    let key = parameters.get("api_key").ok_or_else(|| refused("open311-no-key"))?;
    let digest: [u8; 32] = Sha256::digest(key).into();
    // All are looked at, so that the time tells nothing of where a key stands.
    let mut found = None;
    for known in clients.iter().filter(|known| is_same(&known.key_digest, &digest)) {
        found = found.or(Some(known));
    }
    let found = found.ok_or_else(|| refused("open311-wrong-key"))?;
    Ok(actor(&found.name))
}

/// An application with a key of the settings files reports and nothing else.
fn actor(name: &str) -> Actor {
    let (handle, scopes) = (format!("open311:{name}"), vec![Scope::FileReports]);
    Actor::Client(Client { handle, scopes })
}

/// Takes as long for what differs at the beginning as for what differs at the end.
fn is_same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handle(clients: &[ApiClient], given: &str) -> Result<Actor, StatusCode> {
        let parameters = Parameters::parse(given).unwrap();
        client(clients, &parameters).map_err(|refused| refused.status())
    }

    #[test]
    fn an_application_is_known_by_its_key() {
        let of = |name: &str, key: &str| ApiClient {
            name: name.into(),
            key_digest: Sha256::digest(key).into(),
        };
        let clients = [of("spacer", "first"), of("rower", "second"), of("rower", "newer")];
        for (given, name) in [("first", "spacer"), ("second", "rower"), ("newer", "rower")] {
            assert_eq!(handle(&clients, &format!("api_key={given}")), Ok(actor(name)));
        }
        for (clients, given) in [
            (&clients[..], "api_key=third"),
            (&clients, "api_key="),
            (&clients, ""),
            (&[], "api_key=first"),
        ] {
            assert_eq!(handle(clients, given), Err(StatusCode::FORBIDDEN), "{given}");
        }
    }
}
