//! Where a point of the map is: the outlines of the districts, in the memory of each node.

use std::sync::{Arc, PoisonError, RwLock};

use crate::{
    db::Db,
    error::Result,
    events::{Entry, Feed, Subject, reload_on},
    geo::{BoundingBox, Outline, Point},
    units::{
        actions,
        entity::{DistrictOutline, district_outline},
    },
};

/// A point outside all outlines belongs to the nearest one up to so many metres: rivers, borders
/// and satellites are not that exact.
const NEAR_METRES_MAX: f64 = 500.0;

/// Where a point is, seen from the districts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DistrictPlace {
    /// In the district of this number.
    Inside(i32),
    /// In none, but near one.
    Near {
        /// The number of the nearest district.
        number: i32,
        /// How far its border is.
        metres: f64,
    },
    /// Outside the city.
    Outside {
        /// How far the border of the nearest district is.
        metres: f64,
    },
    /// Nobody knows: this installation has no outlines.
    Unknown,
}

/// The outlines of the districts on this node. Cheap to clone.
#[derive(Clone)]
pub struct Districts(Arc<RwLock<Arc<[Known]>>>);

struct Known {
    number: i32,
    outline: DistrictOutline,
    bounds: BoundingBox,
}

impl Districts {
    /// Reads the outlines, and keeps reading them whenever the spine tells that they changed.
    pub async fn start(db: Db, feed: &Feed) -> Result<Self> {
        // Listened to before the first reading, so that no change falls between.
        let live = feed.live();
        let districts = Self::read(&db).await?;
        let kept = districts.clone();
        tokio::spawn(async move {
            reload_on(live, is_of_districts, || kept.reload(&db)).await;
        });
        Ok(districts)
    }

    /// Reads the outlines once: for a command, which ends before they change.
    pub async fn read(db: &Db) -> Result<Self> {
        let districts = Self(Arc::new(RwLock::new(Arc::new([]))));
        districts.reload(db).await?;
        Ok(districts)
    }

    /// Where a point is.
    pub fn find(&self, point: Point) -> DistrictPlace {
        let known = self.known();
        let inside = known.iter().find(|one| one.contains(point));
        if let Some(one) = inside {
            return DistrictPlace::Inside(one.number);
        }
        let distances =
            known.iter().map(|one| (one.number, one.geometry().metres_to_border(point)));
        match distances.min_by(|(_, a), (_, b)| a.total_cmp(b)) {
            None => DistrictPlace::Unknown,
            Some((number, metres)) if metres <= NEAR_METRES_MAX => {
                DistrictPlace::Near { number, metres }
            }
            Some((_, metres)) => DistrictPlace::Outside { metres },
        }
    }

    /// The outline of a district.
    pub fn outline(&self, number: i32) -> Option<DistrictOutline> {
        self.known().iter().find(|one| one.number == number).map(|one| one.outline.clone())
    }

    /// Whether a report may be about a point, as far as the outlines tell; nobody knows without them.
    pub fn is_in_city(&self, point: Point) -> bool {
        matches!(self.find(point), DistrictPlace::Inside(_) | DistrictPlace::Near { .. })
    }

    fn known(&self) -> Arc<[Known]> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn reload(&self, db: &Db) -> Result<()> {
        let rows = actions::outlines(db.reader()).await?;
        let fresh = rows.into_iter().map(Known::from).collect();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }
}

impl Known {
    fn geometry(&self) -> &Outline {
        &self.outline.geometry
    }

    fn contains(&self, point: Point) -> bool {
        self.bounds.contains(point) && self.geometry().contains(point)
    }
}

impl From<district_outline::Model> for Known {
    fn from(row: district_outline::Model) -> Self {
        let bounds = row.outline.bounds();
        let outline = DistrictOutline { geometry: Arc::new(row.outline), coarse: row.coarse };
        Self { number: row.number, outline, bounds }
    }
}

fn is_of_districts(entry: &Entry) -> bool {
    entry.subject() == Some(Subject::District)
}
