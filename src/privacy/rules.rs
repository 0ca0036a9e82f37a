//! What is kept for how long: one table that tells all.

use chrono::{DateTime, TimeDelta, Timelike, Utc};

use crate::{accounts, clock, config::Config, notifications, once, outbox};

/// A class of personal data.
pub struct Class {
    /// Its code.
    pub code: &'static str,
    /// How long it is kept.
    pub keeps: Keeps,
    /// Why it may be kept, and no longer: the law.
    pub basis: &'static str,
    /// Where it lies.
    pub lies: Lies,
}

/// How long something is kept.
#[derive(Clone, Copy)]
pub enum Keeps {
    /// Days that a setting says.
    Set(&'static str, fn(&Config) -> u64),
    /// Days.
    Days(i64),
    /// Minutes.
    Minutes(i64),
}

/// Where things of a class are found, and when their time begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// Contacts of reports, from the end of the report on.
    Contacts,
    /// Addresses that follow reports, from the end of the report on.
    Followers,
    /// Texts and photos of reports that were withdrawn or rejected.
    Texts,
    /// Rows that another job deletes, from the instant in a column on.
    Rows(&'static str, &'static str),
    /// Rows that stay: a chain that must be whole.
    Kept(&'static str, &'static str),
}

const MINIMAL: &str = "RODO art. 5 ust. 1 lit. e";
const SECURITY: &str = "RODO art. 5 ust. 1 lit. e, art. 32";
const ACCOUNT: &str = "RODO art. 5 ust. 2, art. 30 i 33";

/// Years for which the audit is kept at least.
const AUDIT_DAYS: i64 = 5 * 366;

/// All classes.
pub const CLASSES: &[Class] = &[
    Class {
        code: "contact",
        keeps: Keeps::Set("retention-contact-days", |config| config.retention_contact_days),
        basis: MINIMAL,
        lies: Lies::Contacts,
    },
    Class {
        code: "follower",
        keeps: Keeps::Set("retention-contact-days", |config| config.retention_contact_days),
        basis: MINIMAL,
        lies: Lies::Followers,
    },
    Class {
        code: "text",
        keeps: Keeps::Set("retention-texts-days", |config| config.retention_texts_days),
        basis: MINIMAL,
        lies: Lies::Texts,
    },
    Class {
        code: "unconfirmed",
        keeps: Keeps::Days(notifications::CONFIRM_DAYS),
        basis: MINIMAL,
        lies: Lies::Rows("mail_subscriptions", "asked_at"),
    },
    Class {
        code: "letter",
        keeps: Keeps::Days(outbox::KEPT_DAYS),
        basis: MINIMAL,
        lies: Lies::Rows("deliveries", "created_at"),
    },
    Class {
        code: "search",
        keeps: Keeps::Set("search-log-days", |config| config.search_log_days),
        basis: MINIMAL,
        lies: Lies::Rows("search_log", "at"),
    },
    Class {
        code: "session",
        keeps: Keeps::Days(accounts::SESSION_DAYS),
        basis: SECURITY,
        lies: Lies::Rows("sessions", "expires_at"),
    },
    Class {
        code: "sign-in-link",
        keeps: Keeps::Minutes(accounts::LINK_MINUTES),
        basis: SECURITY,
        lies: Lies::Rows("sign_in_links", "created_at"),
    },
    Class {
        code: "resend",
        keeps: Keeps::Days(once::KEEPS_DAYS),
        basis: MINIMAL,
        lies: Lies::Rows("once_keys", "at"),
    },
    Class {
        code: "audit",
        keeps: Keeps::Days(AUDIT_DAYS),
        basis: ACCOUNT,
        lies: Lies::Kept("audit", "at"),
    },
];

impl Class {
    /// What was before this instant is over.
    pub fn end(&self, config: &Config, now: DateTime<Utc>) -> DateTime<Utc> {
        now - self.time(config)
    }

    /// Whole days for which it is kept; 0 for less than one.
    pub fn days(&self, config: &Config) -> i64 {
        self.time(config).num_days()
    }

    /// The setting that says how long, where one does.
    pub fn setting(&self) -> Option<&'static str> {
        match self.keeps {
            Keeps::Set(name, _) => Some(name),
            Keeps::Days(_) | Keeps::Minutes(_) => None,
        }
    }

    /// Whether it is deleted when its time is over.
    pub fn is_deleted(&self) -> bool {
        !matches!(self.lies, Lies::Kept(..))
    }

    fn time(&self, config: &Config) -> TimeDelta {
        match self.keeps {
            Keeps::Set(_, days) => TimeDelta::days(i64::try_from(days(config)).unwrap_or(i64::MAX)),
            Keeps::Days(days) => TimeDelta::days(days),
            Keeps::Minutes(minutes) => TimeDelta::minutes(minutes),
        }
    }
}

/// The hour of the night from which on is deleted, in Krakow.
const HOUR: u32 = 3;

/// The day for which is deleted now, if it was not done: after the hour, the day of today.
pub fn night(now: DateTime<Utc>, done: Option<&str>) -> Option<String> {
    let local = clock::local(now);
    let today = local.date().to_string();
    (local.hour() >= HOUR && done != Some(today.as_str())).then_some(today)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_class_has_a_code_of_its_own_and_ends_after_some_time() {
        let config = Config::with(&[]).unwrap();
        let now = "2026-11-20T09:00:00Z".parse().unwrap();
        let codes: BTreeSet<_> = CLASSES.iter().map(|class| class.code).collect();
        assert_eq!(codes.len(), CLASSES.len());
        for class in CLASSES {
            assert!(class.end(&config, now) < now, "{}", class.code);
        }
    }

    #[test]
    fn a_night_comes_once_at_three_in_krakow() {
        let night = |at: &str, done| night(at.parse().unwrap(), done);
        assert_eq!(night("2026-11-20T01:59:00Z", None), None);
        assert_eq!(night("2026-11-20T02:00:00Z", None).as_deref(), Some("2026-11-20"));
        assert_eq!(night("2026-11-20T09:00:00Z", Some("2026-11-20")), None);
        assert_eq!(
            night("2026-11-21T03:00:00Z", Some("2026-11-20")).as_deref(),
            Some("2026-11-21")
        );
    }
}
