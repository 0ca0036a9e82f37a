//! Which reports are listed, and in which order.

use async_graphql::{Enum, InputObject};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, QueryOrder, Select,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    error::{Error, Result},
    geo::Point,
    permissions::{Permission, Reach},
    reports::{
        desk::Register,
        entity::{
            AssignmentStage, Channel, Outcome, Report, ReportId, ReportKind, Stage, assignment,
            report,
        },
    },
    scalars::Date,
    words::Message,
};

/// Values of one list of a filter.
const VALUES_MAX: usize = 50;
/// The widest circle, in metres.
const METRES_MAX: f64 = 50_000.0;

/// A circle on the map.
#[derive(Clone, Debug, PartialEq, InputObject)]
pub struct NearInput {
    /// Degrees north of its middle.
    pub latitude: f64,
    /// Degrees east of its middle.
    pub longitude: f64,
    /// Its radius, more than 0 and at most 50,000.
    pub metres: f64,
}

/// A box on the map.
#[derive(Clone, Debug, PartialEq, InputObject)]
pub struct BoxInput {
    /// Its southern edge, degrees north.
    pub south: f64,
    /// Its western edge, degrees east.
    pub west: f64,
    /// Its northern edge.
    pub north: f64,
    /// Its eastern edge.
    pub east: f64,
}

/// What narrows a list of reports. Everything that is given must hold; of a list, one value.
#[derive(Clone, Debug, Default, PartialEq, InputObject)]
pub struct ReportFilter {
    /// Problems or ideas.
    pub kind: Option<ReportKind>,
    /// Codes of categories; those below a category are found with it.
    pub category: Option<Vec<String>>,
    /// Where they stand.
    pub stage: Option<Vec<Stage>>,
    /// What became of them.
    pub outcome: Option<Vec<Outcome>>,
    /// Numbers of districts.
    pub district: Option<Vec<i32>>,
    /// The way on which they came.
    pub channel: Option<Vec<Channel>>,
    /// Codes of units that have them now.
    pub unit: Option<Vec<String>>,
    /// Received on this day or later.
    pub received_from: Option<Date>,
    /// Received on this day or earlier.
    pub received_to: Option<Date>,
    /// Within a circle.
    pub near: Option<NearInput>,
    /// Within a box.
    pub within: Option<BoxInput>,
    /// Whether they are late: expected before today, and not answered.
    pub overdue: Option<bool>,
    /// Handle of the member of staff who has taken them. For staff that reads notes; officers and
    /// coordinators give their own `unit` with it.
    pub assignee: Option<String>,
    /// Where the unit that has them stands with them; for staff, as `assignee`.
    pub assignment_stage: Option<Vec<AssignmentStage>>,
    /// Those of one account; never said by a client.
    #[graphql(skip)]
    pub account: Option<String>,
}

impl ReportFilter {
    /// Refuses too many values, what is nowhere on a map, and questions about who works on what of those
    /// who may not know it. Errors: `BadRequest`, `Forbidden`.
    pub fn check(&self, actor: &Actor) -> Result<()> {
        let lengths = [
            self.stage.as_ref().map(Vec::len),
            self.outcome.as_ref().map(Vec::len),
            self.district.as_ref().map(Vec::len),
            self.channel.as_ref().map(Vec::len),
            self.unit.as_ref().map(Vec::len),
            self.assignment_stage.as_ref().map(Vec::len),
        ];
        // With those below them there may be some more categories than were asked for.
        let categories = self.category.as_ref().map_or(0, Vec::len) / 2;
        if categories > VALUES_MAX || lengths.iter().flatten().any(|length| *length > VALUES_MAX) {
            return Err(Error::BadRequest(Message::new("too-many").with("max", VALUES_MAX)));
        }
        if self.assignee.is_some() || self.assignment_stage.is_some() {
            let may = match actor.reach(Permission::ReadReportNotes) {
                Reach::Nothing => false,
                Reach::Unit(own) => self.unit.as_deref().is_some_and(|units| units == [own]),
                Reach::Everything => true,
            };
            if !may {
                return Err(actor.refused());
            }
        }
        self.near.as_ref().map_or(Ok(()), NearInput::check)?;
        self.within.as_ref().map_or(Ok(()), BoxInput::check)
    }

    /// Names the categories below those that are asked for, too: one column stands on an index, an
    /// alternative of two does not.
    pub fn widen(&mut self, register: &Register) {
        let Some(codes) = &mut self.category else { return };
        let asked = codes.clone();
        let below = register
            .categories()
            .iter()
            .filter(|known| asked.iter().any(|code| code == known.content.group()));
        codes.extend(below.map(|known| known.code.clone()));
        codes.sort_unstable();
        codes.dedup();
    }

    /// The filter, once it was checked and widened, as a condition; `today` tells what is late. Errors: `BadRequest`.
    pub(super) fn condition(&self, today: NaiveDate) -> Result<Condition> {
        use report::Column;
        let mut all = Condition::all()
            .add_option(self.account.as_ref().map(|own| Column::Account.eq(own)))
            .add_option(self.kind.map(|kind| Column::Kind.eq(kind)))
            .add_option(self.stage.clone().map(|stages| Column::Stage.is_in(stages)))
            .add_option(self.outcome.clone().map(|known| Column::Outcome.is_in(known)))
            .add_option(self.district.clone().map(|known| Column::District.is_in(known)))
            .add_option(self.channel.clone().map(|known| Column::Channel.is_in(known)))
            .add_option(self.category.clone().map(|codes| Column::Category.is_in(codes)))
            .add_option(self.received_from.map(|day| Column::ReceivedOn.gte(day.0)))
            .add_option(self.received_to.map(|day| Column::ReceivedOn.lte(day.0)));
        if let Some(near) = &self.near {
            all = all.add(near.condition()?);
        }
        if let Some(within) = &self.within {
            all = all.add(within.condition());
        }
        if let Some(overdue) = self.overdue {
            let late = is_late(today);
            all = all.add(if overdue { late } else { late.not() });
        }
        Ok(all.add_option(self.given_to()))
    }

    /// Of whom it is asked at once: the unit, the person and the stage of one assignment.
    fn given_to(&self) -> Option<Condition> {
        use assignment::Column;
        let units = self.unit.clone().map(|units| Column::Unit.is_in(units));
        let stages = self.assignment_stage.clone().map(|known| Column::Stage.is_in(known));
        let person = self.assignee.as_ref().map(|name| Column::Assignee.eq(name));
        if units.is_none() && stages.is_none() && person.is_none() {
            return None;
        }
        let mut wanted = Condition::all().add_option(units).add_option(person);
        wanted = match stages {
            Some(stages) => wanted.add(stages),
            None => wanted.add(Column::Stage.ne(AssignmentStage::SentBack)),
        };
        let given = Query::select()
            .column(Column::ReportId)
            .from(assignment::Entity)
            .cond_where(wanted)
            .to_owned();
        Some(Condition::all().add(report::Column::Id.in_subquery(given)))
    }
}

/// The stages at which somebody of the city still owes an answer.
pub const OPEN: [Stage; 7] = [
    Stage::Received,
    Stage::Verified,
    Stage::Forwarded,
    Stage::InHandling,
    Stage::NeedsInfo,
    Stage::External,
    Stage::Reopened,
];

fn is_late(today: NaiveDate) -> Condition {
    Condition::all()
        .add(report::Column::ExpectedBy.lt(today))
        .add(report::Column::Stage.is_in(OPEN))
}

/// Metres of a degree of latitude.
pub const DEGREE_METRES: f64 = 111_320.0;

impl NearInput {
    /// Refuses a circle that is nowhere, or too wide. Errors: `BadRequest`.
    fn check(&self) -> Result<()> {
        let sound = Point::new(self.latitude, self.longitude).is_some()
            && self.metres > 0.0
            && self.metres <= METRES_MAX;
        let bad = || Error::BadRequest(Message::new("bad-circle").with("max", METRES_MAX as i64));
        if sound { Ok(()) } else { Err(bad()) }
    }

    /// Metres of a degree of longitude, there.
    pub fn east_metres(&self) -> f64 {
        DEGREE_METRES * self.latitude.to_radians().cos().max(0.01)
    }

    /// The box around the circle.
    pub fn bounds(&self) -> BoxInput {
        let (high, wide) = (self.metres / DEGREE_METRES, self.metres / self.east_metres());
        BoxInput {
            south: self.latitude - high,
            north: self.latitude + high,
            west: self.longitude - wide,
            east: self.longitude + wide,
        }
    }

    /// Distance on a plane that touches the middle: wrong by less than a thousandth inside a city.
    pub(super) fn condition(&self) -> Result<Condition> {
        self.check()?;
        let north_of = Expr::col(report::Column::Latitude).sub(self.latitude).mul(DEGREE_METRES);
        let east_of =
            Expr::col(report::Column::Longitude).sub(self.longitude).mul(self.east_metres());
        let squared = north_of.clone().mul(north_of).add(east_of.clone().mul(east_of));
        // The box stands on an index, the circle does not.
        Ok(self.bounds().condition().add(squared.lte(self.metres * self.metres)))
    }
}

impl BoxInput {
    /// Refuses a box whose corners are nowhere or the wrong way round. Errors: `BadRequest`.
    fn check(&self) -> Result<()> {
        let corners = [Point::new(self.south, self.west), Point::new(self.north, self.east)];
        let sound = corners.iter().all(Option::is_some)
            && self.south <= self.north
            && self.west <= self.east;
        if sound { Ok(()) } else { Err(Error::BadRequest("bad-box".into())) }
    }

    fn condition(&self) -> Condition {
        Condition::all()
            .add(report::Column::Latitude.between(self.south, self.north))
            .add(report::Column::Longitude.between(self.west, self.east))
    }
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum ReportOrder {
    /// Received last first.
    #[default]
    Newest,
    /// Received first first.
    Oldest,
    /// Expected soonest first.
    Due,
    /// Supported by most residents first.
    MostSupported,
}

impl ReportOrder {
    /// Where a report stands in the order; with its id, so that no two are alike.
    pub(super) fn key(self, report: &Report) -> String {
        let place = match self {
            Self::Newest | Self::Oldest => {
                report.received_at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
            }
            Self::Due => report.expected_by.to_string(),
            Self::MostSupported => report.supports.to_string(),
        };
        format!("{self:?} {place} {}", report.id.0)
    }

    /// What stands behind a place in the order. Errors: `BadRequest` for a cursor of another order.
    pub(super) fn behind(self, key: &str) -> Result<Condition> {
        let bad = || Error::BadRequest("bad-cursor".into());
        let mut parts = key.split(' ');
        let (name, place, id) = (parts.next(), parts.next(), parts.next());
        if name != Some(&format!("{self:?}")) {
            return Err(bad());
        }
        let (place, id) = place.zip(id).ok_or_else(bad)?;
        let id = ReportId(Uuid::parse_str(id).map_err(|_| bad())?);
        let value: sea_orm::Value = match self {
            Self::Newest | Self::Oldest => {
                place.parse::<DateTime<Utc>>().map_err(|_| bad())?.into()
            }
            Self::Due => place.parse::<NaiveDate>().map_err(|_| bad())?.into(),
            Self::MostSupported => place.parse::<i32>().map_err(|_| bad())?.into(),
        };
        let (column, id_column) = (self.column(), report::Column::Id);
        Ok(if self.falls() {
            let alike = column.eq(value.clone()).and(id_column.lt(id));
            Condition::any().add(column.lt(value)).add(alike)
        } else {
            let alike = column.eq(value.clone()).and(id_column.gt(id));
            Condition::any().add(column.gt(value)).add(alike)
        })
    }

    pub(super) fn sort(self, query: Select<report::Entity>) -> Select<report::Entity> {
        let order = if self.falls() { sea_orm::Order::Desc } else { sea_orm::Order::Asc };
        query.order_by(self.column(), order.clone()).order_by(report::Column::Id, order)
    }

    fn column(self) -> report::Column {
        match self {
            Self::Newest | Self::Oldest => report::Column::ReceivedAt,
            Self::Due => report::Column::ExpectedBy,
            Self::MostSupported => report::Column::Supports,
        }
    }

    fn falls(self) -> bool {
        matches!(self, Self::Newest | Self::MostSupported)
    }
}
