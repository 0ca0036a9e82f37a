//! How reports find their units: rules that staff write, ask and move, and those that ship.

use std::time::Duration;

use kontakt::{
    content::{self, Kind},
    events::{self, Subject},
    reports::{self, routing},
};
use serde_json::{Value, json};

use crate::harness::{
    Client, Service, empty_service,
    routing::{direct, directed},
    service,
};

/// What the rules make of a report: the code of the rule's name, the units, and how many steps.
async fn preview(client: &Client<'_>, input: Value) -> Value {
    let query = "query($input: PreviewRoutingInput!) { previewRouting(input: $input) {
        rule { name } units { code } steps { rule { name } matched failed explanation } } }";
    client.ask_with(query, json!({ "input": input })).await.data("/previewRouting")
}

fn units(decision: &Value) -> Vec<&str> {
    let units = decision["units"].as_array().unwrap();
    units.iter().map(|unit| unit["code"].as_str().unwrap()).collect()
}

/// The names of all rules in their order.
async fn names(service: &Service) -> Vec<String> {
    let query = "{ routingRules(first: 100) { nodes { name position } } }";
    let nodes = service.staff("consultant").ask(query).await.data("/routingRules/nodes");
    let nodes = nodes.as_array().unwrap();
    let positions: Vec<i64> = nodes.iter().map(|n| n["position"].as_i64().unwrap()).collect();
    assert_eq!(positions, (1..=nodes.len() as i64).collect::<Vec<_>>());
    nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_rules_that_ship_route_as_the_table_of_the_city_says() {
    let service = service().await;
    let consultant = service.staff("consultant");
    for (category, land_manager, expected) in [
        ("lighting", None, &["ZDMK"][..]),
        ("pollution", None, &["MPO"]),
        ("illegal-dump", None, &["MPO"]),
        ("illegal-dump", Some("ZZM"), &["ZZM"]),
        ("illegal-dump", Some("ZDMK"), &["MPO"]),
        ("roads", None, &["ZDMK"]),
        ("roads", Some("ZZM"), &["ZZM"]),
        ("traffic-signs", Some("ZZM"), &["ZDMK"]),
        ("greenery", None, &["ZZM"]),
        ("greenery", Some("ZBK"), &["ZBK"]),
        ("greenery", Some("zck"), &["ZCK"]),
        ("tree-felling", Some("ZZM"), &["ZZM"]),
        ("tree-felling", Some("PRIVATE"), &["WS"]),
        ("transit-stop", None, &["ZTP"]),
        ("investment", None, &["ZIM"]),
        ("investment", Some("ZDMK"), &["ZDMK"]),
        ("dead-animal", None, &["MPO"]),
        ("other", None, &["WK"]),
        ("idea-traffic", None, &["IR", "ZDMK"]),
        ("idea-transit", None, &["ZTP"]),
        ("idea-roads", None, &["ZDMK"]),
        ("idea-greenery", None, &["ZZM"]),
        ("idea-other", None, &["WK"]),
    ] {
        let input = json!({ "category": category, "landManager": land_manager });
        let decision = preview(&consultant, input).await;
        assert_eq!(units(&decision), expected, "{category} {land_manager:?}");
    }
}

#[tokio::test]
async fn a_dry_run_explains_every_step_in_the_readers_language() {
    let service = service().await;
    let input = json!({ "category": "illegal-dump", "landManager": "ZZM" });
    let decision = preview(&service.staff("officer:ZZM"), input.clone()).await;
    let steps = decision["steps"].as_array().unwrap();
    let failed: Vec<_> = steps.iter().map(|step| step["failed"].as_str()).collect();
    assert_eq!(failed, [Some("CATEGORY"), Some("CATEGORY"), Some("CATEGORY"), None]);
    assert_eq!(decision["rule"], steps[3]["rule"]);
    assert_eq!(steps[3]["matched"], true);
    for (lang, explanation) in [
        ("pl", "Reguła dotyczy innych kategorii."),
        ("en", "The rule is for other categories."),
        ("uk", "Правило стосується інших категорій."),
    ] {
        let client = service.staff("coordinator:SA").header("accept-language", lang);
        let decision = preview(&client, input.clone()).await;
        assert_eq!(decision["steps"][0]["explanation"], explanation);
    }
    let nothing = json!({ "input": { "category": "nothing" } });
    let query = "query($input: PreviewRoutingInput!) { previewRouting(input: $input) { steps { matched } } }";
    let answer = service.staff("consultant").ask_with(query, nothing).await;
    assert_eq!(answer.error_code(), "BAD_USER_INPUT");
}

#[tokio::test]
async fn a_rule_is_written_moved_changed_and_deleted() {
    let service = empty_with_content().await;
    let admin = service.staff("admin");
    for name in ["a", "b", "c"] {
        directed(&service, name, &["ZDMK"]).await;
    }
    let window = json!({ "weekdays": ["SATURDAY"], "hours": { "from": "22:00", "to": "06:00" },
        "season": { "from": "11-01", "to": "03-31" } });
    let input = json!({ "position": 2, "name": " Zimowe noce ", "kind": "PROBLEM", "categories": ["roads"],
        "districts": [1, 7], "landManagers": ["zzm", "ZZM"], "window": window, "units": ["ZZM", "MPO"],
        "note": "bo tak" });
    let saved = direct(&admin, "save", input.clone()).await.data("/saveRoutingRule/routingRule");
    assert_eq!((&saved["position"], &saved["version"]), (&json!(2), &json!(1)));
    assert_eq!(names(&service).await, ["a", "Zimowe noce", "b", "c"]);
    let query = format!(
        "{{ node(id: {}) {{ ... on RoutingRule {{ name kindLabel categories districts landManagers note
            active window {{ weekdays hours {{ from to }} season {{ from to }} }} units {{ code }} }} }} }}",
        saved["id"]
    );
    let expected = json!({ "name": "Zimowe noce", "kindLabel": "problem", "categories": ["roads"],
        "districts": [1, 7], "landManagers": ["ZZM"], "note": "bo tak", "active": true,
        "window": window, "units": [{ "code": "ZZM" }, { "code": "MPO" }] });
    assert_eq!(admin.ask(&query).await.data("/node"), expected);

    // A rule that stays where it is, then one that goes to the end; no other one gets a new version.
    let mut change = input;
    change["id"] = saved["id"].clone();
    change["expectedVersion"] = json!(1);
    change["position"] = json!(null);
    let changed = direct(&admin, "save", change.clone()).await;
    assert_eq!(changed.data("/saveRoutingRule/routingRule/position"), 2);
    let stale = direct(&admin, "save", change.clone()).await;
    assert_eq!(stale.refusals("saveRoutingRule"), ["CONFLICT expectedVersion"]);
    change["expectedVersion"] = json!(2);
    change["position"] = json!(99);
    direct(&admin, "save", change).await.data("/saveRoutingRule/routingRule/id");
    assert_eq!(names(&service).await, ["a", "b", "c", "Zimowe noce"]);
    let query = "{ routingRules { nodes { version } } }";
    let versions = admin.ask(query).await.data("/routingRules/nodes");
    assert_eq!(
        versions,
        json!([{ "version": 1 }, { "version": 1 }, { "version": 1 }, { "version": 3 }])
    );

    let first = "{ routingRules(first: 1) { nodes { id } pageInfo { endCursor hasNextPage } } }";
    let page = admin.ask(first).await.data("/routingRules");
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
    let delete = json!({ "id": page["nodes"][0]["id"], "expectedVersion": 1 });
    let deleted = direct(&admin, "delete", delete.clone()).await;
    assert_eq!(deleted.data("/deleteRoutingRule/routingRule/name"), "a");
    assert_eq!(direct(&admin, "delete", delete).await.error_code(), "NOT_FOUND");
    assert_eq!(names(&service).await, ["b", "c", "Zimowe noce"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_rule_is_told_by_field() {
    let service = service().await;
    let admin = service.staff("admin");
    let id = directed(&service, "Lampy", &["ZDMK"]).await;
    for (input, refusals) in [
        (json!({ "name": "", "units": [] }), &["REQUIRED name", "REQUIRED units", "REQUIRED "][..]),
        (
            json!({ "name": "a", "categories": ["x"], "districts": [19], "units": ["XX"] }),
            &["UNKNOWN categories.0", "UNKNOWN districts.0", "UNKNOWN units.0"],
        ),
        (
            json!({ "name": "a", "kind": "IDEA", "categories": ["roads"], "units": ["SA"] }),
            &["INVALID categories.0"],
        ),
        (
            json!({ "name": "a", "districts": [1], "units": ["SA"], "position": 0 }),
            &["INVALID position"],
        ),
        (json!({ "id": id, "name": "a", "units": ["SA"] }), &["REQUIRED expectedVersion"]),
    ] {
        let answer = direct(&admin, "save", input.clone()).await;
        assert_eq!(answer.refusals("saveRoutingRule"), refusals, "{input}");
    }
}

#[tokio::test]
async fn a_coordinator_writes_rules_that_send_to_the_own_unit_alone() {
    let service = service().await;
    let coordinator = service.staff("coordinator:ZZM");
    let rule = |units: &[&str]| json!({ "name": "a", "districts": [1], "units": units });
    for units in [&["MPO"][..], &["ZZM", "MPO"], &["MPO", "ZZM"]] {
        let answer = direct(&coordinator, "save", rule(units)).await;
        assert_eq!(answer.refusals("saveRoutingRule"), ["NOT_ALLOWED units"], "{units:?}");
    }
    let own = direct(&coordinator, "save", rule(&["ZZM"])).await;
    let own = own.data("/saveRoutingRule/routingRule");
    assert_eq!(own["mayEdit"], true);

    // Neither may the own rule be given away, nor another's be taken.
    let mut given = rule(&["MPO"]);
    given["id"] = own["id"].clone();
    given["expectedVersion"] = json!(1);
    let answer = direct(&coordinator, "save", given).await;
    assert_eq!(answer.refusals("saveRoutingRule"), ["NOT_ALLOWED units"]);
    for units in [&["MPO"][..], &["ZZM", "MPO"]] {
        let mut taken = rule(&["ZZM"]);
        taken["id"] = directed(&service, "Lampy", units).await;
        taken["expectedVersion"] = json!(1);
        assert_eq!(direct(&coordinator, "save", taken).await.error_code(), "FORBIDDEN");
    }
}

#[tokio::test]
async fn above_rules_of_others_only_an_administrator_puts_a_rule_or_widens_it() {
    let service = empty_with_content().await;
    for (name, units) in
        [("a", &["ZZM"][..]), ("b", &["ZDMK"]), ("c", &["ZZM", "MPO"]), ("d", &["ZZM"])]
    {
        directed(&service, name, units).await;
    }
    let coordinator = service.staff("coordinator:ZZM");
    let rule = |name: &str, position: Option<i64>| {
        json!({ "name": name, "units": ["ZZM"],
        "position": position, "categories": ["lighting"], "districts": [1] })
    };
    for position in [1, 2, 3] {
        let refused = direct(&coordinator, "save", rule("e", Some(position))).await;
        assert_eq!(refused.refusals("saveRoutingRule"), ["NOT_ALLOWED position"], "{position}");
        let message = refused.data("/saveRoutingRule/errors/0/message");
        assert!(message.as_str().unwrap().contains("miejsce 4 lub dalsze"), "{message}");
    }
    assert_eq!(names(&service).await, ["a", "b", "c", "d"]);
    direct(&coordinator, "save", rule("e", Some(4))).await.data("/saveRoutingRule/routingRule/id");
    assert_eq!(names(&service).await, ["a", "b", "c", "e", "d"]);

    // In a place that an administrator gave it, a rule may be narrowed, but not widened again.
    let query = "{ routingRules { nodes { id version } } }";
    let first = service.staff("admin").ask(query).await.data("/routingRules/nodes/0");
    let over = |input: Value, version: i64| {
        let mut input = input;
        input["id"] = first["id"].clone();
        input["expectedVersion"] = json!(version);
        input
    };
    let narrowed = direct(&coordinator, "save", over(rule("a", None), 1)).await;
    assert_eq!(narrowed.data("/saveRoutingRule/routingRule/position"), 1);
    let mut wide = rule("a", None);
    wide["districts"] = json!([1, 2]);
    let widened = direct(&coordinator, "save", over(wide.clone(), 2)).await;
    assert_eq!(widened.refusals("saveRoutingRule"), ["NOT_ALLOWED position"]);
    wide["position"] = json!(3);
    let below = direct(&coordinator, "save", over(wide.clone(), 2)).await;
    assert_eq!(below.data("/saveRoutingRule/routingRule/position"), 3);
    assert_eq!(names(&service).await, ["b", "c", "a", "e", "d"]);
    wide["position"] = json!(1);
    let up = direct(&coordinator, "save", over(wide.clone(), 3)).await;
    assert_eq!(up.refusals("saveRoutingRule"), ["NOT_ALLOWED position"]);
    let by_admin = direct(&service.staff("admin"), "save", over(wide, 3)).await;
    assert_eq!(by_admin.data("/saveRoutingRule/routingRule/position"), 1);
}

#[tokio::test]
async fn a_dry_run_finds_the_district_of_a_point_as_filing_does() {
    let service = empty_with_content().await;
    let rule = json!({ "name": "Rynek", "districts": [1], "units": ["ZZM"] });
    direct(&service.staff("admin"), "save", rule).await.data("/saveRoutingRule/routingRule/id");
    let consultant = service.staff("consultant");
    for (latitude, longitude, unit) in [(50.0619, 19.9369, "ZZM"), (50.0722, 20.0373, "ZDMK")] {
        let input = json!({ "category": "lighting", "latitude": latitude, "longitude": longitude });
        assert_eq!(units(&preview(&consultant, input).await), [unit]);
    }
    let query = "query($input: PreviewRoutingInput!) { previewRouting(input: $input) { steps { matched } } }";
    for (place, said) in [
        (json!({ "latitude": 50.0619 }), "razem"),
        (json!({ "latitude": 91.0, "longitude": 19.9 }), "-90"),
        (json!({ "latitude": 52.23, "longitude": 21.01 }), "poza Krakowem"),
        (json!({ "latitude": 50.0619, "longitude": 19.9369, "district": 1 }), "nie jedno i drugie"),
    ] {
        let mut input = place;
        input["category"] = json!("lighting");
        let answer = consultant.ask_with(query, json!({ "input": input })).await;
        assert_eq!(answer.error_code(), "BAD_USER_INPUT");
        assert!(answer.text.contains(said), "{}", answer.text);
    }
}

#[tokio::test]
async fn the_rules_are_read_once_until_one_changes() {
    let service = service().await;
    let (db, known) = (service.db().clone(), service.app.desk.routing.clone());
    let categories = reports::categories(db.reader()).await.unwrap();
    let lighting = categories.iter().find(|one| one.code == "lighting").unwrap();
    let decided = async || {
        let asked = reports::RoutingQuestion { category: "lighting".into(), ..Default::default() };
        routing::decide(db.reader(), &known, lighting, asked, db.now()).await.unwrap()
    };
    assert_eq!((decided().await.rule, decided().await.units), (None, vec!["ZDMK".to_owned()]));
    let mut least = u64::MAX;
    for _ in 0..5 {
        let before = db.statements();
        decided().await;
        least = least.min(db.statements() - before);
    }
    assert_eq!(least, 0);

    let id = directed(&service, "Lampy", &["MPO"]).await;
    let heard = async {
        while decided().await.units != ["MPO"] {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), heard).await.expect("the old rules still hold");
    let routing = decided().await;
    assert_eq!((routing.version, routing.at), (Some(1), Some(db.now())));
    assert!(id.is_string() && routing.rule.is_some());
}

#[tokio::test]
async fn what_was_exported_imports_to_the_same_rules_and_categories() {
    let service = service().await;
    let window = json!({ "hours": { "from": "22:00", "to": "06:00" } });
    let input = json!({ "name": "\"Noc\"\n", "window": window, "units": ["MPO", "ZZM"], "active": false,
        "position": 1 });
    direct(&service.staff("admin"), "save", input).await.data("/saveRoutingRule/routingRule/id");
    let folder = tempfile::TempDir::new().unwrap();
    content::export(service.db(), folder.path()).await.unwrap();

    let other = empty_service().await;
    let import = async |kind, name: &str| {
        content::import(other.db(), kind, &[folder.path().join(name)]).await.unwrap()
    };
    import(Kind::Units, "units.toml").await;
    import(Kind::Categories, "categories.toml").await;
    districts(&other).await;
    import(Kind::RoutingRules, "routing.toml").await;
    let state = async |service: &Service| {
        let db = service.db().reader();
        let rules = routing::all(db).await.unwrap();
        let rules: Vec<_> = rules.into_iter().map(|rule| (rule.position, rule.content)).collect();
        (rules, reports::categories(db).await.unwrap())
    };
    assert!(state(&service).await == state(&other).await);
    for (kind, name) in
        [(Kind::Categories, "categories.toml"), (Kind::RoutingRules, "routing.toml")]
    {
        let again = import(kind, name).await;
        let fates: Vec<_> = again.into_keys().collect();
        assert_eq!(fates, [kontakt::imported::Imported::Unchanged], "{name}");
    }
}

#[tokio::test]
async fn broken_categories_and_rules_are_refused_with_their_lines() {
    let service = service().await;
    let file = service.data.path().join("broken.toml");
    let refusal = async |kind, text: &str| {
        std::fs::write(&file, text).unwrap();
        let fault = content::import(service.db(), kind, std::slice::from_ref(&file)).await;
        let fault = fault.expect_err("it was imported").to_string();
        fault.replace(&format!("{}:", file.display()), "")
    };
    let category = "[[category]]\ncode = \"a\"\nkind = \"PROBLEM\"\nname = \"A\"\nname_en = \"A\"\n\
        name_uk = \"A\"\nunit = \"SA\"\ndays = 1\ndays_kind = \"CALENDAR\"\npromise = \"p\"\n";
    for (text, reason) in [
        (category.replace("SA", "XX"), "1: unit: There is no unit with the code \"XX\"."),
        (category.replace("\"a\"", "\"Ż\""), "1: code: "),
        (category.replace("days = 1", "days = 0"), "1: days: Give 1 to 365 days."),
        (
            format!("{category}parent = \"winter-maintenance\"\n"),
            "1: parent: Categories have two levels",
        ),
        (
            format!(
                "{category}[[category.questions]]\ncode = \"q\"\ntext = \"Q\"\ndatatype = \"SINGLEVALUELIST\"\n"
            ),
            "1: questions.0.values: A list needs at least one value to choose.",
        ),
        (category.replace("days_kind", "daze_kind"), "9: unknown field `daze_kind`"),
        (format!("{category}{category}"), "11: \"a\" stands at 1 already"),
    ] {
        let refusal = refusal(Kind::Categories, &text).await;
        assert!(refusal.starts_with(reason), "{refusal}\nis not\n{reason}");
    }
    let rule =
        "\n[[rule]]\ncode = \"a\"\nname = \"A\"\ncategories = [\"roads\"]\nunits = [\"SA\"]\n";
    for (text, reason) in [
        (rule.replace("SA", "XX"), "2: units.0: There is no unit with the code \"XX\"."),
        (
            rule.replace("categories = [\"roads\"]\n", ""),
            "2: : A rule needs at least one condition",
        ),
        (format!("{rule}window = {{ hours = {{ from = \"7:00\", to = \"08:00\" }} }}\n"), "7: "),
    ] {
        let refusal = refusal(Kind::RoutingRules, &text).await;
        assert!(refusal.starts_with(reason), "{refusal}\nis not\n{reason}");
    }
}

#[tokio::test]
async fn a_newer_binary_leaves_alone_what_somebody_wrote_or_deleted() {
    use kontakt::{
        actor::Actor,
        imported::{
            Imported::{self, LeftAlone, Updated},
            Origin,
        },
    };

    let service = service().await;
    let query = "{ routingRules { nodes { id version name } } }";
    let rules = service.staff("admin").ask(query).await.data("/routingRules/nodes");
    let delete = json!({ "id": rules[0]["id"], "expectedVersion": 1 });
    direct(&service.staff("admin"), "delete", delete)
        .await
        .data("/deleteRoutingRule/routingRule/id");
    let newer = async |tx: &kontakt::db::Tx| -> kontakt::error::Result<Vec<Imported>> {
        let mut batch: Vec<_> =
            routing::all(tx).await?.into_iter().map(|rule| rule.content).collect();
        batch.truncate(1);
        batch[0].name += "!";
        let mut gone = batch[0].clone();
        gone.code = "idea-traffic".into();
        batch.push(gone);
        routing::import(tx, &Actor::System, batch, Origin::Builtin("newer")).await
    };
    assert_eq!(service.db().write(newer).await.unwrap(), [Updated, LeftAlone]);

    // An operator's category stays too, and whoever follows hears of categories.
    let mut category = reports::categories(service.db().reader()).await.unwrap().remove(0);
    let import = async |category: reports::Category, origin: Origin<'static>| {
        let write = async |tx: &kontakt::db::Tx| {
            reports::import_categories(tx, &Actor::System, vec![category], origin).await
        };
        service.db().write(write).await.unwrap()
    };
    category.name += "!";
    assert_eq!(import(category.clone(), Origin::File).await, [Updated]);
    category.name += "!";
    assert_eq!(import(category, Origin::Builtin("newer")).await, [LeftAlone]);
    let entries = events::read_after(service.db().reader(), 0, 1_000).await.unwrap();
    let told = entries.iter().filter(|one| one.subject() == Some(Subject::ReportCategory));
    assert_eq!(told.count(), 2);
}

#[tokio::test]
async fn lighting_asks_nothing_that_must_be_answered_and_an_illegal_dump_what_it_is() {
    let service = service().await;
    let query = "{ reportCategories { code questions { code required datatype values { key } } } }";
    let categories = service.anyone().ask(query).await.data("/reportCategories");
    let required: Vec<String> = categories
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|category| {
            let questions = category["questions"].as_array().unwrap();
            let required = questions.iter().filter(|question| question["required"] == true);
            required.map(|question| format!("{} {}", category["code"], question["code"]))
        })
        .collect();
    assert_eq!(required, ["\"illegal-dump\" \"waste\""]);
    let lighting = categories.as_array().unwrap().iter().find(|one| one["code"] == "lighting");
    assert_eq!(lighting.unwrap()["questions"][0]["code"], "lamp-post");
}

/// A service with units, districts and categories, but without rules.
async fn empty_with_content() -> Service {
    let service = service().await;
    loop {
        let query = "{ routingRules(first: 1) { nodes { id version } } }";
        let nodes = service.staff("admin").ask(query).await.data("/routingRules/nodes");
        let Some(rule) = nodes.as_array().unwrap().first() else { return service };
        let delete = json!({ "id": rule["id"], "expectedVersion": rule["version"] });
        let deleted = direct(&service.staff("admin"), "delete", delete).await;
        deleted.data("/deleteRoutingRule/routingRule/id");
    }
}

/// The districts that ship.
async fn districts(service: &Service) {
    let other = crate::harness::service().await;
    let districts = kontakt::units::districts(other.db().reader()).await.unwrap();
    let import = async |tx: &_| kontakt::units::import_districts(tx, districts).await;
    service.db().write(import).await.unwrap();
}
