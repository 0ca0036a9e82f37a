//! The spine: an append-only table of what happened, written in the same transaction as the
//! change itself, and its followers.
//!
//! A follower reads the subject *as it is now*, so taking an entry twice does no harm. Ids follow
//! the order of commits, so a cursor is one number and nothing is ever skipped.

mod entity;
mod feed;
mod follow;
mod heads;
mod installed;
mod reload;

pub use entity::{Entry, Event, Kind, NewEntry, Subject, append, head, parked, read_after, unpark};
pub use feed::{Feed, Head};
pub use follow::{Follower, follow};
pub use heads::{HeadOf, Heads};
pub use installed::{Installed, Shared, retake};
pub use reload::reload_on;
