//! The files that people sent: whether new ones can be kept, and whether the old ones are there.

use crate::{
    commands::doctor::Finding, config::Config, db::Db, error::Error, files::Files, reports,
};

/// Whether files can be written, read and deleted again.
pub async fn store(config: &Config) -> Finding {
    let kind = match &config.files {
        Some(bucket) => format!("the bucket {}", bucket.name),
        None => "a folder".to_owned(),
    };
    let probed = async { Files::of(config)?.probe().await };
    match probed.await {
        Ok(()) => Ok(format!("{kind}, can be written and read")),
        Err(error) => Err(format!("{kind} cannot be used: {}; {}", reason(&error), mend(config))),
    }
}

/// Whether every photo of a report has its file, and what waits for its report.
pub async fn photos(config: &Config, db: &Db) -> Finding {
    let look = async {
        let kept = Files::of(config)?.kept().await?;
        let lacking = reports::lacking_photos(db.reader(), |name| kept.has(name)).await?;
        let waiting = reports::waiting_photos(db.reader(), db.now()).await?;
        Ok::<_, Error>((kept.count(), lacking, waiting))
    };
    let (files, lacking, waiting) = look.await.map_err(|error| reason(&error))?;
    match lacking.first {
        None => {
            let photos = lacking.photos;
            Ok(format!("{photos} of reports, {waiting} wait for theirs; {files} files"))
        }
        Some(first) => Err(format!(
            "{} of {} photos of reports have no file, the first is /files/{first}.jpg; bring the files \
             back from a backup",
            lacking.lacking, lacking.photos
        )),
    }
}

/// What an operator is told: of an internal error, what it is.
fn reason(error: &Error) -> String {
    match error {
        Error::Unavailable => "it does not answer".to_owned(),
        other => other.to_string(),
    }
}

fn mend(config: &Config) -> &'static str {
    match config.files {
        Some(_) => {
            "check the settings that begin with `files-`, and whether the bucket can be reached"
        }
        None => "check who may write to the folder `files` in the data folder",
    }
}
