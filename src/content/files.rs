//! Files that an operator names: read, and folders taken apart.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::content::Fault;

/// Bytes of one file.
const FILE_BYTES_MAX: u64 = 512 << 20;

/// The files of a list in which folders stand for what they hold (one level, sorted by name).
pub fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Fault> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let entries = fs::read_dir(path).map_err(|error| fault(path, error))?;
            let mut inside: Vec<PathBuf> =
                entries.flatten().map(|entry| entry.path()).filter(|p| p.is_file()).collect();
            inside.sort();
            files.extend(inside);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// The text of a file.
pub fn read(path: &Path) -> Result<String, Fault> {
    let size = fs::metadata(path).map_err(|error| fault(path, error))?.len();
    if size > FILE_BYTES_MAX {
        let error = std::io::Error::other(format!("larger than {FILE_BYTES_MAX} bytes"));
        return Err(fault(path, error));
    }
    fs::read_to_string(path).map_err(|error| fault(path, error))
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, text: &str) -> Result<(), Fault> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| fault(folder, error))?;
    }
    fs::write(path, text).map_err(|error| fault(path, error))
}

fn fault(path: &Path, error: std::io::Error) -> Fault {
    Fault::File(path.display().to_string(), error)
}
