//! Who saw whose data: what has to be known within 72 hours of a breach.

use serde_json::{Value, json};

use super::reachable;
use crate::harness::{Service, reports::filed, service};

async fn look(service: &Service, role: &str, number: &str) {
    let query =
        format!("{{ report(number: \"{number}\") {{ contact(reason: CALL) {{ phone }} }} }}");
    service.staff(role).ask(&query).await.data("/report/contact/phone");
}

async fn affected(service: &Service, arguments: &str) -> Value {
    let query = format!(
        "{{ affectedPersons(from: \"2026-11-20T00:00:00Z\", to: \"2026-11-21T00:00:00Z\"{arguments}) {{
            nodes {{ reportNumber account actor looks }} pageInfo {{ endCursor hasNextPage }} }} }}"
    );
    let answer = service.staff("dpo").ask(&query).await;
    assert!(!answer.text.contains("600") && !answer.text.contains("Anna"), "{}", answer.text);
    answer.data("/affectedPersons")
}

#[tokio::test]
async fn whose_data_somebody_saw_is_told_by_numbers_alone() {
    let service = service().await;
    let (one, other) = (filed(&service, reachable()).await, filed(&service, reachable()).await);
    for (role, filed) in [
        ("consultant", &one),
        ("consultant", &one),
        ("consultant:jan", &one),
        ("consultant", &other),
    ] {
        look(&service, role, &filed.number).await;
    }
    let row = |number: &str, actor: &str, looks: i32| json!({ "reportNumber": number, "account": null, "actor": actor, "looks": looks });
    let all = [
        row(&one.number, "dev:consultant", 2),
        row(&one.number, "dev:consultant:jan", 1),
        row(&other.number, "dev:consultant", 1),
    ];
    assert_eq!(affected(&service, "").await["nodes"], json!(all));
    let of_jan = affected(&service, ", actor: \"dev:consultant:jan\"").await;
    assert_eq!(of_jan["nodes"], json!([all[1]]));
    let page = affected(&service, ", first: 1").await;
    assert_eq!(page["nodes"], json!([all[0]]));
    let after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    assert_eq!(affected(&service, &after).await["nodes"], json!(all[1..]));
}
