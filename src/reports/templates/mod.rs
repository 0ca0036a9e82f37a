//! Templates of answers by category and outcome, whose variables are filled in for a report.

mod actions;
mod entity;
mod graphql;
mod rules;

pub use actions::{all, import, known, save, unit_of};
pub use entity::{AnswerTemplate, AnswerTemplateId, SaveAnswerTemplateInput, TemplateContent};
pub use graphql::{AnswerTemplateObject, TemplateMutations, TemplateQueries, answer_templates};
pub use rules::{Known, problems};
