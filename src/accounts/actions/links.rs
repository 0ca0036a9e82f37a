//! Links by mail, for residents whom no provider knows.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    sea_query::Expr,
};

use crate::{
    accounts::{
        entity::{Link, link},
        rules::{self, Person},
    },
    db::Tx,
    error::{Problem, ProblemCode, Result},
    ids,
    outbox::{self, Letter, Recipient, Template},
    words::{Lang, Message},
};

/// What asks for a link.
pub struct LinkRequest<'a> {
    /// The address.
    pub email: &'a str,
    /// The secret of the browser in which the link will work.
    pub browser: &'a str,
    /// Where to go afterwards: a path of this service.
    pub return_to: String,
    /// The language of the letter.
    pub lang: Lang,
}

/// Puts a letter with a link on its way; the same is said whether the address has an account or not.
/// Errors: `Invalid` for what is no address, and when an address has got too many.
pub async fn send_link(
    tx: &Tx,
    request: LinkRequest<'_>,
    url: impl FnOnce(&str) -> String,
) -> Result<()> {
    let Some(email) = rules::address(request.email) else {
        return Err(Problem::at("email", ProblemCode::Invalid, "link-no-address").into());
    };
    let hour_ago = tx.now() - TimeDelta::hours(1);
    let lately = link::Column::Email.eq(&email).and(link::Column::CreatedAt.gt(hour_ago));
    if link::Entity::find().filter(lately).count(tx).await? >= rules::LINKS_PER_HOUR_MAX {
        let message = Message::new("link-too-many").with("max", rules::LINKS_PER_HOUR_MAX);
        return Err(Problem::at("email", ProblemCode::NotAllowed, message).into());
    }
    let secret = ids::token();
    let row = Link {
        digest: ids::digest(&secret),
        email: email.clone(),
        browser_digest: ids::digest(request.browser),
        return_to: request.return_to,
        created_at: tx.now(),
        used_at: None,
    };
    let letter = Letter {
        to: Recipient::Address(email),
        language: request.lang,
        template: Template::SignIn,
        variables: [("link", url(&secret)), ("minutes", rules::LINK_MINUTES.to_string())].into(),
        dedup: format!("sign-in:{}", row.digest),
        expires_at: Some(end(row.created_at)),
        event: None,
        subject: None,
    };
    link::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    outbox::mail(tx, letter).await?;
    Ok(())
}

/// Why a link signs nobody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadLink {
    /// There is none, or it was used.
    Unknown,
    /// Its time is over.
    Late,
    /// Another browser has asked for it.
    OtherBrowser,
}

impl BadLink {
    /// Why, as a code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "not-valid",
            Self::Late => "expired",
            Self::OtherBrowser => "other-browser",
        }
    }
}

/// Uses a link up: who it was sent to, and where the person wanted to go.
pub async fn use_link(
    tx: &Tx,
    secret: &str,
    browser: &str,
    lang: Lang,
) -> Result<Result<(Person, String), BadLink>> {
    let digest = ids::digest(secret);
    let unused = link::Column::Digest.eq(&digest).and(link::Column::UsedAt.is_null());
    let Some(found) = link::Entity::find().filter(unused.clone()).one(tx).await? else {
        return Ok(Err(BadLink::Unknown));
    };
    if tx.now() >= end(found.created_at) {
        return Ok(Err(BadLink::Late));
    }
    if found.browser_digest != ids::digest(browser) {
        return Ok(Err(BadLink::OtherBrowser));
    }
    let used = link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::val(tx.now()))
        .filter(unused);
    // Of two that use it at once, one has.
    if used.exec(tx).await?.rows_affected == 0 {
        return Ok(Err(BadLink::Unknown));
    }
    let person = Person {
        provider: "e-mail".to_owned(),
        subject: found.email.clone(),
        name: found.email.clone(),
        username: None,
        email: Some(found.email),
        acr: None,
        lang,
        sid: None,
        role: None,
    };
    Ok(Ok((person, found.return_to)))
}

fn end(created_at: DateTime<Utc>) -> DateTime<Utc> {
    created_at + TimeDelta::minutes(rules::LINK_MINUTES)
}
