//! Files among the variables of a request.

use async_graphql::{
    Context, InputValueError, InputValueResult, Request, Scalar, ScalarType, Value,
};
use axum::body::Bytes;

use crate::error::{Error, Result};

/// A file that came with the request, by its place among them.
///
/// Not the library's own: that one takes a text for a file, which any client can write, and panics
/// when there is no such file. This one stands in the variables as bytes, which no JSON and no
/// document can hold, so only the reader of a form makes it.
#[derive(Clone, Copy)]
pub struct Upload(u8);

/// A file that is sent as a part of `multipart/form-data`, at most 10 in one request; in `operations`
/// its variable is null, and `map` names it. Only on POST /graphql, and only with the header
/// `GraphQL-Preflight: 1`. Name and media type that the sender gives a file are not looked at.
#[Scalar(
    name = "Upload",
    specified_by_url = "https://github.com/jaydenseric/graphql-multipart-request-spec"
)]
impl ScalarType for Upload {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::Binary(place) if place.len() == 1 => Ok(Self(place[0])),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::Binary(_))
    }

    fn to_value(&self) -> Value {
        Value::Binary(vec![self.0].into())
    }
}

impl Upload {
    /// The bytes of the file.
    pub fn content(self, ctx: &Context<'_>) -> Result<Bytes> {
        let found = ctx.data_opt::<Uploads>().and_then(|files| files.0.get(usize::from(self.0)));
        found.cloned().ok_or_else(|| Error::internal("an upload without its file"))
    }
}

/// The files that came with a request.
#[derive(Default)]
pub struct Uploads(Vec<Bytes>);

impl Uploads {
    /// Takes a file; gives what stands for it in the variables. `None` when there are too many.
    pub fn take(&mut self, file: Bytes) -> Option<Value> {
        let place = u8::try_from(self.0.len()).ok()?;
        self.0.push(file);
        Some(Upload(place).to_value())
    }

    /// The request with its files.
    pub fn with(self, request: Request) -> Request {
        request.data(self)
    }
}
