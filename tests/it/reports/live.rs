//! What live clients hear of reports.

use serde_json::json;

use crate::harness::{
    reports::{Filed, filed, forwarded, take_step},
    service,
};

fn changed(filed: &Filed, token: bool) -> String {
    let token = match token {
        true => format!(", trackingToken: \"{}\"", filed.token),
        false => String::new(),
    };
    format!(
        "subscription {{ reportChanged(number: \"{}\"{token}) {{ stage timeline {{ step }} }} }}",
        filed.number
    )
}

#[tokio::test]
async fn the_holder_hears_of_every_step_over_both_ways() {
    let service = service().await;
    let filed = filed(&service, json!({})).await;
    let wire = service.listen().await;
    let mut socket = wire.greeted(None).await;
    socket.subscribe("mine", &changed(&filed, true)).await;
    let mut events = wire.events(None, &changed(&filed, true)).await;
    take_step(&service, "consultant", "verifyReport", &filed, json!({})).await;
    let wanted = json!({ "stage": "VERIFIED",
        "timeline": [{ "step": "FILE" }, { "step": "VERIFY" }] });
    assert_eq!(socket.next("mine").await["data"]["reportChanged"], wanted);
    let (_, event) = events.next().await.unwrap();
    assert_eq!(event["data"]["reportChanged"], wanted);
}

#[tokio::test]
async fn nobody_else_hears_of_a_report_that_is_not_public() {
    let service = service().await;
    let filed = filed(&service, json!({})).await;
    let wire = service.listen().await;
    let mut socket = wire.greeted(None).await;
    socket.start("other", &changed(&filed, false)).await;
    let answer = socket.hear().await;
    assert_eq!(answer["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND", "{answer}");
}

#[tokio::test]
async fn a_unit_hears_of_its_own_reports_only() {
    let service = service().await;
    let wire = service.listen().await;
    let query = "subscription { queueChanged { refetch report { number stage } } }";
    let mut roads = wire.greeted(Some("officer:ZDMK")).await;
    roads.subscribe("queue", query).await;
    let others = forwarded(&service, &["ZZM"], json!({})).await;
    let own = forwarded(&service, &["ZDMK"], json!({})).await;
    assert_ne!(others.number, own.number);
    let first = socket_change(&mut roads).await;
    assert_eq!(
        first,
        json!({ "refetch": false,
        "report": { "number": own.number, "stage": "FORWARDED" } })
    );
}

async fn socket_change(socket: &mut crate::harness::Socket) -> serde_json::Value {
    socket.next("queue").await["data"]["queueChanged"].clone()
}

#[tokio::test]
async fn consultants_hear_of_what_comes_in() {
    let service = service().await;
    let wire = service.listen().await;
    let query = "subscription { queueChanged { refetch report { number stage } } }";
    let mut desk = wire.greeted(Some("consultant")).await;
    desk.subscribe("queue", query).await;
    let filed = filed(&service, json!({})).await;
    let wanted = json!({ "refetch": false,
        "report": { "number": filed.number, "stage": "RECEIVED" } });
    assert_eq!(socket_change(&mut desk).await, wanted);
    let mut stranger = wire.greeted(Some("editor")).await;
    stranger.start("queue", query).await;
    let answer = stranger.hear().await;
    assert_eq!(answer["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN", "{answer}");
}
