//! What is stored of an act, and the statement that appends.

use async_graphql::{Enum, InputObject};
use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityTrait, IntoActiveModel, QueryOrder, QuerySelect,
    entity::prelude::*,
};
use serde::Serialize;
use uuid::Uuid;

use crate::{actor::Actor, audit::rules, events::Subject};

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, EnumIter, DeriveActiveEnum, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "AuditAct")]
pub enum Act {
    /// Staff looked at how to reach the person who filed a report.
    #[sea_orm(string_value = "contact-read")]
    ContactRead,
    /// Somebody signed in; staff with the role that the detail names.
    #[sea_orm(string_value = "signed-in")]
    SignedIn,
    /// Nobody was signed in: the detail is the way, the reason as a code, how often in a minute, and a
    /// token that stands for the address.
    #[sea_orm(string_value = "sign-in-failed")]
    SignInFailed,
    /// Sessions of an account were ended, for the reason that the detail names.
    #[sea_orm(string_value = "sessions-ended")]
    SessionsEnded,
    /// A provider has given a member of staff another role, or none any more.
    #[sea_orm(string_value = "role-changed")]
    RoleChanged,
    /// An access token was made; the detail is its name.
    #[sea_orm(string_value = "token-created")]
    TokenCreated,
    /// An access token was revoked; the detail is its name.
    #[sea_orm(string_value = "token-revoked")]
    TokenRevoked,
    /// Everything that is known of a resident was gathered on the person's behalf.
    #[sea_orm(string_value = "data-exported")]
    DataExported,
    /// A person was forgotten, for the reason that the detail names.
    #[sea_orm(string_value = "person-erased")]
    PersonErased,
    /// Something was asked for that the roles of the person do not allow.
    #[sea_orm(string_value = "denied")]
    Denied,
}

/// Why staff look at personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, EnumIter, DeriveActiveEnum, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LookReason {
    /// To answer, or to ask what is missing.
    #[sea_orm(string_value = "answer")]
    Answer,
    /// The person is on the telephone and wants to know of the matter.
    #[sea_orm(string_value = "call")]
    Call,
    /// To put right what was written down wrongly.
    #[sea_orm(string_value = "correction")]
    Correction,
    /// A complaint about how the matter was handled.
    #[sea_orm(string_value = "complaint")]
    Complaint,
    /// The person asks for the own data, or to have them erased (RODO, art. 15 to 21).
    #[sea_orm(string_value = "data-request")]
    DataRequest,
}

/// Which acts of the audit are asked for.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "AuditFilter")]
pub struct AuditFilter {
    /// Of one person or program, by its handle.
    pub actor: Option<String>,
    /// Of one kind.
    pub act: Option<Act>,
    /// About one thing, by its global id.
    pub subject: Option<async_graphql::ID>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub to: Option<DateTime<Utc>>,
}

/// An act on its way to the audit.
#[derive(Clone, Debug)]
pub struct Record {
    pub(super) actor: String,
    pub(super) act: Act,
    pub(super) subject: Option<(Subject, Uuid)>,
    pub(super) reason: Option<LookReason>,
    pub(super) detail: Option<String>,
}

impl Record {
    /// An act of somebody.
    pub fn of(actor: &Actor, act: Act) -> Self {
        let actor = actor.handle().to_owned();
        Self { actor, act, subject: None, reason: None, detail: None }
    }

    /// What it was done to.
    pub fn on(self, subject: Subject, id: Uuid) -> Self {
        Self { subject: Some((subject, id)), ..self }
    }

    /// Why.
    pub fn because(self, reason: LookReason) -> Self {
        Self { reason: Some(reason), ..self }
    }

    /// What more there is to know: a name of ours or a code, never a person's words.
    pub fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Its place, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// When, in whole microseconds, which both databases keep.
    pub at: DateTimeUtc,
    /// Who, by the handle.
    pub actor: String,
    /// What.
    pub act: Act,
    /// To what kind of thing.
    pub subject_kind: Option<Subject>,
    /// To which one.
    pub subject_id: Option<Uuid>,
    /// Why.
    pub reason: Option<LookReason>,
    /// What more there is to know.
    pub detail: Option<String>,
    /// The link of the chain.
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

/// An entry of the audit.
pub type AuditEntry = Model;

/// Under this lock of PostgreSQL entries are chained and committed.
const CHAIN_LOCK: i64 = 0x4b4f_4e54_0003;

/// Appends acts as the last statements of a transaction.
pub async fn append(
    db: &impl ConnectionTrait,
    at: DateTime<Utc>,
    records: Vec<Record>,
) -> Result<(), DbErr> {
    if records.is_empty() {
        return Ok(());
    }
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({CHAIN_LOCK})")).await?;
    }
    let last = Entity::find().order_by_desc(Column::Id).limit(1).one(db).await?;
    let (mut id, mut hash) = last.map_or((0, rules::START.to_vec()), |last| (last.id, last.hash));
    let rows = records.into_iter().map(|record| {
        id += 1;
        let (kind, subject_id) = record.subject.unzip();
        let mut entry = Model {
            id,
            at: at.trunc_subsecs(6),
            actor: record.actor,
            act: record.act,
            subject_kind: kind,
            subject_id,
            reason: record.reason,
            detail: record.detail,
            hash: Vec::new(),
        };
        hash = rules::link(&hash, &entry).to_vec();
        entry.hash.clone_from(&hash);
        entry.into_active_model()
    });
    let rows: Vec<ActiveModel> = rows.collect();
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}
