//! What can be done with accounts, sessions and tokens.

mod accounts;
mod addresses;
mod deletion;
mod erase;
mod identify;
mod links;
mod old;
mod profiles;
mod sessions;
mod sign_ins;
mod tokens;
mod words;

pub use accounts::{by_ids, duties, list, refuse};
pub use addresses::{confirm_address, unconfirmed};
pub use deletion::{cancel_deletion, delete, over};
pub use erase::erase;
pub use identify::{Identity, Proof, Shown, identify, is_still, touch};
pub use links::{LinkRequest, send_link, use_link};
pub use old::{LINK_MINUTES, SESSION_DAYS, anything_old, forget_old};
pub use profiles::{
    Owner, Reader, end_letters, mark_seen, owner, readers, resident, resident_with, seen_at, update,
};
pub use sessions::{
    Browser, Opened, end_of_account, end_one, end_others, mine, of_account as sessions_of, open,
    sign_out,
};
pub use sign_ins::{begin_sign_in, take_sign_in};
pub use tokens::{
    NewToken, Owned, create_token, end_tokens_of, list_tokens, own_tokens, revoke_one,
    revoke_token, token_page,
};
pub use words::heed;
