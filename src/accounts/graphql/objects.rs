//! Sessions, and accounts as administrators see them.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    accounts::entity::{Account, Session, SessionId},
    actor::{AccountKind, Role},
    graphql::{ContextExt, Nullable},
    ids::{self, NodeKind},
    units::UnitObject,
    words,
};

/// A session that is open.
pub struct SessionObject {
    session: Session,
    is_present: bool,
}

impl SessionObject {
    /// A session as the one who has `present` open sees it.
    pub fn new(session: Session, present: Option<SessionId>) -> Self {
        Self { is_present: present == Some(session.id), session }
    }
}

/// An open session of yours: a browser in which you are signed in.
#[Object(name = "Session")]
impl SessionObject {
    /// Opaque id, for `endSession`.
    async fn id(&self) -> ID {
        ids::global(NodeKind::Session, self.session.id.0).into()
    }

    /// Whether it is the one that asks.
    async fn present(&self) -> bool {
        self.is_present
    }

    /// What the browser said of itself, at most 120 characters.
    async fn agent(&self) -> &str {
        &self.session.agent
    }

    /// When it began.
    async fn created_at(&self) -> DateTime<Utc> {
        self.session.created_at
    }

    /// When it was last used, to the minute. Without a request for 30 minutes (residents) or 60 (staff)
    /// it ends.
    async fn used_at(&self) -> DateTime<Utc> {
        self.session.used_at
    }

    /// When it ends at the latest: 8 hours after it began for residents, 10 for staff.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.session.expires_at
    }
}

/// An account as an administrator sees it.
#[derive(Clone)]
pub struct AccountObject(pub Account);

impl AccountObject {
    /// The key of the row.
    pub fn key(&self) -> Uuid {
        self.0.id.0
    }

    /// Administrators have to do with who works here, not with who lives here.
    fn of_staff<'a, T>(&'a self, part: impl Fn(&'a Account) -> T) -> Option<T> {
        (self.0.kind == AccountKind::Staff).then(|| part(&self.0))
    }
}

/// An account, for administrators: who of the staff may do what, and nothing of who a resident is.
#[Object(name = "Account")]
impl AccountObject {
    /// Opaque global id.
    pub async fn id(&self) -> ID {
        ids::global(NodeKind::Account, self.0.id.0).into()
    }

    /// Whether it is of a resident or of staff.
    async fn kind(&self) -> AccountKind {
        self.0.kind
    }

    /// The provider that vouches for it, by its name in the settings; `e-mail` for a link in a mail.
    async fn provider(&self) -> &str {
        &self.0.provider
    }

    /// The name of a member of staff; null for residents.
    async fn name(&self) -> Option<&str> {
        self.of_staff(|account| account.name.as_str())
    }

    /// The name of a member of staff in histories, which never changes; null for residents.
    async fn handle(&self) -> Option<&str> {
        self.0.handle.as_deref()
    }

    /// The e-mail address of a member of staff; null for residents.
    async fn email(&self) -> Option<&str> {
        self.of_staff(|account| account.email.as_deref()).flatten()
    }

    /// What a member of staff does; null for residents, and when the provider no longer names a role.
    async fn role(&self) -> Option<Role> {
        self.0.role
    }

    /// What a member of staff does, in the reader's language.
    async fn role_label(&self, ctx: &Context<'_>) -> Option<String> {
        Some(words::label_of(ctx.lang(), "role", &self.0.role?))
    }

    /// The unit that an officer or a coordinator works in.
    async fn unit(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        ctx.unit(self.0.unit.as_deref()?).await
    }

    /// When its owner first signed in.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When its owner last signed in.
    async fn signed_in_at(&self) -> DateTime<Utc> {
        self.0.signed_in_at
    }
}

/// A way to sign in.
#[derive(SimpleObject)]
pub struct SignInOption {
    /// Its name in addresses.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Whose accounts it opens; null for the sign-in of development, which opens any.
    pub kind: Option<AccountKind>,
    /// Where to send the browser. Add `?return=` with a path of this service to come back there.
    pub url: String,
}
