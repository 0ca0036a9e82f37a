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
    Browser, Identity, LINK_MINUTES, LinkRequest, NewToken, Opened, Owned, Owner, Proof, Reader,
    SESSION_DAYS, Shown, anything_old, begin_sign_in, confirm_address, create_token, duties,
    end_letters, end_tokens_of, erase, forget_old, heed, identify, is_still, list_tokens,
    mark_seen, open, over, readers, refuse, resident, resident_with, revoke_token, seen_at,
    send_link, sessions_of, sign_out, take_sign_in, touch, unconfirmed, use_link,
};
pub use entity::{Account, AccountId, LetterKind, Letters, SessionId, SignIn, Token, session};
pub use graphql::{
    AccessTokenObject, AccountMutations, AccountObject, AccountQueries, MeObject, ProfileMutations,
    TokenMutations, TokenQueries, accounts,
};
pub use openid::{LogoutWord, OpenId, Refused, Registry};
pub use rules::{Person, SIGN_IN_MINUTES, development, own_path};
