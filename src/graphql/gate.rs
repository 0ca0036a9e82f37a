//! The gate that every operation passes, whichever way it comes in: limits, then execution under
//! a time limit, then codes and messages.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use async_graphql::{
    Request, Response, Value,
    futures_util::{
        FutureExt,
        stream::{self, BoxStream, StreamExt},
    },
    parser::types::{ExecutableDocument, OperationDefinition, OperationType},
};
use tokio::time::timeout;

use crate::{
    accounts::{self, Identity, Proof},
    actor::Actor,
    app::App,
    audit,
    config::Config,
    error::Result,
    events::Subject,
    graphql::{
        Caller, Schema,
        document::{Documents, Hash},
        errors,
        limits::{self, Cost},
    },
    visitor::Visitor,
    words::{Lang, Message},
};

/// The extension of a request with the hash of its document.
pub const PERSISTED: &str = "persistedQuery";

/// Schema and documents, shared by all requests.
#[derive(Clone)]
pub struct Gate {
    schema: Schema,
    documents: Documents,
    only_trusted: bool,
}

/// An operation that passed the limits.
pub struct Admitted {
    request: Request,
    document: Arc<ExecutableDocument>,
    operation: OperationType,
    cost: Cost,
}

impl Admitted {
    /// Whether it reads, writes or subscribes.
    pub fn operation(&self) -> OperationType {
        self.operation
    }
}

impl Gate {
    /// A gate before a schema. Trusted documents that cannot be read are an error.
    pub fn open(schema: Schema, config: &Config) -> Result<Self> {
        let documents = Documents::open(config.trusted_documents.as_deref())?;
        Ok(Self { schema, documents, only_trusted: config.only_trusted_documents })
    }

    /// Parses a request and holds it against the limits of the actor.
    pub fn admit(
        &self,
        mut request: Request,
        actor: &Actor,
        lang: Lang,
    ) -> Result<Admitted, Response> {
        let refuse = |(code, message): (&str, Message)| errors::request_error(code, &message, lang);
        let hash = self.resolve(&mut request).map_err(refuse)?;
        limits::check_text(&request.query).map_err(refuse)?;
        let document = self.documents.parse(&request.query).map_err(|error| {
            // The last line says what is wrong; those before it quote the document.
            let reason = error.message.trim().lines().last().unwrap_or_default();
            let message =
                Message::new("parse-error").with("reason", reason.trim().trim_start_matches("= "));
            let mut response = errors::request_error("GRAPHQL_PARSE_FAILED", &message, lang);
            if let Some(shown) = response.errors.first_mut() {
                shown.locations = error.locations;
            }
            response
        })?;
        let operation = select(&document, request.operation_name.as_deref())
            .ok_or_else(|| refuse(("GRAPHQL_VALIDATION_FAILED", "no-operation".into())))?;
        let cost = limits::check_document(&document, operation, &request.variables, actor)
            .map_err(refuse)?;
        self.documents.keep(&request.query, &document);
        if let Some(hash) = hash {
            self.documents.persist(hash, &request.query);
        }
        let operation = operation.ty;
        request.set_parsed_query((*document).clone());
        Ok(Admitted { request, document, operation, cost })
    }

    /// Finds the text that a request names by its hash, and refuses what is not to be run here.
    fn resolve(&self, request: &mut Request) -> Result<Option<Hash>, limits::Refusal> {
        let hash =
            request.extensions.remove(PERSISTED).map(|asked| persisted(&asked)).transpose()?;
        match hash {
            Some(hash) if request.query.is_empty() => {
                let text = self.documents.text(hash);
                let text = text.ok_or(("PERSISTED_QUERY_NOT_FOUND", "persisted-unknown".into()))?;
                request.query = text.to_string();
            }
            Some(hash) if hash != Hash::of(&request.query) => {
                return Err(("BAD_USER_INPUT", "persisted-other-hash".into()));
            }
            _ => {}
        }
        if self.only_trusted && !self.documents.trusts(&request.query) {
            return Err(("BAD_USER_INPUT", "only-trusted-documents".into()));
        }
        Ok(hash)
    }

    /// Whatever a request asks for, as a stream: of one answer, or of the events of a subscription.
    pub fn answers(
        &self,
        app: App,
        request: Request,
        identity: Identity,
        visitor: Visitor,
        lang: Lang,
    ) -> BoxStream<'static, Response> {
        let admitted = match self.admit(request, &identity.actor, lang) {
            Ok(admitted) => admitted,
            Err(response) => return stream::once(async { response }).boxed(),
        };
        let caller = Caller::new(app, identity, visitor, lang);
        if admitted.operation == OperationType::Subscription {
            return self.subscribe(admitted, caller);
        }
        let gate = self.clone();
        stream::once(async move { gate.execute(admitted, caller).await }).boxed()
    }

    /// Executes a query or mutation for a caller.
    pub async fn execute(&self, admitted: Admitted, caller: Caller) -> Response {
        let lang = caller.lang;
        if let Err(wait) = pay(&caller, admitted.cost) {
            return errors::rate_limited(wait, lang);
        }
        let Some(_permit) = caller.app.permits.operation() else { return overloaded(lang) };
        let seconds = caller.app.config.request_seconds;
        let caller = Arc::new(caller);
        let request = admitted.request.data(Arc::clone(&caller));
        let work = self.schema.execute(request);
        let mut response = match timeout(Duration::from_secs(seconds), work).await {
            Ok(response) => response,
            Err(_) => {
                // A mutation may have been written just before the time was up.
                let key = match admitted.operation {
                    OperationType::Mutation => "timeout-write",
                    _ => "timeout",
                };
                errors::request_error("TIMEOUT", &Message::new(key).with("seconds", seconds), lang)
            }
        };
        errors::finish(&mut response, lang);
        note_denied(&caller, errors::denied(&response, &admitted.document)).await;
        response.extensions.insert("cost".to_owned(), cost_value(admitted.cost));
        response
    }

    /// Executes a subscription for a caller, until the service stops or what showed who asks shows it
    /// no longer, which is looked at before every event. It listens from this call on, whenever its
    /// first answer is waited for, so that what happens meanwhile is not lost.
    fn subscribe(&self, admitted: Admitted, caller: Caller) -> BoxStream<'static, Response> {
        let (lang, app) = (caller.lang, caller.app.clone());
        if let Err(wait) = pay(&caller, admitted.cost) {
            return stream::once(async move { errors::rate_limited(wait, lang) }).boxed();
        }
        let Some(permit) = app.permits.subscription() else {
            return stream::once(async move { overloaded(lang) }).boxed();
        };
        let (identity, caller) = (caller.identity.clone(), Arc::new(caller));
        let events = self.schema.execute_stream(admitted.request.data(Arc::clone(&caller)));
        let (known, node) = (identity.clone(), app.clone());
        let still = events.then(move |response| {
            let (identity, app) = (known.clone(), node.clone());
            async move { (is_still(&app, &identity).await, response) }
        });
        let allowed = still.take_while(|(still, _)| std::future::ready(*still));
        let (document, mut noted) = (admitted.document, BTreeSet::new());
        let finished = allowed.then(move |(_, mut response)| {
            // Held as long as the stream lives.
            let _open = &permit;
            errors::finish(&mut response, lang);
            // Once for a field, however many events there are.
            let mut denied = errors::denied(&response, &document);
            denied.retain(|field| noted.insert(field.clone()));
            let caller = Arc::clone(&caller);
            async move {
                note_denied(&caller, denied).await;
                response
            }
        });
        let end = async move {
            tokio::select! {
                () = app.stopping() => {}
                () = no_longer(&app, &identity) => {}
            }
        };
        let mut answers = finished.take_until(Box::pin(end)).fuse().boxed();
        match answers.next().now_or_never() {
            Some(first) => stream::iter(first).chain(answers).boxed(),
            None => answers,
        }
    }
}

/// A session without a request comes to its end unheard of, so it is looked at this often.
const LOOK_SECONDS: u64 = 30;

async fn is_still(app: &App, identity: &Identity) -> bool {
    if identity.proof == Proof::Lasting {
        return true;
    }
    let _turn = app.permits.look().await;
    let still = accounts::is_still(app.db.reader(), &app.config, identity, app.db.now()).await;
    // A database that is away shows nothing.
    still.unwrap_or(false)
}

/// Returns when what showed who somebody is shows it no longer.
async fn no_longer(app: &App, identity: &Identity) {
    if identity.proof == Proof::Lasting {
        std::future::pending::<()>().await;
    }
    let (accounts, mut head) = (app.feed.head_of(&[Subject::Account]), app.feed.head());
    loop {
        // Before it is looked at, so that no end falls between.
        let seen = accounts.now();
        if !is_still(app, identity).await {
            return;
        }
        let told = async { while accounts.now() == seen && head.changed().await.is_ok() {} };
        let _ = timeout(Duration::from_secs(LOOK_SECONDS), told).await;
    }
}

/// The hash under which a client asks for a document, as Apollo's automatic persisted queries do.
fn persisted(asked: &Value) -> Result<Hash, limits::Refusal> {
    let Value::Object(asked) = asked else {
        return Err(("BAD_USER_INPUT", "persisted-form".into()));
    };
    let is_first = asked.get("version") == Some(&Value::from(1));
    match asked.get("sha256Hash") {
        Some(Value::String(digits)) if is_first => Hash::parse(digits),
        _ => None,
    }
    .ok_or(("BAD_USER_INPUT", "persisted-form".into()))
}

/// Takes the cost of an operation from its caller, or tells when there will be enough.
fn pay(caller: &Caller, cost: Cost) -> Result<(), Duration> {
    let points = u32::try_from(cost.requested).unwrap_or(u32::MAX);
    caller.app.rates.take(&caller.identity.actor, caller.visitor.0, points)
}

/// Writes into the audit which fields somebody with an account was refused. The answer goes out all the
/// same.
async fn note_denied(caller: &Caller, denied: BTreeSet<String>) {
    let actor = &caller.identity.actor;
    if *actor == Actor::Anyone || denied.is_empty() {
        return;
    }
    let write = async |tx: &_| {
        audit::deny(tx, actor, denied);
        Ok(())
    };
    if let Err(error) = caller.app.db.write(write).await {
        tracing::error!(%error, actor = actor.handle(), "a refusal is missing in the audit");
    }
}

fn overloaded(lang: Lang) -> Response {
    errors::request_error("UNAVAILABLE", &"overloaded".into(), lang)
}

fn cost_value(cost: Cost) -> Value {
    async_graphql::value!({ "requested": cost.requested, "available": cost.available })
}

/// The operation that a request names, or the only one.
fn select<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a OperationDefinition> {
    let mut all = document.operations.iter();
    match name {
        Some(name) => all
            .find(|(known, _)| known.is_some_and(|known| known == name))
            .map(|(_, operation)| &operation.node),
        None => {
            let (_, first) = all.next()?;
            all.next().is_none().then_some(&first.node)
        }
    }
}
