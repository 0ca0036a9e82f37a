//! The folder: its lock, its generations, and which of them serves.
//!
//! ```text
//! data/index/
//!   lock                      held while the index is open
//!   current                   the name of the generation that serves
//!   1f0c…e9-000007/           a generation: the fingerprint of what made it, and a number
//! ```

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use tracing::warn;

use crate::Error;
use crate::analyzer::Analyzer;

/// An index folder that only this handle has open.
pub(crate) struct Folder {
    path: PathBuf,
    fingerprint: String,
    next: AtomicU64,
    /// Freed by the system when the process ends, however it ends.
    _lock: File,
}

impl Folder {
    /// Takes the folder, and makes it when it is not there.
    pub(crate) fn open(
        path: &Path,
        schema: &str,
        analyzer: &dyn Analyzer,
    ) -> Result<Folder, Error> {
        fs::create_dir_all(path).map_err(Error::at(path))?;
        let lock = lock(path)?;
        let numbers = generations(path)?.filter_map(|name| Some(parse(&name)?.1));
        let next = numbers.max().unwrap_or(0) + 1;
        Ok(Folder {
            path: path.to_owned(),
            fingerprint: fingerprint(schema, analyzer),
            next: AtomicU64::new(next),
            _lock: lock,
        })
    }

    /// The generation that is pointed to, when it was made as one would be made now.
    pub(crate) fn current(&self) -> Option<PathBuf> {
        let name = fs::read_to_string(self.path.join(CURRENT)).ok()?;
        let (fingerprint, _) = parse(name.trim())?;
        (fingerprint == self.fingerprint).then(|| self.path.join(name.trim()))
    }

    /// A place for a new generation.
    pub(crate) fn next(&self) -> PathBuf {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.path.join(format!("{}-{number:06}", self.fingerprint))
    }

    /// From now on, also after a power cut, this generation serves.
    pub(crate) fn point_to(&self, generation: &Path) -> Result<(), Error> {
        let name = generation.file_name().unwrap_or_default();
        let (current, draft) = (self.path.join(CURRENT), self.path.join(DRAFT));
        let write = || -> io::Result<()> {
            // tantivy syncs its folder before it renames meta.json, not after.
            sync(generation)?;
            let mut file = File::create(&draft)?;
            file.write_all(name.as_encoded_bytes())?;
            file.sync_all()?;
            fs::rename(&draft, &current)?;
            sync(&self.path)
        };
        write().map_err(Error::at(&current))
    }

    /// Removes every generation but this one: old ones, and those of interrupted rebuilds.
    pub(crate) fn keep_only(&self, generation: &Path) -> Result<(), Error> {
        for name in generations(&self.path)? {
            let path = self.path.join(name);
            if path != generation {
                remove(&path);
            }
        }
        Ok(())
    }
}

/// Removes a generation. What cannot be removed is left for the next opening.
pub(crate) fn remove(generation: &Path) {
    if let Err(error) = fs::remove_dir_all(generation) {
        warn!("cannot remove the old index {}: {error}", generation.display());
    }
}

const CURRENT: &str = "current";
const DRAFT: &str = "current.new";

fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join("lock");
    let file = File::create(&path).map_err(Error::at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(Error::Folder { path, source }),
    }
}

/// The names in the folder that are generations of any kind; nothing else is ever touched.
fn generations(folder: &Path) -> Result<impl Iterator<Item = String>, Error> {
    let entries = fs::read_dir(folder).map_err(Error::at(folder))?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    Ok(names.filter(|name| parse(name).is_some()))
}

/// A generation's fingerprint and number.
fn parse(name: &str) -> Option<(&str, u64)> {
    let (fingerprint, number) = name.split_once('-')?;
    let is_ours = fingerprint.len() == 16 && fingerprint.bytes().all(|b| b.is_ascii_hexdigit());
    Some((fingerprint, number.parse().ok().filter(|_| is_ours)?))
}

/// Stands for everything that decides what an index looks like inside.
fn fingerprint(schema: &str, analyzer: &dyn Analyzer) -> String {
    let format = tantivy::INDEX_FORMAT_VERSION;
    let parts = format!("schema {schema}; {}; tantivy {format}", analyzer.version());
    // FNV-1a, because it is the same in every release; nobody attacks a folder's name.
    let hash = parts.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::Morphology;

    #[test]
    fn only_generations_are_taken_for_generations() {
        assert_eq!(parse("0123456789abcdef-000007"), Some(("0123456789abcdef", 7)));
        for name in ["current", "lock", "photos-1", "0123456789abcdef", "0123456789abcdef-x", ""] {
            assert_eq!(parse(name), None, "{name}");
        }
    }

    #[test]
    fn numbers_go_on_after_those_that_are_there() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("0123456789abcdef-000041")).unwrap();
        let opened = Folder::open(folder.path(), "1", &Morphology::new()).unwrap();
        let name = opened.next().file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.ends_with("-000042"), "{name}");
        assert_ne!(opened.next(), opened.next());
    }

    #[test]
    fn what_is_not_ours_stays() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("photos")).unwrap();
        fs::create_dir(folder.path().join("0123456789abcdef-000001")).unwrap();
        let opened = Folder::open(folder.path(), "1", &Morphology::new()).unwrap();
        opened.keep_only(Path::new("/none")).unwrap();
        assert!(folder.path().join("photos").exists());
        assert!(!folder.path().join("0123456789abcdef-000001").exists());
    }
}
