//! Errors as clients see them: codes from a closed list, messages in the caller's language.

use std::{collections::BTreeSet, time::Duration};

use async_graphql::{
    Context, PathSegment, Response, ServerError, SimpleObject, Value,
    parser::types::{ExecutableDocument, Selection},
};
use axum::http::header;

use crate::{
    error::{Error, Problem, ProblemCode, Result},
    graphql::ContextExt,
    ids,
    rates::wait_seconds,
    words::{Lang, Message},
};

/// A refusal that the sender can repair.
#[derive(SimpleObject)]
pub struct UserError {
    /// What kind of problem it is.
    pub code: ProblemCode,
    /// The path of the field in the input, outermost first; empty for the whole.
    pub field: Vec<String>,
    /// What to do about it, in the reader's language.
    pub message: String,
}

impl UserError {
    /// A problem, with its message in a language.
    pub fn of(problem: Problem, lang: Lang) -> Self {
        let message = problem.message.say(lang);
        Self { code: problem.code, field: problem.field, message }
    }
}

/// Splits an outcome into the result and the refusals that go into the payload; anything else
/// stays an error of the field.
pub fn refusals<T>(ctx: &Context<'_>, outcome: Result<T>) -> Result<(Option<T>, Vec<UserError>)> {
    match outcome {
        Ok(done) => Ok((Some(done), Vec::new())),
        Err(Error::Invalid(problems)) => {
            let lang = ctx.lang();
            Ok((None, problems.into_iter().map(|p| UserError::of(p, lang)).collect()))
        }
        Err(other) => Err(other),
    }
}

/// An error of the whole request, before anything was executed.
pub fn request_error(code: &str, message: &Message, lang: Lang) -> Response {
    let mut error = ServerError::new(message.say(lang), None);
    set_code(&mut error, code);
    Response::from_errors(vec![error])
}

/// The refusal of a caller who has asked for too much in a while.
pub fn rate_limited(wait: Duration, lang: Lang) -> Response {
    let seconds = wait_seconds(wait);
    let message = Message::new("rate-limited").with("seconds", seconds);
    let mut response = request_error("RATE_LIMITED", &message, lang);
    if let Some(values) = response.errors.first_mut().and_then(|error| error.extensions.as_mut()) {
        values.set("retryAfter", seconds);
    }
    response.http_headers.insert(header::RETRY_AFTER, seconds.into());
    response
}

/// Errors of one answer that are shown.
const ERRORS_MAX: usize = 20;

/// Gives every error of a response its code and its message. Internals are logged once with an
/// id, and only the id is shown.
pub fn finish(response: &mut Response, lang: Lang) {
    response.errors.truncate(ERRORS_MAX);
    for error in &mut response.errors {
        let known = error.extensions.as_ref().is_some_and(|values| values.get("code").is_some());
        if known {
            continue;
        }
        if let Some(source) = error.source::<Error>() {
            let (code, message) = of(source);
            let text = message.say(lang);
            error.message = text;
            set_code(error, code);
        } else if error.path.is_empty() {
            set_code(error, "GRAPHQL_VALIDATION_FAILED");
        } else {
            // Arguments that do not fit their scalar, found during execution.
            set_code(error, "BAD_USER_INPUT");
        }
    }
}

/// The fields of the roots that the actor may not use, under their own names.
pub fn denied(response: &Response, document: &ExecutableDocument) -> BTreeSet<String> {
    let is_denied = |error: &&ServerError| {
        let code = error.extensions.as_ref().and_then(|values| values.get("code"));
        code == Some(&Value::from("FORBIDDEN"))
    };
    let denied = response.errors.iter().filter(is_denied);
    denied.filter_map(|error| field_of(error.path.first()?, document)).collect()
}

/// The field of a root that is answered under a key, which a client chooses.
fn field_of(key: &PathSegment, document: &ExecutableDocument) -> Option<String> {
    let PathSegment::Field(key) = key else { return None };
    let sets = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let spread = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    let mut fields =
        sets.chain(spread).flat_map(|set| &set.items).filter_map(|item| match &item.node {
            Selection::Field(field) => Some(&field.node),
            _ => None,
        });
    let field = fields.find(|field| field.response_key().node.as_str() == key)?;
    Some(field.name.node.to_string())
}

/// The code and the message of an error.
fn of(error: &Error) -> (&'static str, Message) {
    match error {
        Error::NotFound => ("NOT_FOUND", "not-found".into()),
        Error::Unauthenticated => ("UNAUTHENTICATED", "unauthenticated".into()),
        Error::Forbidden => ("FORBIDDEN", "forbidden".into()),
        Error::BadRequest(message) => ("BAD_USER_INPUT", message.clone()),
        Error::Invalid(problems) => {
            let message = problems.first().map_or_else(|| "required".into(), |p| p.message.clone());
            ("BAD_USER_INPUT", message)
        }
        Error::Unavailable => ("UNAVAILABLE", "unavailable".into()),
        Error::NotReady(message) => ("UNAVAILABLE", message.clone()),
        Error::Internal(seen) => {
            let id = ids::incident();
            tracing::error!(id, seen, "internal error");
            ("INTERNAL", Message::new("internal").with("id", id))
        }
    }
}

fn set_code(error: &mut ServerError, code: &str) {
    let mut values = error.extensions.take().unwrap_or_default();
    values.set("code", Value::from(code));
    error.extensions = Some(values);
}

/// The response to an error that stopped a request before its document was read.
pub fn stopped(error: &Error, lang: Lang) -> Response {
    let (code, message) = of(error);
    request_error(code, &message, lang)
}
