//! What of a batch is there already.

use std::collections::HashMap;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Fate, Incoming, differing};
use crate::{
    db::Tx,
    error::Result,
    reports::{
        actions,
        entity::{Assignment, Report, ReportId, report},
    },
};

/// The reports that rows of a batch may be, by their ids elsewhere and by their numbers. What came
/// with an earlier row of the batch is there too, and is none yet.
pub struct There {
    external_ids: HashMap<String, Option<ReportId>>,
    numbers: HashMap<String, (DateTime<Utc>, Option<ReportId>)>,
    reports: HashMap<ReportId, Report>,
    assignments: HashMap<ReportId, Vec<Assignment>>,
}

impl There {
    /// Looks for the reports of a batch.
    pub async fn look(tx: &Tx, batch: &[Incoming]) -> Result<Self> {
        let ids = batch.iter().filter_map(|row| row.report.external_id.as_deref());
        let numbers = batch.iter().map(|row| row.report.number.as_str());
        let numbers = numbers.filter(|number| !number.is_empty());
        let by_id = report::Entity::find().filter(report::Column::ExternalId.is_in(ids));
        let by_number = report::Entity::find().filter(report::Column::Number.is_in(numbers));
        let mut found = by_id.all(tx).await?;
        found.extend(by_number.all(tx).await?);
        let reports: HashMap<ReportId, Report> =
            found.into_iter().map(|report| (report.id, report)).collect();
        let ids: Vec<ReportId> = reports.keys().copied().collect();
        let external_id = |report: &Report| Some((report.external_id.clone()?, Some(report.id)));
        let number =
            |report: &Report| (report.number.clone(), (report.received_at, Some(report.id)));
        Ok(Self {
            external_ids: reports.values().filter_map(external_id).collect(),
            numbers: reports.values().map(number).collect(),
            assignments: actions::assignments(tx, &ids).await?,
            reports,
        })
    }

    /// What becomes of a row; the rows behind it find it there.
    pub fn fate(&mut self, row: &Incoming) -> Fate {
        let report = &row.report;
        let id = report.external_id.clone().unwrap_or_default();
        if let Some(known) = self.external_ids.get(&id) {
            return self.compare(row, *known);
        }
        self.external_ids.insert(id, None);
        if report.number.is_empty() {
            return Fate::Created;
        }
        // A report that was exported here comes back. Open data tell the time to the second.
        match self.numbers.get(&report.number) {
            Some((received_at, known))
                if received_at.trunc_subsecs(0) == report.received_at.trunc_subsecs(0) =>
            {
                self.compare(row, *known)
            }
            Some(_) => Fate::Rejected(format!("number: {} is another report", report.number)),
            None => {
                self.numbers.insert(report.number.clone(), (report.received_at, None));
                Fate::Created
            }
        }
    }

    fn compare(&self, row: &Incoming, known: Option<ReportId>) -> Fate {
        let Some(there) = known.and_then(|known| self.reports.get(&known)) else {
            return Fate::Unchanged;
        };
        let given = self.assignments.get(&there.id).map_or(&[][..], Vec::as_slice);
        let fields = differing(row, there, given);
        if fields.is_empty() { Fate::Unchanged } else { Fate::Differing(fields) }
    }
}
