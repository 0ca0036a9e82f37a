//! How long sessions and the ways into them last.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{accounts::entity::Session, actor::AccountKind};

/// Minutes for which a sign-in at a provider may last.
pub const SIGN_IN_MINUTES: i64 = 10;
/// Minutes for which a link in a mail is good.
pub const LINK_MINUTES: i64 = 15;
/// Links that are sent to one address in an hour.
pub const LINKS_PER_HOUR_MAX: u64 = 5;
/// Sessions that one account has open; the oldest goes when another begins.
pub const SESSIONS_MAX: usize = 20;
/// The use of a session is written so often at most.
const USE_SECONDS: i64 = 60;
/// Characters of what a browser says of itself.
const AGENT_CHARS_MAX: usize = 120;

/// Minutes without a request and minutes in all after which a session ends, by kind of account.
const LIMITS: &[(AccountKind, i64, i64)] =
    &[(AccountKind::Resident, 30, 8 * 60), (AccountKind::Staff, 60, 10 * 60)];

fn limits(kind: AccountKind) -> (TimeDelta, TimeDelta) {
    let row = LIMITS.iter().find(|(known, ..)| *known == kind);
    let (idle, whole) = row.map_or((0, 0), |(_, idle, whole)| (*idle, *whole));
    (TimeDelta::minutes(idle), TimeDelta::minutes(whole))
}

/// When a session that begins now ends at the latest.
pub fn expires_at(kind: AccountKind, now: DateTime<Utc>) -> DateTime<Utc> {
    now + limits(kind).1
}

/// Whether a session still opens the account.
pub fn is_open(session: &Session, kind: AccountKind, now: DateTime<Utc>) -> bool {
    session.ended_at.is_none() && now < session.expires_at && now - session.used_at < limits(kind).0
}

/// Whether its use is to be written again.
pub fn is_stale(used_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - used_at >= TimeDelta::seconds(USE_SECONDS)
}

/// What a browser says of itself, as far as it helps its owner to know it again.
pub fn shortened_agent(agent: Option<&str>) -> String {
    let printable = agent.unwrap_or_default().chars().filter(|c| !c.is_control());
    printable.take(AGENT_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::entity::{AccountId, SessionId};

    fn session(kind: AccountKind, begun: DateTime<Utc>) -> Session {
        Session {
            id: SessionId(uuid::Uuid::nil()),
            digest: String::new(),
            account_id: AccountId(uuid::Uuid::nil()),
            created_at: begun,
            used_at: begun,
            expires_at: expires_at(kind, begun),
            agent: String::new(),
            provider_sid: None,
            ended_at: None,
            ended_why: None,
        }
    }

    #[test]
    fn a_session_ends_when_it_is_idle_and_when_it_is_old() {
        let begun: DateTime<Utc> = "2026-11-20T09:00:00Z".parse().unwrap();
        let after = |minutes| begun + TimeDelta::minutes(minutes);
        for (kind, idle, whole) in LIMITS {
            let mut session = session(*kind, begun);
            assert!(is_open(&session, *kind, after(idle - 1)));
            assert!(!is_open(&session, *kind, after(*idle)));
            session.used_at = after(whole - 1);
            assert!(is_open(&session, *kind, after(whole - 1)));
            session.used_at = after(*whole);
            assert!(!is_open(&session, *kind, after(*whole)));
            session.used_at = begun;
            session.ended_at = Some(begun);
            assert!(!is_open(&session, *kind, begun));
        }
    }

    #[test]
    fn what_a_browser_says_is_cut_and_cleaned() {
        assert_eq!(shortened_agent(Some("Firefox\r\n\u{7}/1")), "Firefox/1");
        assert_eq!(shortened_agent(Some(&"x".repeat(1_000))).len(), AGENT_CHARS_MAX);
        assert_eq!(shortened_agent(None), "");
    }
}
