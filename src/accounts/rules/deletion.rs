//! When an account may be given up, and when it is gone.

use chrono::{DateTime, TimeDelta, Utc};

/// Days in which an account that was given up can be kept after all.
pub const ERASE_DAYS: i64 = 7;
/// Minutes for which a sign-in is young enough to give an account up.
pub const YOUNG_MINUTES: i64 = 5;

/// Whether somebody has signed in lately enough: who finds a browser open gives nothing up.
pub fn is_young(signed_in_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - signed_in_at < TimeDelta::minutes(YOUNG_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_is_young_for_five_minutes() {
        let begun: DateTime<Utc> = "2026-11-20T09:00:00Z".parse().unwrap();
        assert!(is_young(begun, begun + TimeDelta::seconds(299)));
        assert!(!is_young(begun, begun + TimeDelta::seconds(300)));
    }
}
