//! What the columns mean: made from the table that the files are written from, so that the two cannot
//! differ.

use serde_json::{Value, json};

use crate::reports::open_data::{COLUMNS, CellKind, Column, KEPT_BACK};

/// The data dictionary.
pub fn dictionary(licence: &str) -> Value {
    let left_out = |(what, why): &(&str, &str)| json!({ "what": what, "why": why });
    json!({
        "title": "Reports and ideas of residents of Krakow",
        "licence": licence,
        "files": ["/open-data/reports.csv", "/open-data/reports.jsonl", "/open-data/reports.geojson"],
        "parameters": {
            "from": "the first local day of receipt, such as 2025-01-01",
            "to": "the last local day of receipt, included",
        },
        "encoding": "UTF-8 without a byte order mark; CSV by RFC 4180 with a header and CR LF",
        "order": "as the reports were taken in",
        "formulas": "a text in CSV that begins with = + - @, a tab or CR has an apostrophe before it",
        "columns": COLUMNS.iter().map(column).collect::<Vec<_>>(),
        "left_out": KEPT_BACK.iter().map(left_out).collect::<Vec<_>>(),
    })
}

fn column(column: &Column) -> Value {
    let code = |(code, label): (String, String)| json!({ "code": code, "label": label });
    json!({
        "name": column.name,
        "type": type_of(column.kind),
        "optional": column.optional,
        "description": column.about,
        "codes": (column.codes)().into_iter().map(code).collect::<Vec<_>>(),
    })
}

fn type_of(kind: CellKind) -> &'static str {
    match kind {
        CellKind::Text => "text",
        CellKind::Code => "code",
        CellKind::Integer => "whole number",
        CellKind::Degrees => "degrees",
        CellKind::Instant => "instant, RFC 3339 in UTC",
        CellKind::Day => "day of Europe/Warsaw, YYYY-MM-DD",
        CellKind::List => "codes; in CSV with ; between, in JSON an array",
    }
}
