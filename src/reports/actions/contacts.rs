//! Who to write to about a report: sealed with a key of its own, so that a person can be forgotten in
//! backups too, and the case kept.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    audit::{Act, LookReason, Record},
    db::Tx,
    error::Result,
    events::Subject,
    reports::entity::{Contact, ContactInput, ReportId, StoredContact, contact},
    texts,
    vault::{self, Key, Place, Vault},
    words::{self, Lang},
};

/// Contacts that are sealed in one write.
const BATCH: u64 = 200;

/// Keeps how to reach the person who filed a report.
pub(super) async fn keep_contact(
    tx: &Tx,
    vault: &Vault,
    report: ReportId,
    input: ContactInput,
    lang: Lang,
) -> Result<()> {
    let tidied = |text: Option<String>| {
        text.map(|text| texts::tidied(&text)).filter(|text| !text.is_empty())
    };
    let contact = Contact {
        name: tidied(input.name),
        email: tidied(input.email),
        phone: tidied(input.phone),
        lang: words::tag(lang).to_owned(),
    };
    let key = vault.draw(tx, report.0).await?;
    let row = sealed(&key, report, contact)?.into_active_model();
    contact::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// How to reach the person who filed a report; nothing when that was never said, or was erased.
pub async fn contact(
    db: &impl ConnectionTrait,
    vault: &Vault,
    report: ReportId,
) -> Result<Option<Contact>> {
    let Some(row) = contact::Entity::find_by_id(report).one(db).await? else { return Ok(None) };
    if !row.sealed {
        return Ok(Some(plain(row)));
    }
    let keys = vault.find(db, &[report.0]).await?;
    keys.get(&report.0).map(|key| opened(key, row)).transpose()
}

/// The same of several reports at once.
pub async fn contacts(
    db: &impl ConnectionTrait,
    vault: &Vault,
    reports: &[ReportId],
) -> Result<HashMap<ReportId, Contact>> {
    let whose = contact::Column::ReportId.is_in(reports.iter().copied());
    let rows = contact::Entity::find().filter(whose).all(db).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.report_id.0).collect();
    let keys = vault.find(db, &ids).await?;
    let read = |row: StoredContact| {
        let id = row.report_id;
        match keys.get(&id.0) {
            _ if !row.sealed => Some(Ok((id, plain(row)))),
            Some(key) => Some(opened(key, row).map(|contact| (id, contact))),
            None => None,
        }
    };
    rows.into_iter().filter_map(read).collect()
}

/// Puts another contact in the place of that of a report; the key of the one until now is gone.
pub(super) async fn replace_contact(
    tx: &Tx,
    vault: &Vault,
    report: ReportId,
    input: ContactInput,
    lang: Lang,
) -> Result<()> {
    forget_contacts(tx, &[report]).await?;
    keep_contact(tx, vault, report, input, lang).await
}

/// The same for staff, whose look is written into the audit. Where there is nothing to see, nothing is.
pub async fn look_at_contact(
    tx: &Tx,
    vault: &Vault,
    actor: &Actor,
    report: ReportId,
    reason: LookReason,
) -> Result<Option<Contact>> {
    let contact = contact(tx, vault, report).await?;
    if contact.is_some() {
        let look = Record::of(actor, Act::ContactRead).on(Subject::Report, report.0);
        tx.record(look.because(reason));
    }
    Ok(contact)
}

/// Forgets how to reach those who filed reports, in copies too; gives of how many it was known.
pub async fn forget_contacts(tx: &Tx, reports: &[ReportId]) -> Result<u64> {
    let which = contact::Column::ReportId.is_in(reports.iter().copied());
    let gone = contact::Entity::delete_many().filter(which).exec(tx).await?;
    let keys: Vec<Uuid> = reports.iter().map(|report| report.0).collect();
    vault::forget(tx, &keys).await?;
    Ok(gone.rows_affected)
}

/// Whether a contact waits to be sealed, because it was kept before there were keys.
pub async fn any_plain_contact(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(plain_contacts().limit(1).one(db).await?.is_some())
}

/// Seals some of those; gives how many it were.
pub async fn seal_plain_contacts(tx: &Tx, vault: &Vault) -> Result<usize> {
    let rows = plain_contacts().limit(BATCH).all(tx).await?;
    let count = rows.len();
    for row in rows {
        let report = row.report_id;
        let key = vault.draw(tx, report.0).await?;
        let row = sealed(&key, report, plain(row))?.into_active_model().reset_all();
        contact::Entity::update(row).exec(tx).await?;
    }
    Ok(count)
}

fn plain_contacts() -> sea_orm::Select<contact::Entity> {
    // In these words, which are those of the index.
    contact::Entity::find().filter(Expr::cust("NOT sealed"))
}

fn plain(row: StoredContact) -> Contact {
    Contact { name: row.name, email: row.email, phone: row.phone, lang: row.lang }
}

fn sealed(key: &Key, report: ReportId, contact: Contact) -> Result<StoredContact> {
    let seal = |column, text: Option<String>| {
        text.map(|text| key.seal(&place(report, column), &text)).transpose()
    };
    Ok(StoredContact {
        report_id: report,
        name: seal("name", contact.name)?,
        email: seal("email", contact.email)?,
        phone: seal("phone", contact.phone)?,
        lang: contact.lang,
        sealed: true,
    })
}

fn opened(key: &Key, row: StoredContact) -> Result<Contact> {
    let open = |column, text: Option<String>| {
        text.map(|text| key.open(&place(row.report_id, column), &text)).transpose()
    };
    Ok(Contact {
        name: open("name", row.name)?,
        email: open("email", row.email)?,
        phone: open("phone", row.phone)?,
        lang: row.lang,
    })
}

fn place(report: ReportId, column: &'static str) -> Place {
    Place { table: "report_contacts", row: report.0, column }
}
