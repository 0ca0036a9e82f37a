//! Where the service is, and how it is reached.

use axum::response::Response;

use crate::{
    config::Profile,
    open311::{
        call::{Call, Document},
        document::{Format, Node},
        refused::Refused,
    },
    words::Message,
};

/// When the address of the service last changed.
const CHANGESET: &str = "2026-11-20T00:00:00Z";

/// GET: what there is.
pub async fn discovery(call: Call) -> Response {
    call.answer(async { Ok::<Document, Refused>(("discovery", describe(&call))) }).await
}

fn describe(call: &Call) -> Node {
    let kind = if call.app.config.profile == Profile::Production { "production" } else { "test" };
    let formats = Format::ALL.map(|format| format.media_type().into());
    let endpoint = Node::Fields(vec![
        ("specification", "http://wiki.open311.org/GeoReport_v2".into()),
        ("url", call.url("/open311/v2").into()),
        ("changeset", CHANGESET.into()),
        ("type", kind.into()),
        ("formats", Node::List("format", formats.into())),
    ]);
    let say = |key| Message::new(key).say(call.lang);
    Node::Fields(vec![
        ("changeset", CHANGESET.into()),
        ("contact", say("open311-contact").into()),
        ("key_service", say("open311-key-service").into()),
        ("endpoints", Node::List("endpoint", vec![endpoint])),
    ])
}
