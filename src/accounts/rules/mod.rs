//! What is allowed when people and applications show who they are. Pure.

mod claims;
mod deletion;
mod development;
mod links;
mod paths;
mod profiles;
mod sessions;
mod tokens;

pub use claims::{Person, handle, person, values_at};
pub use deletion::{ERASE_DAYS, YOUNG_MINUTES, is_young};
pub use development::development;
pub use links::address;
pub use paths::own_path;
pub use profiles::{Level, changed, email, language, level, name};
pub use sessions::{
    LINK_MINUTES, LINKS_PER_HOUR_MAX, SESSIONS_MAX, SIGN_IN_MINUTES, expires_at, is_open, is_stale,
    shortened_agent,
};
pub use tokens::{TOKEN_PREFIX, token_problems};
