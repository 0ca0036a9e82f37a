//! `kontakt audit verify`: whether the audit is what was written.

use std::process::ExitCode;

use chrono::{NaiveDate, SecondsFormat};
use clap::{Args, Subcommand};

use crate::{
    actor::Actor,
    audit::{self, Period},
    clock::day_start,
    commands::Failure,
    db::Db,
    ids::{self, NodeKind},
    page::{PAGE_SIZE_MAX, PageRequest},
    privacy,
    progress::Progress,
};

/// What is done with the audit.
#[derive(Subcommand)]
pub enum Audit {
    /// Follow the chain of hashes from the first entry to the last
    #[command(after_help = "Examples:
  kontakt audit verify                             prints the number of entries and the last hash
  kontakt audit verify --head 3f1c…                and the entry with this hash must still be there

Note the last hash down outside this machine, every day: with it, nobody can cut the end off or write
all of it anew unseen. The exit code is 1 when something is wrong.")]
    Verify {
        /// A hash that was noted down earlier, 64 hexadecimal digits
        #[arg(long, value_name = "HASH", value_parser = parse_hash)]
        head: Option<Head>,
    },
    /// Print as CSV whose contact data was looked at in a period, without these data
    #[command(after_help = "Example:
  kontakt audit affected --from 2026-11-01 --to 2026-11-20 --actor j.kowalski > affected.csv")]
    Affected(Affected),
}

/// Which looks are meant.
#[derive(Args)]
pub struct Affected {
    /// The first day, in Krakow
    #[arg(long)]
    from: NaiveDate,
    /// The last day, included
    #[arg(long)]
    to: NaiveDate,
    /// Of one person or program, by its handle
    #[arg(long)]
    actor: Option<String>,
}

/// A hash that an entry must have.
#[derive(Clone)]
pub struct Head(Vec<u8>);

fn parse_hash(digits: &str) -> Result<Head, String> {
    let mut hash = [0; 32];
    let read = hex::decode_to_slice(digits, &mut hash);
    read.map(|()| Head(hash.to_vec())).map_err(|_| "64 hexadecimal digits are wanted".to_owned())
}

/// Follows the chain and prints what was found.
pub async fn verify(db: &Db, head: Option<Head>) -> Result<ExitCode, Failure> {
    let awaited = head.map(|Head(hash)| hash);
    let mut progress = Progress::start("verifying", audit::count(db.reader()).await?);
    match audit::verify(db.reader(), awaited, |entries| progress.add(entries)).await? {
        Ok(sound) => {
            let head = hex::encode(&sound.head);
            println!(
                "{} entries, nothing changed and nothing missing. Last hash: {head}",
                sound.entries
            );
            Ok(ExitCode::SUCCESS)
        }
        Err(broken) => {
            println!("The audit is not what was written: {broken}.");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Prints whose contact data was looked at.
pub async fn affected(db: &Db, which: Affected) -> Result<(), Failure> {
    let Affected { from, to, actor } = which;
    let end = to.succ_opt().and_then(day_start).ok_or("no such day")?;
    let period = Period { from: day_start(from).ok_or("no such day")?, to: end, actor };
    let mut out = csv::Writer::from_writer(std::io::stdout());
    out.write_record(["report", "account", "actor", "looks", "first_at", "last_at"])?;
    let mut page = PageRequest { first: Some(PAGE_SIZE_MAX as i32), after: None };
    loop {
        let found = privacy::affected(db.reader(), &Actor::System, &period, &page).await?;
        for (cursor, row) in &found.entries {
            let report = row.report.as_ref();
            let account = report.and_then(|report| report.account.as_deref()?.parse().ok());
            let at =
                |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
            out.write_record([
                report.map_or("", |report| &report.number),
                &account.map_or_else(String::new, |key| ids::global(NodeKind::Account, key)),
                &row.looks.actor,
                &row.looks.looks.to_string(),
                &at(row.looks.first_at),
                &at(row.looks.last_at),
            ])?;
            page.after = Some(cursor.clone());
        }
        if !found.has_next {
            return Ok(out.flush()?);
        }
    }
}
