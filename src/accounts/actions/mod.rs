//! What can be done with accounts, sessions and tokens.

mod accounts;
mod identify;
mod links;
mod old;
mod sessions;
mod sign_ins;
mod tokens;
mod words;

pub use accounts::{by_id, by_ids, list, refuse};
pub use identify::{Identity, Proof, Shown, identify, is_still, touch};
pub use links::{LinkRequest, send_link, use_link};
pub use old::{anything_old, forget_old};
pub use sessions::{Browser, Opened, end_of_account, end_one, end_others, mine, open, sign_out};
pub use sign_ins::{begin_sign_in, take_sign_in};
pub use tokens::{
    NewToken, Owned, create_token, end_tokens_of, list_tokens, own_tokens, revoke_one,
    revoke_token, token_page,
};
pub use words::heed;
