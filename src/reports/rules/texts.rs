//! Who may read which words of a report.

use crate::{
    actor::Actor,
    permissions::{Permission, Reach},
    reports::{
        entity::{Assignment, AssignmentStage, Report, TimelineEntry},
        rules::{Readers, is_public_step, readers},
    },
};

/// The texts of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// What everybody reads who sees the report: the description as it is shown first.
    pub seen: Vec<String>,
    /// What only staff reads that may also see who filed it.
    pub staff: Vec<String>,
}

/// Sorts the texts of a report by who may read them.
pub fn texts(report: &Report, assignments: &[Assignment], said: &[TimelineEntry]) -> Texts {
    let mut texts = Texts::default();
    match &report.public_description {
        Some(shown) => {
            texts.seen.push(shown.clone());
            texts.staff.push(report.description.clone());
        }
        None => texts.seen.push(report.description.clone()),
    }
    texts.seen.extend(report.address.clone());
    for assignment in assignments {
        let shown = [&assignment.public_answer, &assignment.reason].into_iter().flatten().cloned();
        match assignment.stage {
            AssignmentStage::SentBack => texts.staff.extend(shown),
            _ => texts.seen.extend(shown),
        }
        texts.staff.extend(assignment.internal_answer.clone());
    }
    for entry in said {
        let everybody = readers(entry.step) == Readers::Everybody && is_public_step(entry.step);
        let readers = if everybody { &mut texts.seen } else { &mut texts.staff };
        // The history says again what a unit has answered.
        let news = entry.text.iter().filter(|text| !readers.contains(text)).cloned();
        let news: Vec<String> = news.collect();
        readers.extend(news);
        texts.staff.extend(entry.note.clone());
    }
    texts
}

/// Whether a permission reaches a report with these assignments.
pub fn reaches(actor: &Actor, permission: Permission, assignments: &[Assignment]) -> bool {
    match actor.reach(permission) {
        Reach::Nothing => false,
        Reach::Everything => true,
        Reach::Unit(unit) => assignments.iter().any(|assignment| {
            assignment.unit == unit && assignment.stage != AssignmentStage::SentBack
        }),
    }
}
