//! What is put in. The structs are the inputs of the API.

use async_graphql::{ID, InputObject};

use crate::{
    questions::Answer,
    reports::entity::{Channel, FeedbackReason, Outcome, RelationKind, ReportKind},
    scalars::Date,
};

/// A place: a point, an address in words, or both.
#[derive(Clone, Debug, Default, PartialEq, InputObject)]
pub struct LocationInput {
    /// Degrees north (WGS 84); with `longitude`.
    pub latitude: Option<f64>,
    /// Degrees east (WGS 84); with `latitude`.
    pub longitude: Option<f64>,
    /// Street and number, or the place in words, at most 200 characters.
    pub address: Option<String>,
    /// The unit or body that manages the land, where the caller knows it, by its code such as `ZZM`.
    pub land_manager: Option<String>,
}

/// How to reach the person who files; seen by staff who need it, never published.
#[derive(Clone, Debug, Default, PartialEq, Eq, InputObject)]
pub struct ContactInput {
    /// Name, at most 200 characters.
    pub name: Option<String>,
    /// E-mail address; it is confirmed before mail goes to it.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// How to reach you about a report from now on.
#[derive(Clone, Debug, InputObject)]
pub struct CorrectContactInput {
    /// The report.
    pub report: HolderInput,
    /// The whole contact: what is left out is gone.
    pub contact: ContactInput,
}

/// What is wrong in a report.
#[derive(Clone, Debug, InputObject)]
pub struct RequestCorrectionInput {
    /// The report.
    pub report: HolderInput,
    /// What is wrong, and how it is right, 1 to 4,000 characters. Staff reads it.
    pub text: String,
}

/// A problem or an idea.
#[derive(Clone, Debug, InputObject)]
pub struct FileReportInput {
    /// Whether something is broken or could be better.
    pub kind: ReportKind,
    /// The code of the category, such as `lighting`; it must be one of the kind.
    pub category: String,
    /// What is the matter, 1 to 4,000 characters.
    pub description: String,
    /// Where. A problem needs a place; an idea may be for the whole city.
    pub location: Option<LocationInput>,
    /// The way on which it comes: PORTAL or APP; staff also PHONE, EMAIL and POINT.
    pub channel: Channel,
    /// Drawn anew for every report, 16 to 255 characters. The same key with the same content gives the
    /// same report, so that a double click or a resend files nothing twice. Another content under it
    /// is refused as CONFLICT for those who are signed in, and is another report for everybody else. A
    /// key is kept for 7 days.
    pub idempotency_key: String,
    /// Answers to the questions of the category.
    #[graphql(default)]
    pub answers: Vec<Answer>,
    /// The keys of photos that were uploaded with `uploadPhoto`, at most 10.
    #[graphql(default)]
    pub photos: Vec<String>,
    /// How to reach the person; nobody has to tell.
    pub contact: Option<ContactInput>,
    /// What staff reads beside: set by faces, not by clients.
    #[graphql(skip)]
    pub note: Option<String>,
}

/// A report that was read by a consultant, with what is set right.
#[derive(Clone, Debug, InputObject)]
pub struct VerifyReportInput {
    /// The report.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the report has changed since.
    pub expected_version: i32,
    /// The right category, where another was chosen.
    pub category: Option<String>,
    /// The right place, where another was given.
    pub location: Option<LocationInput>,
    /// What everybody is to read instead of the description, 1 to 4,000 characters; a blank one is
    /// refused as REQUIRED. Without it whatever looks like personal data is masked.
    pub public_description: Option<String>,
    /// Whether it must not be seen by everybody; false when nothing is said.
    #[graphql(default)]
    pub sensitive: bool,
    /// The places, from 1, of photos that not everybody may see: faces, number plates, flats.
    #[graphql(default)]
    pub hidden_photos: Vec<i32>,
    /// A note for staff, at most 4,000 characters.
    pub note: Option<String>,
}

impl VerifyReportInput {
    /// A report that was read and found right.
    pub fn of(id: ID, expected_version: i32) -> Self {
        Self {
            id,
            expected_version,
            category: None,
            location: None,
            public_description: None,
            sensitive: false,
            hidden_photos: Vec::new(),
            note: None,
        }
    }
}

/// A report that is the same as another.
#[derive(Clone, Debug, InputObject)]
pub struct MergeReportInput {
    /// The report that ends.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the report has changed since.
    pub expected_version: i32,
    /// The report that goes on for both: of the same kind, and not merged itself.
    pub duplicate_of: ID,
    /// A note for staff, at most 4,000 characters.
    pub note: Option<String>,
}

/// A step with its reason.
#[derive(Clone, Debug, InputObject)]
pub struct ReportReasonInput {
    /// The report.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the report has changed since.
    pub expected_version: i32,
    /// Why, 1 to 4,000 characters.
    pub reason: String,
}

/// A step with a word for staff.
#[derive(Clone, Debug, InputObject)]
pub struct ReportStepInput {
    /// The report.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the report has changed since.
    pub expected_version: i32,
    /// A note for staff, at most 4,000 characters.
    pub note: Option<String>,
}

/// A step with a word that the person who filed it reads.
#[derive(Clone, Debug, InputObject)]
pub struct ReportMessageInput {
    /// The report.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the report has changed since.
    pub expected_version: i32,
    /// What the person who filed it reads, 1 to 4,000 characters.
    pub message: String,
    /// A note for staff, at most 4,000 characters.
    pub note: Option<String>,
}

/// A report that is given to units.
#[derive(Clone, Debug, InputObject)]
pub struct ForwardReportInput {
    /// The report.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the report has changed since.
    pub expected_version: i32,
    /// The codes of the units, 1 to 5; when nothing is said, those that the routing rules propose.
    pub units: Option<Vec<String>>,
    /// A note for the units, at most 4,000 characters.
    pub note: Option<String>,
}

/// An assignment that somebody takes.
#[derive(Clone, Debug, InputObject)]
pub struct TakeReportInput {
    /// The report.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the report has changed since.
    pub expected_version: i32,
    /// What is done with it now: IN_PROGRESS or UNDER_ANALYSIS for problems, IN_IMPLEMENTATION or
    /// UNDER_ANALYSIS for ideas; UNDER_ANALYSIS when nothing is said.
    pub outcome: Option<Outcome>,
    /// A note for staff, at most 4,000 characters.
    pub note: Option<String>,
}

/// The answer of a unit.
#[derive(Clone, Debug, InputObject)]
pub struct AnswerReportInput {
    /// The report.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the report has changed since.
    pub expected_version: i32,
    /// What became of it: an outcome of its kind.
    pub outcome: Outcome,
    /// What everybody reads, 1 to 4,000 characters.
    pub public_answer: String,
    /// What staff reads beside, at most 4,000 characters.
    pub internal_answer: Option<String>,
    /// Why, for UNFOUNDED; who can help instead, for OUT_OF_CITY_COMPETENCE; at most 4,000
    /// characters.
    pub reason: Option<String>,
    /// The day on which it is looked at again: needed for AWAITING_FUNDS, 30 days from now when nothing
    /// is said for other outcomes that are not final.
    pub review_on: Option<Date>,
}

/// A report that is not the unit's matter.
#[derive(Clone, Debug, InputObject)]
pub struct SendBackReportInput {
    /// The report.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the report has changed since.
    pub expected_version: i32,
    /// Why, 1 to 4,000 characters.
    pub reason: String,
    /// The code of the unit whose matter it is.
    pub suggested_unit: Option<String>,
}

/// A report that somebody else of the unit, or another unit, is to have.
#[derive(Clone, Debug, InputObject)]
pub struct HandOverReportInput {
    /// The report.
    pub id: ID,
    /// The `version` that was read; refused as CONFLICT when the report has changed since.
    pub expected_version: i32,
    /// The handle of the person of the own unit, at most 100 characters; nobody when nothing is said.
    pub assignee: Option<String>,
    /// The code of another unit that has it from now on; coordinators only.
    pub unit: Option<String>,
    /// A note for staff, at most 4,000 characters.
    pub note: Option<String>,
}

/// Who holds a report: by its number, with the secret token unless it stands in the signed-in
/// resident's account.
#[derive(Clone, Debug, InputObject)]
pub struct HolderInput {
    /// The public number, such as `KCK-2026-004571`.
    pub number: String,
    /// The secret token that was given when it was filed.
    pub tracking_token: Option<String>,
}

/// A report that its holder takes into the own account.
#[derive(Clone, Debug, InputObject)]
pub struct ClaimReportInput {
    /// The public number, such as `KCK-2026-004571`.
    pub number: String,
    /// The secret token that was given when it was filed.
    pub tracking_token: String,
}

/// A report that its holder takes back.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawReportInput {
    /// Which report, and what shows that it is the caller's.
    pub report: HolderInput,
    /// Why, at most 4,000 characters; read by staff.
    pub reason: Option<String>,
}

/// What its holder adds to a report that waits for it.
#[derive(Clone, Debug, InputObject)]
pub struct SupplementReportInput {
    /// Which report, and what shows that it is the caller's.
    pub report: HolderInput,
    /// The answer to the question, 1 to 4,000 characters; read by staff.
    pub text: String,
    /// The keys of further photos; with those that are there at most 10.
    #[graphql(default)]
    pub photos: Vec<String>,
}

/// A closed report that is to be opened again.
#[derive(Clone, Debug, InputObject)]
pub struct ReopenReportInput {
    /// Which report, and what shows that it is the caller's; consultants give the number alone.
    pub report: HolderInput,
    /// Why, 1 to 4,000 characters; read by staff.
    pub reason: String,
    /// The keys of further photos; with those that are there at most 10.
    #[graphql(default)]
    pub photos: Vec<String>,
}

/// What the holder of a report says of the answer.
#[derive(Clone, Debug, InputObject)]
pub struct GiveReportFeedbackInput {
    /// Which report, and what shows that it is the caller's.
    pub report: HolderInput,
    /// Whether the person is content.
    pub satisfied: bool,
    /// Why not; empty for those who are content.
    #[graphql(default)]
    pub reasons: Vec<FeedbackReason>,
    /// In the person's words, at most 4,000 characters; read by staff.
    pub text: Option<String>,
    /// Whether staff may write to the person about it; false when nothing is said.
    #[graphql(default)]
    pub allows_contact: bool,
    /// Whether the report is to be opened again at once; only for those who are not content.
    #[graphql(default)]
    pub reopen: bool,
}

/// An idea that has to do with another.
#[derive(Clone, Debug, InputObject)]
pub struct RelateIdeasInput {
    /// The idea.
    pub id: ID,
    /// The other idea.
    pub other: ID,
    /// What the idea is to the other.
    pub kind: RelationKind,
    /// Whether the relation is to be taken away; false when nothing is said.
    #[graphql(default)]
    pub remove: bool,
}

/// A report that a resident supports or follows.
#[derive(Clone, Debug, InputObject)]
pub struct SupportReportInput {
    /// The public number.
    pub number: String,
    /// Whether the resident supports it: counted and shown to everybody, without the name.
    pub supports: bool,
    /// Whether the resident wants to hear what becomes of it.
    pub follows: bool,
}
