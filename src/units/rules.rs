//! What a unit must be like.

use crate::{
    error::{Problem, ProblemCode},
    units::entity::UnitContent,
    words::Message,
};

/// The longest code of a unit.
const CODE_CHARS_MAX: usize = 20;

/// Everything that is wrong with a unit.
pub fn problems(unit: &UnitContent) -> Vec<Problem> {
    let mut problems = Vec::new();
    let code = &unit.code;
    if code.is_empty() || !code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) {
        problems.push(Problem::at("code", ProblemCode::Invalid, "required"));
    }
    if code.chars().count() > CODE_CHARS_MAX {
        let message = Message::new("too-long").with("max", CODE_CHARS_MAX);
        problems.push(Problem::at("code", ProblemCode::TooLong, message));
    }
    for (field, name) in
        [("name", &unit.name), ("name_en", &unit.name_en), ("name_uk", &unit.name_uk)]
    {
        if name.trim().is_empty() {
            problems.push(Problem::at(field, ProblemCode::Required, "required"));
        }
    }
    problems
}
