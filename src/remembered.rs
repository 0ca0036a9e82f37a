//! What was read before and still holds, as far as this node knows: nothing has happened since to what
//! it was read from.

use std::{hash::Hash, time::Duration};

use moka::sync::Cache;

use crate::events::HeadOf;

/// What is older is read again, whatever the spine says.
const AGE_MAX: Duration = Duration::from_secs(30);

/// Answers of the database by key, each good until the spine tells of the subjects that they are read
/// from. Cheap to clone.
///
/// They end when the node notices the events of a write, which takes some milliseconds for its own and
/// a quarter of a second for those of another, and at the latest after `AGE_MAX`, should the spine be
/// out of reach. Only what everybody may read may be kept.
#[derive(Clone)]
pub struct Remembered<K: Hash + Eq + Send + Sync + 'static, V: Clone + Send + Sync + 'static> {
    known: Cache<K, (i64, V)>,
    /// How far the spine has grown with what the answers are read from; without it nothing is
    /// remembered.
    head: Option<HeadOf>,
}

impl<K: Hash + Eq + Send + Sync + 'static, V: Clone + Send + Sync + 'static> Remembered<K, V> {
    /// Remembers so many at most, until the spine tells of the subjects of this head.
    pub fn new(head: Option<HeadOf>, max: u64) -> Self {
        let known = Cache::builder().max_capacity(max).time_to_live(AGE_MAX).build();
        Self { known, head }
    }

    /// The head of its subjects: to be taken before what is to be kept is read.
    pub fn now(&self) -> Option<i64> {
        self.head.as_ref().map(HeadOf::now)
    }

    /// What is known of a key, if it still holds.
    pub fn get(&self, key: &K) -> Option<V> {
        let now = self.now()?;
        self.known.get(key).filter(|(read, _)| *read == now).map(|(_, value)| value)
    }

    /// Keeps what was read when the head was there.
    pub fn keep(&self, read: Option<i64>, key: K, value: V) {
        if let Some(read) = read {
            self.known.insert(key, (read, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::events::{Heads, Subject};

    #[test]
    fn what_is_remembered_holds_until_the_spine_tells_of_its_subjects() {
        let spine = Arc::new(Heads::at(1));
        let head = HeadOf::new(spine.clone(), &[Subject::Card, Subject::Unit]);
        let known = Remembered::new(Some(head), 10);
        known.keep(known.now(), "card", "old");
        spine.grow(Some(Subject::Report), 2);
        assert_eq!(known.get(&"card"), Some("old"));
        // Read before the write, kept after it.
        let read = known.now();
        spine.grow(Some(Subject::Unit), 3);
        known.keep(read, "unit", "old");
        assert_eq!((known.get(&"card"), known.get(&"unit")), (None, None));
        // What a newer node tells may be about anything.
        known.keep(known.now(), "card", "new");
        spine.grow(None, 4);
        assert_eq!(known.get(&"card"), None);
    }

    #[test]
    fn without_a_spine_nothing_is_remembered() {
        let known = Remembered::new(None, 10);
        known.keep(known.now(), "card", "old");
        assert_eq!(known.get(&"card"), None);
    }
}
