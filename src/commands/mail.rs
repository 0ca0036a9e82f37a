//! `kontakt mail`: looks at letters, and sends again what was given up.

use clap::{Args, Subcommand};
use sea_orm::Iterable;

use crate::{
    commands::{Failure, print},
    config::Config,
    db::Db,
    events,
    notifications::{Calls, Links, Notifications},
    outbox::{self, Template},
    secrets::Secrets,
    vault::Vault,
    words,
};

/// What is done with letters.
#[derive(Subcommand)]
pub enum Mail {
    /// Print a letter with made-up content
    Preview(Preview),
    /// Try once more what was given up
    Retry,
}

/// Which letter is printed, and how.
#[derive(Args)]
pub struct Preview {
    /// The letter, such as report-answered
    #[arg(value_parser = template)]
    template: Template,
    /// The language: pl, en or uk
    #[arg(long, default_value = "pl", value_parser = ["pl", "en", "uk"])]
    language: String,
    /// The page instead of the plain text
    #[arg(long)]
    html: bool,
}

/// The letter with a name such as `report-answered`.
fn template(name: &str) -> Result<Template, String> {
    let named = |template: &Template| words::code(template).to_lowercase().replace('_', "-");
    Template::iter().find(|template| named(template) == name).ok_or_else(|| {
        let known: Vec<String> = Template::iter().map(|template| named(&template)).collect();
        format!("known are {}", known.join(", "))
    })
}

/// Prints a letter.
pub fn preview(what: &Preview) -> Result<(), Failure> {
    let mail = outbox::preview(what.template, words::negotiate(Some(&what.language)));
    match what.html {
        true => print(mail.html),
        false => print(format!("{}\n\n{}", mail.subject, mail.text)),
    }
}

/// Takes once more what was set aside, and lets the running service try again what was given up.
pub async fn retry(config: &Config, db: &Db) -> Result<(), Failure> {
    let open = async |tx: &_| Ok((Secrets::open(tx).await?, Vault::open(tx, config).await?));
    let (secrets, vault) = db.write(open).await?;
    let notifications = Notifications { links: Links::new(&secrets, config), vault };
    let taken =
        events::retake(db, &notifications).await? + events::retake(db, &Calls::of(config)).await?;
    let count = db.write(async |tx| outbox::retry_dead(tx).await).await?;
    print(format!(
        "{taken} events were taken once more; {count} deliveries are tried once more by the running service.\n"
    ))
}
