//! Reads the file format of Morfologik's automata, CFSA2 (version byte 0xC6).
//!
//! A node is a run of arcs. An arc is a byte of three flags and the number of a frequent label (0:
//! the label is the next byte), then the address of its target as a variable-length number, unless
//! the target stands right after the node's last arc.

use std::error::Error;

const TARGET_IS_NEXT: u8 = 0x80;
const IS_LAST: u8 = 0x40;
const IS_FINAL: u8 = 0x20;
const LABEL: u8 = 0x1F;
/// Nodes begin with a count that perfect hashing needs.
const HAS_NUMBERS: u16 = 0x0100;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// An automaton that accepts byte strings.
pub struct Automaton<'a> {
    labels: &'a [u8],
    arcs: &'a [u8],
    has_numbers: bool,
}

struct Arc {
    label: u8,
    is_last: bool,
    is_final: bool,
    /// None: right after the node's last arc. Zero: nowhere.
    target: Option<usize>,
    /// Where the next arc begins.
    end: usize,
}

impl<'a> Automaton<'a> {
    /// Reads the header.
    pub fn new(bytes: &'a [u8]) -> Result<Automaton<'a>> {
        let [b'\\', b'f', b's', b'a', 0xC6, high, low, labels, rest @ ..] = bytes else {
            return Err("not a CFSA2 automaton".into());
        };
        let (labels, arcs) =
            rest.split_at_checked(usize::from(*labels)).ok_or("the automaton is cut short")?;
        let flags = u16::from_be_bytes([*high, *low]);
        Ok(Automaton { labels, arcs, has_numbers: flags & HAS_NUMBERS != 0 })
    }

    /// Calls `take` with everything that is accepted.
    pub fn each(&self, take: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
        // The first arc leads to the root.
        let root = self.target(&self.arc(self.first_arc(0)?)?)?;
        self.walk(root, &mut Vec::new(), take)
    }

    fn walk(
        &self,
        node: usize,
        prefix: &mut Vec<u8>,
        take: &mut dyn FnMut(&[u8]) -> Result<()>,
    ) -> Result<()> {
        let mut at = self.first_arc(node)?;
        loop {
            let arc = self.arc(at)?;
            prefix.push(arc.label);
            if arc.is_final {
                take(prefix)?;
            }
            if arc.target != Some(0) {
                self.walk(self.target(&arc)?, prefix, take)?;
            }
            prefix.pop();
            if arc.is_last {
                return Ok(());
            }
            at = arc.end;
        }
    }

    fn first_arc(&self, node: usize) -> Result<usize> {
        if self.has_numbers { Ok(self.number(node)?.1) } else { Ok(node) }
    }

    fn arc(&self, at: usize) -> Result<Arc> {
        let flags = self.byte(at)?;
        let (label, end) = match flags & LABEL {
            0 => (self.byte(at + 1)?, at + 2),
            frequent => {
                let label = self.labels.get(usize::from(frequent)).ok_or("no such label")?;
                (*label, at + 1)
            }
        };
        let (target, end) = if flags & TARGET_IS_NEXT != 0 {
            (None, end)
        } else {
            let (target, end) = self.number(end)?;
            (Some(target), end)
        };
        Ok(Arc {
            label,
            is_last: flags & IS_LAST != 0,
            is_final: flags & IS_FINAL != 0,
            target,
            end,
        })
    }

    fn target(&self, arc: &Arc) -> Result<usize> {
        if let Some(target) = arc.target {
            return Ok(target);
        }
        let (mut is_last, mut end) = (arc.is_last, arc.end);
        while !is_last {
            let next = self.arc(end)?;
            (is_last, end) = (next.is_last, next.end);
        }
        Ok(end)
    }

    /// Seven bits a byte, lowest first.
    fn number(&self, mut at: usize) -> Result<(usize, usize)> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte(at)?;
            number |= usize::from(byte & 0x7F) << shift;
            (shift, at) = (shift + 7, at + 1);
            if byte & 0x80 == 0 {
                return Ok((number, at));
            }
        }
    }

    fn byte(&self, at: usize) -> Result<u8> {
        self.arcs.get(at).copied().ok_or_else(|| "the automaton is cut short".into())
    }
}
