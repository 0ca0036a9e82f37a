//! Who acts. Every action takes an `&Actor`.

/// The one on whose behalf something is read or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody without an account.
    Anyone,
    /// A signed-in resident, by the name of the account.
    Resident(String),
    /// A signed-in member of staff.
    Staff(Staff),
    /// An application of others with a key of its own, by its handle such as `open311:spacer`.
    Client(String),
    /// Kontakt itself: imports, jobs, followers.
    System,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// The account's handle, which the history of cards shows.
    pub name: String,
    /// What the person does.
    pub role: Role,
    /// The code of the unit the person works in; officers and coordinators act for it only.
    pub unit: Option<String>,
}

/// Roles of staff, after table f.6 of the domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Answers the hotline.
    Consultant,
    /// Handles matters of one unit.
    Officer,
    /// Leads the officers of one unit.
    Coordinator,
    /// Writes cards and articles.
    Editor,
    /// Approves and publishes what others wrote.
    Publisher,
    /// Reads statistics.
    Analyst,
    /// Data-protection officer.
    Dpo,
    /// Runs the installation.
    Admin,
}

impl Actor {
    /// The handle that is written into histories; never a resident's name.
    pub fn handle(&self) -> &str {
        match self {
            Self::Anyone => "anyone",
            Self::Resident(_) => "resident",
            Self::Staff(staff) => &staff.name,
            Self::Client(handle) => handle,
            Self::System => "system",
        }
    }
}
