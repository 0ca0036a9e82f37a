//! What can go wrong.

use std::io;
use std::path::{Path, PathBuf};

use crate::model::{FILTER_VALUES_MAX, LIMIT_MAX, OFFSET_MAX};

/// Why the index could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process (or another handle in this one) has the folder open.
    #[error("the index in {0} is in use by another process")]
    InUse(PathBuf),
    /// A rebuild has not been finished or dropped yet.
    #[error("the index is already being rebuilt")]
    RebuildRunning,
    /// `Query::limit` is beyond [`LIMIT_MAX`].
    #[error("a page holds at most {LIMIT_MAX} hits, {asked} were asked for")]
    LimitTooLarge {
        /// The limit of the query.
        asked: usize,
    },
    /// `Query::offset` is beyond [`OFFSET_MAX`].
    #[error("a page begins after at most {OFFSET_MAX} hits, not after {asked}")]
    OffsetTooLarge {
        /// The offset of the query.
        asked: usize,
    },
    /// The query names more than [`FILTER_VALUES_MAX`] readers, tags or groups.
    #[error("a search takes at most {FILTER_VALUES_MAX} filter values")]
    TooManyFilterValues,
    /// Files of the index are not as they were written; it has to be rebuilt.
    #[error("the index is damaged: {0}")]
    Damaged(String),
    /// The folder cannot be read or written.
    #[error("cannot use {path}: {source}")]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The search engine failed.
    #[error("the search engine failed: {0}")]
    Engine(#[from] tantivy::TantivyError),
}

impl Error {
    /// For `map_err`: what the system said about this path.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
        move |source| Error::Folder { path: path.to_owned(), source }
    }
}
