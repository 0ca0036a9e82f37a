//! The document of a person's data. `docs/accounts.md` describes it for those who read it by program:
//! fields are added under the same version, a field that changes or goes makes another one.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::{
    accounts::Letters,
    audit::LookReason,
    outbox::{DeliveryState, Template},
    questions::Answer,
    reports::{AssignmentStage, Channel, FeedbackReason, Outcome, ReportKind, Stage, Step},
};

/// The version of the document.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything that is known of one resident, and nothing of anybody else.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalData {
    /// The version of this form.
    pub schema_version: u32,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Whether everything is in it: nobody has so much that it is not, but a limit is a limit.
    pub complete: bool,
    /// The account and the profile.
    pub account: AccountData,
    /// Browsers in which the person is or was signed in, of the last 30 days; without their secrets.
    pub sessions: Vec<SessionData>,
    /// When the person signed in.
    pub sign_ins: Vec<DateTime<Utc>>,
    /// Reports of the account.
    pub reports: Vec<ReportData>,
    /// Reports that the person supports or follows.
    pub supports: Vec<SupportData>,
    /// Letters that went to the person, or wait to go, of the last 400 days.
    pub letters: Vec<LetterData>,
    /// What the person has agreed to.
    pub consents: Vec<ConsentData>,
    /// Who of the staff has looked at how to reach the person.
    pub looks: Vec<LookData>,
}

/// The account and the profile.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountData {
    pub id: String,
    /// Who vouches for the person.
    pub provider: String,
    /// By which name the provider knows the person.
    pub subject: String,
    pub name: String,
    pub name_of_provider: String,
    pub email: Option<String>,
    pub email_of_provider: Option<String>,
    /// An address that waits for its confirmation.
    pub unconfirmed_email: Option<String>,
    pub phone: Option<String>,
    pub language: &'static str,
    pub districts: Vec<i32>,
    pub assurance: Option<String>,
    pub letters_wanted: Letters,
    pub created_at: DateTime<Utc>,
    pub signed_in_at: DateTime<Utc>,
    pub seen_timeline_at: Option<DateTime<Utc>>,
    /// When the account is erased, where its owner has asked for it.
    pub erased_from: Option<DateTime<Utc>>,
}

/// A browser in which the person is or was signed in.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionData {
    pub agent: String,
    pub created_at: DateTime<Utc>,
    pub used_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// A report of the account.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportData {
    pub number: String,
    pub kind: ReportKind,
    pub category: String,
    pub channel: Channel,
    pub received_at: DateTime<Utc>,
    /// When it was taken into the account, where it was filed without one.
    pub claimed_at: Option<DateTime<Utc>>,
    pub description: String,
    /// What everybody reads, where that is something else.
    pub public_description: Option<String>,
    pub answers: Vec<Answer>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub address: Option<String>,
    pub district: Option<i32>,
    pub contact: Option<ContactData>,
    /// Paths of the photos on this service.
    pub photos: Vec<String>,
    pub stage: Stage,
    pub outcome: Option<Outcome>,
    pub reason: Option<String>,
    pub expected_by: NaiveDate,
    pub resolved_on: Option<NaiveDate>,
    pub closed_at: Option<DateTime<Utc>>,
    pub units: Vec<UnitData>,
    pub history: Vec<StepData>,
    pub feedback: Vec<FeedbackData>,
}

/// How to reach the person about one report.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactData {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: String,
}

/// A unit that was given a report, and what it answered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitData {
    pub unit: String,
    pub standing: AssignmentStage,
    pub sent_at: DateTime<Utc>,
    pub outcome: Option<Outcome>,
    pub public_answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
}

/// A step in the life of a report, with what was said to the person or by the person.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepData {
    pub at: DateTime<Utc>,
    pub step: Step,
    pub stage: Stage,
    pub text: Option<String>,
}

/// What the person said of an answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackData {
    pub at: DateTime<Utc>,
    pub satisfied: bool,
    pub reasons: Vec<FeedbackReason>,
    pub text: Option<String>,
    pub allows_contact: bool,
}

/// A report that the person supports or follows; by its number alone, because it may be another's.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SupportData {
    pub number: String,
    pub supports: bool,
    pub follows: bool,
    pub at: DateTime<Utc>,
}

/// A letter.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LetterData {
    pub at: DateTime<Utc>,
    pub letter: Option<Template>,
    pub subject: String,
    pub state: DeliveryState,
    /// When its state last changed.
    pub changed_at: DateTime<Utc>,
}

/// Letters about a report that the person has asked for by confirming the address in its contact.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsentData {
    pub number: String,
    pub given_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// A look of staff at how to reach the person: by role and unit, not by name.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LookData {
    pub at: DateTime<Utc>,
    /// Such as `OFFICER ZDMK`; null where the role is known no more.
    pub duty: Option<String>,
    pub look_reason: Option<LookReason>,
    /// The report; null where the whole document was made for the person.
    pub number: Option<String>,
}
