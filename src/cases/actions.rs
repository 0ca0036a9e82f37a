//! The timeline of a resident, read in one statement.

use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

use crate::{
    actor::Actor,
    cases::{
        entity::{CaseEvent, EventKind},
        rules,
    },
    error::{Error, Result},
    page::{Page, PageRequest},
};

/// The cursor's name of the timeline.
const LIST: &str = "timeline";

/// A page of everything that concerns a resident, newest first. Errors: `Unauthenticated`, `Forbidden`.
pub async fn timeline(
    db: &impl ConnectionTrait,
    actor: &Actor,
    kinds: Option<&[EventKind]>,
    page: &PageRequest,
) -> Result<Page<CaseEvent>> {
    let Actor::Resident(account) = actor else { return Err(actor.refused()) };
    let size = page.size()?;
    let mut values: Vec<Value> = vec![account.as_str().into()];
    let mut wanted = Vec::new();
    if let Some(after) = page.after_key(LIST)? {
        let (at, report, place) = rules::place(&after)?;
        values.extend([at.into(), report.into(), place.into()]);
        wanted.push("(at, report_id, place) < ($2, $3, $4)".to_owned());
    }
    if let Some(kinds) = kinds {
        wanted.push(format!("what IN ({})", listed(kinds.iter().map(|kind| rules::code(*kind)))));
    }
    let sql = statement(&wanted, size + 1);
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    let events = rows.iter().map(event).collect::<Result<Vec<_>>>()?;
    Ok(Page::cut(events, size, LIST, rules::key))
}

/// What concerns an account ($1): the steps of its own reports, those of the reports that it follows,
/// and what it did beside. Of others' reports only what is public. Four numbers are kept apart by each
/// place, so that no two entries have the same.
fn statement(wanted: &[String], limit: usize) -> String {
    let (own, followed) = (listed(rules::told_steps(false)), listed(rules::told_steps(true)));
    let wanted = match wanted.is_empty() {
        true => String::new(),
        false => format!("WHERE {}", wanted.join(" AND ")),
    };
    format!(
        "SELECT at, report_id, what, CAST(place AS BIGINT) AS place FROM (
            SELECT t.at AS at, t.report_id AS report_id, t.step AS what, t.position * 4 AS place
            FROM reports r JOIN report_timeline t ON t.report_id = r.id
            WHERE r.account = $1 AND t.step IN ({own})
        UNION ALL
            SELECT t.at, t.report_id, t.step, t.position * 4
            FROM report_supporters s JOIN reports r ON r.id = s.report_id
            JOIN report_timeline t ON t.report_id = r.id
            WHERE s.account = $1 AND s.follows AND r.public AND t.at > s.at
                AND (r.account IS NULL OR r.account <> $1) AND t.step IN ({followed})
        UNION ALL
            SELECT s.at, s.report_id, CASE WHEN s.supports THEN 'SUPPORTED' ELSE 'FOLLOWED' END, 1
            FROM report_supporters s JOIN reports r ON r.id = s.report_id
            WHERE s.account = $1 AND (s.supports OR s.follows) AND (r.public OR r.account = $1)
        UNION ALL
            SELECT f.at, f.report_id, 'RATED', f.round * 4 + 2
            FROM reports r JOIN report_feedback f ON f.report_id = r.id WHERE r.account = $1
        UNION ALL
            SELECT c.at, c.report_id, 'CLAIMED', 3
            FROM report_claims c JOIN reports r ON r.id = c.report_id
            WHERE c.account = $1 AND r.account = $1
        ) entries {wanted}
        ORDER BY at DESC, report_id DESC, place DESC LIMIT {limit}"
    )
}

/// Codes of ours as a list of texts.
fn listed(codes: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = codes.map(|code| format!("'{code}'")).collect();
    // A list of nothing is no list in SQL.
    if quoted.is_empty() { "''".to_owned() } else { quoted.join(", ") }
}

fn event(row: &QueryResult) -> Result<CaseEvent> {
    let code: String = row.try_get("", "what")?;
    let kind = rules::kind(&code);
    Ok(CaseEvent {
        at: row.try_get("", "at")?,
        kind: kind.ok_or_else(|| Error::internal(format!("an entry of the kind {code}")))?,
        report: row.try_get("", "report_id")?,
        place: row.try_get("", "place")?,
    })
}
