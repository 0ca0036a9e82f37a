//! What is stored of accounts and of the ways into them. Secrets are stored as SHA-256 only.

mod accounts;
mod inputs;
mod profiles;
mod sessions;
mod sign_ins;
mod tokens;

pub use accounts::{Account, AccountId, account};
pub use inputs::{ContactPreferencesInput, DeleteMyAccountInput, UpdateProfileInput};
pub use profiles::{AddressChange, LetterKind, Letters, Profile, address_change, profile};
pub use sessions::{EndedWhy, Session, SessionId, session};
pub use sign_ins::{Link, SignIn, link, logout_token, sign_in};
pub use tokens::{ScopeWords, Token, TokenId, token};
