//! Who may do what: one table for every face (domain.md f.6).

use crate::{
    actor::{Actor, Role, Scope as ClientScope},
    error::{Error, Result},
};

/// What can be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Read articles that are for staff only.
    ReadStaffKnowledge,
    /// See drafts and the history of cards.
    ReadDrafts,
    /// Write drafts of cards and send them to review.
    WriteCards,
    /// Approve, publish, return and withdraw cards.
    PublishCards,
    /// Write synonyms and best bets.
    TeachSearch,
    /// See how well the search answers.
    ReadSearchInsights,
    /// See gaps in the knowledge, and say that one is closed.
    AnswerGaps,
    /// Assign gaps in the knowledge, verify what closed them, reject them.
    DirectGaps,
    /// File reports; whoever is not of the staff and no application may without.
    FileReports,
    /// See reports that are not public, without what was noted and who filed them.
    ReadReports,
    /// See what staff noted of reports that one may see.
    ReadReportNotes,
    /// See how to reach the person who filed a report.
    ReadReportContacts,
    /// Verify, merge, reject, forward and close reports.
    TriageReports,
    /// Take, answer and send back what a unit was given.
    HandleReports,
    /// Give a unit's reports to somebody else, or to another unit.
    ReassignReports,
    /// Write routing rules and answer templates.
    DirectReports,
    /// See accounts, and end their sessions.
    ManageAccounts,
    /// See what people with power did.
    ReadAudit,
    /// See what is kept for how long, and what was deleted.
    ReadRetention,
    /// Have a person forgotten.
    ErasePersons,
    /// Propose routing rules and answer templates.
    ProposeToDesk,
    /// Gather what is known of a resident, on that person's behalf.
    AnswerDataRequests,
    /// Log calls of the hotline.
    LogCalls,
}

/// The unit of what belongs to none: only a permission for everything reaches it.
pub const NO_UNIT: &str = "";

/// How far a permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Everything,
    OwnUnit,
}

use Permission::*;
use Role::*;
use Scope::*;

const GRANTS: &[(Permission, &[(Role, Scope)])] = &[
    (
        ReadStaffKnowledge,
        &[
            (Consultant, Everything),
            (Officer, Everything),
            (Coordinator, Everything),
            (Editor, Everything),
            (Publisher, Everything),
        ],
    ),
    (ReadDrafts, &[(Coordinator, OwnUnit), (Editor, Everything), (Publisher, Everything)]),
    (WriteCards, &[(Coordinator, OwnUnit), (Editor, Everything), (Publisher, Everything)]),
    (PublishCards, &[(Publisher, Everything)]),
    (TeachSearch, &[(Editor, Everything), (Publisher, Everything)]),
    (
        ReadSearchInsights,
        &[
            (Coordinator, Everything),
            (Editor, Everything),
            (Publisher, Everything),
            (Analyst, Everything),
        ],
    ),
    (AnswerGaps, &[(Coordinator, OwnUnit), (Editor, Everything), (Publisher, Everything)]),
    (DirectGaps, &[(Editor, Everything), (Publisher, Everything)]),
    (FileReports, &[(Consultant, Everything), (Officer, Everything), (Coordinator, Everything)]),
    (
        ReadReports,
        &[
            (Consultant, Everything),
            (Officer, OwnUnit),
            (Coordinator, OwnUnit),
            (Analyst, Everything),
        ],
    ),
    (
        ReadReportNotes,
        &[
            (Consultant, Everything),
            (Officer, OwnUnit),
            (Coordinator, OwnUnit),
            (Editor, Everything),
        ],
    ),
    (ReadReportContacts, &[(Consultant, Everything), (Officer, OwnUnit), (Coordinator, OwnUnit)]),
    (TriageReports, &[(Consultant, Everything)]),
    (HandleReports, &[(Officer, OwnUnit), (Coordinator, OwnUnit)]),
    (ReassignReports, &[(Coordinator, OwnUnit)]),
    (DirectReports, &[(Coordinator, OwnUnit), (Admin, Everything)]),
    (ManageAccounts, &[(Admin, Everything)]),
    (ReadAudit, &[(Dpo, Everything)]),
    (AnswerDataRequests, &[(Dpo, Everything)]),
    (ReadRetention, &[(Dpo, Everything), (Admin, Everything)]),
    (ErasePersons, &[(Dpo, Everything)]),
    (ProposeToDesk, &[(Consultant, Everything), (Officer, Everything), (Coordinator, Everything)]),
    (LogCalls, &[(Consultant, Everything)]),
];

/// What the scopes of applications allow, everywhere.
const CLIENT_GRANTS: &[(ClientScope, &[Permission])] = &[
    (ClientScope::FileReports, &[FileReports]),
    (ClientScope::ReadReports, &[ReadReports]),
    (ClientScope::ReadStatistics, &[ReadSearchInsights]),
    (ClientScope::LogCalls, &[LogCalls]),
];

impl Actor {
    /// Whether the actor may do this with something of `unit` (its code).
    pub fn may(&self, permission: Permission, unit: &str) -> bool {
        match self.reach(permission) {
            Reach::Nothing => false,
            Reach::Unit(own) => own == unit,
            Reach::Everything => true,
        }
    }

    /// Refuses with `Forbidden`, or `Unauthenticated` where signing in could help.
    pub fn must(&self, permission: Permission, unit: &str) -> Result<()> {
        if self.may(permission, unit) {
            return Ok(());
        }
        Err(self.refused())
    }

    /// Whether any of these permissions reaches anything at all.
    pub fn may_some(&self, any: &[Permission]) -> bool {
        any.iter().any(|permission| self.reach(*permission) != Reach::Nothing)
    }

    /// Refuses as `must` those whom none of these permissions gives anything.
    pub fn must_some(&self, any: &[Permission]) -> Result<()> {
        if self.may_some(any) {
            return Ok(());
        }
        Err(self.refused())
    }

    /// What is said to whoever may not: signing in could help those who have not.
    pub fn refused(&self) -> Error {
        if *self == Self::Anyone { Error::Unauthenticated } else { Error::Forbidden }
    }

    /// How far a permission reaches for the actor: for filters inside queries.
    pub fn reach(&self, permission: Permission) -> Reach<'_> {
        match self {
            Self::System => Reach::Everything,
            Self::Anyone | Self::Resident(_) => Reach::Nothing,
            Self::Client(client) => match allows(&client.scopes, permission) {
                true => Reach::Everything,
                false => Reach::Nothing,
            },
            Self::Staff(staff) => match (scope(permission, staff.role), &staff.unit) {
                (Some(Everything), _) => Reach::Everything,
                (Some(OwnUnit), Some(unit)) => Reach::Unit(unit),
                (Some(OwnUnit), None) | (None, _) => Reach::Nothing,
            },
        }
    }
}

/// How far a permission reaches for an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach<'a> {
    /// Not at all.
    Nothing,
    /// To what belongs to a unit, by its code.
    Unit(&'a str),
    /// To everything.
    Everything,
}

fn allows(scopes: &[ClientScope], permission: Permission) -> bool {
    let granted = CLIENT_GRANTS.iter().filter(|(scope, _)| scopes.contains(scope));
    granted.flat_map(|(_, permissions)| *permissions).any(|one| *one == permission)
}

fn scope(permission: Permission, role: Role) -> Option<Scope> {
    let (_, roles) = GRANTS.iter().find(|(p, _)| *p == permission)?;
    roles.iter().find(|(r, _)| *r == role).map(|(_, scope)| *scope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{Client, Staff};

    fn staff(role: Role, unit: &str) -> Actor {
        Actor::Staff(Staff { name: "test".into(), role, unit: Some(unit.into()) })
    }

    #[test]
    fn only_a_publisher_may_publish() {
        for role in [Consultant, Officer, Coordinator, Editor, Publisher, Analyst, Dpo, Admin] {
            assert_eq!(staff(role, "SA").may(PublishCards, "SA"), role == Publisher, "{role:?}");
        }
    }

    #[test]
    fn a_coordinator_writes_for_the_own_unit_only() {
        assert!(staff(Coordinator, "ZZM").may(WriteCards, "ZZM"));
        assert!(!staff(Coordinator, "ZZM").may(WriteCards, "ZDMK"));
        assert_eq!(staff(Coordinator, "ZZM").reach(WriteCards), Reach::Unit("ZZM"));
    }

    #[test]
    fn an_application_may_what_its_scopes_say_and_nothing_else() {
        for (scope, granted) in CLIENT_GRANTS {
            let client = Actor::Client(Client { handle: "x".into(), scopes: vec![*scope] });
            for (permission, _) in GRANTS {
                assert_eq!(
                    client.may(*permission, "SA"),
                    granted.contains(permission),
                    "{scope:?}"
                );
            }
        }
    }

    #[test]
    fn anyone_and_residents_may_nothing_of_the_table() {
        for actor in [Actor::Anyone, Actor::Resident("anna".into())] {
            for (permission, _) in GRANTS {
                assert!(!actor.may(*permission, "SA"));
            }
        }
    }
}
