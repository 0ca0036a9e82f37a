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
    /// Somebody is at work on what is there, or an operator's file put it there, so nothing was
    /// touched.
    LeftAlone,
}

impl Imported {
    /// Whether the record is written into its place.
    pub fn is_written(self) -> bool {
        matches!(self, Self::Created | Self::Updated)
    }
}

/// What an imported record finds in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct There<'a> {
    /// Whether it says the same already.
    pub same: bool,
    /// The digest that it has if it came from a binary and nobody has touched it since.
    pub digest: Option<&'a str>,
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

impl<'a> Origin<'a> {
    /// The digest that is kept beside what comes from the binary.
    pub fn digest(self) -> Option<&'a str> {
        match self {
            Self::Builtin(digest) => Some(digest),
            Self::File => None,
        }
    }

    /// The fate of a record without drafts, by what it finds in its place.
    pub fn fate(self, there: Option<There<'_>>) -> Imported {
        let Some(there) = there else { return Imported::Created };
        match (self, there.digest) {
            _ if there.same => Imported::Unchanged,
            (Self::Builtin(digest), Some(known)) if known == digest => Imported::Unchanged,
            (Self::Builtin(_), None) => Imported::LeftAlone,
            _ => Imported::Updated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stands_over_everything_and_the_binary_only_over_what_a_binary_brought() {
        let table = [
            (Origin::File, None, Imported::Updated),
            (Origin::File, Some("old"), Imported::Updated),
            (Origin::Builtin("new"), None, Imported::LeftAlone),
            (Origin::Builtin("new"), Some("old"), Imported::Updated),
            (Origin::Builtin("new"), Some("new"), Imported::Unchanged),
        ];
        for (origin, digest, fate) in table {
            let there = |same| Some(There { same, digest });
            assert_eq!(origin.fate(there(false)), fate, "{origin:?} over {digest:?}");
            assert_eq!(origin.fate(there(true)), Imported::Unchanged, "{origin:?}");
            assert_eq!(origin.fate(None), Imported::Created, "{origin:?}");
        }
    }
}
