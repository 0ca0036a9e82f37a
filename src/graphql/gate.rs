//! The gate that every operation passes, whichever way it comes in: limits, then execution under
//! a time limit, then codes and messages.

use std::time::Duration;

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
        let operation = operation.ty;
        request.set_parsed_query((*document).clone());
        Ok(Admitted { request, operation, cost })
    }

    /// Whatever a request asks for, as a stream: of one answer, or of the events of a subscription.
    pub fn answers(
        &self,
        app: App,
        request: Request,
        actor: Actor,
        lang: Lang,
    ) -> BoxStream<'static, Response> {
        let admitted = match self.admit(request, &actor, lang) {
            Ok(admitted) => admitted,
            Err(response) => return stream::once(async { response }).boxed(),
        };
        let caller = Caller::new(app, actor, lang);
        if admitted.operation == OperationType::Subscription {
            return self.subscribe(admitted, caller);
        }
        let gate = self.clone();
        stream::once(async move { gate.execute(admitted, caller).await }).boxed()
    }

    /// Executes a query or mutation for a caller.
    pub async fn execute(&self, admitted: Admitted, caller: Caller) -> Response {
        let lang = caller.lang;
        let Some(_permit) = caller.app.permits.operation() else { return overloaded(lang) };
        let seconds = caller.app.config.request_seconds;
        let request = admitted.request.data(caller);
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
        response.extensions.insert("cost".to_owned(), cost_value(admitted.cost));
        response
    }

    /// Executes a subscription for a caller, until the service stops. It listens from this call
    /// on, whenever its first answer is waited for, so that what happens meanwhile is not lost.
    fn subscribe(&self, admitted: Admitted, caller: Caller) -> BoxStream<'static, Response> {
        let (lang, app) = (caller.lang, caller.app.clone());
        let Some(permit) = app.permits.subscription() else {
            return stream::once(async move { overloaded(lang) }).boxed();
        };
        let events = self.schema.execute_stream(admitted.request.data(caller));
        let finished = events.map(move |mut response| {
            // Held as long as the stream lives.
            let _open = &permit;
            errors::finish(&mut response, lang);
            response
        });
        let mut answers = finished.take_until(async move { app.stopping().await }).fuse().boxed();
        match answers.next().now_or_never() {
            Some(first) => stream::iter(first).chain(answers).boxed(),
            None => answers,
        }
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
