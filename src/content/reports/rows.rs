//! The rows of a file, one after the other and never all at once: CSV with a header, or JSON Lines.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use csv::{ByteRecord, Reader, ReaderBuilder};
use sea_orm::Iterable;
use serde_json::{Map, Value};

use super::mapping::{Mapping, Plan};
use crate::{
    content::{ContentError, Fault, errors::json_reason},
    open_data::bare_cell,
    reports::{importing::Field, open_data::COLUMNS},
};

/// Bytes of one row: more is a quote that was never closed.
const ROW_BYTES_MAX: u64 = 1 << 20;
/// Columns of a file that was written beside a file of rejected rows.
pub const NOTES: [&str; 2] = ["rejected_line", "rejected_reason"];

/// A row as it stands in its file.
#[derive(Clone, Debug)]
pub struct Line {
    /// The line on which it begins, from 1.
    pub number: u64,
    /// Its cells; of JSON Lines, the line.
    pub cells: Vec<String>,
}

/// The rows of a file.
pub struct Rows {
    path: PathBuf,
    source: Source,
    /// The names of the columns.
    columns: Vec<String>,
    /// Where each field is found.
    pub plan: Plan,
}

enum Source {
    Csv { reader: Box<Reader<Watched<File>>>, record: ByteRecord },
    Lines { reader: BufReader<File>, number: u64, is_own: bool },
}

/// What came next in a file: a row that was understood, or why it was not.
pub type Next = (Line, Result<Vec<String>, String>);

impl Rows {
    /// Opens a file and finds its columns. Errors: a file without a header, or without a column that
    /// is needed.
    pub fn open(path: &Path, mapping: &Mapping) -> Result<Self, Fault> {
        let file = File::open(path).map_err(|error| file_fault(path, error))?;
        let (source, columns): (_, Vec<String>) =
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                let columns = match mapping.columns() {
                    Some(columns) => columns.values().flatten().cloned().collect(),
                    None => own_columns().collect(),
                };
                let is_own = mapping.columns().is_none();
                (Source::Lines { reader: BufReader::new(file), number: 0, is_own }, columns)
            } else {
                let watched = Watched { inner: file, left: ROW_BYTES_MAX };
                let mut reader = ReaderBuilder::new().flexible(true).from_reader(watched);
                let header = reader.headers().map_err(|error| csv_fault(path, error))?;
                let columns = header.iter().map(|name| bare_cell(name.trim()).to_owned()).collect();
                (Source::Csv { reader: Box::new(reader), record: ByteRecord::new() }, columns)
            };
        let plan = plan(path, &columns, mapping)?;
        Ok(Self { path: path.to_owned(), source, columns, plan })
    }

    /// The names under which the cells of a row are written down when it is rejected.
    pub fn columns(&self) -> Vec<String> {
        match self.source {
            Source::Csv { .. } => {
                let is_note = |name: &&String| !NOTES.contains(&name.as_str());
                self.columns.iter().filter(is_note).cloned().collect()
            }
            Source::Lines { .. } => vec!["row".to_owned()],
        }
    }

    /// How many rows there are about: a text may have lines of its own.
    pub fn count_about(&self) -> Result<u64, Fault> {
        let file = File::open(&self.path).map_err(|error| file_fault(&self.path, error))?;
        let mut reader = BufReader::with_capacity(1 << 16, file);
        let mut lines = 0;
        loop {
            let bytes = reader.fill_buf().map_err(|error| file_fault(&self.path, error))?;
            if bytes.is_empty() {
                return Ok(lines);
            }
            lines += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
            let length = bytes.len();
            reader.consume(length);
        }
    }

    /// The next row; none at the end. Errors: a file that cannot be read on.
    pub fn next(&mut self) -> Result<Option<Next>, Fault> {
        match &mut self.source {
            Source::Csv { reader, record } => {
                reader.get_mut().left = ROW_BYTES_MAX;
                if !reader.read_byte_record(record).map_err(|error| csv_fault(&self.path, error))? {
                    return Ok(None);
                }
                Ok(Some(csv_row(record, self.columns.len())))
            }
            Source::Lines { reader, number, is_own } => loop {
                let mut bytes = Vec::new();
                let taken = reader.by_ref().take(ROW_BYTES_MAX).read_until(b'\n', &mut bytes);
                if taken.map_err(|error| file_fault(&self.path, error))? == 0 {
                    return Ok(None);
                }
                *number += 1;
                if bytes.len() as u64 == ROW_BYTES_MAX {
                    let reason = format!("a row of more than {ROW_BYTES_MAX} bytes");
                    return Err(fault(&self.path, *number, reason));
                }
                if !bytes.trim_ascii().is_empty() {
                    return Ok(Some(json_row(&bytes, *number, &self.columns, *is_own)));
                }
            },
        }
    }
}

/// The names of our own columns, those that follow from others included.
fn own_columns() -> impl Iterator<Item = String> {
    let derived = COLUMNS.iter().map(|column| column.name.to_owned());
    Field::iter().map(Field::name).chain(derived.filter(|name| Field::named(name).is_none()))
}

fn plan(path: &Path, columns: &[String], mapping: &Mapping) -> Result<Plan, Fault> {
    let place = |name: &str| columns.iter().position(|column| column == name);
    let missing = |name: &str| format!("there is no column \"{name}\"");
    let mut wrong = Vec::new();
    let mut places = Vec::new();
    match mapping.columns() {
        Some(mapped) => {
            for (field, names) in mapped {
                wrong.extend(names.iter().filter(|name| place(name).is_none()).map(|n| missing(n)));
                places.push((*field, names.iter().filter_map(|name| place(name)).collect()));
            }
        }
        None => {
            let known: Vec<String> = own_columns().chain(NOTES.map(str::to_owned)).collect();
            let strange = columns.iter().filter(|column| !known.contains(column));
            wrong.extend(strange.map(|column| format!("the column \"{column}\" is not known")));
            let needed = [Field::Category, Field::ReceivedAt].map(Field::name);
            wrong.extend(needed.iter().filter(|name| place(name).is_none()).map(|n| missing(n)));
            let found =
                Field::iter().filter_map(|field| Some((field, vec![place(&field.name())?])));
            places.extend(found);
        }
    }
    if wrong.is_empty() {
        return Ok(Plan::new(places));
    }
    let name = path.display().to_string();
    Err(Fault::Content(wrong.iter().map(|why| ContentError::new(&name, 1, why)).collect()))
}

fn csv_row(record: &ByteRecord, columns: usize) -> Next {
    let number = record.position().map_or(0, csv::Position::line);
    let cells = record.iter().map(|cell| bare_cell(&String::from_utf8_lossy(cell)).to_owned());
    let cells: Vec<String> = cells.collect();
    let understood = if record.len() != columns {
        Err(format!("{} cells instead of {columns}", record.len()))
    } else if record.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
        Err("it is not UTF-8".to_owned())
    } else {
        Ok(cells.clone())
    };
    (Line { number, cells }, understood)
}

fn json_row(bytes: &[u8], number: u64, columns: &[String], is_own: bool) -> Next {
    let text = String::from_utf8_lossy(bytes).trim().trim_start_matches('\u{feff}').to_owned();
    let understood = match std::str::from_utf8(bytes) {
        Err(_) => Err("it is not UTF-8".to_owned()),
        Ok(_) => json_cells(&text, columns, is_own),
    };
    (Line { number, cells: vec![text] }, understood)
}

fn json_cells(text: &str, columns: &[String], is_own: bool) -> Result<Vec<String>, String> {
    let object: Map<String, Value> = serde_json::from_str(text).map_err(json_reason)?;
    let strange = object.keys().find(|key| !columns.contains(key));
    if let Some(strange) = strange.filter(|_| is_own) {
        return Err(format!("the field \"{strange}\" is not known"));
    }
    let cell = |column: &String| match object.get(column) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Array(values)) if values.iter().all(Value::is_string) => {
            let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            Ok(values.join(";"))
        }
        Some(value @ (Value::Number(_) | Value::Bool(_))) => Ok(value.to_string()),
        Some(_) => Err(format!("{column}: it must be a text, a number or a list of texts")),
    };
    columns.iter().map(cell).collect()
}

/// Refuses to read on when a row takes too much.
struct Watched<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)? as u64;
        self.left = self.left.checked_sub(read).ok_or_else(|| {
            io::Error::other(format!("a row of more than {ROW_BYTES_MAX} bytes: is a quote open?"))
        })?;
        Ok(read as usize)
    }
}

fn csv_fault(path: &Path, error: csv::Error) -> Fault {
    let line = error.position().map_or(1, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Utf8 { .. } => fault(path, line, "the header is not UTF-8".to_owned()),
        csv::ErrorKind::Io(error) => file_fault(path, error),
        other => file_fault(path, io::Error::other(format!("{other:?}"))),
    }
}

fn fault(path: &Path, line: u64, reason: String) -> Fault {
    let line = usize::try_from(line).unwrap_or(usize::MAX);
    Fault::Content(vec![ContentError::new(&path.display().to_string(), line, reason)])
}

fn file_fault(path: &Path, error: io::Error) -> Fault {
    Fault::File(path.display().to_string(), error)
}
