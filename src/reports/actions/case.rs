//! A report with what its units do: opened for one step, moved, and written back.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr,
};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Problem, Result},
    events::{Event, Kind, Subject},
    permissions::{NO_UNIT, Permission},
    reports::{
        actions::{
            history::{self, Said},
            read,
        },
        entity::{Assignment, AssignmentStage, Report, Stage, Step, assignment, report},
        rules::{self, Mover},
    },
};

/// A report that is about to be moved.
pub struct Case {
    /// The report as it will be.
    pub report: Report,
    /// The assignments of this round.
    pub assignments: Vec<Assignment>,
    /// The revision that was read.
    read: i32,
}

impl Case {
    /// The report with a global id, as it was when the actor read it. Errors: `NotFound`, `Conflict`
    /// when it has changed since.
    pub async fn open(tx: &Tx, actor: &Actor, id: &str, expected: i32) -> Result<Self> {
        let report = read::by_global(tx, actor, id).await?;
        if report.revision != expected {
            return Err(Problem::stale(expected, report.revision).into());
        }
        Self::of(tx, report).await
    }

    /// A report that was found otherwise.
    pub async fn of(tx: &Tx, report: Report) -> Result<Self> {
        let all = history::assignments(tx, &[report.id]).await?.remove(&report.id);
        let this_round = |assignment: &Assignment| assignment.round == report.reopened;
        let assignments = all.unwrap_or_default().into_iter().filter(this_round).collect();
        Ok(Self { read: report.revision, report, assignments })
    }

    /// Refuses a step that there is not at this stage, or that the actor may not take; gives where it
    /// leads.
    pub fn may(&self, actor: &Actor, step: Step) -> Result<Stage> {
        let stage = self.report.stage;
        let Some((to, movers)) = rules::step(stage, step) else {
            // Somebody who may do nothing with it learns nothing of its stage.
            self.must_work(actor)?;
            return Err(rules::wrong_stage(stage).into());
        };
        if !movers.iter().any(|mover| self.is(actor, *mover)) {
            return Err(actor.refused());
        }
        if !rules::outcome_allows(stage, step, self.report.outcome) {
            return Err(rules::wrong_stage(stage).into());
        }
        Ok(to)
    }

    fn is(&self, actor: &Actor, mover: Mover) -> bool {
        match mover.permission() {
            Some(Permission::HandleReports) => self.own_assignment(actor).is_some(),
            Some(permission) => *actor != Actor::System && actor.may(permission, NO_UNIT),
            None => mover == Mover::Time && *actor == Actor::System,
        }
    }

    /// Refuses whoever has nothing to do with it.
    pub fn must_work(&self, actor: &Actor) -> Result<()> {
        if self.own_assignment(actor).is_some() {
            return Ok(());
        }
        actor.must(Permission::TriageReports, NO_UNIT)
    }

    /// The place of the assignment that the actor may work on.
    pub fn own_assignment(&self, actor: &Actor) -> Option<usize> {
        let own = |assignment: &Assignment| {
            assignment.stage != AssignmentStage::SentBack
                && actor.may(Permission::HandleReports, &assignment.unit)
        };
        self.assignments.iter().position(own)
    }

    /// The assignment that the actor may work on.
    pub fn own(&mut self, actor: &Actor) -> Result<&mut Assignment> {
        match self.own_assignment(actor) {
            Some(place) => Ok(&mut self.assignments[place]),
            None => Err(actor.refused()),
        }
    }

    /// Lets all clocks stand from now on.
    pub async fn pause(&mut self, tx: &Tx) -> Result<()> {
        self.report.paused_at = Some(tx.now());
        for assignment in self.assignments.iter_mut().filter(|known| known.escalates_at.is_some()) {
            assignment.escalates_at = None;
            keep(tx, assignment).await?;
        }
        Ok(())
    }

    /// Lets all clocks go on, if they stood: what was due comes as much later.
    pub async fn unpause(&mut self, tx: &Tx) -> Result<()> {
        let Some(paused_at) = self.report.paused_at.take() else { return Ok(()) };
        let later = rules::paused_days(paused_at, tx.now());
        self.report.expected_by = self.report.expected_by + later;
        for assignment in &mut self.assignments {
            if matches!(assignment.stage, AssignmentStage::Sent | AssignmentStage::InHandling) {
                assignment.due_on = assignment.due_on + later;
                assignment.escalates_at = rules::escalation(assignment, tx.now()).1;
                keep(tx, assignment).await?;
            }
        }
        Ok(())
    }

    /// Writes the report back at a stage, with all that follows from it, an entry of its history and
    /// an event.
    pub async fn settle(
        mut self,
        tx: &Tx,
        actor: &Actor,
        step: Step,
        stage: Stage,
        said: Said,
    ) -> Result<Report> {
        self.report.stage = stage;
        rules::settle(&mut self.report, &self.assignments, tx.now());
        self.write(tx, actor, step, said).await
    }

    /// Writes the report back as it is, with an entry of its history and an event.
    pub async fn write(mut self, tx: &Tx, actor: &Actor, step: Step, said: Said) -> Result<Report> {
        self.report.revision = self.read + 1;
        self.report.updated_at = tx.now();
        // The supporters are counted beside the revisions.
        let mut row = self.report.clone().into_active_model().reset_all();
        row.supports = sea_orm::NotSet;
        let written = report::Entity::update_many()
            .set(row)
            .filter(report::Column::Id.eq(self.report.id))
            .filter(report::Column::Revision.eq(self.read))
            .exec(tx)
            .await?;
        if written.rows_affected == 0 {
            return Err(Problem::stale(self.read, self.read + 1).into());
        }
        history::add(tx, actor, &self.report, step, said).await?;
        let ids = vec![self.report.id.0];
        tx.emit(actor, Event { kind: happened(step), subject: Subject::Report, ids });
        Ok(self.report)
    }
}

/// Writes an assignment.
pub async fn keep(tx: &Tx, assignment: &Assignment) -> Result<()> {
    assignment.clone().into_active_model().reset_all().update(tx).await?;
    Ok(())
}

/// Adds an assignment.
pub async fn add(tx: &Tx, assignment: &Assignment) -> Result<()> {
    let row = assignment::ActiveModel::from(assignment.clone());
    assignment::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Counts a supporter more or less, whoever writes the report meanwhile.
pub async fn count_support(tx: &Tx, report: &Report, by: i32) -> Result<()> {
    report::Entity::update_many()
        .col_expr(report::Column::Supports, Expr::cust(format!("supports + {by}")))
        .filter(report::Column::Id.eq(report.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// What the spine is told of a step.
fn happened(step: Step) -> Kind {
    match step {
        Step::File => Kind::Filed,
        Step::Verify => Kind::Verified,
        Step::Merge => Kind::Merged,
        Step::Reject => Kind::Rejected,
        Step::Forward => Kind::Forwarded,
        Step::Take => Kind::Taken,
        Step::Answer => Kind::Answered,
        Step::SendBack => Kind::SentBack,
        Step::Ask => Kind::Asked,
        Step::Supplement => Kind::Supplemented,
        Step::SendOutside => Kind::SentOutside,
        Step::ReturnFromOutside => Kind::Returned,
        Step::Close => Kind::Closed,
        Step::Resume => Kind::Resumed,
        Step::Reopen => Kind::Reopened,
        Step::Withdraw => Kind::Withdrawn,
        Step::HandOver => Kind::HandedOver,
        Step::Note => Kind::Noted,
        Step::Escalate => Kind::Escalated,
    }
}
