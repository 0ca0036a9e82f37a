//! Settings: shown, explained, and refused before anything is touched. No database is opened here.

use kontakt::config::SETTINGS;

use super::Kontakt;

/// A text with every run of white space as one space.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn help_shows_every_setting_with_its_variable_and_its_default() {
    let help = joined(&Kontakt::new().done(&["--help"]));
    for setting in SETTINGS {
        let default = match setting.default {
            "" => String::new(),
            default => format!(", default {default}"),
        };
        let line = format!("--{} <VALUE> {} [{}{default}]", setting.key, setting.help, setting.env);
        assert!(help.contains(&line), "{line}\nis not in\n{help}");
    }
    assert!(help.contains("--config <FILE> The settings file [KONTAKT_CONFIG, "), "{help}");
}

#[test]
fn help_shows_every_command_and_examples() {
    let kontakt = Kontakt::new();
    let help = kontakt.done(&["--help"]);
    for command in
        ["serve", "migrate", "import", "export", "reindex", "search", "schema", "doctor", "config"]
    {
        assert!(help.contains(&format!("\n  {command} ")), "{command}\nis not in\n{help}");
    }
    assert!(help.contains("Examples:\n  kontakt  "), "{help}");
    for (command, example) in [
        ("import", "\n  kontakt import cards content/cards "),
        ("export", "\n  kontakt export ./backup "),
        ("search", "\n  kontakt search --first 3 "),
    ] {
        let help = kontakt.done(&[command, "--help"]);
        assert!(help.contains(example), "{help}");
    }
    assert!(!kontakt.data().exists());
}

#[test]
fn config_hides_secrets_and_names_where_each_value_came_from() {
    let kontakt = Kontakt::new()
        .with("DATABASE_URL", "postgres://kontakt:geheim@db/kontakt")
        .with("KONTAKT_OPERATIONS_MAX", "7");
    kontakt.write(
        "kontakt.toml",
        "log_format = \"text\"\noperations_max = 9\nlisten = \"[::1]:80\"\n",
    );
    let shown = kontakt.done(&["--listen", "127.0.0.1:9000", "config"]);
    assert!(!shown.contains("geheim"), "{shown}");
    let lines: Vec<String> = shown.lines().map(joined).collect();
    for line in [
        "listen 127.0.0.1:9000 --listen",
        "database-url (hidden) DATABASE_URL",
        "operations-max 7 KONTAKT_OPERATIONS_MAX",
        "log-format text kontakt.toml",
        "profile dev default",
        "data ./data default",
        "cors-origins (not set) default",
    ] {
        assert!(lines.contains(&line.to_owned()), "{line}\nis not in\n{shown}");
    }
    assert_eq!(lines.len(), SETTINGS.len());
    assert!(!kontakt.data().exists());
    let elsewhere = Kontakt::new().with("KONTAKT_LISTEN", "0.0.0.0:80");
    assert!(joined(&elsewhere.done(&["config"])).contains("profile production default"));
}

#[test]
fn a_wrong_value_is_refused_with_name_value_and_what_is_allowed() {
    for (key, value, refusal) in [
        (
            "LISTEN",
            "localhost",
            "listen = \"localhost\" (from KONTAKT_LISTEN): allowed is an address and a port, such as 127.0.0.1:8000",
        ),
        (
            "PROFILE",
            "test",
            "profile = \"test\" (from KONTAKT_PROFILE): allowed is dev or production",
        ),
        ("CONTENT", "all", "content = \"all\" (from KONTAKT_CONTENT): allowed is builtin or none"),
        (
            "CORS_ORIGINS",
            "*",
            "cors-origins = \"*\" (from KONTAKT_CORS_ORIGINS): allowed is origins such as https://example.org, separated by commas",
        ),
        (
            "LOG_FORMAT",
            "xml",
            "log-format = \"xml\" (from KONTAKT_LOG_FORMAT): allowed is auto or text or json",
        ),
        (
            "DATABASE_CONNECTIONS",
            "0",
            "database-connections = \"0\" (from KONTAKT_DATABASE_CONNECTIONS): allowed is a whole number from 1 to 200",
        ),
        (
            "OPERATIONS_MAX",
            "1e3",
            "operations-max = \"1e3\" (from KONTAKT_OPERATIONS_MAX): allowed is a whole number from 1 to 10000",
        ),
        (
            "REQUEST_SECONDS",
            "-1",
            "request-seconds = \"-1\" (from KONTAKT_REQUEST_SECONDS): allowed is a whole number from 1 to 60",
        ),
    ] {
        let kontakt = Kontakt::new().with(&format!("KONTAKT_{key}"), value);
        for command in ["serve", "config", "schema", "migrate"] {
            assert_eq!(kontakt.refused(&[command]), format!("setting {refusal}"));
        }
        assert!(!kontakt.data().exists(), "{key}");
    }
    let kontakt = Kontakt::new();
    let refusal = kontakt.refused(&["--log", "a=b=c", "migrate"]);
    let (given, allowed) = refusal.split_once("): ").unwrap();
    assert!(given.starts_with("setting log = \"a=b=c\" ("), "{refusal}");
    assert_eq!(allowed, "allowed is a tracing filter, such as info or info,kontakt=debug");
    let refusal = kontakt.refused(&["--data", "", "migrate"]);
    assert_eq!(refusal, "setting data = \"\" (from --data): allowed is a folder, such as ./data");
    let refusal = kontakt.refused(&["--database-url", "mysql://a:geheim@b/c", "migrate"]);
    assert_eq!(
        refusal,
        "setting database-url = \"(hidden)\" (from --database-url): allowed is postgres://user:password@host/name"
    );
    assert!(!kontakt.data().exists());
}

#[test]
fn a_wrong_file_of_settings_is_refused() {
    let kontakt = Kontakt::new();
    kontakt.write("kontakt.toml", "port = 8000\n");
    let refusal = kontakt.refused(&[]);
    assert!(
        refusal.starts_with(
            "setting port = \"8000\" (from kontakt.toml): allowed is one of listen, data, "
        ),
        "{refusal}"
    );
    let refusal = kontakt.refused(&["--config", "inny.toml"]);
    assert_eq!(
        refusal,
        "setting config = \"inny.toml\" (from No such file or directory (os error 2)): allowed is a file that can be read"
    );
    assert!(!kontakt.data().exists());
}

#[test]
fn the_dev_profile_is_refused_on_an_address_that_others_reach() {
    let kontakt = Kontakt::new().with("KONTAKT_PROFILE", "dev");
    let refusal = kontakt.refused(&["--listen", "0.0.0.0:0", "serve"]);
    assert_eq!(
        refusal,
        "setting profile = \"dev\" (from KONTAKT_PROFILE): allowed is production, or dev with a loopback listener"
    );
    assert!(!kontakt.data().exists());
}

#[test]
fn schema_prints_the_committed_contract() {
    let kontakt = Kontakt::new();
    assert_eq!(kontakt.done(&["schema"]), include_str!("../../../schema.graphql"));
    assert!(!kontakt.data().exists());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let kontakt = Kontakt::new();
    for command in ["schema", "config"] {
        let said = kontakt.run_unread(&[command]);
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{command}");
    }
}
