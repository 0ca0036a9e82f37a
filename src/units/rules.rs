//! What a unit must be like.

use crate::{
    error::{Problem, ProblemCode},
    texts,
    units::entity::UnitContent,
};

/// The longest code of a unit.
const CODE_CHARS_MAX: usize = 20;
const TEXT_CHARS_MAX: usize = 2_000;

/// Everything that is wrong with a unit.
pub fn problems(unit: &UnitContent) -> Vec<Problem> {
    let mut problems = Vec::new();
    let code = &unit.code;
    if code.is_empty() || !code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) {
        problems.push(Problem::at("code", ProblemCode::Invalid, "not-a-code"));
    }
    let chars_max = |path: &str| if path == "code" { CODE_CHARS_MAX } else { TEXT_CHARS_MAX };
    problems.extend(texts::content_problems(unit, chars_max));
    for (field, name) in
        [("name", &unit.name), ("name_en", &unit.name_en), ("name_uk", &unit.name_uk)]
    {
        if name.trim().is_empty() {
            problems.push(Problem::at(field, ProblemCode::Required, "required"));
        }
    }
    problems
}
