//! What is stored of a card: its row, its versions, and the content of a version.

mod area;
mod content;
mod inputs;
mod tables;

pub use area::Area;
pub use content::{
    CardContent, Channel, ChannelKind, Deadline, Document, Fee, FormLink, LegalBasis, Possible,
    Question, Translation,
};
pub use inputs::{
    CardFreshnessFilter, CreateServiceCardInput, EditServiceCardInput, PublishServiceCardInput,
    ServiceCardFilter, ServiceCardStepInput,
};
pub use tables::{Card, CardId, CardVersion, State, VersionId, card, version};
