//! Sign-ins that failed. Anybody may fail as often as they like, so they are counted, and what was
//! counted is written down once a minute: nobody fills the audit.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{
    actor::Actor,
    audit::entity::{Act, Record},
    db::{Db, Tx},
    error::Result,
    rates::household,
    secrets::Secrets,
};

/// What was counted is written this often.
pub const WRITE_SECONDS: u64 = 60;
/// Different failures that are kept apart at a time; those of further addresses are counted together.
const KINDS_MAX: usize = 100;
/// The purpose of the tokens that stand for addresses.
const ADDRESS: &str = "audit-address";
/// Characters of such a token: enough to see that two entries are of one address.
const ADDRESS_CHARS: usize = 8;

/// What failed. It tells of no person: an address is known again, but not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Failure {
    way: String,
    reason: &'static str,
    address: String,
}

/// The sign-ins that failed on this node since they were last written down. Cheap to clone.
#[derive(Clone)]
pub struct Failures {
    counted: Arc<Mutex<HashMap<Failure, u64>>>,
    secrets: Secrets,
}

impl Failures {
    /// None so far.
    pub fn new(secrets: Secrets) -> Self {
        Self { counted: Arc::default(), secrets }
    }

    /// Counts one: by which way somebody wanted in, a provider of the settings or a word of ours, why it
    /// failed, as a code, and where it came from.
    pub fn note(&self, way: &str, reason: &'static str, from: IpAddr) {
        let bytes = match household(from) {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets().to_vec(),
        };
        let mut address = self.secrets.token(ADDRESS, &bytes);
        address.truncate(ADDRESS_CHARS);
        let mut counted = self.lock();
        let failure = Failure { way: way.to_owned(), reason, address };
        let failure = match counted.len() < KINDS_MAX || counted.contains_key(&failure) {
            true => failure,
            false => Failure { address: "others".to_owned(), ..failure },
        };
        *counted.entry(failure).or_default() += 1;
    }

    /// Writes down what was counted; it is kept for the next time when that cannot be done.
    pub async fn write(&self, db: &Db) -> Result<()> {
        let counted = std::mem::take(&mut *self.lock());
        if counted.is_empty() {
            return Ok(());
        }
        let mut sorted: Vec<_> = counted.iter().collect();
        sorted.sort();
        let write = async |tx: &Tx| {
            for (Failure { way, reason, address }, count) in sorted {
                let detail = format!("{way} {reason} {count} from {address}");
                tx.record(Record::of(&Actor::Anyone, Act::SignInFailed).detail(detail));
            }
            Ok(())
        };
        let written = db.write(write).await;
        if written.is_err() {
            let mut kept = self.lock();
            for (failure, count) in counted {
                *kept.entry(failure).or_default() += count;
            }
        }
        written
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Failure, u64>> {
        // Counting does not fail half-way.
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn however_many_addresses_fail_the_entries_are_few_and_none_is_lost() {
        let failures = Failures::new(Secrets::of("secret").unwrap());
        for number in 0..10_000 {
            failures.note("city", "bad-token", Ipv4Addr::from_bits(number).into());
        }
        let counted = failures.lock();
        assert_eq!(counted.len(), KINDS_MAX + 1);
        assert_eq!(counted.values().sum::<u64>(), 10_000);
        assert!(counted.keys().all(|failure| !failure.address.contains('.')));
    }
}
