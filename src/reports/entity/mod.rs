//! What is stored of categories and reports, and what is put in.

mod around;
mod categories;
mod inputs;
mod outside;
mod reports;
mod work;

pub use around::{
    Contact, Feedback, FeedbackReason, FeedbackReasons, Photo, RelationKind, StoredContact,
    UnfiledPhoto, claim, contact, feedback, photo, relation, supporter, unfiled_photo,
};
pub use categories::{Category, EditReportCategoryInput, StopScreen, StoredCategory, category};
pub use inputs::*;
pub use outside::{AnswerExternalInput, External, ExternalId, SendReportOutsideInput, external};
pub use reports::{
    Channel, Outcome, Report, ReportId, ReportKind, Routing, RoutingQuestion, Stage, counter,
    report,
};
pub use work::{
    Assignment, AssignmentId, AssignmentStage, Step, TimelineEntry, assignment, timeline,
};
