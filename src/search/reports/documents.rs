//! How a report stands in the index, and what its filter is there: the two sides of each tag.

use chrono::NaiveDate;
use kontakt_index::{Area, Lang, ReportDocument, ReportRange};
use sea_orm::ActiveEnum;

use crate::{
    reports::{AssignmentStage, BoxInput, DEGREE_METRES, NearInput, OPEN, ReportFilter, Searched},
    search::actions::tag,
};

/// The tag of what everybody may see.
const PUBLIC: &str = "public";
/// Any unit, anybody of it; at any stage at which the unit still has the report.
const ANY: &str = "*";

/// A report as it is found.
pub fn document(searched: &Searched) -> ReportDocument {
    let Searched { report, texts, .. } = searched;
    let seen = texts.seen.iter().cloned().map(|text| (Lang::Pl, text));
    ReportDocument {
        id: report.id.0,
        seq: report.seq.unsigned_abs(),
        number: report.number.clone(),
        received: report.received_at.timestamp_micros(),
        day: day(report.received_on),
        due: OPEN.contains(&report.stage).then(|| day(report.expected_by)),
        point: report.latitude.zip(report.longitude),
        public: report.public,
        tags: tags(searched),
        texts: seen.collect(),
        staff_texts: texts.staff.clone(),
    }
}

fn tags(Searched { report, assignments, .. }: &Searched) -> Vec<String> {
    let mut tags = vec![
        tag("kind", &report.kind.to_value()),
        category_tag(&report.category),
        tag("stage", &report.stage.to_value()),
        tag("channel", &report.channel.to_value()),
    ];
    if report.category_group != report.category {
        tags.push(category_tag(&report.category_group));
    }
    tags.extend(report.public.then(|| PUBLIC.to_owned()));
    tags.extend(report.outcome.map(|outcome| tag("outcome", &outcome.to_value())));
    tags.extend(report.district.map(|district| tag("district", &district.to_string())));
    for assignment in assignments {
        // A filter asks of one assignment for its unit, its person and its stage, or any of these.
        let stage = assignment.stage.to_value();
        let has_it = (assignment.stage != AssignmentStage::SentBack).then_some(ANY);
        for unit in [ANY, &assignment.unit] {
            for person in [Some(ANY), assignment.assignee.as_deref()].into_iter().flatten() {
                let stages = [Some(stage.as_str()), has_it].into_iter().flatten();
                tags.extend(stages.map(|stage| given(unit, person, stage)));
            }
        }
    }
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// The tag of a category; reports of what stands below it have it too.
pub fn category_tag(code: &str) -> String {
    tag("category", code)
}

/// The tag of what a unit has.
pub fn unit_tag(unit: &str) -> String {
    given(unit, ANY, ANY)
}

fn given(unit: &str, person: &str, stage: &str) -> String {
    format!("given:{unit}\n{person}\n{stage}")
}

/// The groups of tags that a filter asks for.
pub fn groups(filter: &ReportFilter) -> Vec<Vec<String>> {
    let kind = filter.kind.map(|kind| vec![tag("kind", &kind.to_value())]);
    let category = filter.category.as_ref();
    let district = |number: &i32| tag("district", &number.to_string());
    let groups = [
        kind,
        category.map(|codes| codes.iter().map(|code| category_tag(code)).collect()),
        values("stage", filter.stage.as_deref()),
        values("outcome", filter.outcome.as_deref()),
        values("channel", filter.channel.as_deref()),
        filter.district.as_ref().map(|numbers| numbers.iter().map(district).collect()),
        given_to(filter),
    ];
    groups.into_iter().flatten().collect()
}

fn values<T: ActiveEnum<Value = String>>(
    family: &str,
    values: Option<&[T]>,
) -> Option<Vec<String>> {
    Some(values?.iter().map(|value| tag(family, &value.to_value())).collect())
}

/// Of whom it is asked at once: the unit, the person and the stage of one assignment.
fn given_to(filter: &ReportFilter) -> Option<Vec<String>> {
    let ReportFilter { unit, assignee, assignment_stage, .. } = filter;
    if unit.is_none() && assignee.is_none() && assignment_stage.is_none() {
        return None;
    }
    let any = || vec![ANY.to_owned()];
    let units = unit.clone().unwrap_or_else(any);
    let known = |stages: &Vec<AssignmentStage>| stages.iter().map(ActiveEnum::to_value).collect();
    let stages: Vec<String> = assignment_stage.as_ref().map_or_else(any, known);
    let person = assignee.as_deref().unwrap_or(ANY);
    let of_unit = |unit: &String| -> Vec<String> {
        stages.iter().map(|stage| given(unit, person, stage)).collect()
    };
    Some(units.iter().flat_map(of_unit).collect())
}

/// What a filter asks for by numbers; `today` tells what is late.
pub fn range(filter: &ReportFilter, today: NaiveDate) -> ReportRange {
    let mut areas = Vec::new();
    if let Some(near) = &filter.near {
        let NearInput { latitude, longitude, metres } = *near;
        let degree = (DEGREE_METRES, near.east_metres());
        areas.push(area(&near.bounds()));
        areas.push(Area::Circle { middle: (latitude, longitude), degree, metres });
    }
    areas.extend(filter.within.as_ref().map(area));
    let received = (filter.received_from, filter.received_to);
    ReportRange {
        day: (received.0.map(|from| day(from.0)), received.1.map(|to| day(to.0))),
        late: filter.overdue.map(|late| (late, day(today))),
        areas,
    }
}

fn area(bounds: &BoxInput) -> Area {
    Area::Box(bounds.south..=bounds.north, bounds.west..=bounds.east)
}

/// Days since 1970.
fn day(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}
