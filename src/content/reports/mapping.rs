//! How the columns of a file are to be understood: a TOML file, or the names of our own format.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

use chrono_tz::{Europe::Warsaw, Tz};
use serde::Deserialize;

use crate::{
    content::{ContentError, Fault, files, front_matter::read_toml},
    reports::importing::{Dates, Field, Outside, Raw},
};

/// The value that stands for all that a map of values does not name.
const ANY: &str = "*";
/// What stands between the columns that make one text.
const BETWEEN: &str = ": ";

/// How the columns of a file are to be understood.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Where the rows come from.
    pub source: Option<String>,
    /// How days and times are written.
    pub dates: Dates,
    /// What becomes of a point outside the city.
    pub outside: Outside,
    /// The columns of each field; none: the columns have the names of the fields.
    columns: Option<BTreeMap<Field, Vec<String>>>,
    constants: BTreeMap<Field, String>,
    values: BTreeMap<Field, HashMap<String, String>>,
}

/// The file of a mapping.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    source: Option<String>,
    time_zone: Option<String>,
    #[serde(default)]
    date_formats: Vec<String>,
    #[serde(default)]
    outside: Outside,
    columns: BTreeMap<Field, Columns>,
    #[serde(default)]
    constants: BTreeMap<Field, String>,
    #[serde(default)]
    values: BTreeMap<Field, HashMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Columns {
    One(String),
    Several(Vec<String>),
}

impl Default for Mapping {
    /// Our own format: what `kontakt export reports` writes, and more.
    fn default() -> Self {
        Self {
            source: None,
            dates: Dates { zone: Warsaw, formats: Vec::new() },
            outside: Outside::Reject,
            columns: None,
            constants: BTreeMap::new(),
            values: BTreeMap::new(),
        }
    }
}

impl Mapping {
    /// Reads the file of a mapping.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let name = path.display().to_string();
        let fault = |reason| Fault::Content(vec![ContentError::new(&name, 1, reason)]);
        let written: Written = read_toml(&name, &files::read(path)?, 0)
            .map_err(|error| Fault::Content(vec![error]))?;
        let zone = written.time_zone.map(|zone| {
            zone.parse::<Tz>().map_err(|_| fault(format!("time_zone: there is no \"{zone}\"")))
        });
        let columns = written.columns.into_iter().map(|(field, columns)| match columns {
            Columns::One(column) => (field, vec![column]),
            Columns::Several(columns) => (field, columns),
        });
        Ok(Self {
            source: written.source,
            dates: Dates {
                zone: zone.transpose()?.unwrap_or(Warsaw),
                formats: written.date_formats,
            },
            outside: written.outside,
            columns: Some(columns.collect()),
            constants: written.constants,
            values: written.values,
        })
    }

    /// The columns that each field is made of.
    pub fn columns(&self) -> Option<&BTreeMap<Field, Vec<String>>> {
        self.columns.as_ref()
    }

    /// Tells a row what the columns of each field say.
    pub fn fill(&self, plan: &Plan, cells: &[String]) -> Raw {
        let mut raw = Raw::empty();
        for (field, value) in &self.constants {
            raw.set(*field, value.clone());
        }
        for (field, places) in &plan.0 {
            let parts = places.iter().filter_map(|place| cells.get(*place));
            let parts: Vec<&str> =
                parts.map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
            let told = parts.join(BETWEEN);
            let told = match self.values.get(field) {
                Some(values) => values.get(&told).or(values.get(ANY)).unwrap_or(&told).clone(),
                None => told,
            };
            if !told.is_empty() {
                raw.set(*field, told);
            }
        }
        raw
    }
}

/// The places in a row of the columns that make each field.
#[derive(Clone, Debug)]
pub struct Plan(Vec<(Field, Vec<usize>)>);

impl Plan {
    /// The places of the fields.
    pub fn new(places: Vec<(Field, Vec<usize>)>) -> Self {
        Self(places)
    }
}
