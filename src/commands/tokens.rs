//! `kontakt token`: access tokens of applications.

use std::fmt::Write;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Subcommand;

use crate::{
    accounts::{self, NewToken, Owned},
    clock::day_start,
    commands::{Failure, print},
    db::Db,
    error::{Error, Problem},
    words::Lang,
};

/// What is done with tokens.
#[derive(Subcommand)]
pub enum TokenCommand {
    /// Make a token, and print its secret: it is shown this once
    Create {
        /// The name of the application: small letters, digits and dashes
        #[arg(long)]
        name: String,
        /// What it may do beside reading what is public; may be given several times
        #[arg(long)]
        scope: Vec<String>,
        /// The day at whose beginning it ends, such as 2027-05-31; a year from now at most
        #[arg(long, value_name = "DAY")]
        expires: NaiveDate,
        /// The handle of the member of staff who answers for it, with whose role it ends
        #[arg(long)]
        owner: Option<String>,
    },
    /// List all tokens, without their secrets
    List,
    /// End a token at once, for good
    Revoke {
        /// The name of the application
        name: String,
    },
}

/// Does it.
pub async fn run(db: &Db, command: TokenCommand) -> Result<(), Failure> {
    match command {
        TokenCommand::Create { name, scope, expires, owner } => {
            let end = day_start(expires).ok_or("there is no such day")?;
            let owner = owner.as_deref();
            let new = NewToken { name: &name, scopes: scope, expires_at: end, owner };
            let made =
                db.write(async |tx| accounts::create_token(tx, new).await).await.map_err(said)?;
            print(format!("{made}\n"))
        }
        TokenCommand::List => print(table(&accounts::list_tokens(db.reader()).await?, db.now())),
        TokenCommand::Revoke { name } => {
            let revoked = db.write(async |tx| accounts::revoke_token(tx, &name).await).await;
            match revoked {
                Err(Error::NotFound) => Err(format!("there is no token {name} in force").into()),
                revoked => Ok(revoked?),
            }
        }
    }
}

/// One line a token, newest first.
fn table(tokens: &[Owned], now: DateTime<Utc>) -> String {
    let mut text = String::new();
    for Owned { token, owner } in tokens {
        let state = match token.revoked_at {
            Some(at) => format!("revoked {}", at.format("%Y-%m-%d")),
            None if token.expires_at <= now => "expired".to_owned(),
            None => format!("until {}", token.expires_at.format("%Y-%m-%d")),
        };
        let used = token.used_at.map_or_else(
            || "never used".to_owned(),
            |at| format!("used {}", at.format("%Y-%m-%d")),
        );
        let scopes = token.scopes.0.join(" ");
        let owner = owner.as_deref().unwrap_or("-");
        // Writing to a text does not fail.
        let _ = writeln!(text, "{:<24} {state:<20} {used:<16} {owner:<20} {scopes}", token.name);
    }
    text
}

fn said(error: Error) -> Failure {
    let line = |problem: &Problem| {
        format!("{}: {}", problem.field.join("."), problem.message.say(Lang::En))
    };
    match error {
        Error::Invalid(problems) => problems.iter().map(line).collect::<Vec<_>>().join("; ").into(),
        other => other.into(),
    }
}
