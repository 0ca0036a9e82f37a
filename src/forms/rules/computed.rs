//! What fields are worked out from.

use serde_json::Value;

use crate::{
    forms::entity::{Answers, Computation, FieldKind},
    scalars::{Amount, Date},
};

/// The value of a field that is worked out; `None` while nothing is there to work with.
pub fn value(computation: &Computation, kind: FieldKind, answers: &Answers) -> Option<Value> {
    let Computation { sum, days_between, copy } = computation;
    if let Some(code) = copy {
        return answers.get(code).cloned();
    }
    if let [from, to] = &days_between[..] {
        let day = |code: &String| answers.get(code)?.as_str()?.parse::<Date>().ok();
        return Some((day(to)?.0 - day(from)?.0).num_days().into());
    }
    let given: Vec<&Value> = sum.iter().filter_map(|code| answers.get(code)).collect();
    if given.is_empty() {
        return None;
    }
    if kind == FieldKind::Money {
        let amounts = given.iter().filter_map(|value| value.as_str()?.parse::<Amount>().ok());
        return Some(Amount::sum(amounts).to_string().into());
    }
    if given.iter().all(|value| value.is_i64()) {
        // What is too large is refused at its own field; here it must only not break the sum.
        let numbers = given.iter().filter_map(|value| value.as_i64());
        return Some(numbers.fold(0_i64, i64::saturating_add).into());
    }
    let sum: f64 = given.iter().filter_map(|value| value.as_f64()).sum();
    // No field has more than three digits behind the point, so no sum has.
    Some(((sum * 1_000.0).round() / 1_000.0).into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sums_days_and_copies_are_worked_out_from_what_is_there() {
        let answers = json!({
            "a": 2, "b": 3, "c": 0.1, "d": 0.2, "m": "0.10", "n": "12",
            "from": "2026-02-27", "to": "2026-03-01", "text": "x"
        });
        let answers = answers.as_object().unwrap();
        let sum = |codes: &[&str]| Computation {
            sum: codes.iter().map(|&code| code.to_owned()).collect(),
            ..Default::default()
        };
        let days =
            Computation { days_between: vec!["from".into(), "to".into()], ..Default::default() };
        let copy = Computation { copy: Some("text".into()), ..Default::default() };
        for (computation, kind, wanted) in [
            (sum(&["a", "b", "missing"]), FieldKind::Number, Some(json!(5))),
            (sum(&["c", "d"]), FieldKind::Number, Some(json!(0.3))),
            (sum(&["m", "n"]), FieldKind::Money, Some(json!("12.10"))),
            (sum(&["missing"]), FieldKind::Number, None),
            (days, FieldKind::Number, Some(json!(2))),
            (copy, FieldKind::Text, Some(json!("x"))),
        ] {
            assert_eq!(value(&computation, kind, answers), wanted, "{computation:?}");
        }
    }
}
