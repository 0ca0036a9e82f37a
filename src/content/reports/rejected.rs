//! The rows that were not taken, in a file that can be mended and imported.

use std::{
    fs::{self, File},
    io::{BufWriter, ErrorKind},
    path::{Path, PathBuf},
};

use csv::Writer;

use super::rows::{Line, NOTES};
use crate::content::{ContentError, Fault};

/// The file of the rows of another that were not taken.
pub fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".rejected.csv");
    name.into()
}

/// A file of rejected rows. It is there only when there are some.
pub struct Rejected {
    path: PathBuf,
    columns: Vec<String>,
    writer: Option<Writer<BufWriter<File>>>,
}

impl Rejected {
    /// No rows yet; what an earlier import left there is gone.
    pub fn new(path: &Path, of: &Path, columns: Vec<String>) -> Result<Self, Fault> {
        if path == of {
            let reason = "the rejected rows must go into another file";
            return Err(Fault::Content(vec![ContentError::new("--rejected", 1, reason)]));
        }
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(fault(path, error)),
            _ => Ok(Self { path: path.to_owned(), columns, writer: None }),
        }
    }

    /// Adds rows with their reasons. They are on the disk when this returns.
    pub fn add(&mut self, rows: &[(Line, String)]) -> Result<(), Fault> {
        if rows.is_empty() {
            return Ok(());
        }
        self.write(rows).map_err(|error| fault(&self.path, error.into()))
    }

    fn write(&mut self, rows: &[(Line, String)]) -> csv::Result<()> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => {
                let file = BufWriter::new(File::create(&self.path)?);
                let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
                writer.write_record(
                    NOTES.iter().copied().chain(self.columns.iter().map(String::as_str)),
                )?;
                none.insert(writer)
            }
        };
        for (line, reason) in rows {
            let notes = [line.number.to_string(), reason.clone()];
            writer.write_record(notes.iter().chain(&line.cells))?;
        }
        Ok(writer.flush()?)
    }

    /// The file, if there is one.
    pub fn finish(self) -> Result<Option<PathBuf>, Fault> {
        Ok(self.writer.map(|_| self.path))
    }
}

fn fault(path: &Path, error: std::io::Error) -> Fault {
    Fault::File(path.display().to_string(), error)
}
