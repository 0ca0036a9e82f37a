//! Who may do what: one table for every face (domain.md f.6).

use crate::{
    actor::{Actor, Role},
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
}

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
];

impl Actor {
    /// Whether the actor may do this with something of `unit` (its code).
    pub fn may(&self, permission: Permission, unit: &str) -> bool {
        match self {
            Self::System => true,
            Self::Anyone | Self::Resident(_) => false,
            Self::Staff(staff) => match scope(permission, staff.role) {
                Some(Everything) => true,
                Some(OwnUnit) => staff.unit.as_deref() == Some(unit),
                None => false,
            },
        }
    }

    /// Refuses with `Forbidden`, or `Unauthenticated` where signing in could help.
    pub fn must(&self, permission: Permission, unit: &str) -> Result<()> {
        if self.may(permission, unit) {
            return Ok(());
        }
        Err(if *self == Self::Anyone { Error::Unauthenticated } else { Error::Forbidden })
    }

    /// The unit to which a permission confines the actor, for filters inside queries:
    /// `None` = may nothing, `Some(None)` = everything, `Some(Some(code))` = that unit.
    pub fn reach(&self, permission: Permission) -> Option<Option<&str>> {
        match self {
            Self::System => Some(None),
            Self::Anyone | Self::Resident(_) => None,
            Self::Staff(staff) => match scope(permission, staff.role)? {
                Everything => Some(None),
                OwnUnit => staff.unit.as_deref().map(Some),
            },
        }
    }
}

fn scope(permission: Permission, role: Role) -> Option<Scope> {
    let (_, roles) = GRANTS.iter().find(|(p, _)| *p == permission)?;
    roles.iter().find(|(r, _)| *r == role).map(|(_, scope)| *scope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Staff;

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
        assert_eq!(staff(Coordinator, "ZZM").reach(WriteCards), Some(Some("ZZM")));
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
