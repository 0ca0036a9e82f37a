//! Log lines: readable on a terminal, JSON elsewhere; always on the error stream.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;

use crate::{
    commands::Failure,
    config::{Config, LogFormat},
};

/// Starts logging as the settings say.
pub fn start(config: &Config) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&config.log).map_err(|error| {
        format!(
            "setting log = {:?} ({error}): allowed is a tracing filter, such as info or info,kontakt=debug",
            config.log
        )
    })?;
    let json = match config.log_format {
        LogFormat::Json => true,
        LogFormat::Text => false,
        LogFormat::Auto => !stderr().is_terminal(),
    };
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    let started = if json {
        lines.json().flatten_event(true).try_init()
    } else {
        lines.compact().with_ansi(stderr().is_terminal()).try_init()
    };
    started.map_err(|error| error.to_string().into())
}
