//! Settings on the command line.

use clap::{Arg, ArgMatches, Command};

use crate::config::{self, Config, ConfigError, Effective, SETTINGS, Sources};

/// The settings file that is read when none is named.
const FILE: &str = "kontakt.toml";

/// Adds a flag for every setting to the command and its subcommands.
pub fn add_flags(command: Command) -> Command {
    let flag = |setting: &'static config::Setting| {
        let default = match setting.default {
            "" => String::new(),
            default => format!(", default {default}"),
        };
        Arg::new(setting.key)
            .long(setting.key)
            .global(true)
            .value_name("VALUE")
            .help_heading("Settings")
            .help(format!("{} [{}{default}]", setting.help, setting.env))
    };
    let file = Arg::new("config")
        .long("config")
        .global(true)
        .value_name("FILE")
        .help_heading("Settings")
        .help("The settings file [KONTAKT_CONFIG, default kontakt.toml where there is one]");
    command.args(SETTINGS.iter().map(flag)).arg(file)
}

/// Finds the value of every setting.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub fn gather(matches: &ArgMatches) -> Result<Vec<Effective>, ConfigError> {
    let env = |name: &str| std::env::var(name).ok();
    let flag = |key: &str| matches.get_one::<String>(key).cloned();
    let named = flag("config").or_else(|| env("KONTAKT_CONFIG"));
    let name = named.clone().unwrap_or_else(|| FILE.to_owned());
    let file = match std::fs::read_to_string(&name) {
        Ok(text) => Some((name, text)),
        Err(error) if named.is_some() => return Err(ConfigError::unreadable(&name, &error)),
        Err(_) => None,
    };
    config::gather(&Sources { flag: &flag, env: &env, file })
}

/// The effective settings, one a line.
pub fn show(values: &[Effective], config: &Config) -> String {
    let line = |Effective { setting, value, origin }: &Effective| {
        let shown = match value.as_str() {
            "" if setting.key == "profile" => &*format!("{:?}", config.profile).to_lowercase(),
            "" => "(not set)",
            _ if setting.secret => "(hidden)",
            value => value,
        };
        format!("{:<22} {shown:<28} {origin}\n", setting.key)
    };
    values.iter().map(line).collect()
}
