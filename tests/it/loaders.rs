//! An answer takes a handful of statements, however many rows it has.

use crate::harness::service;

#[tokio::test]
async fn a_page_of_cards_with_units_and_related_cards_takes_four_statements() {
    let service = service().await;
    for first in [2, 30] {
        let query = format!(
            "{{ serviceCards(first: {first}) {{ nodes {{ slug unit {{ name }}
                related {{ slug unit {{ name }} }} }} }} }}"
        );
        service.staff("editor").ask(&query).await.data("");
        let count = service.statements(&service.staff("editor"), &query).await;
        assert!(count <= 4, "{first} cards take {count} statements");
    }
}

#[tokio::test]
async fn a_page_of_hits_with_their_units_takes_three_statements() {
    let service = service().await;
    let query = "{ search(query: \"dowód\", first: 50) { nodes { title passage { text }
        subject { ... on ServiceCard { slug unit { name } } ... on Article { slug unit { name } } } } } }";
    service.anyone().ask(query).await.data("");
    let count = service.statements(&service.anyone(), query).await;
    assert!(count <= 3, "{count} statements");
}
