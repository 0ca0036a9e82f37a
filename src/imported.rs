//! What an import did with one record.

/// The fate of an imported record. Importing the same twice gives `Unchanged`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Imported {
    /// It is new.
    Created,
    /// What was there has become this.
    Updated,
    /// It was the same already.
    Unchanged,
    /// Somebody had edited what was there, so this waits beside it as a draft for review.
    Drafted,
    /// Somebody is at work on what is there, so nothing was touched.
    LeftAlone,
}

/// Where imported records come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin<'a> {
    /// The content that ships in the binary, with the digest of the record: what an editor has
    /// changed since is never overwritten.
    Builtin(&'a str),
    /// A file that an operator names: it stands over what is there.
    File,
}
