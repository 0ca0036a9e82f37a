//! The command line of Kontakt.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    share_heaps();
    kontakt::commands::run()
}

/// Starts this process anew with few heaps. glibc gives eight of them to each core, and what one thread
/// has freed another cannot use: after an index of 200,000 reports was built, 487 MB stayed in memory, and
/// 131 MB with two heaps. glibc reads the number at its start only. Whoever sets it has the last word.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(clippy::disallowed_methods, reason = "a setting of the C library, not of Kontakt")]
fn share_heaps() {
    use std::{env, os::unix::process::CommandExt, process::Command};

    const HEAPS: &str = "MALLOC_ARENA_MAX";
    if env::var_os(HEAPS).is_none()
        && let Ok(program) = env::current_exe()
    {
        let mut arguments = env::args_os();
        let name = arguments.next().unwrap_or_else(|| "kontakt".into());
        // Comes back only if it failed; then more memory is all there is to it.
        let _ = Command::new(program).arg0(name).args(arguments).env(HEAPS, "2").exec();
    }
}
