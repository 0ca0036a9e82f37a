//! The chain: how an entry is bound to all before it, and where a chain is broken.

use sea_orm::ActiveEnum;
use sha2::{Digest, Sha256};

use crate::audit::entity::AuditEntry;

/// What the first entry is bound to.
pub const START: [u8; 32] = [0; 32];

/// The hash of an entry that follows one with the hash `before`.
pub fn link(before: &[u8], entry: &AuditEntry) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut add = |part: Option<&[u8]>| {
        // The length keeps apart what would else be one text, and what is empty from what is missing.
        let length = part.map_or(u64::MAX, |part| part.len() as u64);
        hash.update(length.to_be_bytes());
        hash.update(part.unwrap_or_default());
    };
    let text = |text: &Option<String>| text.as_ref().map(|text| text.clone().into_bytes());
    add(Some(before));
    add(Some(&entry.id.to_be_bytes()));
    add(Some(&entry.at.timestamp_micros().to_be_bytes()));
    add(Some(entry.actor.as_bytes()));
    add(Some(entry.act.to_value().as_bytes()));
    add(text(&entry.subject_kind.map(|kind| kind.to_value())).as_deref());
    add(entry.subject_id.as_ref().map(|id| id.as_bytes().as_slice()));
    add(text(&entry.reason.map(|reason| reason.to_value())).as_deref());
    add(text(&entry.detail).as_deref());
    hash.finalize().into()
}

/// A chain in which nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// Entries in all.
    pub entries: i64,
    /// The hash of the last one. Kept elsewhere, it shows later that nothing was cut off.
    pub head: Vec<u8>,
}

/// The first thing that is wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// Entries were taken out.
    #[error("entry {0} is missing")]
    Missing(i64),
    /// An entry is not what was written, or what stands before it is not.
    #[error("entry {0} is not what was written")]
    Changed(i64),
    /// An entry that was there is not.
    #[error(
        "the chain has no entry with the hash that was given: its end was cut off, or all of it was written anew"
    )]
    CutOff,
}

/// A chain as far as it was followed.
#[derive(Clone, Debug)]
pub struct Chain {
    sound: Sound,
    awaited: Option<Vec<u8>>,
}

impl Chain {
    /// The beginning of a chain in which an entry with a hash is awaited, if one is.
    pub fn begin(awaited: Option<Vec<u8>>) -> Self {
        let awaited = awaited.filter(|hash| *hash != START);
        Self { sound: Sound { entries: 0, head: START.to_vec() }, awaited }
    }

    /// Follows the chain over one more entry.
    pub fn follow(&mut self, entry: &AuditEntry) -> Result<(), Break> {
        let next = self.sound.entries + 1;
        if entry.id != next {
            return Err(Break::Missing(next));
        }
        if link(&self.sound.head, entry)[..] != entry.hash[..] {
            return Err(Break::Changed(next));
        }
        self.sound = Sound { entries: next, head: entry.hash.clone() };
        if self.awaited.as_ref() == Some(&entry.hash) {
            self.awaited = None;
        }
        Ok(())
    }

    /// What there is to say when there are no more entries.
    pub fn end(self) -> Result<Sound, Break> {
        match self.awaited {
            Some(_) => Err(Break::CutOff),
            None => Ok(self.sound),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{audit::entity::Act, events::Subject};

    /// A chain of as many entries.
    fn chain(length: i64) -> Vec<AuditEntry> {
        let mut before = START.to_vec();
        let entry = |id| {
            let mut entry = AuditEntry {
                id,
                at: "2026-11-20T09:00:00.123456Z".parse().unwrap(),
                actor: "dev:consultant".to_owned(),
                act: Act::ContactRead,
                subject_kind: Some(Subject::Report),
                subject_id: Some(uuid::Uuid::nil()),
                reason: None,
                detail: None,
                hash: Vec::new(),
            };
            entry.hash = link(&before, &entry).to_vec();
            before.clone_from(&entry.hash);
            entry
        };
        (1..=length).map(entry).collect()
    }

    fn verify(entries: &[AuditEntry], awaited: Option<&[u8]>) -> Result<Sound, Break> {
        let mut chain = Chain::begin(awaited.map(<[u8]>::to_vec));
        entries.iter().try_for_each(|entry| chain.follow(entry))?;
        chain.end()
    }

    #[test]
    fn a_chain_that_nobody_touched_is_sound() {
        let entries = chain(3);
        let sound = verify(&entries, Some(&entries[1].hash)).unwrap();
        assert_eq!((sound.entries, &sound.head), (3, &entries[2].hash));
        assert_eq!(verify(&[], Some(&START)).unwrap().entries, 0);
    }

    #[test]
    fn every_change_of_any_part_is_found() {
        let changes: [fn(&mut AuditEntry); 8] = [
            |entry| entry.at += chrono::TimeDelta::microseconds(1),
            |entry| entry.actor.push('x'),
            |entry| entry.act = Act::Denied,
            |entry| entry.subject_kind = None,
            |entry| entry.subject_id = None,
            |entry| entry.reason = Some(crate::audit::LookReason::Call),
            |entry| entry.detail = Some(String::new()),
            |entry| entry.hash[0] ^= 1,
        ];
        for change in changes {
            let mut entries = chain(3);
            change(&mut entries[1]);
            assert_eq!(verify(&entries, None), Err(Break::Changed(2)));
        }
    }

    #[test]
    fn an_entry_that_is_changed_with_its_hash_breaks_the_next() {
        let mut entries = chain(3);
        entries[1].actor = "somebody".to_owned();
        entries[1].hash = link(&entries[0].hash, &entries[1]).to_vec();
        assert_eq!(verify(&entries, None), Err(Break::Changed(3)));
    }

    #[test]
    fn what_is_taken_out_or_cut_off_is_missed() {
        let entries = chain(4);
        assert_eq!(verify(&entries[1..], None), Err(Break::Missing(1)));
        let without = [&entries[..1], &entries[2..]].concat();
        assert_eq!(verify(&without, None), Err(Break::Missing(2)));
        assert_eq!(verify(&entries[..3], Some(&entries[3].hash)), Err(Break::CutOff));
    }
}
