//! Reports that a test begins with, by the import.

use std::{fs, path::PathBuf};

use kontakt::content::{self, Fault, Mapping, ReportImport, Summary};
use serde_json::Value;

use super::Service;

/// Imports rows of JSON, of which none may be refused.
pub async fn import_lines(service: &Service, rows: &[Value]) {
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    let summary = import_text(service, "given.jsonl", lines.join("\n"), Mapping::default()).await;
    let rejected = service.data.path().join("given.jsonl.rejected.csv");
    let rejected = fs::read_to_string(rejected).unwrap_or_default();
    assert_eq!(summary.unwrap().rejected, 0, "{rejected}");
}

/// Imports a file with such a name and text.
pub async fn import_text(
    service: &Service,
    name: &str,
    text: impl AsRef<[u8]>,
    mapping: Mapping,
) -> Result<Summary, Fault> {
    let file = service.data.path().join(name);
    fs::write(&file, text).unwrap();
    import_files(service, vec![file], mapping).await
}

/// Imports files, two rows in a commit.
pub async fn import_files(
    service: &Service,
    files: Vec<PathBuf>,
    mapping: Mapping,
) -> Result<Summary, Fault> {
    let import = ReportImport { files, mapping, source: None, rejected: None, batch_rows: 2 };
    content::import_reports(service.db(), import).await
}
