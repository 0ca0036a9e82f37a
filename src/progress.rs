//! Progress of long work: a bar on a terminal, log lines elsewhere.

use std::{
    io::{IsTerminal, stderr},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

/// Seconds between two log lines.
const LINE_SECONDS: u64 = 5;

/// How far a piece of work has come.
pub struct Progress {
    what: &'static str,
    total: u64,
    done: u64,
    bar: Option<ProgressBar>,
    last_line: Instant,
}

impl Progress {
    /// Work of `total` steps begins.
    pub fn start(what: &'static str, total: u64) -> Self {
        let bar = stderr().is_terminal().then(|| {
            let style =
                ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} {per_sec} {eta}");
            let bar = ProgressBar::new(total).with_message(what);
            match style {
                Ok(style) => bar.with_style(style.progress_chars("=> ")),
                Err(_) => bar,
            }
        });
        Self { what, total, done: 0, bar, last_line: Instant::now() }
    }

    /// So many steps more are done.
    pub fn add(&mut self, steps: u64) {
        self.done += steps;
        match &self.bar {
            Some(bar) => bar.set_position(self.done),
            None if self.last_line.elapsed() >= Duration::from_secs(LINE_SECONDS) => {
                tracing::info!(done = self.done, of = self.total, "{}", self.what);
                self.last_line = Instant::now();
            }
            None => {}
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
