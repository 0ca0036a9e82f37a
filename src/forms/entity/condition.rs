//! Conditions: when a field is shown or needed, when a step is skipped.

use async_graphql::{InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The answers of a person: the code of a field to its value.
pub type Answers = Map<String, Value>;

/// A condition over answers. Exactly one of its shapes is given: `field` with `is` or `in`, `filled`,
/// `all`, `any`, or `not`.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject,
)]
#[graphql(name = "FormCondition", input_name = "FormConditionInput")]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The code of a field that stands above, for `is` and `in`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The field has this value, or, where several can be chosen, this one among them. A consent is
    /// `true` or `false`, a district its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// The field has one of these values.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "in")]
    pub r#in: Vec<String>,
    /// The code of a field that stands above and has any value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled: Option<String>,
    /// All of these hold.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Condition>,
    /// At least one of these holds.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Condition>,
    /// This does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not: Option<Box<Condition>>,
}

/// A condition of which it is known what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test<'a> {
    /// A field has one of these values.
    In(&'a str, &'a [String]),
    /// A field has any value.
    Filled(&'a str),
    /// All of these hold.
    All(&'a [Condition]),
    /// At least one of these holds.
    Any(&'a [Condition]),
    /// This does not hold.
    Not(&'a Condition),
}

impl Condition {
    /// What it says; `None` when that is nothing, or several things at once.
    pub fn test(&self) -> Option<Test<'_>> {
        let values = match (&self.is, &self.r#in[..]) {
            (Some(value), []) => std::slice::from_ref(value),
            (None, values) => values,
            (Some(_), _) => return None,
        };
        let compared = match (&self.field, values) {
            (Some(field), [_, ..]) => Some(Test::In(field, values)),
            (None, []) => None,
            _ => return None,
        };
        let shapes = [
            compared,
            self.filled.as_deref().map(Test::Filled),
            Some(Test::All(&self.all)).filter(|_| !self.all.is_empty()),
            Some(Test::Any(&self.any)).filter(|_| !self.any.is_empty()),
            self.not.as_deref().map(Test::Not),
        ];
        let mut said = shapes.into_iter().flatten();
        said.next().filter(|_| said.next().is_none())
    }

    /// Whether it holds for answers. What says nothing does not hold.
    pub fn holds(&self, answers: &Answers) -> bool {
        match self.test() {
            Some(Test::In(field, values)) => {
                answers.get(field).is_some_and(|given| values.iter().any(|value| has(given, value)))
            }
            Some(Test::Filled(field)) => answers.contains_key(field),
            Some(Test::All(all)) => all.iter().all(|one| one.holds(answers)),
            Some(Test::Any(any)) => any.iter().any(|one| one.holds(answers)),
            Some(Test::Not(one)) => !one.holds(answers),
            None => false,
        }
    }

    /// The fields that it names, with the values that it compares them with; none for `filled`.
    pub fn names(&self) -> Vec<(&str, &[String])> {
        match self.test() {
            Some(Test::In(field, values)) => vec![(field, values)],
            Some(Test::Filled(field)) => vec![(field, &[])],
            Some(Test::All(parts) | Test::Any(parts)) => {
                parts.iter().flat_map(Self::names).collect()
            }
            Some(Test::Not(one)) => one.names(),
            None => Vec::new(),
        }
    }

    /// The conditions in it.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        self.all.iter().chain(&self.any).chain(self.not.as_deref())
    }
}

/// Whether an answer is a value, or has it among several.
fn has(given: &Value, value: &str) -> bool {
    match given {
        Value::String(text) => text == value,
        Value::Number(number) => number.to_string() == value,
        Value::Bool(said) => said.to_string() == value,
        Value::Array(several) => several.iter().any(|one| has(one, value)),
        Value::Null | Value::Object(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(text: &str) -> Condition {
        #[derive(Deserialize)]
        struct Line {
            c: Condition,
        }
        toml::from_str::<Line>(&format!("c = {text}")).unwrap().c
    }

    #[test]
    fn a_condition_says_one_thing() {
        for (text, says_something) in [
            ("{ field = 'a', is = 'x' }", true),
            ("{ field = 'a', in = ['x', 'y'] }", true),
            ("{ filled = 'a' }", true),
            ("{ all = [{ filled = 'a' }, { not = { filled = 'b' } }] }", true),
            ("{}", false),
            ("{ field = 'a' }", false),
            ("{ is = 'x' }", false),
            ("{ field = 'a', is = 'x', in = ['y'] }", false),
            ("{ filled = 'a', not = { filled = 'b' } }", false),
        ] {
            assert_eq!(condition(text).test().is_some(), says_something, "{text}");
        }
    }

    #[test]
    fn a_condition_holds_for_what_was_answered() {
        let answers = serde_json::json!({ "a": "x", "n": 3, "c": true, "l": ["p", "q"] });
        let answers = answers.as_object().unwrap();
        for (text, holds) in [
            ("{ field = 'a', is = 'x' }", true),
            ("{ field = 'a', in = ['y', 'z'] }", false),
            ("{ field = 'n', is = '3' }", true),
            ("{ field = 'c', is = 'true' }", true),
            ("{ field = 'l', is = 'q' }", true),
            ("{ field = 'missing', is = 'x' }", false),
            ("{ not = { filled = 'missing' } }", true),
            ("{ any = [{ filled = 'missing' }, { filled = 'a' }] }", true),
            ("{ all = [{ filled = 'missing' }, { filled = 'a' }] }", false),
            ("{}", false),
        ] {
            assert_eq!(condition(text).holds(answers), holds, "{text}");
        }
    }
}
