//! How far the spine has grown with entries on each subject, as far as this node knows.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use sea_orm::Iterable;

use crate::events::Subject;

/// The id of the newest entry on each subject.
pub struct Heads(Vec<(Subject, AtomicI64)>);

impl Heads {
    /// All subjects at one place of the spine.
    pub fn at(start: i64) -> Self {
        Self(Subject::iter().map(|subject| (subject, AtomicI64::new(start))).collect())
    }

    /// Notes an entry. One that a newer node wrote on something unknown may be about anything.
    pub fn grow(&self, subject: Option<Subject>, id: i64) {
        for (known, head) in &self.0 {
            if subject.is_none_or(|subject| subject == *known) {
                head.fetch_max(id, Ordering::AcqRel);
            }
        }
    }
}

/// The heads of some subjects. Cheap to clone.
#[derive(Clone)]
pub struct HeadOf {
    heads: Arc<Heads>,
    subjects: &'static [Subject],
}

impl HeadOf {
    /// Those of these subjects.
    pub fn new(heads: Arc<Heads>, subjects: &'static [Subject]) -> Self {
        Self { heads, subjects }
    }

    /// The id of the newest entry on any of them.
    pub fn now(&self) -> i64 {
        let ours = self.heads.0.iter().filter(|(subject, _)| self.subjects.contains(subject));
        ours.map(|(_, head)| head.load(Ordering::Acquire)).max().unwrap_or_default()
    }
}
