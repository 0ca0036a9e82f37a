//! In what a row differs from the report that is there. Pure.

use chrono::{DateTime, SubsecRound, Utc};

use super::{Field, Incoming};
use crate::{
    clock::local_day,
    reports::entity::{Assignment, AssignmentStage, Report},
    words,
};

/// Open data round degrees to so many decimals.
const DEGREE_DECIMALS: i32 = 3;

/// The fields that a row tells, and tells otherwise than the report that is there with its
/// assignments. Of what a row does not tell, nothing is known.
pub fn differing(row: &Incoming, there: &Report, given: &[Assignment]) -> Vec<Field> {
    let is_other = |field: &Field| match field {
        Field::Latitude => is_elsewhere(row.report.latitude, there.latitude),
        Field::Longitude => is_elsewhere(row.report.longitude, there.longitude),
        _ => value(*field, &row.report, &row.assignments) != value(*field, there, given),
    };
    row.told.iter().copied().filter(is_other).collect()
}

/// Whether degrees are neither the same nor the rounded ones.
fn is_elsewhere(told: Option<f64>, exact: Option<f64>) -> bool {
    let scale = 10_f64.powi(DEGREE_DECIMALS);
    let rounded = exact.map(|exact| (exact * scale).round() / scale);
    told != exact && told != rounded
}

/// What a field says of a report, as a text.
fn value(field: Field, report: &Report, assignments: &[Assignment]) -> Option<String> {
    let given = || {
        assignments
            .iter()
            .filter(|one| one.round == report.reopened && one.stage != AssignmentStage::SentBack)
    };
    let seconds = |at: DateTime<Utc>| at.trunc_subsecs(0).to_string();
    match field {
        // By these it was known again; and where it lies follows from the outlines of today.
        Field::Id | Field::Number | Field::District => None,
        Field::Kind => Some(words::code(&report.kind)),
        Field::Category => Some(report.category.clone()),
        Field::Channel => Some(words::code(&report.channel)),
        Field::Description => Some(report.description.clone()),
        Field::Latitude => report.latitude.map(|degrees| degrees.to_string()),
        Field::Longitude => report.longitude.map(|degrees| degrees.to_string()),
        Field::Address => report.address.clone(),
        Field::Stage => Some(words::code(&report.stage)),
        Field::Outcome => report.outcome.as_ref().map(words::code),
        Field::Reason => report.reason.clone(),
        Field::ReviewOn => given().filter_map(|one| one.review_on).min().map(|day| day.to_string()),
        Field::PublicAnswer => given().find_map(|one| one.public_answer.clone()),
        Field::ReceivedAt => Some(seconds(report.received_at)),
        Field::ExpectedBy => Some(report.expected_by.to_string()),
        Field::Units => {
            let mut units: Vec<&str> = given().map(|one| one.unit.as_str()).collect();
            units.sort_unstable();
            Some(units.join(";"))
        }
        Field::AnsweredOn => {
            let answered = given().map(|one| one.answered_at).collect::<Option<Vec<_>>>();
            answered?.into_iter().max().map(|at| local_day(at).to_string())
        }
        Field::ResolvedOn => report.resolved_on.map(|day| day.to_string()),
        Field::ClosedOn => report.closed_at.map(|at| local_day(at).to_string()),
        Field::Supports => Some(report.supports.to_string()),
        Field::Sensitive => Some(report.sensitive.to_string()),
    }
}
