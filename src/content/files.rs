//! Files that an operator names: read, and folders taken apart.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::content::{ContentError, Fault};

/// Bytes of one file.
const FILE_BYTES_MAX: u64 = 512 << 20;

/// The files of a list in which folders stand for what they hold. A file with another extension
/// is refused.
pub fn expand(paths: &[PathBuf], extensions: &[&str]) -> Result<Vec<PathBuf>, Fault> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(inside(path)?);
        } else {
            files.push(path.clone());
        }
    }
    let known =
        |path: &PathBuf| extensions.iter().any(|known| path.extension() == Some(known.as_ref()));
    let strange = files.iter().filter(|path| !known(path)).map(|path| {
        let reason = format!("the name must end in .{}", extensions.join(" or ."));
        ContentError::new(&path.display().to_string(), 1, reason)
    });
    let errors: Vec<ContentError> = strange.collect();
    if errors.is_empty() { Ok(files) } else { Err(Fault::Content(errors)) }
}

/// The files of a folder, one level deep, sorted by name, without hidden ones.
pub fn inside(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| fault(folder, error))?;
    let paths = entries.iter().map(fs::DirEntry::path);
    let mut files: Vec<PathBuf> = paths.filter(|path| path.is_file() && !is_hidden(path)).collect();
    files.sort();
    Ok(files)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// The text of a file, without the marks that editors on Windows put into it.
pub fn read(path: &Path) -> Result<String, Fault> {
    let size = fs::metadata(path).map_err(|error| fault(path, error))?.len();
    if size > FILE_BYTES_MAX {
        let error = io::Error::other(format!("larger than {FILE_BYTES_MAX} bytes"));
        return Err(fault(path, error));
    }
    let text = fs::read_to_string(path).map_err(|error| fault(path, error))?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<(), Fault> {
    fs::create_dir_all(path).map_err(|error| fault(path, error))
}

/// Writes a file.
pub fn write(path: &Path, text: &str) -> Result<(), Fault> {
    fs::write(path, text).map_err(|error| fault(path, error))
}

fn fault(path: &Path, error: io::Error) -> Fault {
    Fault::File(path.display().to_string(), error)
}
