//! How rows are written: CSV, JSON Lines, GeoJSON.

use std::borrow::Cow;

use clap::ValueEnum;
use serde_json::{Number, Value, json};

use crate::reports::open_data::{COLUMNS, Cell, CellKind, Column, Published};

/// A format of open data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// RFC 4180 with a header, UTF-8 without a byte order mark.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// A FeatureCollection of GeoJSON; reports without a point have no geometry.
    Geojson,
}

impl Format {
    /// The format that a file name ends in.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::from_str(extension, false).ok()
    }

    /// The type that is told over HTTP.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Jsonl => "application/jsonl; charset=utf-8",
            Self::Geojson => "application/geo+json",
        }
    }
}

/// Writes rows in a format, a page at a time.
pub struct Encoder {
    format: Format,
    is_first: bool,
}

impl Encoder {
    /// An encoder, and what comes before the first row.
    pub fn begin(format: Format) -> (Self, Vec<u8>) {
        let before = match format {
            Format::Csv => csv_line(COLUMNS.iter().map(|column| column.name.into())),
            Format::Jsonl => Vec::new(),
            Format::Geojson => b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec(),
        };
        (Self { format, is_first: true }, before)
    }

    /// A page of rows.
    pub fn page(&mut self, rows: &[Published]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for row in rows {
            match self.format {
                Format::Csv => {
                    bytes.extend(csv_line(COLUMNS.iter().map(|column| csv_cell(column, row))))
                }
                Format::Jsonl => bytes.extend(object(row, |_| true)),
                Format::Geojson => {
                    bytes.extend_from_slice(if self.is_first { b"\n" } else { b",\n" });
                    bytes.extend(feature(row));
                }
            }
            if self.format == Format::Jsonl {
                bytes.push(b'\n');
            }
            self.is_first = false;
        }
        bytes
    }

    /// What comes after the last row.
    pub fn end(self) -> &'static [u8] {
        match self.format {
            Format::Csv | Format::Jsonl => b"",
            Format::Geojson => b"\n]}\n",
        }
    }
}

/// With these a spreadsheet takes a text for a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text as it stands in a cell of CSV: what a spreadsheet would take for a formula gets an
/// apostrophe.
fn safe_cell(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.starts_with(FORMULA_STARTS) { format!("'{text}").into() } else { text }
}

/// The text of a cell without the apostrophe that `safe_cell` put before it.
pub fn bare_cell(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|bare| bare.starts_with(FORMULA_STARTS)).unwrap_or(cell)
}

fn csv_cell<'a>(column: &Column, row: &'a Published) -> Cow<'a, str> {
    match (column.cell)(row) {
        Cell::Empty => "".into(),
        Cell::Text(text) => safe_cell(text),
        Cell::List(codes) => safe_cell(codes.join(";").into()),
        // Numbers are numbers, also negative ones.
        Cell::Integer(number) => number.to_string().into(),
        Cell::Degrees(degrees) => degrees.to_string().into(),
    }
}

/// A line of RFC 4180: cells are quoted where they must be, the line ends with CR LF.
fn csv_line<'a>(cells: impl Iterator<Item = Cow<'a, str>>) -> Vec<u8> {
    let mut line = String::new();
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            line.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            line.push('"');
            line += &cell.replace('"', "\"\"");
            line.push('"');
        } else {
            line += &cell;
        }
    }
    line += "\r\n";
    line.into_bytes()
}

fn json_cell(cell: Cell<'_>) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => Value::from(text.into_owned()),
        Cell::List(codes) => Value::from(codes),
        Cell::Integer(number) => Value::from(number),
        Cell::Degrees(degrees) => Number::from_f64(degrees).map_or(Value::Null, Value::Number),
    }
}

/// A row as a JSON object, its keys in the order of the columns.
fn object(row: &Published, takes: impl Fn(&Column) -> bool) -> Vec<u8> {
    let pairs = COLUMNS
        .iter()
        .filter(|column| takes(column))
        .map(|column| format!("\"{}\":{}", column.name, json_cell((column.cell)(row))));
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(",")).into_bytes()
}

fn feature(row: &Published) -> Vec<u8> {
    let degrees = COLUMNS.iter().filter(|column| column.kind == CellKind::Degrees);
    let mut point: Vec<Value> = degrees.map(|column| json_cell((column.cell)(row))).collect();
    // GeoJSON has the longitude first.
    point.reverse();
    let geometry = match point.contains(&Value::Null) {
        true => Value::Null,
        false => json!({ "type": "Point", "coordinates": point }),
    };
    let id = Value::from(row.number.as_str());
    let mut bytes =
        format!("{{\"type\":\"Feature\",\"id\":{id},\"geometry\":{geometry},\"properties\":")
            .into_bytes();
    bytes.extend(object(row, |column| column.kind != CellKind::Degrees));
    bytes.push(b'}');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text_and_comes_back_as_it_was() {
        for text in ["=1+1", "+48 1", "-1", "@a", "\tx", "\rx"] {
            let safe = safe_cell(text.into());
            assert_eq!(safe, format!("'{text}"));
            assert_eq!(bare_cell(&safe), text);
        }
        for text in ["", "a=1", "'a", "5", "ul. Długa"] {
            assert_eq!(safe_cell(text.into()), text);
            assert_eq!(bare_cell(text), text);
        }
    }

    #[test]
    fn a_line_of_csv_quotes_only_what_must_be_quoted() {
        let line = csv_line(["a", "b,c", "d\"e", "f\ng", ""].into_iter().map(Cow::from));
        assert_eq!(String::from_utf8(line).unwrap(), "a,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n");
    }
}
