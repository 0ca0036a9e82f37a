//! An answer takes a handful of statements, however many rows it has.

use crate::harness::{Client, Service, service};

/// How many statements a query takes. The spine is polled meanwhile now and then, so the least of
/// several runs counts.
async fn statements(service: &Service, client: &Client<'_>, query: &str) -> u64 {
    let mut least = u64::MAX;
    for _ in 0..5 {
        let before = service.db().statements();
        client.ask(query).await.data("");
        least = least.min(service.db().statements() - before);
    }
    least
}

#[tokio::test]
async fn a_page_of_cards_with_units_and_related_cards_takes_four_statements() {
    let service = service().await;
    for first in [2, 30] {
        let query = format!(
            "{{ serviceCards(first: {first}) {{ nodes {{ slug unit {{ name }}
                related {{ slug unit {{ name }} }} }} }} }}"
        );
        let count = statements(&service, &service.staff("editor"), &query).await;
        assert!(count <= 4, "{first} cards take {count} statements");
    }
}

#[tokio::test]
async fn a_page_of_hits_with_their_units_takes_three_statements() {
    let service = service().await;
    let query = "{ search(query: \"dowód\", first: 50) { nodes { title passage { text }
        subject { ... on ServiceCard { slug unit { name } } ... on Article { slug unit { name } } } } } }";
    let count = statements(&service, &service.anyone(), query).await;
    assert!(count <= 3, "{count} statements");
}
