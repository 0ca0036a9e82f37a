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
    let wrong = || "64 hexadecimal digits are wanted".to_owned();
    if digits.len() != 64 || !digits.is_ascii() {
        return Err(wrong());
    }
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| wrong());
    (0..64).step_by(2).map(byte).collect::<Result<Vec<u8>, String>>().map(Head)
}

/// Follows the chain and prints what was found.
pub async fn verify(db: &Db, head: Option<Head>) -> Result<ExitCode, Failure> {
    let awaited = head.map(|Head(hash)| hash);
    let mut progress = Progress::start("verifying", audit::count(db.reader()).await?);
    match audit::verify(db.reader(), awaited, |entries| progress.add(entries)).await? {
        Ok(sound) => {
            let head: String = sound.head.iter().map(|byte| format!("{byte:02x}")).collect();
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
