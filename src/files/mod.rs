//! Files that people send: photos, made harmless and kept under the hash of their content.

mod key;
mod photo;
mod store;

pub use key::Keys;
pub use photo::{PHOTO_BYTES_MAX, PhotoProblem, Prepared, prepare};
pub use store::{Blob, Files, Kept, ReadyPhoto, StoredPhoto};
