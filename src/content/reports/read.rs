//! Reads and checks rows while others are written.

use tokio::sync::mpsc::Sender;

use super::{
    mapping::Mapping,
    rows::{Line, Rows},
};
use crate::{
    content::Fault,
    reports::importing::{Incoming, Known, accept},
};

/// Rows of one commit.
#[derive(Default)]
pub struct Batch {
    /// What can be written.
    pub accepted: Vec<Incoming>,
    /// Their rows, in the same order.
    pub lines: Vec<Line>,
    /// The rows that cannot, each with the reason.
    pub refused: Vec<(Line, String)>,
}

impl Batch {
    /// How many rows it is made of.
    pub fn len(&self) -> u64 {
        (self.accepted.len() + self.refused.len()) as u64
    }
}

/// Reads a file to its end and sends its rows in batches. What was read before an error is sent too.
pub fn read(
    mut rows: Rows,
    mapping: &Mapping,
    known: &Known,
    size: usize,
    to: &Sender<Batch>,
) -> Result<(), Fault> {
    let mut batch = Batch::default();
    let mut whole = Ok(());
    loop {
        let next = match rows.next() {
            Ok(Some(next)) => next,
            Ok(None) => break,
            Err(fault) => {
                whole = Err(fault);
                break;
            }
        };
        let (line, understood) = next;
        match understood.and_then(|cells| accept(&mapping.fill(&rows.plan, &cells), known)) {
            Ok(incoming) => {
                batch.accepted.push(incoming);
                batch.lines.push(line);
            }
            Err(reason) => batch.refused.push((line, reason)),
        }
        if batch.len() as usize >= size && to.blocking_send(std::mem::take(&mut batch)).is_err() {
            // The other side has failed, and tells why.
            return Ok(());
        }
    }
    let _ = to.blocking_send(batch);
    whole
}
