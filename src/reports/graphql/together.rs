//! The reports of one answer: what stands around them is read for all of them at once, when the first
//! is asked for it.

use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use tokio::sync::OnceCell;

use crate::{
    error::Result,
    graphql::ContextExt,
    permissions::{Permission, Reach},
    reports::{
        actions,
        entity::{Assignment, External, Photo, Report, ReportId, TimelineEntry},
        graphql::ReportObject,
        rules,
    },
};

/// Read in a box: the field of every report waits for it, and each would make room for the whole query.
type Of<T> = OnceCell<HashMap<ReportId, Vec<T>>>;

/// What is read for all at once.
#[derive(Default)]
pub struct Together {
    ids: Vec<ReportId>,
    assignments: Of<Assignment>,
    timelines: Of<TimelineEntry>,
    photos: Of<Photo>,
    external: Of<External>,
}

/// What a reader may see of one report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What staff noted.
    pub notes: bool,
    /// Who filed it, in which words.
    pub whole: bool,
}

/// The objects of reports, which share what is read around them.
pub fn objects(reports: Vec<Report>, holder: bool) -> Vec<ReportObject> {
    let ids = reports.iter().map(|report| report.id).collect();
    let together = Arc::new(Together { ids, ..Together::default() });
    let object = |report| ReportObject::new(Arc::new(report), together.clone(), holder);
    reports.into_iter().map(object).collect()
}

impl Together {
    /// The assignments of one of them, first to last.
    pub async fn assignments(&self, ctx: &Context<'_>, of: ReportId) -> Result<&[Assignment]> {
        let read = || Box::pin(actions::assignments(ctx.db(), &self.ids));
        Ok(rows(self.assignments.get_or_try_init(read).await?, of))
    }

    /// The history of one of them, first to last.
    pub async fn timeline(&self, ctx: &Context<'_>, of: ReportId) -> Result<&[TimelineEntry]> {
        let read = || Box::pin(actions::timelines(ctx.db(), &self.ids));
        Ok(rows(self.timelines.get_or_try_init(read).await?, of))
    }

    /// The photos of one of them in their order.
    pub async fn photos(&self, ctx: &Context<'_>, of: ReportId) -> Result<&[Photo]> {
        let read = || Box::pin(actions::photos(ctx.db(), &self.ids));
        Ok(rows(self.photos.get_or_try_init(read).await?, of))
    }

    /// To which bodies outside the city one of them was sent, first to last.
    pub async fn external(&self, ctx: &Context<'_>, of: ReportId) -> Result<&[External]> {
        let read = || actions::external_assignments(ctx.db(), &self.ids);
        Ok(rows(self.external.get_or_try_init(read).await?, of))
    }

    /// What the caller may see of one of them.
    pub async fn reading(&self, ctx: &Context<'_>, of: ReportId, holder: bool) -> Result<Reading> {
        let notes = self.reaches(ctx, of, Permission::ReadReportNotes).await?;
        let contacts = self.reaches(ctx, of, Permission::ReadReportContacts).await?;
        Ok(Reading { notes, whole: contacts || holder })
    }

    async fn reaches(
        &self,
        ctx: &Context<'_>,
        of: ReportId,
        permission: Permission,
    ) -> Result<bool> {
        Ok(match ctx.actor().reach(permission) {
            Reach::Unit(_) => {
                rules::reaches(ctx.actor(), permission, self.assignments(ctx, of).await?)
            }
            // No need to know who has it.
            _ => rules::reaches(ctx.actor(), permission, &[]),
        })
    }
}

fn rows<T>(all: &HashMap<ReportId, Vec<T>>, of: ReportId) -> &[T] {
    all.get(&of).map_or(&[], Vec::as_slice)
}
