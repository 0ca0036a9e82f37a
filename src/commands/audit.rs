//! `kontakt audit verify`: whether the audit is what was written.

use std::process::ExitCode;

use clap::Subcommand;

use crate::{audit, commands::Failure, db::Db, progress::Progress};

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
