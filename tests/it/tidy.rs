//! The directions of the house: a slice uses only what stands to its left, and faces are used by
//! nobody.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The slices in their order; each may use those before it.
const SLICES: &[&str] = &[
    "units",
    "accounts",
    "cards",
    "articles",
    "forms",
    "reports",
    "search",
    "statistics",
    "notifications",
    "cases",
    "privacy",
    "demo",
];
/// The faces, which nothing but a face reads.
const FACES: &[&str] = &[
    "graphql",
    "content",
    "commands",
    "downloads",
    "mail_pages",
    "my_data",
    "open311",
    "open_data",
    "sign_in",
];
/// Shared rooms, which read no slice.
const SHARED: &[&str] = &[
    "actor",
    "audit",
    "calendar",
    "clock",
    "config",
    "db",
    "error",
    "events",
    "geo",
    "files",
    "ids",
    "imported",
    "outbox",
    "page",
    "permissions",
    "personal",
    "progress",
    "questions",
    "remembered",
    "scalars",
    "texts",
    "vault",
    "words",
];

#[test]
fn a_slice_uses_only_what_stands_to_its_left() {
    let mut wrong = Vec::new();
    for (place, slice) in SLICES.iter().enumerate() {
        for (file, text) in files(&["src", slice]) {
            // What is seen may name any object type: `Unit.cards` and `Card.unit` are both natural.
            if file.to_string_lossy().contains("graphql") {
                continue;
            }
            for other in SLICES[place + 1..].iter().chain(FACES) {
                if uses(&text, other) {
                    wrong.push(format!("{} uses {other}", file.display()));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn shared_rooms_read_no_slice_and_no_face() {
    let mut wrong = Vec::new();
    for room in SHARED {
        for (file, text) in files(&["src", room]) {
            // As with the slices: the audit is seen too.
            if file.to_string_lossy().contains("graphql") {
                continue;
            }
            for other in SLICES.iter().chain(FACES) {
                if uses(&text, other) {
                    wrong.push(format!("{} uses {other}", file.display()));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn only_actions_entities_and_the_database_speak_to_the_database() {
    let mut wrong = Vec::new();
    for slice in SLICES {
        for (file, text) in files(&["src", slice]) {
            let name = file.to_string_lossy().into_owned();
            let face = name.contains("graphql");
            let rules = name.ends_with("rules.rs");
            if (face || rules) && (text.contains("EntityTrait") || text.contains("execute_")) {
                wrong.push(format!("{name} queries the database"));
            }
            if rules && (text.contains("async fn") || text.contains("axum::")) {
                wrong.push(format!("{name} is not pure"));
            }
            if name.contains("actions") && text.contains("axum::") {
                wrong.push(format!("{name} knows the web"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_index_knows_no_database_and_no_web() {
    for (file, text) in files(&["index", "src"]) {
        for stranger in ["sea_orm", "axum", "async_graphql", "sqlx"] {
            assert!(!text.contains(stranger), "{} uses {stranger}", file.display());
        }
    }
}

#[test]
fn frozen_migrations_import_no_living_code() {
    for (file, text) in files(&["migrations", "src"]) {
        assert!(!text.contains("kontakt::"), "{}", file.display());
    }
}

/// Whether a text names a module of the crate.
fn uses(text: &str, module: &str) -> bool {
    let direct =
        text.contains(&format!("crate::{module}::")) || text.contains(&format!("crate::{module};"));
    // Modules in one grouped import stand alone on a line, or before a comma or `::`.
    let grouped = text.split("use crate::{").skip(1).any(|rest| {
        let group = rest.split("};").next().unwrap_or_default();
        let mut depth = 0;
        let mut top = String::new();
        for c in group.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ if depth == 0 => top.push(c),
                _ => {}
            }
        }
        top.split(',').any(|item| item.trim().split("::").next() == Some(module))
    });
    direct || grouped
}

/// The Rust files of a module: its folder, or the one file.
fn files(path: &[&str]) -> Vec<(PathBuf, String)> {
    let root = path.iter().fold(PathBuf::from(env!("CARGO_MANIFEST_DIR")), |p, part| p.join(part));
    let mut found = Vec::new();
    collect(&root, &mut found);
    collect(&root.with_extension("rs"), &mut found);
    assert!(!found.is_empty(), "nothing at {}", root.display());
    found
}

fn collect(path: &Path, found: &mut Vec<(PathBuf, String)>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            collect(&entry.unwrap().path(), found);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") && path.is_file() {
        found.push((path.to_owned(), fs::read_to_string(path).unwrap()));
    }
}
