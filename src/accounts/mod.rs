//! Accounts: who is behind a request, and how that is shown.
//!
//! A person signs in at a provider of OpenID Connect (`openid`) or by a link in a mail, and gets a
//! session, of which only the hash of its secret is kept. An application shows an access token. In
//! development, on this machine, there are tokens such as `dev:editor`. docs/accounts.md tells all.

mod actions;
mod entity;
mod graphql;
mod openid;
mod rules;

pub use actions::{
    Browser, Identity, LinkRequest, NewToken, Opened, Owned, Proof, Shown, anything_old,
    begin_sign_in, create_token, end_tokens_of, forget_old, heed, identify, is_still, list_tokens,
    open, refuse, revoke_token, send_link, sign_out, take_sign_in, touch, use_link,
};
pub use entity::{Account, AccountId, SessionId, SignIn, session};
pub use graphql::{
    AccessTokenObject, AccountMutations, AccountObject, AccountQueries, TokenMutations,
    TokenQueries, accounts,
};
pub use openid::{LogoutWord, OpenId, Refused, Registry};
pub use rules::{Person, SIGN_IN_MINUTES, development, own_path};
