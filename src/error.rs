//! What can go wrong, for people and for us. Each face maps it once.

use sea_orm::{DbErr, RuntimeErr, SqlErr, SqlxError};

use crate::words::Message;

/// The result of everything that can be refused or fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A refusal or a failure.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the actor may not know that there is.
    #[error("not found")]
    NotFound,
    /// The action needs a signed-in actor, or the token given is not valid.
    #[error("not signed in")]
    Unauthenticated,
    /// The actor may see the thing, but not do this with it.
    #[error("not allowed")]
    Forbidden,
    /// The request as a whole makes no sense: a foreign cursor, a page of minus one.
    #[error("bad request: {0}")]
    BadRequest(Message),
    /// The input can be repaired by the person who sent it; every problem is listed.
    #[error("invalid input: {0:?}")]
    Invalid(Vec<Problem>),
    /// The service cannot do it now; the same request may succeed later.
    #[error("unavailable")]
    Unavailable,
    /// The service cannot do it yet, and says why.
    #[error("not ready: {0}")]
    NotReady(Message),
    /// A defect or a broken machine. Logged once, never shown.
    #[error("internal: {0}")]
    Internal(String),
}

/// One problem with one field of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What kind of problem it is.
    pub code: ProblemCode,
    /// The path of the field in the input, outermost first; empty for the whole.
    pub field: Vec<String>,
    /// What to do about it.
    pub message: Message,
}

/// Kinds of problems with an input that a person can repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
#[graphql(name = "UserErrorCode")]
pub enum ProblemCode {
    /// A value is needed and missing.
    Required,
    /// The value is not of the form that is asked for.
    Invalid,
    /// The text or list is longer than the limit that the message names.
    TooLong,
    /// The value names something that does not exist.
    Unknown,
    /// The value is taken already.
    Taken,
    /// The thing has changed since it was read, or its state does not allow this step.
    Conflict,
    /// The rules forbid this step to this person, such as approving one's own draft.
    NotAllowed,
}

impl Problem {
    /// A problem with the field at `path` (segments separated by dots).
    pub fn at(path: &str, code: ProblemCode, message: impl Into<Message>) -> Self {
        let field = path.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Self { code, field, message: message.into() }
    }

    /// The thing is at another version than the one that was read.
    pub fn stale(expected: i32, current: i32) -> Self {
        let message = Message::new("stale").with("expected", expected).with("current", current);
        Self::at("expectedVersion", ProblemCode::Conflict, message)
    }
}

/// Refuses an input that has problems.
pub fn refuse(problems: Vec<Problem>) -> Result<()> {
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// Refuses a change of what is no longer as it was read, or where nobody says what was read.
pub fn must_be_as_read(current: i32, read: Option<i32>) -> Result<()> {
    match read {
        Some(read) if read == current => Ok(()),
        Some(read) => Err(Problem::stale(read, current).into()),
        None => Err(Problem::at("expectedVersion", ProblemCode::Required, "required").into()),
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Invalid(vec![problem])
    }
}

impl Error {
    /// The same, where the input was the field `name` of a larger one.
    pub fn below(self, name: &str) -> Self {
        let Self::Invalid(mut problems) = self else { return self };
        for problem in &mut problems {
            problem.field.insert(0, name.to_owned());
        }
        Self::Invalid(problems)
    }

    /// A defect, with what was seen.
    pub fn internal(seen: impl std::fmt::Display) -> Self {
        Self::Internal(seen.to_string())
    }
}

impl From<DbErr> for Error {
    /// A database that is gone or full is `Unavailable`, a text that it cannot hold a
    /// `BadRequest`; anything else is a defect.
    fn from(error: DbErr) -> Self {
        let text = error.to_string();
        if sqlstate(&error).as_deref() == Some(NUL_IN_TEXT) {
            return Self::BadRequest("nul-character".into());
        }
        let away = matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_))
            || is_io(&error)
            || AWAY.iter().any(|sign| text.contains(sign))
            || sqlstate(&error)
                .is_some_and(|state| AWAY_STATES.iter().any(|s| state.starts_with(s)));
        if away {
            tracing::error!(error = text, "the database cannot be used now");
            Self::Unavailable
        } else if sqlstate(&error).is_some_and(|state| NUL_STATES.contains(&state.as_str())) {
            Self::BadRequest("nul-character".into())
        } else {
            Self::Internal(text)
        }
    }
}

/// What SQLite says when it cannot now.
const AWAY: &[&str] = &["database or disk is full", "disk I/O error", "database is locked"];

/// The beginnings of the SQLSTATEs with which PostgreSQL says that it cannot now: no connection
/// (08), serialisation and deadlock (40), no resources (53), operator or time limit (57), a lock
/// that was waited for too long (55P03).
const AWAY_STATES: &[&str] = &["08", "40", "53", "57", "55P03"];

/// The SQLSTATEs with which PostgreSQL refuses the one character that it does not know, in a text
/// and in JSON.
const NUL_STATES: &[&str] = &["22021", "22P05"];

/// PostgreSQL's SQLSTATE for a text with U+0000, which it cannot store or compare.
const NUL_IN_TEXT: &str = "22021";

fn driver(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            Some(error)
        }
        _ => None,
    }
}

/// Whether the connection broke.
fn is_io(error: &DbErr) -> bool {
    matches!(
        driver(error),
        Some(SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed)
    )
}

fn sqlstate(error: &DbErr) -> Option<String> {
    let SqlxError::Database(told) = driver(error)? else { return None };
    told.code().map(std::borrow::Cow::into_owned)
}

/// Whether a statement failed because a value must be unique and is taken.
pub fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
