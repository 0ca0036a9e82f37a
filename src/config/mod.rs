//! Settings: one table, read from flags, environment and one optional file.

mod providers;

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    path::PathBuf,
};

use ipnet::IpNet;
use sha2::{Digest, Sha256};

pub use providers::{Hidden, Provider};

use crate::rates::Allowance;

/// One setting, as `--help`, `kontakt config` and the README show it.
pub struct Setting {
    /// The flag without dashes; in `kontakt.toml` with `_` for `-`.
    pub key: &'static str,
    /// The environment variable.
    pub env: &'static str,
    /// What holds when nothing is said; empty means "not set".
    pub default: &'static str,
    /// What it does and what is allowed.
    pub help: &'static str,
    /// Whether `kontakt config` hides the value.
    pub secret: bool,
}

const fn setting(
    key: &'static str,
    env: &'static str,
    default: &'static str,
    help: &'static str,
) -> Setting {
    Setting { key, env, default, help, secret: false }
}

/// All settings. A flag stands over the environment, that over the file, that over the default.
pub const SETTINGS: &[Setting] = &[
    setting("listen", "KONTAKT_LISTEN", "127.0.0.1:8000", "Address and port to serve on"),
    setting(
        "data",
        "KONTAKT_DATA",
        "./data",
        "Folder for the SQLite file, the search index, photos and letters",
    ),
    Setting {
        secret: true,
        ..setting(
            "database-url",
            "DATABASE_URL",
            "",
            "postgres://user:password@host/name; not set: a SQLite file in the data folder",
        )
    },
    setting(
        "profile",
        "KONTAKT_PROFILE",
        "",
        "dev or production; not set: dev on a loopback address, else production",
    ),
    setting(
        "content",
        "KONTAKT_CONTENT",
        "builtin",
        "builtin: keep the knowledge that ships with the binary loaded; none: start empty",
    ),
    setting(
        "cors-origins",
        "KONTAKT_CORS_ORIGINS",
        "",
        "Origins of web pages that may call the API, separated by commas, such as https://example.org; in the dev profile also those of this machine",
    ),
    setting(
        "public-url",
        "KONTAKT_PUBLIC_URL",
        "",
        "Address under which the service is reached, such as https://kontakt.example.org; not set: http:// and the host of the request",
    ),
    Setting {
        secret: true,
        ..setting(
            "provider",
            "KONTAKT_PROVIDERS",
            "",
            "Providers of sign-in over OpenID Connect: [[provider]] tables of kontakt.toml, or such tables as a text; not set: none, and in the dev profile a sign-in for development; docs/accounts.md has the keys",
        )
    },
    Setting {
        secret: true,
        ..setting(
            "smtp-url",
            "KONTAKT_SMTP_URL",
            "",
            "Mail server, as smtps://user:password@host or smtp://user:password@host?tls=required, without TLS on this machine only; not set: letters are files in the folder mail of the data folder",
        )
    },
    setting(
        "smtp-ca",
        "KONTAKT_SMTP_CA",
        "",
        "PEM file of authorities of yours that may have signed the certificate of the mail server, beside those of the web",
    ),
    setting(
        "mail-from",
        "KONTAKT_MAIL_FROM",
        "Kontakt <kontakt@localhost>",
        "Sender of letters; with a mail server it needs an address of yours",
    ),
    setting(
        "report-page",
        "KONTAKT_REPORT_PAGE",
        "",
        "Page of a report that letters link to, with {number}, and {token} for the person who filed it, such as https://example.org/reports/{number}#{token}; not set: letters name the number",
    ),
    Setting {
        secret: true,
        ..setting(
            "webhooks",
            "KONTAKT_WEBHOOKS",
            "",
            "Services that are called when something happens to a report, as name:secret=https://host/path separated by commas, secrets of 20 characters or more",
        )
    },
    setting(
        "webhook-hosts",
        "KONTAKT_WEBHOOK_HOSTS",
        "",
        "Hosts of webhooks that may lie in a private network, separated by commas",
    ),
    setting(
        "open311-jurisdiction",
        "KONTAKT_OPEN311_JURISDICTION",
        "krakow.pl",
        "The jurisdiction_id of the city in Open311",
    ),
    Setting {
        secret: true,
        ..setting(
            "open311-keys",
            "KONTAKT_OPEN311_KEYS",
            "",
            "Applications that may file over Open311, as name:key separated by commas, keys of 20 characters or more; not set: none may",
        )
    },
    setting(
        "log",
        "KONTAKT_LOG",
        "info,sea_orm_migration=warn",
        "What is logged, as a tracing filter",
    ),
    setting(
        "log-format",
        "KONTAKT_LOG_FORMAT",
        "auto",
        "text, json, or auto: text on a terminal, json elsewhere",
    ),
    setting(
        "database-connections",
        "KONTAKT_DATABASE_CONNECTIONS",
        "8",
        "Connections for reading (SQLite) or in all (PostgreSQL), 1 to 200",
    ),
    setting(
        "connections-max",
        "KONTAKT_CONNECTIONS_MAX",
        "2000",
        "Client connections held open at once, 1 to 100000; further ones wait",
    ),
    setting(
        "operations-max",
        "KONTAKT_OPERATIONS_MAX",
        "256",
        "Queries and mutations executed at once, 1 to 10000; further ones get 503",
    ),
    setting(
        "subscriptions-max",
        "KONTAKT_SUBSCRIPTIONS_MAX",
        "1000",
        "Subscriptions open at once, 1 to 100000; further ones are refused",
    ),
    setting(
        "rate-burst",
        "KONTAKT_RATE_BURST",
        "",
        "Points of cost that one account, or one address without an account, may spend at once, 100 to 1000000; 0: no limit; not set: 5000, and no limit in the dev profile",
    ),
    setting(
        "rate-second",
        "KONTAKT_RATE_SECOND",
        "50",
        "Points of cost that come back every second, 1 to 100000",
    ),
    setting(
        "trusted-proxies",
        "KONTAKT_TRUSTED_PROXIES",
        "",
        "Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas, such as 10.0.0.0/8; not set: none",
    ),
    setting(
        "trusted-documents",
        "KONTAKT_TRUSTED_DOCUMENTS",
        "",
        "File of operations that clients may name by their SHA-256 from the first request on: a JSON object of hashes and texts, or Apollo's manifest",
    ),
    setting(
        "only-trusted-documents",
        "KONTAKT_ONLY_TRUSTED_DOCUMENTS",
        "no",
        "yes: run nothing but the operations of trusted-documents; no",
    ),
    setting(
        "search-log-days",
        "KONTAKT_SEARCH_LOG_DAYS",
        "400",
        "Days after which a search is forgotten, 1 to 400",
    ),
    setting(
        "retention-contact-days",
        "KONTAKT_RETENTION_CONTACT_DAYS",
        "365",
        "Days after the end of a report after which nobody can be reached about it any more, 1 to 3650",
    ),
    setting(
        "retention-texts-days",
        "KONTAKT_RETENTION_TEXTS_DAYS",
        "365",
        "Days after which texts and photos of reports are deleted that were withdrawn or rejected, 1 to 3650",
    ),
    setting(
        "files-bucket",
        "KONTAKT_FILES_BUCKET",
        "",
        "Bucket of an S3-compatible store for photos; not set: the folder files in the data folder",
    ),
    setting(
        "files-endpoint",
        "KONTAKT_FILES_ENDPOINT",
        "",
        "Address of the S3-compatible store, such as https://s3.example.org, or http:// in a network of one's own; not set: Amazon's",
    ),
    setting("files-region", "KONTAKT_FILES_REGION", "us-east-1", "Region of the bucket"),
    setting("files-key-id", "KONTAKT_FILES_KEY_ID", "", "Id of the access key for the bucket"),
    Setting {
        secret: true,
        ..setting("files-secret", "KONTAKT_FILES_SECRET", "", "Secret access key for the bucket")
    },
    Setting {
        secret: true,
        ..setting(
            "master-key",
            "KONTAKT_MASTER_KEY",
            "",
            "Secret that wraps the keys with which contact data is sealed, 32 characters or more; after a change the older ones behind it, separated by commas; not set: one that lies in the database",
        )
    },
    setting(
        "master-key-file",
        "KONTAKT_MASTER_KEY_FILE",
        "",
        "File that holds the same, one a line, in the place of master-key",
    ),
    setting(
        "open-data-licence",
        "KONTAKT_OPEN_DATA_LICENCE",
        "to be decided by the city",
        "Licence of the open data, as their dictionary names it",
    ),
    setting(
        "request-seconds",
        "KONTAKT_REQUEST_SECONDS",
        "5",
        "Seconds that one GraphQL operation may take, 1 to 60",
    ),
    setting(
        "shutdown-seconds",
        "KONTAKT_SHUTDOWN_SECONDS",
        "10",
        "Seconds that requests under way get to finish on shutdown, 1 to 300",
    ),
];

/// Days for which personal data of an ended report may be kept at all.
const RETENTION_DAYS_MAX: u64 = 3_650;
/// Characters of a master key.
const MASTER_CHARS_MIN: usize = 32;
/// Master keys that are known at once.
const MASTERS_MAX: usize = 10;

/// The setting that is a list of tables in the file.
const PROVIDERS: &str = "provider";

/// What the installation is run for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Development on this machine: tokens such as `dev:editor` work.
    Dev,
    /// Real use.
    Production,
}

/// Where the knowledge comes from at start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The built-in content is kept loaded.
    Builtin,
    /// Nothing is loaded.
    None,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Readable on a terminal, JSON elsewhere.
    Auto,
    /// Readable.
    Text,
    /// One JSON object a line.
    Json,
}

/// A bucket of an S3-compatible store.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each field is a row of SETTINGS")]
pub struct Bucket {
    pub name: String,
    pub endpoint: Option<String>,
    pub region: String,
    pub key_id: String,
    pub secret: String,
}

/// An application that may file over Open311.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiClient {
    /// Its name: small letters, digits and dashes.
    pub name: String,
    /// SHA-256 of its key, which itself is not kept.
    pub key_digest: [u8; 32],
}

/// A service that is called.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name: small letters, digits and dashes.
    pub name: String,
    /// What its calls are signed with.
    pub secret: String,
    /// Where it is called.
    pub url: url::Url,
}

/// Characters of the key of an application.
const KEY_CHARS_MIN: usize = 20;

/// Points that a caller may spend at once where nothing is set, and what may be set: the dearest
/// operation of staff is within it.
const BURST: NonZeroU32 = points(5_000);
const BURST_MIN: NonZeroU32 = points(100);
const BURST_MAX: NonZeroU32 = points(1_000_000);
const A_SECOND_MAX: NonZeroU32 = points(100_000);

const fn points(points: u32) -> NonZeroU32 {
    // Reads better than a constant with a panic in it, for numbers that are never 0.
    match NonZeroU32::new(points) {
        Some(points) => points,
        None => NonZeroU32::MIN,
    }
}

/// The effective settings.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each field is a row of SETTINGS")]
pub struct Config {
    pub listen: SocketAddr,
    pub data: PathBuf,
    pub database_url: Option<String>,
    pub profile: Profile,
    pub content: Content,
    pub cors_origins: Vec<String>,
    pub public_url: Option<String>,
    pub providers: Vec<Provider>,
    /// The mail server; `None` is a folder in the data folder.
    pub smtp_url: Option<String>,
    /// Authorities of the installation's own, in PEM.
    pub smtp_ca: Option<PathBuf>,
    pub mail_from: String,
    pub report_page: Option<String>,
    pub webhooks: Vec<Webhook>,
    pub webhook_hosts: Vec<String>,
    pub open311_jurisdiction: String,
    pub open311_clients: Vec<ApiClient>,
    pub log: String,
    pub log_format: LogFormat,
    pub database_connections: u32,
    pub connections_max: u32,
    pub operations_max: usize,
    pub subscriptions_max: usize,
    /// How fast callers may spend; `None` is as fast as they like.
    pub rate: Option<Allowance>,
    pub trusted_proxies: Vec<IpNet>,
    pub trusted_documents: Option<PathBuf>,
    pub only_trusted_documents: bool,
    pub search_log_days: u64,
    pub retention_contact_days: u64,
    pub retention_texts_days: u64,
    /// Where photos are kept; `None` is a folder in the data folder.
    pub files: Option<Bucket>,
    /// What wraps the keys of persons, newest first; the secret of the installation follows them.
    pub master_keys: Vec<Hidden>,
    pub open_data_licence: String,
    pub request_seconds: u64,
    pub shutdown_seconds: u64,
}

/// A value that is not allowed.
#[derive(Debug, thiserror::Error)]
#[error("setting {key} = {given:?} (from {origin}): allowed is {allowed}")]
pub struct ConfigError {
    key: String,
    given: String,
    origin: String,
    allowed: String,
}

impl ConfigError {
    /// The settings file that was named cannot be read.
    pub fn unreadable(file: &str, error: &std::io::Error) -> Self {
        Self {
            key: "config".to_owned(),
            given: file.to_owned(),
            origin: error.to_string(),
            allowed: "a file that can be read".to_owned(),
        }
    }
}

/// One setting with its value and where the value came from.
pub struct Effective {
    /// The row of the table.
    pub setting: &'static Setting,
    /// The value as text.
    pub value: String,
    /// `--listen`, `KONTAKT_LISTEN`, the file's name, or `default`.
    pub origin: String,
}

/// Where values are looked for.
pub struct Sources<'a> {
    /// The value of a flag, by key.
    pub flag: &'a dyn Fn(&str) -> Option<String>,
    /// The value of an environment variable, by name.
    pub env: &'a dyn Fn(&str) -> Option<String>,
    /// Name and text of the settings file, if there is one.
    pub file: Option<(String, String)>,
}

/// Finds each setting's value and its origin. Unknown keys of the file are refused by name.
pub fn gather(sources: &Sources) -> Result<Vec<Effective>, ConfigError> {
    let file = sources.file.as_ref().map(|(name, text)| parse_file(name, text)).transpose()?;
    let pick = |setting: &'static Setting| {
        let from_flag = || Some(((sources.flag)(setting.key)?, format!("--{}", setting.key)));
        let from_env = || {
            let value = (sources.env)(setting.env).filter(|value| !value.is_empty())?;
            Some((value, setting.env.to_owned()))
        };
        let from_file = || {
            let (name, values) = file.as_ref()?;
            Some((values.get(&setting.key.replace('-', "_"))?.clone(), name.clone()))
        };
        let (value, origin) = from_flag()
            .or_else(from_env)
            .or_else(from_file)
            .unwrap_or_else(|| (setting.default.to_owned(), "default".to_owned()));
        Effective { setting, value, origin }
    };
    Ok(SETTINGS.iter().map(pick).collect())
}

fn parse_file(name: &str, text: &str) -> Result<(String, BTreeMap<String, String>), ConfigError> {
    let refuse = |key: &str, given: String, allowed: &str| ConfigError {
        key: key.to_owned(),
        given,
        origin: name.to_owned(),
        allowed: allowed.to_owned(),
    };
    let table: toml::Table =
        // The message alone: the parser's picture of the line could show a secret.
        toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start).min(text.len());
            let line = text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() + 1;
            refuse("(file)", format!("line {line}: {}", error.message()), "valid TOML")
        })?;
    let mut values = BTreeMap::new();
    for (key, value) in table {
        let known = SETTINGS.iter().any(|setting| setting.key.replace('-', "_") == key);
        let text = match value {
            _ if !known => {
                let all = SETTINGS.iter().map(|s| s.key.replace('-', "_")).collect::<Vec<_>>();
                return Err(refuse(&key, value.to_string(), &format!("one of {}", all.join(", "))));
            }
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            list @ toml::Value::Array(_) if key == PROVIDERS => {
                toml::Table::from_iter([(key.clone(), list)]).to_string()
            }
            other => return Err(refuse(&key, other.to_string(), "a text or a whole number")),
        };
        values.insert(key, text);
    }
    Ok((name.to_owned(), values))
}

impl Config {
    /// The defaults with some values of one's own, by key: for tests and measurements, which must not
    /// depend on the machine's environment.
    pub fn with(own: &[(&str, &str)]) -> Result<Self, ConfigError> {
        let value = |setting: &'static Setting| {
            let given = own.iter().find(|(key, _)| *key == setting.key);
            given.map_or(setting.default, |(_, value)| value).to_owned()
        };
        let effective = |setting: &'static Setting| Effective {
            setting,
            value: value(setting),
            origin: "given".to_owned(),
        };
        Self::read(&SETTINGS.iter().map(effective).collect::<Vec<_>>())
    }

    /// Reads the values; the first that is not allowed is refused.
    pub fn read(values: &[Effective]) -> Result<Self, ConfigError> {
        let read = Reader(values);
        let listen: SocketAddr =
            read.parse("listen", "an address and a port, such as 127.0.0.1:8000")?;
        let profile = read.choice(
            "profile",
            &[
                ("", if listen.ip().is_loopback() { Profile::Dev } else { Profile::Production }),
                ("dev", Profile::Dev),
                ("production", Profile::Production),
            ],
        )?;
        if profile == Profile::Dev && !listen.ip().is_loopback() {
            return Err(read.refuse("profile", "production, or dev with a loopback listener"));
        }
        let database_url = read.text("database-url");
        let schemes = ["postgres://", "postgresql://"];
        if !database_url.is_empty() && !schemes.iter().any(|s| database_url.starts_with(s)) {
            return Err(read.refuse("database-url", "postgres://user:password@host/name"));
        }
        if read.text("data").is_empty() {
            return Err(read.refuse("data", "a folder, such as ./data"));
        }
        Ok(Self {
            listen,
            data: PathBuf::from(read.text("data")),
            database_url: Some(database_url.to_owned()).filter(|url| !url.is_empty()),
            profile,
            content: read
                .choice("content", &[("builtin", Content::Builtin), ("none", Content::None)])?,
            cors_origins: read.origins("cors-origins")?,
            public_url: read.public_url()?,
            providers: read.providers(profile)?,
            smtp_url: read.smtp_url()?,
            smtp_ca: Some(read.text("smtp-ca")).filter(|file| !file.is_empty()).map(Into::into),
            mail_from: read.mail_from()?,
            report_page: read.report_page()?,
            webhooks: read.webhooks(profile)?,
            webhook_hosts: read.hosts(profile),
            open311_jurisdiction: read.text("open311-jurisdiction").to_owned(),
            open311_clients: read.clients("open311-keys")?,
            log: read.text("log").to_owned(),
            log_format: read.choice(
                "log-format",
                &[("auto", LogFormat::Auto), ("text", LogFormat::Text), ("json", LogFormat::Json)],
            )?,
            database_connections: read.number("database-connections", 1, 200)?,
            connections_max: read.number("connections-max", 1, 100_000)?,
            operations_max: read.number("operations-max", 1, 10_000)?,
            subscriptions_max: read.number("subscriptions-max", 1, 100_000)?,
            rate: read.rate(profile)?,
            trusted_proxies: read.networks("trusted-proxies")?,
            trusted_documents: read.trusted_documents()?,
            only_trusted_documents: read
                .choice("only-trusted-documents", &[("no", false), ("yes", true)])?,
            search_log_days: read.number("search-log-days", 1, 400)?,
            retention_contact_days: read.number("retention-contact-days", 1, RETENTION_DAYS_MAX)?,
            retention_texts_days: read.number("retention-texts-days", 1, RETENTION_DAYS_MAX)?,
            files: read.bucket()?,
            master_keys: read.master_keys()?,
            open_data_licence: read.text("open-data-licence").to_owned(),
            request_seconds: read.number("request-seconds", 1, 60)?,
            shutdown_seconds: read.number("shutdown-seconds", 1, 300)?,
        })
    }
}

impl Config {
    /// The address of a path, as the outside sees it; of a request that named this host.
    pub fn address(&self, host: Option<&str>, path: &str) -> String {
        if let Some(public) = &self.public_url {
            return format!("{public}{path}");
        }
        let sign = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        let host = host.filter(|host| !host.is_empty() && host.chars().all(sign));
        format!("http://{}{path}", host.map_or_else(|| self.listen.to_string(), str::to_owned))
    }

    /// Whether web pages of an origin may call the API: those of the list, and in development those
    /// that a front-end developer serves on this machine.
    pub fn allows_origin(&self, origin: &str) -> bool {
        let host = origin.split_once("://").map_or(origin, |(_, host)| host);
        let local = self.profile == Profile::Dev && is_this_machine(host);
        local || self.cors_origins.iter().any(|known| known == origin)
    }
}

/// Whether a host, as it stands in an address with or without a port, is this machine.
pub fn is_this_machine(host: &str) -> bool {
    let port = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let name = port.map_or(host, |(name, _)| name);
    ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

/// Whether a name has small letters, digits and dashes only.
fn is_name(name: &str) -> bool {
    let sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.chars().all(sign)
}

struct Reader<'a>(&'a [Effective]);

impl Reader<'_> {
    fn find(&self, key: &str) -> Option<&Effective> {
        self.0.iter().find(|value| value.setting.key == key)
    }

    fn text(&self, key: &str) -> &str {
        self.find(key).map_or("", |found| found.value.trim())
    }

    fn refuse(&self, key: &str, allowed: &str) -> ConfigError {
        let found = self.find(key);
        let given = match found {
            Some(found) if found.setting.secret => "(hidden)",
            _ => self.text(key),
        };
        ConfigError {
            key: key.to_owned(),
            given: given.to_owned(),
            origin: found.map_or_else(String::new, |found| found.origin.clone()),
            allowed: allowed.to_owned(),
        }
    }

    fn parse<T: std::str::FromStr>(&self, key: &str, allowed: &str) -> Result<T, ConfigError> {
        self.text(key).parse().map_err(|_| self.refuse(key, allowed))
    }

    fn number<T>(&self, key: &str, min: T, max: T) -> Result<T, ConfigError>
    where
        T: std::str::FromStr + PartialOrd + std::fmt::Display + Copy,
    {
        let allowed = format!("a whole number from {min} to {max}");
        let number = self.parse(key, &allowed)?;
        if number < min || number > max { Err(self.refuse(key, &allowed)) } else { Ok(number) }
    }

    fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)]) -> Result<T, ConfigError> {
        let found = choices.iter().find(|(name, _)| *name == self.text(key));
        found.map(|(_, value)| *value).ok_or_else(|| {
            let names = choices.iter().map(|(name, _)| *name).filter(|name| !name.is_empty());
            self.refuse(key, &names.collect::<Vec<_>>().join(" or "))
        })
    }

    fn bucket(&self) -> Result<Option<Bucket>, ConfigError> {
        let text = |key| Some(self.text(key).to_owned()).filter(|text| !text.is_empty());
        let Some(name) = text("files-bucket") else { return Ok(None) };
        let needed =
            |key| text(key).ok_or_else(|| self.refuse(key, "a value, where files-bucket is set"));
        let endpoint = text("files-endpoint");
        let is_url = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        if !endpoint.as_ref().is_none_or(is_url) {
            return Err(self.refuse("files-endpoint", "an address such as https://s3.example.org"));
        }
        Ok(Some(Bucket {
            name,
            endpoint,
            region: needed("files-region")?,
            key_id: needed("files-key-id")?,
            secret: needed("files-secret")?,
        }))
    }

    fn public_url(&self) -> Result<Option<String>, ConfigError> {
        let url = self.text("public-url").trim_end_matches('/');
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        match host {
            Some(host) if !host.is_empty() => Ok(Some(url.to_owned())),
            None if url.is_empty() => Ok(None),
            _ => Err(self.refuse("public-url", "an address such as https://kontakt.example.org")),
        }
    }

    fn providers(&self, profile: Profile) -> Result<Vec<Provider>, ConfigError> {
        let found = providers::parse(self.text(PROVIDERS))
            .map_err(|allowed| self.refuse(PROVIDERS, &allowed))?;
        // Where people are sent back to must not be what a request says that its host is.
        if !found.is_empty() && profile == Profile::Production && self.public_url()?.is_none() {
            return Err(self.refuse("public-url", "an address, where there are providers"));
        }
        Ok(found)
    }

    fn smtp_url(&self) -> Result<Option<String>, ConfigError> {
        let text = self.text("smtp-url");
        if text.is_empty() {
            return Ok(None);
        }
        let url = url::Url::parse(text).ok().filter(|url| {
            let plain = url.scheme() == "smtp" && url.host_str().is_some_and(is_this_machine);
            // The first of them counts.
            let mut tls = url.query_pairs().filter(|(key, _)| key == "tls");
            let starts_tls = tls.next().is_some_and(|(_, value)| value == "required");
            plain || url.scheme() == "smtps" || (url.scheme() == "smtp" && starts_tls)
        });
        match url.filter(|url| url.host_str().is_some_and(|host| !host.is_empty())) {
            Some(_) => Ok(Some(text.to_owned())),
            None => Err(self.refuse(
                "smtp-url",
                "smtps://user:password@host, or smtp://user:password@host?tls=required",
            )),
        }
    }

    fn webhooks(&self, profile: Profile) -> Result<Vec<Webhook>, ConfigError> {
        let allowed = "name:secret=https://host/path separated by commas, names of small letters, \
                       digits and dashes, secrets of 20 characters or more";
        let webhook = |entry: &str| {
            let (name, rest) = entry.split_once(':')?;
            let (secret, url) = rest.split_once('=')?;
            let url = url::Url::parse(url).ok()?;
            let own = profile == Profile::Dev && url.host_str().is_some_and(is_this_machine);
            let sound = is_name(name)
                && secret.chars().count() >= KEY_CHARS_MIN
                && (url.scheme() == "https" || (own && url.scheme() == "http"))
                && url.host_str().is_some_and(|host| !host.is_empty());
            let (name, secret) = (name.to_owned(), secret.to_owned());
            sound.then_some(Webhook { name, secret, url })
        };
        let all: Option<Vec<Webhook>> = self.list("webhooks").map(webhook).collect();
        all.ok_or_else(|| self.refuse("webhooks", allowed))
    }

    /// In development this machine is one of them.
    fn hosts(&self, profile: Profile) -> Vec<String> {
        let own: &[&str] = match profile {
            Profile::Dev => &["localhost", "127.0.0.1", "::1"],
            Profile::Production => &[],
        };
        self.list("webhook-hosts").chain(own.iter().copied()).map(str::to_owned).collect()
    }

    fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        self.text(key).split(',').map(str::trim).filter(|entry| !entry.is_empty())
    }

    fn report_page(&self) -> Result<Option<String>, ConfigError> {
        let text = self.text("report-page");
        let is_page = ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme));
        match text {
            "" => Ok(None),
            _ if is_page && text.contains("{number}") && !text.contains(char::is_control) => {
                Ok(Some(text.to_owned()))
            }
            _ => Err(self.refuse("report-page", "an address with {number} in it")),
        }
    }

    fn mail_from(&self) -> Result<String, ConfigError> {
        let text = self.text("mail-from");
        let mailbox = text.parse::<lettre::message::Mailbox>().ok();
        let own = mailbox.filter(|mailbox| {
            self.text("smtp-url").is_empty() || mailbox.email.domain() != "localhost"
        });
        match own {
            Some(_) => Ok(text.to_owned()),
            None => Err(self.refuse("mail-from", "a sender such as Kontakt <kontakt@example.org>")),
        }
    }

    fn clients(&self, key: &str) -> Result<Vec<ApiClient>, ConfigError> {
        let allowed = "name:key separated by commas, names of small letters, digits and dashes, \
                       keys of 20 characters or more";
        let client = |entry: &str| {
            let (name, secret) = entry.split_once(':')?;
            let sound = is_name(name) && secret.chars().count() >= KEY_CHARS_MIN;
            let key_digest = Sha256::digest(secret).into();
            sound.then(|| ApiClient { name: name.to_owned(), key_digest })
        };
        self.list(key).map(client).collect::<Option<_>>().ok_or_else(|| self.refuse(key, allowed))
    }

    fn rate(&self, profile: Profile) -> Result<Option<Allowance>, ConfigError> {
        let a_second = self.number("rate-second", NonZeroU32::MIN, A_SECOND_MAX)?;
        let burst = match (self.text("rate-burst"), profile) {
            ("0", _) | ("", Profile::Dev) => return Ok(None),
            ("", Profile::Production) => BURST,
            _ => self.number("rate-burst", BURST_MIN, BURST_MAX)?,
        };
        Ok(Some(Allowance { burst, a_second }))
    }

    fn master_keys(&self) -> Result<Vec<Hidden>, ConfigError> {
        let (given, file) = (self.text("master-key"), self.text("master-key-file"));
        let text = match (given, file) {
            (given, "") => given.to_owned(),
            ("", file) => std::fs::read_to_string(file)
                .map_err(|_| self.refuse("master-key-file", "a file that can be read"))?,
            _ => return Err(self.refuse("master-key-file", "this or master-key, not both")),
        };
        let keys = text.split([',', '\n']).map(str::trim).filter(|key| !key.is_empty());
        let keys: Vec<Hidden> = keys.map(|key| Hidden(key.to_owned())).collect();
        let is_long = |key: &Hidden| key.0.chars().count() >= MASTER_CHARS_MIN;
        match keys.len() <= MASTERS_MAX && keys.iter().all(is_long) {
            true if keys.is_empty() && !file.is_empty() => {
                Err(self.refuse("master-key-file", "a file with a key in it"))
            }
            true => Ok(keys),
            false => {
                let allowed = format!(
                    "at most {MASTERS_MAX} secrets of {MASTER_CHARS_MIN} characters or more"
                );
                Err(self.refuse("master-key", &allowed))
            }
        }
    }

    fn networks(&self, key: &str) -> Result<Vec<IpNet>, ConfigError> {
        let list = self.text(key).split(',').map(str::trim).filter(|net| !net.is_empty());
        let network = |text: &str| {
            let one = || text.parse::<IpAddr>().map(IpNet::from).ok();
            text.parse().ok().or_else(one)
        };
        let networks: Option<Vec<IpNet>> = list.map(network).collect();
        networks.ok_or_else(|| self.refuse(key, "networks such as 10.0.0.0/8, separated by commas"))
    }

    fn trusted_documents(&self) -> Result<Option<PathBuf>, ConfigError> {
        let file = Some(self.text("trusted-documents")).filter(|file| !file.is_empty());
        if file.is_none() && self.text("only-trusted-documents") == "yes" {
            return Err(self.refuse("only-trusted-documents", "no, or yes with trusted-documents"));
        }
        Ok(file.map(PathBuf::from))
    }

    fn origins(&self, key: &str) -> Result<Vec<String>, ConfigError> {
        let list: Vec<String> = self.list(key).map(str::to_owned).collect();
        let sound = |origin: &String| {
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '*', ' ']))
        };
        if list.iter().all(sound) {
            Ok(list)
        } else {
            Err(self.refuse(key, "origins such as https://example.org, separated by commas"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let flag = |key: &str| pairs.iter().find(|(k, _)| *k == key).map(|(_, v)| (*v).to_owned());
        Config::read(&gather(&Sources { flag: &flag, env: &|_| None, file: None })?)
    }

    #[test]
    fn nothing_said_means_dev_on_loopback_with_sqlite() {
        let config = read(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8000");
        assert_eq!(config.profile, Profile::Dev);
        assert_eq!(config.database_url, None);
    }

    #[test]
    fn another_address_means_production_and_refuses_dev() {
        assert_eq!(read(&[("listen", "0.0.0.0:80")]).unwrap().profile, Profile::Production);
        assert!(read(&[("listen", "0.0.0.0:80"), ("profile", "dev")]).is_err());
    }

    #[test]
    fn a_wrong_value_is_refused_with_name_value_and_what_is_allowed() {
        let error = read(&[("operations-max", "many")]).unwrap_err().to_string();
        assert_eq!(
            error,
            "setting operations-max = \"many\" (from --operations-max): allowed is a whole number from 1 to 10000"
        );
    }

    #[test]
    fn a_flag_stands_over_the_environment_and_that_over_the_file() {
        let file = Some(("kontakt.toml".to_owned(), "data = 'f'\nlog = 'f'\nlisten = 'f'".into()));
        let flag = |key: &str| (key == "data").then(|| "flag".to_owned());
        let env =
            |name: &str| ["KONTAKT_DATA", "KONTAKT_LOG"].contains(&name).then(|| "env".to_owned());
        let values = gather(&Sources { flag: &flag, env: &env, file }).unwrap();
        let of = |key| &values.iter().find(|v| v.setting.key == key).unwrap().value;
        assert_eq!((&**of("data"), &**of("log"), &**of("listen")), ("flag", "env", "f"));
    }

    #[test]
    fn this_machine_is_known_by_its_names_with_or_without_a_port() {
        for host in ["localhost", "localhost:80", "127.0.0.1:8000", "[::1]", "[::1]:8000"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", ":", "localhost.example", "example:80", "127.0.0.1.example", "::1"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn a_bucket_needs_its_key_and_its_secret() {
        assert!(read(&[]).unwrap().files.is_none());
        let whole = [("files-bucket", "b"), ("files-key-id", "k"), ("files-secret", "s")];
        let bucket = read(&whole).unwrap().files.unwrap();
        assert_eq!((&*bucket.region, bucket.endpoint), ("us-east-1", None));
        let error = read(&whole[..2]).unwrap_err().to_string();
        assert!(error.starts_with("setting files-secret = \"(hidden)\""), "{error}");
        let odd = [&whole[..], &[("files-endpoint", "s3.example.org")]].concat();
        assert!(read(&odd).unwrap_err().to_string().contains("files-endpoint"));
    }

    #[test]
    fn an_application_has_a_name_and_a_long_key_which_nobody_is_shown() {
        assert_eq!(read(&[]).unwrap().open311_clients, []);
        let key = "k".repeat(20);
        let two = format!("spacer:{key}, rower-2:{key}:x");
        let clients = read(&[("open311-keys", &two)]).unwrap().open311_clients;
        let names: Vec<&str> = clients.iter().map(|client| client.name.as_str()).collect();
        assert_eq!(names, ["spacer", "rower-2"]);
        assert_ne!(clients[0].key_digest, clients[1].key_digest);
        for wrong in ["spacer", "spacer:short", &format!(":{key}"), &format!("Spacer:{key}")] {
            let error = read(&[("open311-keys", wrong)]).unwrap_err().to_string();
            assert!(error.starts_with("setting open311-keys = \"(hidden)\""), "{error}");
        }
    }

    #[test]
    fn a_master_key_is_long_comes_from_one_place_and_is_never_shown() {
        let keys = |pairs: &[(&str, &str)]| read(pairs).map(|config| config.master_keys);
        let long = "m".repeat(32);
        assert!(keys(&[]).unwrap().is_empty());
        let two = keys(&[("master-key", &format!("{long}, {long}2"))]).unwrap();
        assert_eq!((two.len(), &*two[0].0), (2, &*long));
        let short = keys(&[("master-key", "short")]).unwrap_err().to_string();
        assert!(short.starts_with("setting master-key = \"(hidden)\""), "{short}");
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("master");
        std::fs::write(&file, format!("{long}\n{long}2\n")).unwrap();
        let file = file.to_str().unwrap();
        assert_eq!(keys(&[("master-key-file", file)]).unwrap().len(), 2);
        assert!(keys(&[("master-key-file", file), ("master-key", &long)]).is_err());
        std::fs::remove_file(file).unwrap();
        assert!(keys(&[("master-key-file", file)]).is_err());
    }

    #[test]
    fn letters_leave_this_machine_over_tls_only_and_from_an_address_of_yours() {
        let mail = |url: &str, from: &str| read(&[("smtp-url", url), ("mail-from", from)]);
        let ours = "Kontakt <kontakt@krakow.example>";
        for url in [
            "smtps://u:p@mail.example",
            "smtp://mail.example:587?tls=required",
            "smtp://127.0.0.1:25",
            "smtp://localhost",
        ] {
            assert_eq!(mail(url, ours).unwrap().smtp_url.as_deref(), Some(url));
        }
        for url in [
            "smtp://mail.example",
            "smtp://m.example?tls=opportunistic",
            "smtp://m.example?tls=no&tls=required",
            "http://m",
            "m",
        ] {
            let error = mail(url, ours).unwrap_err().to_string();
            assert!(error.starts_with("setting smtp-url = \"(hidden)\""), "{error}");
        }
        assert!(mail("smtps://m.example", "Kontakt <kontakt@localhost>").is_err());
        assert!(mail("", "Kontakt").is_err());
        assert_eq!(read(&[]).unwrap().smtp_url, None);
    }

    #[test]
    fn a_webhook_is_called_over_tls_but_for_this_machine_in_development() {
        let hook = |listen: &str, url: &str| {
            let entry = format!("crm:{}={url}", "s".repeat(20));
            read(&[("listen", listen), ("webhooks", &entry)]).map(|config| config.webhooks.len())
        };
        let (dev, production) = ("127.0.0.1:8000", "0.0.0.0:8000");
        assert_eq!(hook(dev, "http://127.0.0.1:9000/hook").unwrap(), 1);
        assert_eq!(hook(production, "https://crm.example/hook?a=b").unwrap(), 1);
        for (listen, url) in [
            (production, "http://127.0.0.1:9000/hook"),
            (dev, "http://crm.example/hook"),
            (dev, "file:///etc/passwd"),
        ] {
            let error = hook(listen, url).unwrap_err().to_string();
            assert!(error.starts_with("setting webhooks = \"(hidden)\""), "{error}");
        }
        assert!(read(&[("webhooks", "crm:short=https://crm.example")]).is_err());
    }

    #[test]
    fn the_public_address_is_kept_without_a_slash_at_its_end() {
        let url = |url: &str| read(&[("public-url", url)]).map(|config| config.public_url);
        assert_eq!(url("https://k.example/").unwrap().as_deref(), Some("https://k.example"));
        assert_eq!(url("").unwrap(), None);
        assert!(url("k.example").is_err() && url("https://").is_err());
    }

    #[test]
    fn providers_are_tables_in_the_file_and_want_a_public_address_in_production() {
        let table = "[[provider]]\nname = 'n'\nissuer = 'https://id.example'\nclient_id = 'k'\nkind = 'resident'";
        let file = Some(("kontakt.toml".to_owned(), table.to_owned()));
        let values = gather(&Sources { flag: &|_| None, env: &|_| None, file }).unwrap();
        assert_eq!(Config::read(&values).unwrap().providers[0].name, "n");
        let far = [("provider", table), ("listen", "0.0.0.0:80")];
        assert!(read(&far).unwrap_err().to_string().starts_with("setting public-url"));
        let named = [&far[..], &[("public-url", "https://k.example")]].concat();
        assert_eq!(read(&named).unwrap().providers.len(), 1);
        let wrong = read(&[("provider", "[[provider]]\nname = 'secret'")]).unwrap_err().to_string();
        assert!(!wrong.contains("secret"), "{wrong}");
    }

    #[test]
    fn an_unknown_key_in_the_file_is_refused_by_name() {
        let file = Some(("kontakt.toml".to_owned(), "prot = 1".to_owned()));
        let error = gather(&Sources { flag: &|_| None, env: &|_| None, file }).err().unwrap();
        assert!(error.to_string().contains("prot"), "{error}");
    }
}
