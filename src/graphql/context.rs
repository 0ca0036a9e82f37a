//! What every resolver can ask its context for.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use async_graphql::{
    Context,
    dataloader::DataLoader,
    runtime::{TokioSpawner, TokioTimer},
};
use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use crate::{
    accounts::Identity,
    actor::Actor,
    app::App,
    cards::{CardLoader, CardObject},
    db::Tx,
    error::{Error, Result},
    forms::{FormLoader, FormObject},
    units::{Unit, UnitLoader, UnitObject},
    visitor::Visitor,
    words::Lang,
};

/// What a nullable field gives. In this order, not `Result<Option<T>>`: an error inside `Some` makes
/// this field null and leaves its neighbours whole, an error outside would make its parent null.
pub type Nullable<T> = Option<Result<T>>;

/// Who sent a request, and in which language the answer goes out.
pub struct Caller {
    /// The service.
    pub app: App,
    /// Who asks, and what has shown it.
    pub identity: Identity,
    /// Where the request comes from.
    pub visitor: Visitor,
    /// The language of the answer.
    pub lang: Lang,
    loaders: OnceLock<Loaders>,
}

/// The loaders of one request, so that an answer needs one query per kind of thing, not per row.
struct Loaders {
    units: DataLoader<UnitLoader>,
    cards: DataLoader<CardLoader>,
    forms: DataLoader<FormLoader>,
}

impl Caller {
    /// A caller of the service.
    pub fn new(app: App, identity: Identity, visitor: Visitor, lang: Lang) -> Self {
        Self { app, identity, visitor, lang, loaders: OnceLock::new() }
    }

    fn loaders(&self) -> &Loaders {
        self.loaders.get_or_init(|| {
            let db = &self.app.db;
            Loaders {
                units: loader(UnitLoader(db.clone())),
                cards: loader(CardLoader(db.clone())),
                forms: loader(FormLoader(db.clone())),
            }
        })
    }
}

fn loader<L>(load: L) -> DataLoader<L> {
    DataLoader::new(load, TokioSpawner::current(), TokioTimer::default())
}

/// What every resolver can ask its context for.
pub trait ContextExt {
    /// Who sent the request.
    fn caller(&self) -> &Caller;

    /// Who asks.
    fn actor(&self) -> &Actor {
        &self.caller().identity.actor
    }

    /// The language of the answer.
    fn lang(&self) -> Lang {
        self.caller().lang
    }

    /// The present instant.
    fn now(&self) -> DateTime<Utc> {
        self.caller().app.db.now()
    }

    /// The connections to read with.
    fn db(&self) -> &DatabaseConnection {
        self.caller().app.db.reader()
    }

    /// Opens the door to write.
    fn write<T: Send>(
        &self,
        action: impl AsyncFnOnce(&Tx) -> Result<T>,
    ) -> impl Future<Output = Result<T>> {
        self.caller().app.db.write(action)
    }

    /// The unit with a code.
    fn unit(&self, code: &str) -> impl Future<Output = Nullable<UnitObject>> + Send {
        let (caller, code) = (self.caller(), code.to_owned());
        async move {
            let units = &caller.app.units;
            if let Some(unit) = units.get(&code) {
                return Some(Ok(UnitObject(unit)));
            }
            let now = units.now();
            // In a box: it is nearly always known, and every field beside it would carry this.
            let loaded = Box::pin(caller.loaders().units.load_one(code.clone())).await;
            let found = loaded.map_err(Error::from);
            if let Ok(Some(unit)) = &found {
                units.keep(now, code, unit.clone());
            }
            found.transpose().map(|unit| unit.map(UnitObject))
        }
    }

    /// Those units that there are of these codes, in their order.
    fn units(&self, codes: &[String]) -> impl Future<Output = Result<Vec<UnitObject>>> + Send {
        let (caller, codes) = (self.caller(), codes.to_vec());
        async move {
            let units = &caller.app.units;
            let now = units.now();
            let known = codes.iter().filter_map(|code| Some((code.clone(), units.get(code)?)));
            let mut found: HashMap<String, Arc<Unit>> = known.collect();
            let unknown: Vec<String> =
                codes.iter().filter(|code| !found.contains_key(*code)).cloned().collect();
            if !unknown.is_empty() {
                for (code, unit) in caller.loaders().units.load_many(unknown).await? {
                    units.keep(now, code.clone(), unit.clone());
                    found.insert(code, unit);
                }
            }
            Ok(codes.iter().filter_map(|code| found.get(code).cloned()).map(UnitObject).collect())
        }
    }

    /// The published cards with these slugs, in their order.
    fn cards(&self, slugs: &[String]) -> impl Future<Output = Result<Vec<CardObject>>> + Send {
        let (caller, slugs) = (self.caller(), slugs.to_vec());
        async move {
            let mut found = caller.loaders().cards.load_many(slugs.clone()).await?;
            let listed = slugs.iter().filter_map(|slug| found.remove(slug));
            Ok(listed.map(|listed| CardObject::new(listed, caller.lang)).collect())
        }
    }

    /// The live forms that name a card.
    fn forms_of(&self, card: &str) -> impl Future<Output = Result<Vec<FormObject>>> + Send {
        let (caller, card) = (self.caller(), card.to_owned());
        async move {
            let found = caller.loaders().forms.load_one(card).await?.unwrap_or_default();
            let seen = found.into_iter().map(|listed| FormObject::new(listed, caller.lang));
            Ok(seen.collect())
        }
    }
}

impl ContextExt for Context<'_> {
    fn caller(&self) -> &Caller {
        // Every way in sets the caller; a request without one is a defect of this face, and
        // `CatchPanicLayer` answers it as such.
        self.data_unchecked::<Arc<Caller>>()
    }
}

/// Loaders share one error among all who wait for it.
impl From<std::sync::Arc<Error>> for Error {
    fn from(shared: std::sync::Arc<Error>) -> Self {
        (*shared).clone()
    }
}

/// Whether the schema shows its caller what only staff may use. What a role may do with it, the table of
/// permissions says.
pub fn staff(ctx: &Context<'_>) -> bool {
    matches!(ctx.actor(), Actor::Staff(_))
}
