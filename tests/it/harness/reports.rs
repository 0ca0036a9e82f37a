//! Reports in the making, through the mutations of the API.

use serde_json::{Value, json};

use super::{Answer, Client, Service, logs::DESCRIPTION};

/// A report as far as its holder knows it.
pub struct Filed {
    pub number: String,
    pub token: String,
    pub id: Value,
}

/// The input of a report on a lamp on the Main Square, with some fields of its own.
pub fn input(fields: Value) -> Value {
    let mut input = json!({
        "kind": "PROBLEM", "category": "lighting", "channel": "PORTAL",
        "description": DESCRIPTION,
        "location": { "latitude": 50.0619, "longitude": 19.9369, "address": "Rynek Główny 1" },
        "idempotencyKey": kontakt::ids::nonce()
    });
    for (name, value) in fields.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

/// Sends a report.
pub async fn send(client: &Client<'_>, input: Value) -> Answer {
    let query = "mutation($input: FileReportInput!) { fileReport(input: $input) {
        report { id number version stage expectedBy } trackingToken
        warnings { kind text } errors { code field message } } }";
    client.ask_with(query, json!({ "input": input })).await
}

/// A report that a client has filed.
pub async fn filed_by(client: &Client<'_>, fields: Value) -> Filed {
    let answer = send(client, input(fields)).await;
    assert_eq!(answer.refusals("fileReport"), Vec::<String>::new(), "{}", answer.text);
    let text = |pointer: &str| answer.data(pointer).as_str().unwrap().to_owned();
    Filed {
        number: text("/fileReport/report/number"),
        token: text("/fileReport/trackingToken"),
        id: answer.data("/fileReport/report/id"),
    }
}

/// A report that somebody without an account has filed.
pub async fn filed(service: &Service, fields: Value) -> Filed {
    filed_by(&service.anyone(), fields).await
}

/// A part of a report as a client sees it; null when there is nothing to see.
pub async fn seen(client: &Client<'_>, number: &str, fields: &str) -> Value {
    let query = format!("{{ report(number: \"{number}\") {{ {fields} }} }}");
    client.ask(&query).await.data("/report")
}

/// A part of a report as its holder sees it.
pub async fn held(service: &Service, filed: &Filed, fields: &str) -> Value {
    let query = "query($number: String!, $token: String) {
        report(number: $number, trackingToken: $token) { FIELDS } }";
    let variables = json!({ "number": filed.number, "token": filed.token });
    service.anyone().ask_with(&query.replace("FIELDS", fields), variables).await.data("/report")
}

/// The version of a report as a consultant reads it.
pub async fn version(service: &Service, filed: &Filed) -> i64 {
    let seen = seen(&service.staff("consultant"), &filed.number, "version").await;
    seen["version"].as_i64().unwrap()
}

/// Calls a mutation whose input is given whole.
pub async fn call(client: &Client<'_>, mutation: &str, input: Value) -> Answer {
    let query = format!(
        "mutation($input: {}!) {{ {mutation}(input: $input) {{
            report {{ id number version stage outcome reason expectedBy resolvedOn }}
            errors {{ code field message }} }} }}",
        input_type(mutation)
    );
    client.ask_with(&query, json!({ "input": input })).await
}

/// Takes a step with a report as it is now.
pub async fn step(
    service: &Service,
    role: &str,
    mutation: &str,
    filed: &Filed,
    fields: Value,
) -> Answer {
    let mut input = json!({ "id": filed.id, "expectedVersion": version(service, filed).await });
    for (name, value) in fields.as_object().unwrap() {
        input[name] = value.clone();
    }
    call(&service.staff(role), mutation, input).await
}

/// Takes a step that must not be refused; gives the report.
pub async fn take_step(
    service: &Service,
    role: &str,
    mutation: &str,
    filed: &Filed,
    fields: Value,
) -> Value {
    let answer = step(service, role, mutation, filed, fields).await;
    assert_eq!(answer.refusals(mutation), Vec::<String>::new(), "{}", answer.text);
    answer.data(&format!("/{mutation}/report"))
}

/// A report that a consultant has read.
pub async fn verified(service: &Service, fields: Value) -> Filed {
    let filed = filed(service, fields).await;
    take_step(service, "consultant", "verifyReport", &filed, json!({})).await;
    filed
}

/// A report that these units have.
pub async fn forwarded(service: &Service, units: &[&str], fields: Value) -> Filed {
    let filed = verified(service, fields).await;
    take_step(service, "consultant", "forwardReport", &filed, json!({ "units": units })).await;
    filed
}

/// A report that an officer of the road authority has taken.
pub async fn taken(service: &Service, fields: Value) -> Filed {
    let filed = forwarded(service, &["ZDMK"], fields).await;
    take_step(service, "officer:ZDMK", "takeReport", &filed, json!({})).await;
    filed
}

/// A report that the road authority has answered.
pub async fn answered(service: &Service, outcome: &str, fields: Value) -> Filed {
    let filed = taken(service, json!({})).await;
    answer(service, &filed, outcome, fields).await;
    filed
}

/// Answers for the road authority.
pub async fn answer(service: &Service, filed: &Filed, outcome: &str, fields: Value) -> Value {
    let mut input = json!({ "outcome": outcome, "publicAnswer": "Latarnia już świeci." });
    for (name, value) in fields.as_object().unwrap() {
        input[name] = value.clone();
    }
    take_step(service, "officer:ZDMK", "answerReport", filed, input).await
}

/// A report that is closed.
pub async fn closed(service: &Service) -> Filed {
    let filed = answered(service, "RESOLVED", json!({})).await;
    take_step(service, "consultant", "closeReport", &filed, json!({})).await;
    filed
}

/// What a holder says of which report is meant.
pub fn holder(filed: &Filed) -> Value {
    json!({ "number": filed.number, "trackingToken": filed.token })
}

fn input_type(mutation: &str) -> String {
    match mutation {
        "rejectReport" => "ReportReasonInput".to_owned(),
        "closeReport" | "resumeReport" => "ReportStepInput".to_owned(),
        "askReporter" | "returnReportFromOutside" | "noteReport" => "ReportMessageInput".to_owned(),
        other => format!("{}{}Input", other[..1].to_ascii_uppercase(), &other[1..]),
    }
}
