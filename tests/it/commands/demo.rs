//! `kontakt demo`: made-up data.

use super::Kontakt;
use crate::harness::Start;

#[tokio::test]
async fn made_up_reports_are_loaded_once() {
    let kontakt = Kontakt::on(Start::Empty).await;
    let first = kontakt.done(&["demo", "press-2025"]);
    assert_eq!(first, "17825 made-up reports were loaded.\n");
    let second = kontakt.done(&["demo", "press-2025"]);
    assert_eq!(second, "The made-up reports are there already; nothing was changed.\n");
}
