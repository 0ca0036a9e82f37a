//! What is stored of a form: its row, its versions, and the content of a version.

mod condition;
mod content;
mod field;
mod inputs;
mod tables;

pub use condition::{Answers, Condition, Test};
pub use content::{Clause, FormContent, Retention, Series, Step, Wording};
pub use field::{Choice, Computation, Field, FieldClass, FieldKind, FieldReader, Prefill};
pub use inputs::{FormFilter, PublishFormInput, SaveFormDraftInput, WithdrawFormInput};
pub use tables::{Form, FormId, FormVersion, FormVersionId, State, form, version};
