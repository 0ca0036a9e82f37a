//! What can be done with categories and reports.

mod case;
mod categories;
mod claim;
mod contacts;
mod correct;
mod erase;
mod external;
mod feedback;
mod filing;
mod filter;
mod handling;
mod history;
mod holder;
mod numbers;
mod owned;
pub(super) mod places;
mod published;
mod queues;
mod read;
mod residents;
mod retain;
mod searched;
mod similar;
mod sweep;
mod triage;
mod uploads;

pub use categories::{categories, edit_category, import_categories, stored_categories};
pub use claim::{claim, own_filter};
pub use contacts::{
    any_plain_contact, contact, contacts, forget_contacts, look_at_contact, seal_plain_contacts,
};
pub use correct::{correct_contact, request_correction};
pub use erase::{by_bare_number, leave_account, mask_texts, numbers_of, of_owner, tell_erased};
pub use external::{
    answer_external, by_token, external_assignments, return_from_outside, send_outside,
};
pub use feedback::{all as feedback_of, of_all as feedback_of_all};
pub use filing::file;
pub use filter::{BoxInput, DEGREE_METRES, NearInput, OPEN, ReportFilter, ReportOrder};
pub use handling::{answer, ask, hand_over, note, resume, send_back, take};
pub use history::{assignments, photos, timelines};
pub use holder::{rate, reopen, supplement, withdraw};
pub use numbers::{SEQ, draw, raise};
pub use owned::{Supported, claims, owned_by, supported_by};
pub use published::{PUBLISHED_MAX, Published, PublishedFilter, Span, described, published};
pub use queues::{in_queue, waiting_for};
pub use read::{by_global, by_ids, by_number, count, list, seen_by};
pub use residents::{followers, of_account, relate, related, support};
pub use retain::{Outdated, count_outdated, ended_before, erase_texts, outdated};
pub use searched::{Searched, count_all, searched_after, searched_by_ids, with_texts};
pub use similar::{Similar, similar};
pub use sweep::{anything_waits, wake};
pub use triage::{close, forward, merge, reject, verify};
pub use uploads::{
    LackingPhotos, expect_photo, forget_photos, lacking_photos, photos_over, unused_files,
    waiting_photos,
};
