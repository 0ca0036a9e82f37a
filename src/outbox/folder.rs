//! Letters as files, where no mail server is set: for development, and to look at.

use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::outbox::Failure;

/// The folder of letters in the data folder.
const NAME: &str = "mail";

/// The folder of letters.
pub fn of(data: &Path) -> PathBuf {
    data.join(NAME)
}

/// Writes a letter. Written again it is the same file; nobody reads half a letter.
pub async fn write(folder: &Path, id: Uuid, message: &[u8]) -> Result<(), Failure> {
    let whole = async {
        let part = folder.join(format!(".{id}.part"));
        tokio::fs::create_dir_all(folder).await?;
        tokio::fs::write(&part, message).await?;
        tokio::fs::rename(&part, folder.join(format!("{id}.eml"))).await
    };
    whole.await.map_err(|error| {
        tracing::error!(%error, "a letter cannot be written to the data folder");
        Failure::passing("folder")
    })
}
