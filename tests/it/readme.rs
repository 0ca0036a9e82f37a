//! What the README says is true, and the operations that clients rely on work as written.

use std::{fs, path::Path};

use kontakt::config::SETTINGS;
use serde_json::{Value, json};

use crate::harness::service;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The first fenced block of a language.
fn block<'a>(text: &'a str, language: &str) -> &'a str {
    let start = text.split(&format!("```{language}\n")).nth(1).unwrap();
    start.split("```").next().unwrap()
}

#[tokio::test]
async fn the_query_of_the_readme_has_the_answer_of_the_readme() {
    let service = service().await;
    let readme = read("README.md");
    let answer = service.anyone().ask(block(&readme, "graphql")).await;
    let shown: Value = serde_json::from_str(block(&readme, "json")).unwrap();
    assert_eq!(answer.json(), shown);
}

#[test]
fn the_readme_lists_every_setting_as_it_is() {
    let readme = read("README.md");
    for setting in SETTINGS {
        let default = match setting.default {
            "" => String::new(),
            default => format!("`{default}`"),
        };
        let row =
            format!("| `--{}` | `{}` | {default} | {} |", setting.key, setting.env, setting.help);
        assert!(readme.contains(&row), "the README lacks: {row}");
    }
}

#[test]
fn the_counts_of_the_readme_are_those_of_the_content() {
    let (cards, articles, forms) = kontakt::content::check_builtin().unwrap();
    let loads = format!("loads {cards} service cards and {articles} articles, and {forms} forms");
    assert!(read("README.md").contains(&loads));
    assert!(
        read("CHANGELOG.md").contains(&format!("{cards} service cards and {articles} articles"))
    );
}

#[tokio::test]
async fn the_search_operation_works_as_written_within_the_anonymous_cost() {
    let service = service().await;
    let query = read("examples/operations/search.graphql");
    let variables = json!({ "q": "zgubilam dowod co robic", "n": 100 });
    let answer = service.anyone().ask_with(&query, variables).await;
    assert_eq!(answer.data("/search/nodes/0/externalId"), "zgloszenie-utraty-dowodu-osobistego");
    assert_eq!(answer.data("/search/nodes/0/subject/__typename"), "ServiceCard");
    assert_eq!(answer.data("/search/nodes/0/subject/symbol"), "SA-11");
}

#[tokio::test]
async fn the_service_card_operation_works_as_written_on_any_day() {
    let service = service().await;
    let query = read("examples/operations/service-card.graphql");
    let amounts = async |day: &str| {
        let variables = json!({ "slug": "sct-oplata-za-wjazd", "on": day });
        let fees = service.anyone().ask_with(&query, variables).await.data("/serviceCard/fees");
        let amount = |fee: &Value| fee["amount"].as_str().unwrap().to_owned();
        fees.as_array().unwrap().iter().map(amount).collect::<Vec<_>>()
    };
    assert!(amounts("2026-11-20").await.contains(&"100.00".to_owned()));
    assert!(amounts("2027-05-01").await.contains(&"250.00".to_owned()));
    assert!(amounts("2028-05-01").await.contains(&"500.00".to_owned()));
    assert_eq!(amounts("2029-01-01").await, Vec::<String>::new());
}

#[tokio::test]
async fn every_example_of_the_explorer_is_a_valid_operation() {
    let service = service().await;
    let page = read("src/graphql/explorer.html");
    let examples: Vec<&str> = page.split("<template ").skip(1).collect();
    assert_eq!(examples.len(), 5);
    for example in examples {
        let (attributes, rest) = example.split_once('>').unwrap();
        let query = rest.split("</template>").next().unwrap();
        let variables = attributes.split("data-variables='").nth(1);
        let variables = variables.map_or("{}", |rest| rest.split('\'').next().unwrap());
        if query.trim_start().starts_with("subscription") {
            // A subscription waits for events, so it is only held against the schema here.
            let body = json!({ "query": query }).to_string();
            let client = service.anyone().header("content-type", "application/json");
            service.app.stop();
            let events = client.send("POST", "/graphql/stream", body).await.text;
            assert_eq!(events, "event: complete\ndata: null\n\n");
        } else {
            let variables = serde_json::from_str(variables).unwrap();
            service.anyone().ask_with(query, variables).await.data("");
        }
    }
}

#[test]
fn every_test_that_the_page_on_security_names_is_there() {
    let page = read("docs/security.md");
    let named = page.split('`').skip(1).step_by(2).filter(|name| name.contains("::"));
    let lacks = |name: &&str| {
        let (module, test) = name.rsplit_once("::").unwrap();
        let file = format!("tests/it/{}.rs", module.replace("::", "/"));
        !read(&file).contains(&format!("fn {test}("))
    };
    let named: Vec<&str> = named.collect();
    assert!(named.len() > 30, "{}", named.len());
    assert_eq!(named.into_iter().filter(lacks).collect::<Vec<_>>(), Vec::<&str>::new());
}
