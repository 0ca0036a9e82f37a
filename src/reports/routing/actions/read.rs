//! Reading rules, and asking them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use crate::{
    actor::Actor,
    error::{Error, Result, refuse},
    events::HeadOf,
    page::{Page, PageRequest},
    permissions::Permission,
    remembered::Remembered,
    reports::{
        actions::{categories, places},
        desk::Desk,
        entity::{Category, LocationInput, ReportKind, Routing, RoutingQuestion},
        routing::{
            entity::{PreviewRoutingInput, RoutingRule, RoutingRuleId, routing_rule},
            rules::{self, Decision, Known},
        },
        rules::location_problems,
    },
    units,
    words::Message,
};

/// The cursor's name of the list of rules.
const LIST: &str = "routing-rules";
/// Whoever works on reports may see why they went where they are.
const READERS: &[Permission] =
    &[Permission::TriageReports, Permission::HandleReports, Permission::DirectReports];

/// The rules as this node last read them: every report that is filed asks for them. Cheap to clone.
#[derive(Clone)]
pub struct KnownRules(Remembered<(), Arc<[RoutingRule]>>);

impl KnownRules {
    /// Remembers the rules until the spine tells of one; without a spine they are read each time.
    pub fn new(head: Option<HeadOf>) -> Self {
        Self(Remembered::new(head, 1))
    }

    /// All rules in their order. Not to be asked inside a write that writes rules: what is read then
    /// would be remembered though the write failed.
    pub async fn read(&self, db: &impl ConnectionTrait) -> Result<Arc<[RoutingRule]>> {
        if let Some(rules) = self.0.get(&()) {
            return Ok(rules);
        }
        let now = self.0.now();
        let rules: Arc<[RoutingRule]> = all(db).await?.into();
        self.0.keep(now, (), rules.clone());
        Ok(rules)
    }
}

/// What the rules decide about a report: one query, and none while this node remembers them.
pub async fn decide(
    db: &impl ConnectionTrait,
    known: &KnownRules,
    category: &Category,
    asked: RoutingQuestion,
    at: DateTime<Utc>,
) -> Result<Routing> {
    Ok(rules::decide(&known.read(db).await?, category, asked, at))
}

/// What the rules would make of a report, with the reason of every step. Errors:
/// `Forbidden`; `BadRequest` when there is no such category, or for a district beside a point;
/// `Invalid` for a point outside the city.
pub async fn explain(
    db: &impl ConnectionTrait,
    actor: &Actor,
    desk: &Desk,
    input: PreviewRoutingInput,
    now: DateTime<Utc>,
) -> Result<Decision> {
    actor.must_some(READERS)?;
    let PreviewRoutingInput { category, latitude, longitude, land_manager, .. } = input;
    let all = categories(db).await?;
    let Some(found) = all.iter().find(|known| known.code == category) else {
        return Err(Error::BadRequest(Message::new("unknown-category").with("code", category)));
    };
    let district = match (latitude, longitude) {
        (None, None) => input.district,
        _ if input.district.is_some() => {
            return Err(Error::BadRequest("district-and-point".into()));
        }
        _ => district_at(desk, LocationInput { latitude, longitude, ..Default::default() })?,
    };
    let asked = RoutingQuestion { category, district, land_manager };
    let rules = desk.routing.read(db).await?;
    Ok(rules::explain(&rules, found, &asked, input.at.unwrap_or(now)))
}

/// The district in which a report with this place would be.
fn district_at(desk: &Desk, location: LocationInput) -> Result<Option<i32>> {
    refuse(location_problems("", Some(&location), ReportKind::Idea))?;
    Ok(places::find(desk, "", Some(&location))?.district)
}

/// A page of the rules in their order. Errors: `Forbidden`.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    page: &PageRequest,
) -> Result<Page<RoutingRule>> {
    actor.must_some(READERS)?;
    let size = page.size()?;
    let after = page.after_key(LIST)?;
    let key = |rule: &RoutingRule| format!("{:03}", rule.position);
    let follows = |rule: &RoutingRule| after.as_ref().is_none_or(|after| key(rule) > *after);
    // All of them are fewer than a thousand.
    let rules = all(db).await?.into_iter().filter(follows).take(size + 1).collect();
    Ok(Page::cut(rules, size, LIST, key))
}

/// The rules with these ids, in no order; none for those who do not work on reports.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<RoutingRule>> {
    if !actor.may_some(READERS) {
        return Ok(Vec::new());
    }
    let ids = ids.iter().copied().map(RoutingRuleId);
    Ok(there().filter(routing_rule::Column::Id.is_in(ids)).all(db).await?)
}

/// All rules in their order.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<RoutingRule>> {
    Ok(there()
        .order_by_asc(routing_rule::Column::Position)
        .order_by_asc(routing_rule::Column::Id)
        .all(db)
        .await?)
}

fn there() -> Select<routing_rule::Entity> {
    routing_rule::Entity::find().filter(routing_rule::Column::Deleted.eq(false))
}

/// What a rule may name: three queries.
pub async fn known(db: &impl ConnectionTrait) -> Result<Known> {
    let districts = units::districts(db).await?.into_iter().map(|district| district.number);
    Ok(Known {
        categories: categories(db).await?,
        districts: districts.collect(),
        units: units::known_codes(db).await?,
    })
}
