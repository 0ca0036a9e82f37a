//! What a node keeps at hand for reports: the key of tracking tokens, categories, districts.

use std::{collections::HashMap, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    events::{Feed, Subject},
    files::{Keys, StoredPhoto},
    remembered::Remembered,
    reports::{
        actions,
        entity::{Category, ExternalId, ReportId, StoredCategory},
        routing::KnownRules,
    },
    secrets::Secrets,
    units::{self, District, Districts},
    vault::Vault,
};

/// The purpose of tracking tokens.
const TRACKING: &str = "tracking";
/// The purpose of the tokens of bodies outside the city.
const EXTERNAL: &str = "external";
/// Characters of the id at the beginning of such a token.
const ID_CHARS: usize = 22;

/// What a node keeps at hand. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    secrets: Secrets,
    /// The keys of contacts.
    pub vault: Vault,
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
    categories: Vec<Arc<StoredCategory>>,
    places: HashMap<String, usize>,
    districts: Vec<District>,
}

impl Desk {
    /// The desk of a node.
    pub fn new(
        secrets: Secrets,
        vault: Vault,
        districts: Districts,
        routing: KnownRules,
        feed: &Feed,
    ) -> Self {
        let head = feed.head_of(&[Subject::ReportCategory]);
        Self {
            photo_keys: Keys::new(&secrets),
            secrets,
            vault,
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

    /// The secret token with which a body outside the city sees the report that it was sent, and
    /// answers: the id and its signature, so that it need not be kept.
    pub fn external_token(&self, external: ExternalId) -> String {
        let id = external.0.as_bytes();
        URL_SAFE_NO_PAD.encode(id) + &self.secrets.token(EXTERNAL, id)
    }

    /// What a token was given out for; nothing for any other text.
    pub fn external(&self, token: &str) -> Option<ExternalId> {
        let (id, signature) = token.split_at_checked(ID_CHARS)?;
        let id = URL_SAFE_NO_PAD.decode(id).ok()?;
        let is_ours = self.secrets.is_token(EXTERNAL, &id, signature);
        Uuid::from_slice(&id).ok().filter(|_| is_ours).map(ExternalId)
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
        match self.register.get(&()) {
            Some(known) => Ok(known),
            // On the heap: nearly nobody reads it anew, and every field of a report would carry it.
            None => Box::pin(self.read_register(db)).await,
        }
    }

    async fn read_register(&self, db: &impl ConnectionTrait) -> Result<Arc<Register>> {
        let read = self.register.now();
        let categories = actions::stored_categories(db).await?;
        let codes = categories.iter().map(|known| known.code.clone());
        let found = Arc::new(Register {
            places: codes.zip(0..).collect(),
            categories: categories.into_iter().map(Arc::new).collect(),
            districts: units::districts(db).await?,
        });
        self.register.keep(read, (), found.clone());
        Ok(found)
    }
}

impl Register {
    /// The category with a code.
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.stored_category(code).map(|stored| &stored.content)
    }

    /// The category with a code, as it is stored.
    pub fn stored_category(&self, code: &str) -> Option<&Arc<StoredCategory>> {
        self.places.get(code).map(|at| &self.categories[*at])
    }

    /// All categories in their order.
    pub fn categories(&self) -> &[Arc<StoredCategory>] {
        &self.categories
    }

    /// The district with a number.
    pub fn district(&self, number: i32) -> Option<&District> {
        self.districts.iter().find(|district| district.number == number)
    }
}
