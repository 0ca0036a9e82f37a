//! What is told instead of an answer: GeoReport's errors with their statuses.

use std::time::Duration;

use axum::http::StatusCode;

use crate::{
    error::{Error, Problem, ProblemCode},
    ids,
    open311::document::Node,
    rates::wait_seconds,
    words::{Lang, Message},
};

/// Errors of one answer that are told.
const ERRORS_MAX: usize = 20;

/// Everything that is wrong with a request.
#[derive(Debug)]
pub struct Refused {
    faults: Vec<Fault>,
    retry_after: Option<u64>,
}

/// One thing that is wrong.
#[derive(Debug)]
struct Fault {
    status: StatusCode,
    /// The parameter that it is about.
    parameter: Option<String>,
    message: Message,
}

impl Refused {
    /// One thing that is wrong with the whole.
    pub fn whole(status: StatusCode, message: impl Into<Message>) -> Self {
        vec![Fault { status, parameter: None, message: message.into() }].into()
    }

    /// Too much was asked for from one address; after a while there is more.
    pub fn later(wait: Duration) -> Self {
        let seconds = wait_seconds(wait);
        let message = Message::new("rate-limited").with("seconds", seconds);
        let refused = Self::whole(StatusCode::TOO_MANY_REQUESTS, message);
        Self { retry_after: Some(seconds), ..refused }
    }

    /// Seconds after which the same may be asked for again, where that helps.
    pub fn retry_after(&self) -> Option<u64> {
        self.retry_after
    }

    /// Something that does not exist.
    pub fn not_found(message: impl Into<Message>) -> Self {
        Self::whole(StatusCode::NOT_FOUND, message)
    }

    /// Something that was not understood.
    pub fn bad(message: impl Into<Message>) -> Self {
        Self::whole(StatusCode::BAD_REQUEST, message)
    }

    /// The status of the answer: what does not exist stands over what is wrong.
    pub fn status(&self) -> StatusCode {
        let missing = self.faults.iter().find(|fault| fault.status == StatusCode::NOT_FOUND);
        let told = missing.or(self.faults.first());
        told.map_or(StatusCode::BAD_REQUEST, |fault| fault.status)
    }

    /// The errors as GeoReport writes them, in the reader's language.
    pub fn node(&self, lang: Lang) -> Node {
        let error = |fault: &Fault| {
            let text = fault.message.say(lang);
            let description = match &fault.parameter {
                Some(parameter) => format!("{parameter}: {text}"),
                None => text,
            };
            let code = i32::from(fault.status.as_u16());
            Node::Fields(vec![("code", code.into()), ("description", description.into())])
        };
        Node::List("error", self.faults.iter().take(ERRORS_MAX).map(error).collect())
    }
}

impl From<Vec<Fault>> for Refused {
    fn from(faults: Vec<Fault>) -> Self {
        Self { faults, retry_after: None }
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found("not-found"),
            Error::Unauthenticated | Error::Forbidden => {
                Self::whole(StatusCode::FORBIDDEN, "forbidden")
            }
            Error::BadRequest(message) => Self::bad(message),
            Error::Invalid(problems) => {
                problems.into_iter().map(Fault::from).collect::<Vec<_>>().into()
            }
            Error::Unavailable => Self::whole(StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Error::NotReady(message) => Self::whole(StatusCode::SERVICE_UNAVAILABLE, message),
            Error::Internal(seen) => {
                let id = ids::incident();
                tracing::error!(id, seen, "internal error");
                let message = Message::new("internal").with("id", id);
                Self::whole(StatusCode::INTERNAL_SERVER_ERROR, message)
            }
        }
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        vec![problem.into()].into()
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        let parameter = parameter(&problem.field);
        let unknown = problem.code == ProblemCode::Unknown && parameter == "service_code";
        Self {
            status: if unknown { StatusCode::NOT_FOUND } else { StatusCode::BAD_REQUEST },
            parameter: Some(parameter).filter(|name| !name.is_empty()),
            message: if unknown { "open311-service".into() } else { problem.message },
        }
    }
}

/// GeoReport's name for a field of an input; fields that are named as there stay.
fn parameter(field: &[String]) -> String {
    let field: Vec<&str> = field.iter().map(String::as_str).collect();
    match field[..] {
        ["category"] => "service_code".to_owned(),
        ["location"] => "lat, long, address_string".to_owned(),
        ["location", "address"] => "address_string".to_owned(),
        ["answers", ..] => "attribute".to_owned(),
        ["contact", "name"] => "first_name, last_name".to_owned(),
        ["contact", name] => name.to_owned(),
        ["idempotencyKey"] => "Idempotency-Key".to_owned(),
        _ => field.join("."),
    }
}
