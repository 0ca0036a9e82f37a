//! What residents may say of themselves, and what it comes to beside what a provider says.

use async_graphql::{Enum, MaybeUndefined};

use crate::{
    accounts::{
        entity::{
            Account, ContactPreferencesInput, LetterKind, Letters, Profile, UpdateProfileInput,
        },
        rules::address,
    },
    error::{Problem, ProblemCode},
    questions::{self, PHONE_CHARS_MAX},
    texts,
    words::{self, Lang, Message},
};

/// Characters of a name.
const NAME_CHARS_MAX: usize = 200;
/// The endings of levels of assurance at which somebody has seen who the person is (eIDAS).
const CONFIRMED_LEVELS: &[&str] = &["substantial", "high"];
/// The languages of letters.
const LANGUAGES: &[Lang] = &[Lang::Pl, Lang::En, Lang::Uk];

/// How sure it is who the owner of an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "AccountLevel")]
pub enum Level {
    /// Somebody who reads what comes to an address.
    Email,
    /// A person whose identity a provider has seen: `acr` is `substantial` or `high`.
    Confirmed,
}

/// How sure it is, by what the provider said at the last sign-in.
pub fn level(acr: Option<&str>) -> Level {
    match acr.is_some_and(|acr| CONFIRMED_LEVELS.iter().any(|level| acr.ends_with(level))) {
        true => Level::Confirmed,
        false => Level::Email,
    }
}

/// The name: the own one over that of the provider.
pub fn name<'a>(account: &'a Account, profile: &'a Profile) -> &'a str {
    profile.name.as_deref().unwrap_or(&account.name)
}

/// The confirmed address: the own one over that of the provider.
pub fn email<'a>(account: &'a Account, profile: &'a Profile) -> Option<&'a str> {
    profile.email.as_deref().or(account.email.as_deref())
}

/// The language of letters: the chosen one over that of the last sign-in.
pub fn language(account: &Account, profile: &Profile) -> Lang {
    words::negotiate(Some(profile.lang.as_deref().unwrap_or(&account.lang)))
}

/// The profile with everything that needs no confirmation, or everything that is wrong; `known` are the
/// numbers of the districts.
pub fn changed(
    profile: &Profile,
    input: &UpdateProfileInput,
    known: &[i32],
) -> Result<Profile, Vec<Problem>> {
    let mut changed = profile.clone();
    let mut problems = Vec::new();
    take(&mut changed.name, &input.name, own_name, &mut problems);
    take(&mut changed.phone, &input.phone, phone, &mut problems);
    take(&mut changed.lang, &input.language, own_language, &mut problems);
    if let MaybeUndefined::Value(email) = &input.email
        && address(email).is_none()
    {
        problems.push(Problem::at("email", ProblemCode::Invalid, "link-no-address"));
    }
    if let Some(districts) = &input.districts {
        problems.extend(district_problems(districts, known));
        changed.districts.0.clone_from(districts);
        changed.districts.0.sort_unstable();
    }
    changed.letters = chosen(changed.letters, input.contact_preferences.unwrap_or_default());
    if problems.is_empty() { Ok(changed) } else { Err(problems) }
}

/// Takes what was said over, if it is sound.
fn take(
    field: &mut Option<String>,
    said: &MaybeUndefined<String>,
    sound: impl Fn(&str) -> Result<String, Problem>,
    problems: &mut Vec<Problem>,
) {
    match said {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *field = None,
        MaybeUndefined::Value(text) => match sound(text) {
            Ok(text) => *field = Some(text),
            Err(problem) => problems.push(problem),
        },
    }
}

fn own_name(text: &str) -> Result<String, Problem> {
    let name = texts::tidied(text);
    if name.is_empty() {
        return Err(Problem::at("name", ProblemCode::Required, "required"));
    }
    if name.contains(char::is_control) {
        return Err(Problem::at("name", ProblemCode::Invalid, "one-line"));
    }
    match texts::problems("name", &name, NAME_CHARS_MAX).pop() {
        Some(problem) => Err(problem),
        None => Ok(name),
    }
}

fn phone(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let number = questions::dialled(text).filter(|_| text.chars().count() <= PHONE_CHARS_MAX);
    number.ok_or_else(|| Problem::at("phone", ProblemCode::Invalid, "not-a-phone"))
}

fn own_language(text: &str) -> Result<String, Problem> {
    let known = LANGUAGES.iter().map(|lang| words::tag(*lang)).find(|tag| *tag == text);
    known
        .map(str::to_owned)
        .ok_or_else(|| Problem::at("language", ProblemCode::Unknown, "unknown-language"))
}

fn district_problems(districts: &[i32], known: &[i32]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (place, number) in districts.iter().enumerate() {
        let path = format!("districts.{place}");
        if !known.contains(number) {
            let message = Message::new("unknown-district").with("number", number);
            problems.push(Problem::at(&path, ProblemCode::Unknown, message));
        } else if districts[..place].contains(number) {
            let message = Message::new("taken").with("value", number);
            problems.push(Problem::at(&path, ProblemCode::Taken, message));
        }
        // All there are, each wrong: no more need be told.
        if place >= known.len() {
            break;
        }
    }
    problems
}

fn chosen(letters: Letters, said: ContactPreferencesInput) -> Letters {
    Letters {
        any: said.letters.unwrap_or(letters.any),
        received: said.received.unwrap_or(letters.received),
        forwarded: said.forwarded.unwrap_or(letters.forwarded),
        answered: said.answered.unwrap_or(letters.answered),
        needs_info: said.needs_info.unwrap_or(letters.needs_info),
        other: said.other.unwrap_or(letters.other),
    }
}

impl Letters {
    /// Whether a letter of this kind is to come.
    pub fn want(&self, kind: LetterKind) -> bool {
        self.any
            && match kind {
                LetterKind::Received => self.received,
                LetterKind::Forwarded => self.forwarded,
                LetterKind::Answered => self.answered,
                LetterKind::NeedsInfo => self.needs_info,
                LetterKind::Other => self.other,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::entity::AccountId;

    fn paths(input: UpdateProfileInput) -> Vec<String> {
        let profile = Profile::of(AccountId(uuid::Uuid::nil()));
        let problems = changed(&profile, &input, &[1, 2, 18]).err().unwrap_or_default();
        problems.into_iter().map(|p| format!("{:?} {}", p.code, p.field.join("."))).collect()
    }

    #[test]
    fn what_a_person_says_is_checked_field_by_field() {
        let text = |text: &str| MaybeUndefined::Value(text.to_owned());
        let wrong = UpdateProfileInput {
            name: text("Anna\nNowak"),
            email: text("anna"),
            phone: text("112"),
            language: text("de"),
            districts: Some(vec![1, 1, 19]),
            ..UpdateProfileInput::default()
        };
        let wanted = [
            "Invalid name",
            "Invalid phone",
            "Unknown language",
            "Invalid email",
            "Taken districts.1",
            "Unknown districts.2",
        ];
        assert_eq!(paths(wrong), wanted);
        let blank = UpdateProfileInput { name: text("  "), ..UpdateProfileInput::default() };
        assert_eq!(paths(blank), ["Required name"]);
    }

    #[test]
    fn a_telephone_number_is_kept_as_it_is_dialled() {
        for (written, kept) in [
            ("+48 600-100-200", Some("+48600100200")),
            ("(12) 616 55 55", Some("126165555")),
            ("600+100200", None),
            ("++48600100200", None),
            ("600 100 2oo", None),
            ("1234567890123456", None),
            ("", None),
        ] {
            assert_eq!(phone(written).ok().as_deref(), kept, "{written}");
        }
    }

    #[test]
    fn nothing_at_all_stands_over_every_choice() {
        let kinds = [
            LetterKind::Received,
            LetterKind::Forwarded,
            LetterKind::Answered,
            LetterKind::NeedsInfo,
            LetterKind::Other,
        ];
        for kind in kinds {
            assert!(Letters::default().want(kind));
            assert!(!Letters { any: false, ..Letters::default() }.want(kind));
        }
        let said = ContactPreferencesInput {
            forwarded: Some(false),
            ..ContactPreferencesInput::default()
        };
        let some = chosen(Letters::default(), said);
        let wanted: Vec<_> = kinds.into_iter().filter(|kind| some.want(*kind)).collect();
        assert_eq!(wanted.len(), kinds.len() - 1);
        assert!(!some.want(LetterKind::Forwarded));
    }

    #[test]
    fn only_a_level_at_which_somebody_was_seen_is_confirmed() {
        for (acr, wanted) in [
            (None, Level::Email),
            (Some("low"), Level::Email),
            (Some("high"), Level::Confirmed),
            (Some("http://eidas.europa.eu/LoA/substantial"), Level::Confirmed),
        ] {
            assert_eq!(level(acr), wanted, "{acr:?}");
        }
    }
}
