//! Words that differ by a letter or two, found by walking a dictionary with an automaton.

use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy_fst::Automaton;

/// Two neighbouring letters that changed places are one mistake.
static ONE: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static TWO: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// What accepts words at most one mistake away.
pub(crate) fn one(word: &str) -> DFA {
    ONE.build_dfa(word)
}

/// What accepts words at most two mistakes away.
pub(crate) fn two(word: &str) -> DFA {
    TWO.build_dfa(word)
}

/// What accepts words that begin with something at most one mistake away.
pub(crate) fn one_beginning(prefix: &str) -> DFA {
    ONE.build_prefix_dfa(prefix)
}

/// Lets an automaton of mistakes walk through a dictionary.
pub(crate) struct Near<'a>(pub(crate) &'a DFA);

impl Automaton for Near<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

/// Matches keys whose part before the first such byte matches.
pub(crate) struct UpTo<A>(pub(crate) u8, pub(crate) A);

/// Matches keys that begin so and whose rest matches.
pub(crate) struct After<'a, A>(pub(crate) &'a [u8], pub(crate) A);

impl<A: Automaton> Automaton for After<'_, A> {
    type State = Beyond<A::State>;

    fn start(&self) -> Self::State {
        Beyond::Within(0)
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(state, Beyond::Rest(inner) if self.1.is_match(inner))
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            Beyond::Within(_) => true,
            Beyond::Rest(inner) => self.1.can_match(inner),
            Beyond::Missed => false,
        }
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            Beyond::Within(at) if self.0.get(*at) == Some(&byte) => match at + 1 == self.0.len() {
                true => Beyond::Rest(self.1.start()),
                false => Beyond::Within(at + 1),
            },
            Beyond::Rest(inner) => Beyond::Rest(self.1.accept(inner, byte)),
            Beyond::Within(_) | Beyond::Missed => Beyond::Missed,
        }
    }
}

/// Where `After` stands in a key.
#[derive(Clone)]
pub(crate) enum Beyond<S> {
    /// So many bytes of the beginning were read.
    Within(usize),
    Rest(S),
    Missed,
}

/// Where `UpTo` stands in a key.
#[derive(Clone)]
pub(crate) enum Place<S> {
    Before(S),
    Matched,
    Missed,
}

impl<A: Automaton> Automaton for UpTo<A> {
    type State = Place<A::State>;

    fn start(&self) -> Self::State {
        Place::Before(self.1.start())
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(state, Place::Matched)
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            Place::Before(inner) => self.1.can_match(inner),
            Place::Matched => true,
            Place::Missed => false,
        }
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            Place::Before(inner) if byte != self.0 => Place::Before(self.1.accept(inner, byte)),
            Place::Before(inner) if self.1.is_match(inner) => Place::Matched,
            Place::Matched => Place::Matched,
            Place::Before(_) | Place::Missed => Place::Missed,
        }
    }
}
