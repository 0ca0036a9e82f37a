//! A card cut into the passages that are searched: one per section and language.

use kontakt_index::{Aspect, Passage};
use serde::Serialize;

use crate::{
    cards::entity::{CardContent, Fee},
    words::{self, Lang},
};

/// A section of a card. The code is what a search hit names; the label stands as the heading in
/// `content/cards/*.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Section {
    /// What the matter is.
    Summary,
    /// Who may file.
    Criteria,
    /// What to do, in order.
    Steps,
    /// What to bring.
    Documents,
    /// What it costs.
    Fees,
    /// How long it takes.
    Deadline,
    /// Where to go.
    Places,
    /// Ways to file.
    Channels,
    /// What one gets.
    Outcome,
    /// How to appeal.
    Appeal,
    /// Anything else.
    Notes,
    /// Questions and answers.
    Questions,
    /// The acts on which the matter rests.
    Legal,
}

impl Section {
    /// The code, such as `FEES`.
    pub fn code(self) -> String {
        words::code(&self)
    }

    /// The kind of question that the section answers.
    fn answers(self) -> Option<Aspect> {
        match self {
            Section::Summary => Some(Aspect::Overview),
            Section::Fees => Some(Aspect::Cost),
            Section::Deadline => Some(Aspect::Time),
            Section::Places => Some(Aspect::Place),
            Section::Documents => Some(Aspect::Documents),
            Section::Appeal => Some(Aspect::Appeal),
            _ => None,
        }
    }

    /// The heading in a language.
    pub fn label(self, lang: Lang) -> String {
        words::label_of(lang, "section", &self)
    }
}

/// The passages of a card in all its languages. A translation yields only what it translates.
pub fn passages(content: &CardContent) -> Vec<Passage> {
    let polish = sections(content);
    let mut all = in_language(content, Lang::Pl, polish.clone());
    for lang in [Lang::En, Lang::Uk] {
        if let Some(read) = content.translated(lang) {
            let translated = sections(&read).into_iter().filter(|part| !polish.contains(part));
            all.extend(in_language(&read, lang, translated.collect()));
        }
    }
    all
}

fn in_language(
    content: &CardContent,
    lang: Lang,
    sections: Vec<(Section, String)>,
) -> Vec<Passage> {
    let passage = |(section, text): (Section, String)| Passage {
        lang,
        section: section.code(),
        answers: section.answers(),
        title: content.title.clone(),
        keywords: content.keywords.clone(),
        text,
    };
    sections.into_iter().map(passage).collect()
}

/// The sections of a content that say something.
fn sections(content: &CardContent) -> Vec<(Section, String)> {
    let some = |text: &Option<String>| text.clone().unwrap_or_default();
    let deadline = content.deadline.as_ref().map(|deadline| deadline.text.clone());
    let audience = lines(content.audience.iter().cloned());
    let all = [
        (Section::Summary, content.summary.clone()),
        (Section::Criteria, lines([audience, some(&content.criteria)])),
        (Section::Steps, lines(content.steps.iter().cloned())),
        (
            Section::Documents,
            lines(content.documents.iter().map(|document| {
                sentence([Some(&document.name), document.when.as_ref(), document.whom.as_ref()])
            })),
        ),
        (Section::Fees, lines(content.fees.iter().map(fee_sentence))),
        (Section::Deadline, deadline.unwrap_or_default()),
        (
            Section::Places,
            lines(content.places.iter().map(|place| {
                sentence([
                    Some(&place.name),
                    Some(&place.address),
                    place.hours.as_ref(),
                    place.phone.as_ref(),
                ])
            })),
        ),
        (Section::Channels, lines(content.channels.iter().filter_map(|c| c.guidance.clone()))),
        (Section::Outcome, some(&content.outcome)),
        (Section::Appeal, some(&content.appeal)),
        (Section::Notes, some(&content.notes)),
        (
            Section::Questions,
            lines(content.questions.iter().map(|q| format!("{} {}", q.question, q.answer))),
        ),
        (
            Section::Legal,
            lines(
                content
                    .legal_basis
                    .iter()
                    .map(|act| sentence([Some(&act.title), act.citation.as_ref()])),
            ),
        ),
    ];
    all.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect()
}

fn fee_sentence(fee: &Fee) -> String {
    let amount = fee.amount.map(|amount| format!("{amount} zł"));
    let from = fee.valid_from.map(|day| format!("od {day}"));
    let to = fee.valid_to.map(|day| format!("do {day}"));
    sentence([
        Some(&fee.label),
        amount.as_ref(),
        fee.condition.as_ref(),
        from.as_ref(),
        to.as_ref(),
    ])
}

fn sentence<'a>(parts: impl IntoIterator<Item = Option<&'a String>>) -> String {
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let text = parts.join(", ");
    if text.is_empty() || text.ends_with('.') { text } else { text + "." }
}

fn lines(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    parts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::entity::Translation;

    #[test]
    fn a_translation_gives_passages_only_of_what_it_translates() {
        let content = CardContent {
            title: "Dowód".into(),
            summary: "Opis.".into(),
            appeal: Some("Nie przysługuje.".into()),
            en: Some(Translation { summary: Some("Summary.".into()), ..Default::default() }),
            ..Default::default()
        };
        let found: Vec<_> =
            passages(&content).into_iter().map(|p| (p.lang, p.section, p.text)).collect();
        assert_eq!(
            found,
            [
                (Lang::Pl, "SUMMARY".into(), "Opis.".into()),
                (Lang::Pl, "APPEAL".into(), "Nie przysługuje.".into()),
                (Lang::En, "SUMMARY".into(), "Summary.".to_owned()),
            ]
        );
    }

    #[test]
    fn a_fee_reads_as_a_sentence_with_its_days() {
        let fee: Fee = serde_json::from_str(
            r#"{"label":"Godzina w A","amount":"9.00","valid_from":"2025-08-04"}"#,
        )
        .unwrap();
        assert_eq!(fee_sentence(&fee), "Godzina w A, 9.00 zł, od 2025-08-04.");
    }
}
