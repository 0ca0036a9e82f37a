//! The one who asks.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};

use crate::{
    accounts::{
        actions::{self, Owner},
        entity::Letters,
        rules::{self, Level},
    },
    actor::{AccountKind, Actor, Role},
    error::Result,
    graphql::{ContextExt, Nullable},
    ids::{self, NodeKind},
    units::{self, District, UnitObject},
    words,
};

/// The one who asks.
pub struct MeObject {
    actor: Actor,
    owner: Option<Owner>,
    kind: AccountKind,
}

impl MeObject {
    /// The person behind an actor; `None` for everybody else.
    pub fn of(actor: &Actor, owner: Option<Owner>) -> Option<Self> {
        let kind = match actor {
            Actor::Resident(_) => AccountKind::Resident,
            Actor::Staff(_) => AccountKind::Staff,
            Actor::Anyone | Actor::Client(_) | Actor::System => return None,
        };
        Some(Self { actor: actor.clone(), owner, kind })
    }

    fn role_of(&self) -> Option<Role> {
        match &self.actor {
            Actor::Staff(staff) => Some(staff.role),
            _ => None,
        }
    }

    /// What only residents say of themselves.
    fn resident(&self) -> Option<&Owner> {
        self.owner.as_ref().filter(|_| self.kind == AccountKind::Resident)
    }
}

/// Which letters about reports come to a resident's confirmed address.
#[derive(SimpleObject)]
pub struct ContactPreferences {
    /// Whether any come at all; false is "nothing", whatever else is chosen.
    letters: bool,
    /// When a report of yours was taken in.
    received: bool,
    /// When a report of yours, or one that you follow, was given to a unit.
    forwarded: bool,
    /// When every unit has answered it.
    answered: bool,
    /// When a unit asks you.
    needs_info: bool,
    /// When it was closed, or opened again.
    other: bool,
    /// The page that every such letter leads to, where all of them are ended without signing in. Keep it
    /// to yourself.
    unsubscribe_url: String,
}

/// The signed-in person who asks. What a provider of sign-in says is taken over anew at every sign-in;
/// what you say here stands over it, and the provider does not hear of it.
#[Object(name = "Me")]
impl MeObject {
    /// Opaque global id of the account; null with a development token, behind which there is none.
    async fn id(&self) -> Option<ID> {
        Some(ids::global(NodeKind::Account, self.owner.as_ref()?.account.id.0).into())
    }

    /// Whether the account is of a resident or of staff.
    async fn kind(&self) -> AccountKind {
        self.kind
    }

    /// The name for people: yours from `updateProfile`, else the one that the provider gave at the last
    /// sign-in.
    async fn name(&self) -> &str {
        match (&self.owner, &self.actor) {
            (Some(owner), _) => rules::name(&owner.account, &owner.profile),
            (None, Actor::Resident(name)) => name,
            (None, actor) => actor.handle(),
        }
    }

    /// The e-mail address, always a confirmed one: yours from `updateProfile` once its letter was
    /// answered, else the one that the provider has confirmed; null when there is neither.
    async fn email(&self) -> Option<&str> {
        self.owner.as_ref()?.email()
    }

    /// Whether there is a confirmed address.
    async fn email_confirmed(&self) -> bool {
        self.owner.as_ref().is_some_and(|owner| owner.email().is_some())
    }

    /// The address that waits for its confirmation; null when none does. It counts for nothing yet.
    async fn unconfirmed_email(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let Some(owner) = self.resident() else { return Ok(None) };
        actions::unconfirmed(ctx.db(), owner.account.id, ctx.now()).await
    }

    /// Your telephone number, as it is dialled; null when you gave none, and for staff. No provider
    /// says it.
    async fn phone(&self) -> Option<&str> {
        self.resident()?.profile.phone.as_deref()
    }

    /// The language of letters, as a BCP 47 tag: yours from `updateProfile`, else the one of the last
    /// sign-in. Null with a development token.
    async fn language(&self) -> Option<&str> {
        Some(words::tag(self.owner.as_ref()?.language()))
    }

    /// The districts that you want to hear of, by number; none for staff. No provider says them.
    async fn districts(&self, ctx: &Context<'_>) -> Result<Vec<District>> {
        let Some(owner) = self.resident() else { return Ok(Vec::new()) };
        let chosen = &owner.profile.districts.0;
        if chosen.is_empty() {
            return Ok(Vec::new());
        }
        let all = units::districts(ctx.db()).await?;
        Ok(all.into_iter().filter(|one| chosen.contains(&one.number)).collect())
    }

    /// How sure it is who you are, by what the provider said at the last sign-in; null for staff.
    async fn level(&self) -> Option<Level> {
        Some(rules::level(self.resident()?.account.acr.as_deref()))
    }

    /// Which letters you want; null for staff.
    async fn contact_preferences(&self, ctx: &Context<'_>) -> Option<ContactPreferences> {
        let owner = self.resident()?;
        let Letters { any, received, forwarded, answered, needs_info, other } =
            owner.profile.letters;
        let unsubscribe_url = ctx.caller().app.links.nothing(owner.account.id.0);
        let letters = any;
        Some(ContactPreferences {
            letters,
            received,
            forwarded,
            answered,
            needs_info,
            other,
            unsubscribe_url,
        })
    }

    /// Up to when you have seen `myTimeline`, as `markTimelineSeen` noted it; null when you never did,
    /// and for staff.
    async fn seen_timeline_at(&self) -> Option<DateTime<Utc>> {
        self.resident()?.profile.seen_at
    }

    /// When your account is erased, because you have asked for it (`deleteMyAccount`); until then
    /// `cancelDeletion` keeps it. Null when it stays.
    async fn erased_from(&self) -> Option<DateTime<Utc>> {
        self.resident()?.profile.erase_at
    }

    /// Counts the changes of your profile; give it as `expectedVersion` of `updateProfile`. Null for
    /// staff.
    async fn version(&self) -> Option<i32> {
        Some(self.resident()?.profile.revision)
    }

    /// What a member of staff does; null for residents.
    async fn role(&self) -> Option<Role> {
        self.role_of()
    }

    /// What a member of staff does, in the reader's language.
    async fn role_label(&self, ctx: &Context<'_>) -> Option<String> {
        Some(words::label_of(ctx.lang(), "role", &self.role_of()?))
    }

    /// The unit that an officer or a coordinator works in.
    async fn unit(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        match &self.actor {
            Actor::Staff(staff) => ctx.unit(staff.unit.as_deref()?).await,
            _ => None,
        }
    }

    /// How sure the provider was of the person (`acr`), in its own words.
    async fn assurance(&self) -> Option<&str> {
        self.owner.as_ref()?.account.acr.as_deref()
    }

    /// When the person first signed in.
    async fn created_at(&self) -> Option<DateTime<Utc>> {
        Some(self.owner.as_ref()?.account.created_at)
    }

    /// When the person last signed in.
    async fn signed_in_at(&self) -> Option<DateTime<Utc>> {
        Some(self.owner.as_ref()?.account.signed_in_at)
    }
}
