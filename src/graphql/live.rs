//! Subscriptions as server-sent events (`graphql-sse`, distinct connections).

use std::{convert::Infallible, time::Duration};

use axum::{
    body::Body,
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{StreamExt, stream};

use crate::{
    app::App,
    graphql::{
        handler::{identity, language, read},
        respond::{Media, to_json},
    },
    visitor::Visitor,
};

/// POST with JSON: answers as a stream of `next` events and a closing `complete`.
pub async fn stream(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let asked = async {
        let request = read(&headers, body, Media::Json).await?;
        Ok((request, identity(&app, visitor, &headers, Media::Json, true).await?))
    };
    let (request, identity) = match asked.await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let lang = language(&headers);
    let answers = app.gate.clone().answers(app, request, identity, visitor, lang);
    let next = answers.map(|response| {
        let json = String::from_utf8_lossy(&to_json(response)).into_owned();
        Event::default().event("next").data(json)
    });
    // An event without data is not given to anybody by the browsers' `EventSource`.
    let complete = stream::once(async { Event::default().event("complete").data("null") });
    let events = next.chain(complete).map(Ok::<_, Infallible>);
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(15));
    Sse::new(events).keep_alive(keep_alive).into_response()
}
