//! The master keys, by which the keys of persons are wrapped. Pure.

use crate::{
    error::{Error, Result},
    secrets::Secrets,
    vault::{
        entity::TABLE,
        seal::{Key, Place},
    },
};
use uuid::Uuid;

const WRAPS: &str = "person-keys";
const NAMES: &str = "master-key";

/// The master keys that are known, newest first: with the first is wrapped, all of them open.
pub struct Ring {
    newest: Master,
    older: Vec<Master>,
}

struct Master {
    /// By which it is told apart from others; nobody gets the key from it.
    name: String,
    key: Key,
}

impl Master {
    fn of(secret: &str) -> Result<Self> {
        let secrets = Secrets::of(secret)?;
        let key = hmac::Mac::finalize(secrets.mac(WRAPS)).into_bytes();
        Ok(Self { name: secrets.token(NAMES, b""), key: Key::of(&key)? })
    }
}

impl Ring {
    /// The ring of some secrets, newest first, and of the one that the installation has by itself.
    pub fn of<'a>(secrets: impl Iterator<Item = &'a str>, own: &'a str) -> Result<Self> {
        let mut all: Vec<Master> = secrets.chain([own]).map(Master::of).collect::<Result<_>>()?;
        let newest = all.remove(0);
        Ok(Self { newest, older: all })
    }

    /// The name of the one with which is wrapped now.
    pub fn newest(&self) -> &str {
        &self.newest.name
    }

    /// The names of all.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all().map(|master| master.name.as_str())
    }

    /// Wraps a key with the newest.
    pub fn wrap(&self, id: Uuid, key: &Key) -> Result<String> {
        key.wrapped_by(&self.newest.key, &place(id))
    }

    /// The key that was wrapped with the master of a name.
    pub fn unwrap(&self, id: Uuid, name: &str, wrapped: &str) -> Result<Key> {
        let master = self.all().find(|known| known.name == name);
        let master = master.ok_or_else(|| Error::internal(LOST))?;
        master.key.unwrap(&place(id), wrapped)
    }

    fn all(&self) -> impl Iterator<Item = &Master> {
        std::iter::once(&self.newest).chain(&self.older)
    }
}

/// What is said where the master key is not there: without it personal data is noise.
pub const LOST: &str = "the keys of persons are wrapped with a master key that is not among those of \
                        the settings: give it back as `master-key`, behind the newer one if there is one \
                        (docs/privacy.md); nothing was changed";

fn place(id: Uuid) -> Place {
    Place { table: TABLE, row: id, column: "wrapped" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(secrets: &[&str]) -> Ring {
        Ring::of(secrets.iter().copied(), "own").unwrap()
    }

    fn opens(ring: &Ring, name: &str, wrapped: &str) -> bool {
        ring.unwrap(Uuid::from_u128(1), name, wrapped).is_ok()
    }

    #[test]
    fn the_newest_wraps_and_older_ones_still_open() {
        let first = ring(&["first"]);
        let wrapped = first.wrap(Uuid::from_u128(1), &Key::drawn()).unwrap();
        let name = first.newest().to_owned();
        assert!(opens(&ring(&["second", "first"]), &name, &wrapped));
        assert_ne!(ring(&["second", "first"]).newest(), name);
        assert!(!opens(&ring(&["second"]), &name, &wrapped));
        assert!(!opens(&first, ring(&[]).newest(), &wrapped));
        assert!(first.unwrap(Uuid::from_u128(2), &name, &wrapped).is_err(), "of another person");
    }

    #[test]
    fn without_a_setting_the_installation_has_one_of_its_own() {
        let own = ring(&[]);
        let wrapped = own.wrap(Uuid::from_u128(1), &Key::drawn()).unwrap();
        assert!(opens(&ring(&["first"]), own.newest(), &wrapped), "and goes on to one that is set");
    }
}
