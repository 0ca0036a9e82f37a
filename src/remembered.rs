//! What was read before and still holds, as far as this node knows: its spine has not grown since.

use std::{hash::Hash, sync::Arc, time::Duration};

use moka::sync::Cache;
use tokio::sync::watch;

/// What is older is read again, whatever the spine says.
const AGE_MAX: Duration = Duration::from_secs(30);

/// Answers of the database by key, each good for one length of the spine. Cheap to clone.
///
/// They end when the node notices the events of a write, which takes some milliseconds for its own and
/// a quarter of a second for those of another, and at the latest after `AGE_MAX`, should the spine be
/// out of reach. Only what everybody may read may be kept.
#[derive(Clone)]
pub struct Remembered<K: Hash + Eq + Send + Sync + 'static, V: Clone + Send + Sync + 'static> {
    known: Cache<K, (i64, V)>,
    /// How far the spine has grown; without it nothing is remembered.
    head: Option<Arc<watch::Receiver<i64>>>,
}

impl<K: Hash + Eq + Send + Sync + 'static, V: Clone + Send + Sync + 'static> Remembered<K, V> {
    /// Remembers so many at most.
    pub fn new(head: Option<watch::Receiver<i64>>, max: u64) -> Self {
        let known = Cache::builder().max_capacity(max).time_to_live(AGE_MAX).build();
        Self { known, head: head.map(Arc::new) }
    }

    /// The length of the spine: to be taken before what is to be kept is read.
    pub fn now(&self) -> Option<i64> {
        self.head.as_ref().map(|head| *head.borrow())
    }

    /// What is known of a key, if it still holds.
    pub fn get(&self, key: &K) -> Option<V> {
        let now = self.now()?;
        self.known.get(key).filter(|(read, _)| *read == now).map(|(_, value)| value)
    }

    /// Keeps what was read when the spine was so long.
    pub fn keep(&self, read: Option<i64>, key: K, value: V) {
        if let Some(read) = read {
            self.known.insert(key, (read, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_holds_until_the_spine_grows() {
        let (spine, head) = watch::channel(1);
        let known = Remembered::new(Some(head), 10);
        known.keep(known.now(), "card", "old");
        assert_eq!(known.get(&"card"), Some("old"));
        // Read before the write, kept after it.
        let read = known.now();
        spine.send_replace(2);
        known.keep(read, "unit", "old");
        assert_eq!((known.get(&"card"), known.get(&"unit")), (None, None));
    }

    #[test]
    fn without_a_spine_nothing_is_remembered() {
        let known = Remembered::new(None, 10);
        known.keep(known.now(), "card", "old");
        assert_eq!(known.get(&"card"), None);
    }
}
