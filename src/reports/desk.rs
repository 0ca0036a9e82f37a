//! What a node keeps at hand for reports: the key of tracking tokens, categories, districts.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;

use crate::{
    error::{Error, Result},
    events::{Feed, Subject},
    files::{Keys, StoredPhoto},
    remembered::Remembered,
    reports::{
        actions,
        entity::{Category, ReportId},
        routing::KnownRules,
    },
    secrets::Secrets,
    units::{self, District, Districts},
};

/// The purpose of tracking tokens.
const TRACKING: &str = "tracking";

/// What a node keeps at hand. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    secrets: Secrets,
    /// The keys of photos that wait for their report.
    pub photo_keys: Keys,
    /// The outlines of the districts.
    pub districts: Districts,
    /// The rules by which reports find their units.
    pub routing: KnownRules,
    register: Remembered<(), Arc<Register>>,
}

/// What reports are sorted into: all categories in their order, and the districts.
pub struct Register {
    categories: Vec<Category>,
    places: HashMap<String, usize>,
    districts: Vec<District>,
}

impl Desk {
    /// The desk of a node.
    pub fn new(secrets: Secrets, districts: Districts, routing: KnownRules, feed: &Feed) -> Self {
        let head = feed.head_of(&[Subject::ReportCategory]);
        Self {
            photo_keys: Keys::new(&secrets),
            secrets,
            districts,
            routing,
            register: Remembered::new(Some(head), 1),
        }
    }

    /// The secret token with which somebody without an account follows a report.
    pub fn tracking_token(&self, report: ReportId) -> String {
        self.secrets.token(TRACKING, report.0.as_bytes())
    }

    /// Whether a token is the one of a report.
    pub fn is_holder(&self, report: ReportId, token: &str) -> bool {
        self.secrets.is_token(TRACKING, report.0.as_bytes(), token)
    }

    /// The photos that keys of uploads stand for. Errors: `Invalid` for each that is none.
    pub fn photos(
        &self,
        keys: &[String],
        path: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<StoredPhoto>> {
        let mut problems = Vec::new();
        let mut photos = Vec::new();
        for (place, key) in keys.iter().enumerate() {
            match self.photo_keys.verify(key, &format!("{path}.{place}"), now) {
                Ok(photo) => photos.push(photo),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(photos) } else { Err(Error::Invalid(problems)) }
    }

    /// Categories and districts.
    pub async fn register(&self, db: &impl ConnectionTrait) -> Result<Arc<Register>> {
        if let Some(known) = self.register.get(&()) {
            return Ok(known);
        }
        let read = self.register.now();
        let categories = actions::categories(db).await?;
        let codes = categories.iter().map(|known| known.code.clone());
        let found = Arc::new(Register {
            places: codes.zip(0..).collect(),
            categories,
            districts: units::districts(db).await?,
        });
        self.register.keep(read, (), found.clone());
        Ok(found)
    }
}

impl Register {
    /// The category with a code.
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.places.get(code).map(|at| &self.categories[*at])
    }

    /// All categories in their order.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// The district with a number.
    pub fn district(&self, number: i32) -> Option<&District> {
        self.districts.iter().find(|district| district.number == number)
    }
}
