//! How people and applications show who they are.

mod failed;
mod hostile;
mod links;
mod logout;
mod providers;
mod sessions;
mod tokens;
mod watching;
