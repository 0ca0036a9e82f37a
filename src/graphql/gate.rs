//! The gate that every operation passes, whichever way it comes in: limits, then execution under
//! a time limit, then codes and messages.

use std::{sync::Arc, time::Duration};

use async_graphql::{
    Data, Executor, Request, Response, Value,
    futures_util::stream::{self, BoxStream, StreamExt},
    parser::types::{ExecutableDocument, OperationDefinition, OperationType},
};
use tokio::time::timeout;

use crate::{
    actor::Actor,
    app::App,
    graphql::{
        Caller, Schema,
        document::Documents,
        errors,
        limits::{self, Cost},
    },
    words::{Lang, Message},
};

/// Schema and documents, shared by all requests.
#[derive(Clone)]
pub struct Gate {
    schema: Schema,
    documents: Documents,
}

/// An operation that passed the limits.
pub struct Admitted {
    request: Request,
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
    /// A gate before a schema.
    pub fn new(schema: Schema) -> Self {
        Self { schema, documents: Documents::default() }
    }

    /// Parses a request and holds it against the limits of the actor.
    pub fn admit(
        &self,
        mut request: Request,
        actor: &Actor,
        lang: Lang,
    ) -> Result<Admitted, Response> {
        let refuse = |(code, message): (&str, Message)| errors::request_error(code, &message, lang);
        limits::check_text(&request.query).map_err(refuse)?;
        let document = self.documents.parse(&request.query).map_err(|error| {
            let message = Message::new("parse-error").with("reason", error.message.trim());
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
        let operation = operation.ty;
        request.set_parsed_query((*document).clone());
        Ok(Admitted { request, operation, cost })
    }

    /// Executes a query or mutation for a caller.
    pub async fn execute(&self, admitted: Admitted, caller: Caller) -> Response {
        let lang = caller.lang;
        let seconds = caller.app.config.request_seconds;
        let request = admitted.request.data(caller);
        let work = self.schema.execute(request);
        let mut response = match timeout(Duration::from_secs(seconds), work).await {
            Ok(response) => response,
            Err(_) => {
                let message = Message::new("timeout").with("seconds", seconds);
                errors::request_error("TIMEOUT", &message, lang)
            }
        };
        errors::finish(&mut response, lang);
        response.extensions.insert("cost".to_owned(), cost_value(admitted.cost));
        response
    }

    /// Executes a subscription for a caller, until the service stops.
    pub fn subscribe(&self, admitted: Admitted, caller: Caller) -> BoxStream<'static, Response> {
        let (lang, app) = (caller.lang, caller.app.clone());
        let events = self.schema.execute_stream(admitted.request.data(caller));
        let finished = events.map(move |mut response| {
            errors::finish(&mut response, lang);
            response
        });
        finished.take_until(async move { app.stopping().await }).boxed()
    }
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

/// The gate as the WebSocket protocol drives it: who asks is known from the connection.
#[derive(Clone)]
pub struct SocketGate(pub App);

/// Who opened a WebSocket, as its `connection_init` told.
pub struct Session {
    /// Who asks.
    pub actor: Actor,
    /// The language of the answers.
    pub lang: Lang,
}

impl Executor for SocketGate {
    async fn execute(&self, request: Request) -> Response {
        // The protocol runs everything as a stream.
        let mut answers = self.execute_stream(request, None);
        answers.next().await.unwrap_or_default()
    }

    fn execute_stream(
        &self,
        request: Request,
        session: Option<Arc<Data>>,
    ) -> BoxStream<'static, Response> {
        let session =
            session.as_ref().and_then(|data| data.get(&std::any::TypeId::of::<Session>()));
        let session = session.and_then(|session| session.downcast_ref::<Session>());
        let (actor, lang) = session
            .map_or((Actor::Anyone, Lang::Pl), |session| (session.actor.clone(), session.lang));
        let gate = self.0.gate.clone();
        let admitted = match gate.admit(request, &actor, lang) {
            Ok(admitted) => admitted,
            Err(response) => return stream::once(async { response }).boxed(),
        };
        let caller = Caller::new(self.0.clone(), actor, lang);
        if admitted.operation == OperationType::Subscription {
            gate.subscribe(admitted, caller)
        } else {
            stream::once(async move { gate.execute(admitted, caller).await }).boxed()
        }
    }
}
