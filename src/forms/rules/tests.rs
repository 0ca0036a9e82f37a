//! Properties of all definitions: what fits one is accepted, and every way to miss it is refused at its
//! path; JSON Schema judges beside the rules, by a library that knows neither.

use std::collections::HashMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Filled, check, gaps, problems, tidied};
use crate::{
    error::Problem,
    forms::{
        entity::{
            Answers, Choice, Clause, Computation, Condition, Field, FieldClass, FieldKind,
            FormContent, Retention, Series, Step, Wording,
        },
        schema::{json_schema, ui_schema},
    },
    words::Lang,
};

/// The number of the version that is filled in.
const NUMBER: i32 = 3;

fn today() -> NaiveDate {
    "2026-11-20".parse().unwrap()
}

fn wording(text: &str) -> Wording {
    Wording { pl: text.into(), en: text.into(), uk: text.into() }
}

/// A field that says nothing beside its kind.
fn field(code: &str, kind: FieldKind) -> Field {
    let is_list = matches!(kind, FieldKind::Choice | FieldKind::Choices);
    let keys = if is_list { &["a", "b", "c"][..] } else { &[] };
    let class = match kind {
        FieldKind::Email | FieldKind::Phone | FieldKind::Pesel => FieldClass::Identifying,
        _ => FieldClass::Ordinary,
    };
    Field {
        code: code.into(),
        kind,
        label: wording("Pole"),
        help: None,
        example: None,
        required: false,
        required_if: None,
        show_if: None,
        choices: keys.iter().map(|&key| Choice { key: key.into(), name: wording(key) }).collect(),
        min: None,
        max: None,
        decimals: None,
        chars_max: None,
        entries_max: None,
        earliest: None,
        latest: None,
        computed: None,
        prefill: None,
        class,
        seen_by: Vec::new(),
    }
}

fn content(steps: Vec<Vec<Field>>) -> FormContent {
    let step = |(i, fields): (usize, Vec<Field>)| Step {
        code: format!("step-{i}"),
        title: wording("Krok"),
        help: None,
        skip_if: None,
        fields,
    };
    FormContent {
        title: wording("Formularz"),
        summary: wording("Po co jest."),
        unit: "SA".into(),
        series: Series::F,
        keywords: Vec::new(),
        cards: Vec::new(),
        stop: None,
        signature: false,
        retention: Retention::Years5,
        clause: Some(Clause {
            version: "1".into(),
            basis: "art. 6".into(),
            text: wording("Klauzula."),
        }),
        sources: Vec::new(),
        unverified: Vec::new(),
        review_due: Some("2027-01-01".parse().unwrap()),
        steps: steps.into_iter().enumerate().map(step).collect(),
    }
}

fn is(code: &str, value: &str) -> Condition {
    Condition { field: Some(code.into()), is: Some(value.into()), ..Default::default() }
}

fn filled(code: &str) -> Condition {
    Condition { filled: Some(code.into()), ..Default::default() }
}

fn not(condition: Condition) -> Condition {
    Condition { not: Some(Box::new(condition)), ..Default::default() }
}

fn all(all: &[Condition]) -> Condition {
    Condition { all: all.to_vec(), ..Default::default() }
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|p| format!("{:?} {}", p.code, p.field.join("."))).collect()
}

fn found(content: &FormContent) -> Vec<String> {
    told(&problems(content, &["SA".to_owned()]))
}

fn refused(content: &FormContent, answers: Value) -> Vec<String> {
    let answers = answers.as_object().unwrap().clone();
    let filled = Filled { version: NUMBER, answers };
    match check(content, NUMBER, &filled, today()) {
        Ok(_) => Vec::new(),
        Err(problems) => told(&problems),
    }
}

/// Numbers drawn beforehand, so that a case can be made smaller.
struct Dice(Vec<u32>, usize);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.1 += 1;
        self.0[self.1 % self.0.len()].wrapping_add(self.1 as u32) as usize % sides
    }

    fn coin(&mut self) -> bool {
        self.roll(2) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}

/// A condition over fields that stand above, if one of them can be compared.
fn condition(dice: &mut Dice, above: &[Field]) -> Option<Condition> {
    let named = above.iter().filter(|one| one.computed.is_none()).collect::<Vec<_>>();
    if named.is_empty() {
        return None;
    }
    let one = dice.pick(&named);
    let value = match one.kind {
        FieldKind::Choice | FieldKind::Choices => Some(*dice.pick(&["a", "b", "c"])),
        FieldKind::Consent => Some(*dice.pick(&["true", "false"])),
        FieldKind::Declaration => Some("true"),
        FieldKind::District => Some(*dice.pick(&["1", "18"])),
        FieldKind::Number if one.decimals.is_none() => Some(*dice.pick(&["0", "7"])),
        _ => None,
    };
    let simple = value.map_or_else(|| filled(&one.code), |value| is(&one.code, value));
    Some(match dice.roll(4) {
        0 => not(simple),
        1 => all(&[simple, not(not(filled(&one.code)))]),
        2 => Condition { any: vec![simple, filled(&one.code)], ..Default::default() },
        _ => simple,
    })
}

/// A definition: fields of all kinds, with conditions and sums.
fn definition(dice: &mut Dice) -> FormContent {
    let mut above: Vec<Field> = Vec::new();
    let mut steps = Vec::new();
    for _ in 0..=dice.roll(3) {
        let mut fields = Vec::new();
        for _ in 0..=dice.roll(5) {
            let mut one = field(&format!("f{}", above.len()), *dice.pick(&FieldKind::ALL));
            let numbers: Vec<String> = above
                .iter()
                .filter(|other| other.kind == FieldKind::Number && other.computed.is_none())
                .map(|other| other.code.clone())
                .collect();
            if one.kind == FieldKind::Number && !numbers.is_empty() && dice.coin() {
                one.computed = Some(Computation { sum: numbers, ..Default::default() });
            } else if one.kind != FieldKind::Consent {
                one.required = dice.coin();
                one.required_if = condition(dice, &above).filter(|_| !one.required);
            }
            one.show_if = condition(dice, &above).filter(|_| dice.coin());
            above.push(one.clone());
            fields.push(one);
        }
        steps.push(fields);
    }
    let mut content = content(steps);
    let first = content.steps[0].fields.clone();
    if let Some(last) = content.steps.iter_mut().skip(1).next_back().filter(|_| dice.coin()) {
        last.skip_if = condition(dice, &first);
    }
    content
}

/// A right answer of a kind.
fn value(dice: &mut Dice, kind: FieldKind) -> Value {
    match kind {
        FieldKind::Text => json!(dice.pick(&["Łąka", "x", "a b, c."])),
        FieldKind::LongText => json!(dice.pick(&["Raz\ndwa", "x"])),
        FieldKind::Number => json!(dice.pick(&[0, 7, -12, 1_000_000])),
        FieldKind::Money => json!(dice.pick(&["12.50", "0", "9999999.99"])),
        FieldKind::Date => json!(dice.pick(&["2026-11-20", "1990-02-28"])),
        FieldKind::Choice => json!(dice.pick(&["a", "b", "c"])),
        FieldKind::Choices => {
            let some = [json!(["a"]), json!(["b", "a"]), json!(["a", "b", "c"])];
            dice.pick(&some).clone()
        }
        FieldKind::Email => json!("anna@example.org"),
        FieldKind::Phone => json!("+48 600-100-200"),
        FieldKind::Pesel => json!("44051401359"),
        FieldKind::Nip => json!("1234563218"),
        FieldKind::Regon => json!(dice.pick(&["123456785", "12345678512347"])),
        FieldKind::Address => {
            json!({ "street": "Długa", "building": "5a", "postalCode": "31-147", "city": "Kraków" })
        }
        FieldKind::District => json!(dice.pick(&[1, 7, 18])),
        FieldKind::File => json!(["key-of-a-file"]),
        FieldKind::Consent => json!(dice.coin()),
        FieldKind::Declaration => json!(true),
    }
}

/// A wrong answer of a kind: of another type in JSON.
fn of_other_type(kind: FieldKind) -> Value {
    match kind {
        FieldKind::Number | FieldKind::District | FieldKind::Address => json!("x"),
        FieldKind::Declaration => json!(false),
        _ => json!(5),
    }
}

/// Right answers to a definition, and the codes of the fields that are hidden from them.
fn answers(dice: &mut Dice, content: &FormContent) -> (Answers, Vec<String>) {
    let (mut answers, mut hidden) = (Answers::new(), Vec::new());
    for step in &content.steps {
        let skipped = step.is_skipped(&answers);
        for field in step.fields.iter().filter(|field| field.computed.is_none()) {
            if skipped || !field.is_shown(&answers) {
                hidden.push(field.code.clone());
            } else if field.is_needed(&answers) || dice.coin() {
                answers.insert(field.code.clone(), value(dice, field.kind));
            }
        }
    }
    (answers, hidden)
}

/// A definition with right answers.
struct Case {
    content: FormContent,
    answers: Answers,
    hidden: Vec<String>,
    dice: Dice,
}

fn case() -> impl Strategy<Value = Case> {
    let dice = prop::collection::vec(any::<u32>(), 80..160);
    dice.prop_filter_map("nobody is shown some of it", |rolls| {
        let mut dice = Dice(rolls, 0);
        let content = definition(&mut dice);
        if !problems(&content, &["SA".to_owned()]).is_empty() {
            return None;
        }
        let (answers, hidden) = answers(&mut dice, &content);
        Some(Case { content, answers, hidden, dice })
    })
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:#?} {}", self.content.steps, Value::Object(self.answers.clone()))
    }
}

impl Case {
    /// What the rules say to answers, and whether they fit the schema.
    fn judged(&self, version: i32, answers: &Answers) -> (Vec<String>, bool) {
        let schema = json_schema("proba", NUMBER, &self.content, Lang::Pl);
        let validator = jsonschema::validator_for(&schema).unwrap();
        let fits = validator.is_valid(&Value::Object(answers.clone()));
        let filled = Filled { version, answers: answers.clone() };
        let said = check(&self.content, NUMBER, &filled, today());
        (said.map_or_else(|problems| told(&problems), |_| Vec::new()), fits)
    }

    /// Both refuse answers, the rules with this problem among others.
    fn refuses(&self, answers: &Answers, problem: &str) {
        let (said, fits) = self.judged(NUMBER, answers);
        assert!(said.iter().any(|one| one == problem), "{problem} is not among {said:?}: {self:?}");
        assert!(!fits, "the schema takes {answers:?}: {self:?}");
    }

    /// A field of the answers that one can be picked of.
    fn some_answer(&mut self) -> Option<Field> {
        let fields: HashMap<&str, &Field> =
            self.content.fields().map(|field| (field.code.as_str(), field)).collect();
        let codes: Vec<&String> = self.answers.keys().collect();
        let code = (!codes.is_empty()).then(|| (*self.dice.pick(&codes)).clone())?;
        Some(fields[code.as_str()].clone())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn right_answers_to_any_definition_are_accepted_and_fit_its_schema(case in case()) {
        prop_assert_eq!(case.judged(NUMBER, &case.answers), (Vec::new(), true));
        prop_assert_eq!(&tidied(&case.content, case.answers.clone()), &case.answers);
        ui_schema(&case.content, Lang::Uk);
    }

    #[test]
    fn answers_to_another_version_are_refused(case in case()) {
        let (said, _) = case.judged(NUMBER - 1, &case.answers);
        prop_assert_eq!(said, ["Conflict version"]);
    }

    #[test]
    fn an_answer_that_must_be_there_is_missed(case in case()) {
        let needed = case.content.fields().filter(|one| case.answers.contains_key(&one.code));
        for field in needed.filter(|field| field.required) {
            let mut answers = case.answers.clone();
            answers.remove(&field.code);
            case.refuses(&answers, &format!("Required answers.{}", field.code));
        }
    }

    #[test]
    fn an_answer_of_another_type_is_refused_at_its_field(mut case in case()) {
        if let Some(field) = case.some_answer() {
            let mut answers = case.answers.clone();
            answers.insert(field.code.clone(), of_other_type(field.kind));
            case.refuses(&answers, &format!("Invalid answers.{}", field.code));
        }
    }

    #[test]
    fn an_answer_to_a_hidden_field_is_refused_at_its_field(mut case in case()) {
        for code in case.hidden.clone() {
            let kind = case.content.fields().find(|field| field.code == code).unwrap().kind;
            let mut answers = case.answers.clone();
            let value = value(&mut case.dice, kind);
            answers.insert(code.clone(), value);
            case.refuses(&answers, &format!("NotAllowed answers.{code}"));
        }
    }

    #[test]
    fn an_answer_to_no_field_is_refused_by_its_name(case in case()) {
        let mut answers = case.answers.clone();
        answers.insert("not.a.field".into(), json!("x"));
        case.refuses(&answers, "Unknown answers.not.a.field");
    }

    #[test]
    fn what_is_worked_out_is_not_taken(case in case()) {
        for field in case.content.fields().filter(|field| field.computed.is_some()) {
            let mut answers = case.answers.clone();
            answers.insert(field.code.clone(), json!(1));
            case.refuses(&answers, &format!("NotAllowed answers.{}", field.code));
        }
    }

    #[test]
    fn an_answer_that_is_too_long_is_refused_at_its_field(mut case in case()) {
        if let Some(field) = case.some_answer() {
            let long = match field.kind {
                FieldKind::Text | FieldKind::LongText => json!("x".repeat(4_001)),
                FieldKind::Choices => json!(["a", "b", "c", "a"]),
                FieldKind::File => json!(["one", "two"]),
                _ => return Ok(()),
            };
            let mut answers = case.answers.clone();
            answers.insert(field.code.clone(), long);
            case.refuses(&answers, &format!("TooLong answers.{}", field.code));
        }
    }
}

#[test]
fn what_a_definition_must_not_say_is_told_at_its_path() {
    use FieldKind::{Choice, Consent, Date, Email, File, LongText, Money, Number, Text};
    let with = |kind, change: fn(&mut Field)| {
        let mut one = field("b", kind);
        change(&mut one);
        content(vec![vec![field("a", Choice), field("n", Number), one]])
    };
    for (content, expected) in [
        (with(Text, |_| {}), &[][..]),
        (content(vec![]), &["Invalid steps"]),
        (content(vec![vec![]]), &["Required steps.0.fields"]),
        (with(Text, |b| b.code = "a".into()), &["Taken steps.0.fields.2.code"]),
        (with(Text, |b| b.code = "Ż".into()), &["Invalid steps.0.fields.2.code"]),
        (with(Text, |b| b.label.pl.clear()), &["Required steps.0.fields.2.label.pl"]),
        (with(Choice, |b| b.choices.clear()), &["Required steps.0.fields.2.choices"]),
        (with(Text, |b| b.show_if = Some(is("z", "x"))), &["Unknown steps.0.fields.2.showIf"]),
        (with(Text, |b| b.show_if = Some(filled("b"))), &["Unknown steps.0.fields.2.showIf"]),
        (with(Text, |b| b.show_if = Some(is("a", "z"))), &["Unknown steps.0.fields.2.showIf"]),
        (with(Text, |b| b.show_if = Some(is("n", "01"))), &["Unknown steps.0.fields.2.showIf"]),
        (
            with(Text, |b| b.show_if = Some(Condition::default())),
            &["Invalid steps.0.fields.2.showIf"],
        ),
        (
            with(Text, |b| b.show_if = Some(all(&[is("a", "a"), is("a", "b")]))),
            &["Invalid steps.0.fields.2.showIf"],
        ),
        (with(Consent, |b| b.required = true), &["Invalid steps.0.fields.2.required"]),
        (with(Text, |b| b.min = Some(1)), &["Invalid steps.0.fields.2.min"]),
        (with(Date, |b| b.earliest = Some("soon".into())), &["Invalid steps.0.fields.2.earliest"]),
        (
            with(Date, |b| {
                b.earliest = Some("today+1".into());
                b.latest = Some("today".into());
            }),
            &["Invalid steps.0.fields.2.latest"],
        ),
        (with(LongText, |b| b.chars_max = Some(10_001)), &["Invalid steps.0.fields.2.charsMax"]),
        (with(File, |b| b.entries_max = Some(11)), &["Invalid steps.0.fields.2.entriesMax"]),
        (with(Money, |b| b.example = Some("1,5".into())), &["Invalid steps.0.fields.2.example"]),
        (with(Email, |b| b.class = FieldClass::Ordinary), &["Invalid steps.0.fields.2.class"]),
        (
            with(Number, |b| {
                b.computed = Some(Computation { sum: vec!["a".into()], ..Default::default() });
            }),
            &["Invalid steps.0.fields.2.computed"],
        ),
        (
            with(Number, |b| b.computed = Some(Computation::default())),
            &["Invalid steps.0.fields.2.computed"],
        ),
    ] {
        assert_eq!(found(&content), expected);
    }
}

#[test]
fn fields_that_name_each_other_in_a_circle_are_refused() {
    let mut first = field("a", FieldKind::Choice);
    first.show_if = Some(is("b", "a"));
    let mut second = field("b", FieldKind::Choice);
    second.show_if = Some(is("a", "a"));
    assert_eq!(found(&content(vec![vec![first, second]])), ["Unknown steps.0.fields.0.showIf"]);
}

#[test]
fn a_step_that_everybody_skips_is_refused() {
    let mut first = field("a", FieldKind::Declaration);
    first.required = true;
    let mut content = content(vec![vec![first], vec![field("b", FieldKind::Text)]]);
    content.steps[1].skip_if = Some(filled("a"));
    assert_eq!(found(&content), ["Invalid steps.1.skipIf"]);
    // Whoever need not declare is shown the step.
    content.steps[0].fields[0].required = false;
    assert_eq!(found(&content), Vec::<String>::new());
}

#[test]
fn a_field_below_two_conditions_that_exclude_each_other_is_refused() {
    let kind = field("kind", FieldKind::Choice);
    let mut plate = field("plate", FieldKind::Text);
    plate.show_if = Some(is("kind", "a"));
    let mut photo = field("photo", FieldKind::Text);
    photo.show_if = Some(all(&[filled("plate"), is("kind", "b")]));
    let content = content(vec![vec![kind, plate], vec![photo]]);
    assert_eq!(found(&content), ["Invalid steps.1.fields.0.showIf"]);
}

#[test]
fn what_a_form_lacks_to_be_published_is_told_text_by_text() {
    let mut content = content(vec![vec![field("a", FieldKind::Text)]]);
    assert_eq!(told(&gaps(&content)), Vec::<String>::new());
    content.steps[0].fields[0].label.uk.clear();
    content.clause = None;
    assert_eq!(told(&gaps(&content)), ["Required steps.0.fields.0.label.uk", "Required clause"]);
}

#[test]
fn an_address_a_day_and_a_number_are_refused_at_what_is_wrong_with_them() {
    let mut day = field("day", FieldKind::Date);
    (day.earliest, day.latest) = (Some("today-30".into()), Some("today".into()));
    let mut metres = field("metres", FieldKind::Number);
    (metres.min, metres.max, metres.decimals) = (Some(0), Some(10), Some(2));
    let address = field("address", FieldKind::Address);
    let content = content(vec![vec![day, metres, address]]);
    for (answers, expected) in [
        (json!({ "day": "2026-10-21", "metres": 2.25 }), &[][..]),
        (json!({ "day": "2026-10-20" }), &["Invalid answers.day"]),
        (json!({ "day": "2026-11-21" }), &["Invalid answers.day"]),
        (json!({ "day": "2026-02-30" }), &["Invalid answers.day"]),
        (json!({ "metres": 2.255 }), &["Invalid answers.metres"]),
        (json!({ "metres": 10.01 }), &["Invalid answers.metres"]),
        (
            json!({ "address": { "building": "5", "city": "Kraków", "postalCode": "31004" } }),
            &["Invalid answers.address.postalCode"],
        ),
        (
            json!({ "address": { "postalCode": "31-004", "city": "Kraków", "planet": "x" } }),
            &["Required answers.address.building", "Unknown answers.address.planet"],
        ),
        (json!({ "day": " " }), &["Required answers.day"]),
    ] {
        assert_eq!(refused(&content, answers.clone()), expected, "{answers}");
    }
}

#[test]
fn answers_are_tidied_before_they_are_checked() {
    let kinds = [
        ("text", FieldKind::Text),
        ("pesel", FieldKind::Pesel),
        ("agreed", FieldKind::Declaration),
        ("address", FieldKind::Address),
    ];
    let content = content(vec![kinds.iter().map(|(code, kind)| field(code, *kind)).collect()]);
    let sent = json!({
        "text": "  x \r\n", "pesel": "440514 01359", "agreed": false,
        "address": { "street": " " }, "other": null
    });
    let kept = tidied(&content, sent.as_object().unwrap().clone());
    assert_eq!(Value::Object(kept), json!({ "text": "x", "pesel": "44051401359" }));
}

#[test]
fn what_is_worked_out_stands_beside_the_answers() {
    let mut sum = field("sum", FieldKind::Number);
    sum.computed = Some(Computation { sum: vec!["a".into(), "b".into()], ..Default::default() });
    let fields = vec![field("a", FieldKind::Number), field("b", FieldKind::Number), sum];
    let content = content(vec![fields]);
    let answers = json!({ "a": 2, "b": 3 }).as_object().unwrap().clone();
    let accepted = check(&content, NUMBER, &Filled { version: NUMBER, answers }, today()).unwrap();
    assert_eq!(Value::Object(accepted.computed), json!({ "sum": 5 }));
    assert_eq!(accepted.shown, ["a", "b", "sum"]);
    assert_eq!(accepted.answers.len(), 2);
    assert_eq!(refused(&content, json!({ "a": 1, "sum": 1 })), ["NotAllowed answers.sum"]);
}

#[test]
fn answers_that_are_too_large_together_are_refused_at_once() {
    let mut one = field("a", FieldKind::LongText);
    one.chars_max = Some(10_000);
    let answers = json!({ "a": "x".repeat(200_001) });
    assert_eq!(refused(&content(vec![vec![one]]), answers), ["TooLong answers"]);
}
