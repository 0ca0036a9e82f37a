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

    /// The fate of a record without drafts that finds another one in its place, which has the
    /// digest `found` if it came from a binary.
    pub fn fate(self, found: Option<&str>) -> Imported {
        match (self, found) {
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
        for (origin, found, fate) in table {
            assert_eq!(origin.fate(found), fate, "{origin:?} over {found:?}");
        }
    }
}
