//! What is stored of categories and reports, and what is put in.

mod around;
mod categories;
mod inputs;
mod reports;
mod work;

pub use around::{
    Contact, Feedback, FeedbackReason, FeedbackReasons, Photo, RelationKind, contact, feedback,
    photo, relation, supporter,
};
pub use categories::{Category, StopScreen, category};
pub use inputs::*;
pub use reports::{
    Channel, Outcome, Report, ReportId, ReportKind, Routing, RoutingQuestion, Stage, counter,
    report,
};
pub use work::{
    Assignment, AssignmentId, AssignmentStage, Step, TimelineEntry, assignment, timeline,
};
