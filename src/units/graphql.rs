//! How units and districts are seen.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{ComplexObject, Context, ID, Object, SimpleObject, dataloader::Loader};

use crate::{
    cards,
    db::Db,
    error::{Error, Result},
    geo::Point,
    graphql::{Connection, ContextExt, Nullable},
    ids::{self, NodeKind},
    page::PageRequest,
    scalars::Date,
    units::{
        actions,
        entity::{
            District, DistrictOutline, OpeningHours, Phone, Place, SourceRef, Unit, UnitKind,
        },
        map::DistrictPlace,
    },
    words::{self, Message},
};

/// A unit in the API.
#[derive(Clone)]
pub struct UnitObject(pub Arc<Unit>);

impl From<Unit> for UnitObject {
    fn from(unit: Unit) -> Self {
        Self(Arc::new(unit))
    }
}

/// A department, a municipal unit, a city company, or a body outside the city.
#[Object(name = "Unit")]
impl UnitObject {
    /// Opaque global id.
    pub async fn id(&self) -> ID {
        ids::global(NodeKind::Unit, self.0.id.0).into()
    }

    /// Short code, such as `ZDMK`.
    fn code(&self) -> &str {
        &self.0.code
    }

    /// Full name in the reader's language.
    fn name(&self, ctx: &Context<'_>) -> &str {
        self.0.content.name_in(ctx.lang())
    }

    /// What kind of body it is.
    fn kind(&self) -> UnitKind {
        self.0.content.kind
    }

    /// The kind in the reader's language.
    fn kind_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "unit-kind", &self.0.content.kind)
    }

    /// The unit to which it belongs.
    async fn parent(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        ctx.unit(self.0.content.parent.as_deref()?).await
    }

    /// E-mail address.
    fn email(&self) -> Option<&str> {
        self.0.content.email.as_deref()
    }

    /// Web site.
    fn website(&self) -> Option<&str> {
        self.0.content.website.as_deref()
    }

    /// Address of the seat.
    fn address(&self) -> Option<&str> {
        self.0.content.address.as_deref()
    }

    /// Telephone numbers.
    fn phones(&self) -> &[Phone] {
        &self.0.content.phones
    }

    /// Opening hours of the seat.
    fn opening_hours(&self) -> &[OpeningHours] {
        &self.0.content.opening_hours
    }

    /// Numbers of the districts it serves; empty when it serves the whole city.
    fn covers_districts(&self) -> &[i32] {
        &self.0.content.covers_districts
    }

    /// Whether the hotline's consultants answer questions about its matters.
    fn served_by_hotline(&self) -> bool {
        self.0.content.served_by_hotline
    }

    /// Since when the hotline serves it.
    fn onboarded_on(&self) -> Option<Date> {
        self.0.content.onboarded_on
    }

    /// Places where residents are served.
    fn places(&self) -> &[Place] {
        &self.0.content.places
    }

    /// Pages on which the facts were checked.
    fn sources(&self) -> &[SourceRef] {
        &self.0.content.sources
    }

    /// What could not be checked.
    fn unverified(&self) -> &[String] {
        &self.0.content.unverified
    }

    /// Published cards of the unit, sorted by slug.
    async fn cards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<cards::CardObject>> {
        let filter =
            cards::ServiceCardFilter { unit: Some(self.0.code.clone()), ..Default::default() };
        // In a box: every field of a unit would carry it.
        Some(Box::pin(cards::connection(ctx, filter, PageRequest { first, after })).await)
    }
}

#[ComplexObject]
impl District {
    /// The group of offices in the reader's language.
    fn office_group_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "office-group", &self.office_group)
    }

    /// Where it is on the map; null when this installation has no outlines.
    fn outline(&self, ctx: &Context<'_>) -> Option<DistrictOutline> {
        ctx.caller().app.desk.districts.outline(self.number)
    }
}

/// Where a point of the map is, seen from the districts.
#[derive(SimpleObject)]
pub struct DistrictAt {
    /// The district in which the point lies, or from which it is not farther than 500 m; null for a
    /// point outside the city.
    pub district: Option<District>,
    /// Whether the point lies inside the outline of the district.
    pub inside: bool,
    /// How far the nearest district is, in metres; 0 inside.
    pub metres: f64,
}

/// Queries on units and districts.
#[derive(Default)]
pub struct UnitQueries;

#[Object]
impl UnitQueries {
    /// The unit with a code; null when there is none.
    async fn unit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code, such as `ZDMK`.")] code: String,
    ) -> Nullable<UnitObject> {
        ctx.unit(&code).await
    }

    /// All units, sorted by code.
    async fn units(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<UnitObject>> {
        let page = actions::list(ctx.db(), &PageRequest { first, after }).await;
        Some(page.map(|page| Connection::of(page, UnitObject::from)))
    }

    /// The 18 districts, sorted by number.
    async fn districts(&self, ctx: &Context<'_>) -> Nullable<Vec<District>> {
        Some(actions::districts(ctx.db()).await)
    }

    /// The district of a point on the map, as a report from there would get it; null when this
    /// installation has no outlines. Errors: `BAD_USER_INPUT` for a point that is not on the earth.
    async fn district_at(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Degrees to the north in WGS 84, -90 to 90.")] latitude: f64,
        #[graphql(desc = "Degrees to the east in WGS 84, -180 to 180.")] longitude: f64,
    ) -> Nullable<DistrictAt> {
        district_at(ctx, latitude, longitude).await.transpose()
    }
}

async fn district_at(
    ctx: &Context<'_>,
    latitude: f64,
    longitude: f64,
) -> Result<Option<DistrictAt>> {
    let not_a_point = || Error::BadRequest(Message::new("not-a-point"));
    let point = Point::new(latitude, longitude).ok_or_else(not_a_point)?;
    let (number, inside, metres) = match ctx.caller().app.desk.districts.find(point) {
        DistrictPlace::Inside(number) => (Some(number), true, 0.0),
        DistrictPlace::Near { number, metres } => (Some(number), false, metres),
        DistrictPlace::Outside { metres } => (None, false, metres),
        DistrictPlace::Unknown => return Ok(None),
    };
    let district = match number {
        Some(number) => actions::district(ctx.db(), number).await?,
        None => None,
    };
    Ok(Some(DistrictAt { district, inside, metres }))
}

/// Loads units by code, one query for all that an answer needs.
pub struct UnitLoader(pub Db);

impl Loader<String> for UnitLoader {
    type Value = Arc<Unit>;
    type Error = Arc<Error>;

    async fn load(&self, codes: &[String]) -> Result<HashMap<String, Arc<Unit>>, Self::Error> {
        let units = actions::by_codes(self.0.reader(), codes).await?;
        Ok(units.into_iter().map(|unit| (unit.code.clone(), Arc::new(unit))).collect())
    }
}
