//! Gathers everything that is known of one resident, each kind of thing in one query.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    accounts::{self, AccountId, Identity, Owner},
    actor::Actor,
    audit::{self, Act, AuditEntry, LookReason, Record},
    cases::export::entity::*,
    db::Tx,
    error::{Error, Result},
    events::Subject,
    ids::{self, NodeKind},
    notifications,
    outbox::{self, Delivery, Recipient},
    permissions::{NO_UNIT, Permission},
    reports::{self, AssignmentStage, Report, ReportId},
    vault::Vault,
    words,
};

/// Reports in one document.
const REPORTS_MAX: u64 = 1_000;
/// Rows of every other kind in one document.
const ROWS_MAX: u64 = 5_000;

/// Everything that is known of the resident who asks. Errors: `Unauthenticated`, `Forbidden` for staff.
pub async fn own(
    db: &impl ConnectionTrait,
    vault: &Vault,
    identity: &Identity,
    now: DateTime<Utc>,
) -> Result<PersonalData> {
    let owner = accounts::resident(db, identity).await?;
    gather(db, vault, owner, now).await
}

/// The same of somebody who has asked for it and shown who it is; written into the audit. Errors:
/// `Unauthenticated`, `Forbidden`, `NotFound` for what is no account of a resident.
pub async fn of_account(
    tx: &Tx,
    vault: &Vault,
    actor: &Actor,
    id: Option<AccountId>,
    reason: LookReason,
) -> Result<PersonalData> {
    actor.must(Permission::AnswerDataRequests, NO_UNIT)?;
    let owner = accounts::resident_with(tx, id.ok_or(Error::NotFound)?).await?;
    let look = Record::of(actor, Act::DataExported).on(Subject::Account, owner.account.id.0);
    tx.record(look.because(reason));
    gather(tx, vault, owner, tx.now()).await
}

async fn gather(
    db: &impl ConnectionTrait,
    vault: &Vault,
    owner: Owner,
    now: DateTime<Utc>,
) -> Result<PersonalData> {
    let id = owner.account.id;
    let account = id.0.to_string();
    let own = reports::owned_by(db, &account, REPORTS_MAX).await?;
    let keys: Vec<ReportId> = own.iter().map(|report| report.id).collect();
    let numbers: HashMap<Uuid, String> =
        own.iter().map(|report| (report.id.0, report.number.clone())).collect();
    let supported = reports::supported_by(db, &account, ROWS_MAX).await?;
    let letters = notifications::contacts_of(db, &keys).await?;
    let sent = sent(db, id, letters.iter().map(|one| one.id)).await?;
    let trace = trace(db, id, &keys).await?;
    let complete = own.len() < REPORTS_MAX as usize
        && [supported.len(), sent.len(), trace.len()].iter().all(|n| *n < ROWS_MAX as usize);
    let consent = |one: notifications::Subscription| {
        let number = numbers.get(&one.report_id.0)?.clone();
        Some(ConsentData { number, given_at: one.confirmed_at?, ended_at: one.ended_at })
    };
    let about = of_reports(db, &sent, &numbers).await?;
    Ok(PersonalData {
        schema_version: SCHEMA_VERSION,
        made_at: now,
        complete,
        sessions: sessions(db, id).await?,
        sign_ins: trace.iter().filter(|one| one.act == Act::SignedIn).map(|one| one.at).collect(),
        reports: report_data(db, vault, own).await?,
        supports: supported.into_iter().map(support).collect(),
        letters: sent.iter().map(|one| letter(one, owner.language(), &about)).collect(),
        consents: letters.into_iter().filter_map(consent).collect(),
        looks: looks(db, &trace, &numbers).await?,
        account: account_data(db, owner, now).await?,
    })
}

async fn account_data(
    db: &impl ConnectionTrait,
    owner: Owner,
    now: DateTime<Utc>,
) -> Result<AccountData> {
    let unconfirmed_email = accounts::unconfirmed(db, owner.account.id, now).await?;
    let (name, email) = (owner.name().to_owned(), owner.email().map(str::to_owned));
    let language = words::tag(owner.language());
    let Owner { account, profile } = owner;
    Ok(AccountData {
        id: ids::global(NodeKind::Account, account.id.0),
        provider: account.provider,
        subject: account.subject,
        name,
        name_of_provider: account.name,
        email,
        email_of_provider: account.email,
        unconfirmed_email,
        phone: profile.phone,
        language,
        districts: profile.districts.0,
        assurance: account.acr,
        letters_wanted: profile.letters,
        created_at: account.created_at,
        signed_in_at: account.signed_in_at,
        seen_timeline_at: profile.seen_at,
        erased_from: profile.erase_at,
    })
}

async fn sessions(db: &impl ConnectionTrait, id: AccountId) -> Result<Vec<SessionData>> {
    let all = accounts::sessions_of(db, id, ROWS_MAX).await?;
    let seen = all.into_iter().map(|one| SessionData {
        agent: one.agent,
        created_at: one.created_at,
        used_at: one.used_at,
        expires_at: one.expires_at,
        ended_at: one.ended_at,
    });
    Ok(seen.collect())
}

/// Reports with what stands around them, but nothing that staff noted for staff.
async fn report_data(
    db: &impl ConnectionTrait,
    vault: &Vault,
    own: Vec<Report>,
) -> Result<Vec<ReportData>> {
    let keys: Vec<ReportId> = own.iter().map(|report| report.id).collect();
    let mut contacts = reports::contacts(db, vault, &keys).await?;
    let mut photos = reports::photos(db, &keys).await?;
    let mut units = reports::assignments(db, &keys).await?;
    let mut histories = reports::timelines(db, &keys).await?;
    let mut feedback = reports::feedback_of_all(db, &keys).await?;
    let claims = reports::claims(db, &keys).await?;
    let one = |report: Report| {
        let id = report.id;
        ReportData {
            claimed_at: claims.get(&id).copied(),
            contact: contacts.remove(&id).map(contact),
            photos: rows(photos.remove(&id), |photo| format!("/files/{}.jpg", photo.file)),
            units: rows(
                units.remove(&id).map(|all| {
                    all.into_iter().filter(|one| one.stage != AssignmentStage::SentBack).collect()
                }),
                unit,
            ),
            history: rows(
                histories.remove(&id).map(|all| {
                    all.into_iter().filter(|one| reports::is_public_step(one.step)).collect()
                }),
                step,
            ),
            feedback: rows(feedback.remove(&id), rating),
            number: report.number,
            kind: report.kind,
            category: report.category,
            channel: report.channel,
            received_at: report.received_at,
            description: report.description,
            public_description: report.public_description,
            answers: report.answers.0,
            latitude: report.latitude,
            longitude: report.longitude,
            address: report.address,
            district: report.district,
            stage: report.stage,
            outcome: report.outcome,
            reason: report.reason,
            expected_by: report.expected_by,
            resolved_on: report.resolved_on,
            closed_at: report.closed_at,
        }
    };
    Ok(own.into_iter().map(one).collect())
}

fn rows<R, D>(rows: Option<Vec<R>>, data: impl Fn(R) -> D) -> Vec<D> {
    rows.unwrap_or_default().into_iter().map(data).collect()
}

fn contact(contact: reports::Contact) -> ContactData {
    let reports::Contact { name, email, phone, lang } = contact;
    ContactData { name, email, phone, language: lang }
}

fn unit(one: reports::Assignment) -> UnitData {
    UnitData {
        unit: one.unit,
        standing: one.stage,
        sent_at: one.sent_at,
        outcome: one.outcome,
        public_answer: one.public_answer,
        answered_at: one.answered_at,
    }
}

fn step(entry: reports::TimelineEntry) -> StepData {
    StepData { at: entry.at, step: entry.step, stage: entry.stage, text: entry.text }
}

fn rating(one: reports::Feedback) -> FeedbackData {
    FeedbackData {
        at: one.at,
        satisfied: one.satisfied,
        reasons: one.reasons.0,
        text: one.text,
        allows_contact: one.allows_contact,
    }
}

fn support(one: reports::Supported) -> SupportData {
    SupportData { number: one.number, supports: one.supports, follows: one.follows, at: one.at }
}

/// Letters to the account, and to the contacts of its reports.
async fn sent(
    db: &impl ConnectionTrait,
    id: AccountId,
    contacts: impl Iterator<Item = Uuid>,
) -> Result<Vec<Delivery>> {
    let mut whom: Vec<String> =
        contacts.map(|one| Recipient::Subscription(one).to_string()).collect();
    whom.push(Recipient::Account(id.0).to_string());
    outbox::sent_to(db, &whom, ROWS_MAX).await
}

/// The numbers of the reports that letters are about; some are others', which the person follows.
async fn of_reports(
    db: &impl ConnectionTrait,
    sent: &[Delivery],
    own: &HashMap<Uuid, String>,
) -> Result<HashMap<Uuid, String>> {
    let mut numbers = own.clone();
    let other = sent.iter().filter_map(|one| one.subject_id).filter(|id| !own.contains_key(id));
    let mut others: Vec<Uuid> = other.collect();
    others.sort_unstable();
    others.dedup();
    let found = reports::by_ids(db, &Actor::System, &others).await?;
    numbers.extend(found.into_iter().map(|report| (report.id.0, report.number)));
    Ok(numbers)
}

fn letter(one: &Delivery, language: words::Lang, numbers: &HashMap<Uuid, String>) -> LetterData {
    let number = one.subject_id.and_then(|id| numbers.get(&id)).cloned().unwrap_or_default();
    let subject = one.template.map(|letter| outbox::subject(letter, language, number));
    LetterData {
        at: one.created_at,
        letter: one.template,
        subject: subject.unwrap_or_default(),
        state: one.state,
        changed_at: one.updated_at,
    }
}

/// What the audit knows of the account and its reports.
async fn trace(
    db: &impl ConnectionTrait,
    id: AccountId,
    reports: &[ReportId],
) -> Result<Vec<AuditEntry>> {
    let subjects = reports.iter().map(|report| report.0).chain([id.0]).collect();
    let acts = vec![Act::SignedIn, Act::ContactRead, Act::DataExported];
    audit::about(db, subjects, acts, ROWS_MAX).await
}

async fn looks(
    db: &impl ConnectionTrait,
    trace: &[AuditEntry],
    numbers: &HashMap<Uuid, String>,
) -> Result<Vec<LookData>> {
    let looks: Vec<_> = trace.iter().filter(|one| one.act != Act::SignedIn).collect();
    let handles = looks.iter().map(|one| one.actor.clone()).collect();
    let duties = accounts::duties(db, handles).await?;
    let data = |one: &&AuditEntry| LookData {
        at: one.at,
        duty: duties.get(&one.actor).cloned(),
        look_reason: one.reason,
        number: one.subject_id.and_then(|id| numbers.get(&id)).cloned(),
    };
    Ok(looks.iter().map(data).collect())
}
