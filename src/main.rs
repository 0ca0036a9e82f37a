//! The command line of Kontakt.

use std::process::ExitCode;

fn main() -> ExitCode {
    kontakt::commands::run()
}
