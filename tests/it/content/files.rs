//! Files for an import, in a folder that goes away with the test.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use kontakt::{
    content::{self, Kind},
    imported::Imported,
};
use tempfile::TempDir;

use crate::harness::{Service, empty_service};

/// A card that can be published.
pub const CARD: &str = r#"+++
title = "Karta z pliku"
symbol = "XY-1"
unit = "SA"
life_events = ["moving"]
deadline = { iso = "P30D", text = "do 30 dni" }
review_due = 2027-11-20

[[documents]]
name = "Wniosek"
when = "zawsze"

[[fees]]
label = "Opłata skarbowa"
amount = "17.00"
valid_from = 2026-01-01

[[channels]]
kind = "IN_PERSON"
submit = "YES"
collect = "YES"

[[legal_basis]]
title = "Ustawa"
+++

Co to jest.

## Krok po kroku

1. Przyjdź.
2. Podpisz.

## Odwołanie

Nie przysługuje.

## Pytania i odpowiedzi

### Ile to trwa?

Kwadrans.
"#;

/// Its English text.
pub const ENGLISH: &str = r#"+++
title = "A card from a file"

[[documents]]
name = "Application"
+++

What it is.

## Step by step

1. Come.
2. Sign.
"#;

/// Its Ukrainian title.
pub const UKRAINIAN: &str = "+++\ntitle = \"Картка з файлу\"\n+++\n";

/// An article.
pub const ARTICLE: &str = r#"+++
title = "Artykuł z pliku"
visibility = "STAFF"
review_due = 2027-11-20
+++

Wstęp.

## Hulajnogi

Zgłoś porzuconą.
"#;

/// The unit that the card names.
pub const UNIT: &str = r#"[[unit]]
code = "SA"
name = "Wydział Spraw Administracyjnych"
name_en = "Administrative Affairs Department"
name_uk = "Відділ адміністративних справ"
kind = "OFFICE_DEPARTMENT"
"#;

/// Files in a folder of their own.
pub struct Files(TempDir);

impl Files {
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// The same files and one more.
    pub fn with(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        fs::write(self.path(name), text).unwrap();
        self
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Imports the folder.
    pub async fn import(&self, service: &Service, kind: Kind) -> BTreeMap<Imported, usize> {
        self.try_import(service, kind).await.unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    /// Imports the folder; a refusal comes as it is shown, without the path of the folder.
    pub async fn try_import(
        &self,
        service: &Service,
        kind: Kind,
    ) -> Result<BTreeMap<Imported, usize>, String> {
        let imported = content::import(service.db(), kind, &[self.folder().to_owned()]).await;
        let folder = format!("{}/", self.folder().display());
        imported.map_err(|fault| fault.to_string().replace(&folder, ""))
    }
}

/// A service that knows one unit, and nothing else.
pub async fn service_with_a_unit() -> Service {
    let service = empty_service().await;
    Files::new().with("units.toml", UNIT).import(&service, Kind::Units).await;
    service
}
