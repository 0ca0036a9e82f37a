//! Records on their way in: read from the texts of files, and held against the rules of their slices,
//! with the place that each came from.

use std::{collections::HashMap, path::Path};

use crate::{
    articles::{self, ArticleContent},
    cards::{self, CardContent, Translation},
    content::{
        ContentError, Fault, articles as article_files, cards as card_files,
        errors::{json_reason, key},
        forms as form_files,
        front_matter::{self, Lines, read_toml},
        lists::{AnswerTemplates, Categories, List, RoutingRules, Units},
    },
    error::{Problem, Result},
    forms::{self, FormContent},
    reports::{
        self, Category,
        routing::{self, RoutingContent},
        templates::{self, TemplateContent},
    },
    search::{self, Answer, BestBetContent, Rule, SynonymContent},
    units::{self, UnitContent},
    words::{self, Lang},
};

/// A record with the place that it came from.
pub struct Record<T> {
    pub file: String,
    pub line: usize,
    pub slug: String,
    pub content: T,
    /// File and line of its facts by their paths, where they have lines of their own.
    places: HashMap<String, (String, usize)>,
}

impl<T> Record<T> {
    /// A record that is a whole file.
    fn of_file(file: &str, slug: &str, (content, lines): (T, Lines)) -> Self {
        let place = |(path, line)| (path, (file.to_owned(), line));
        let places = lines.into_iter().map(place).collect();
        Self { file: file.to_owned(), line: 1, slug: slug.to_owned(), content, places }
    }

    /// Where the files say what a problem is about, or what that stands in.
    fn place(&self, problem: &Problem) -> (&str, usize) {
        let keys: Vec<String> = problem.field.iter().map(|field| key(field)).collect();
        let known = (1..=keys.len()).rev().find_map(|n| self.places.get(&keys[..n].join(".")));
        known.map_or((&self.file, self.line), |(file, line)| (file, *line))
    }
}

/// A file: its path, its name as it is shown, its text.
pub type Text<'a> = (&'a Path, String, String);

/// Reads cards; translations are put into their cards.
pub fn read_cards(texts: &[Text]) -> Result<Vec<Record<CardContent>>, Fault> {
    let mut errors = Vec::new();
    let mut records: Vec<Record<CardContent>> = Vec::new();
    let mut translations: Vec<(Lang, Record<Translation>)> = Vec::new();
    for (path, file, text) in texts {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.ends_with(".jsonl") {
            read_lines(file, text, &mut records, &mut errors, card_files::read_line);
            continue;
        }
        let (slug, lang) = card_files::name_parts(name);
        if lang == Lang::Pl {
            match card_files::read(file, text) {
                Ok(read) => records.push(Record::of_file(file, slug, read)),
                Err(error) => errors.push(error),
            }
        } else {
            match card_files::read_translation(file, text, lang) {
                Ok(read) => translations.push((lang, Record::of_file(file, slug, read))),
                Err(error) => errors.push(error),
            }
        }
    }
    // A card whose own file is broken is not called missing as well.
    if errors.is_empty() {
        attach(&mut records, translations, &mut errors);
    }
    done(records, errors)
}

fn attach(
    records: &mut [Record<CardContent>],
    translations: Vec<(Lang, Record<Translation>)>,
    errors: &mut Vec<ContentError>,
) {
    for (lang, Record { file, line, slug, content, places }) in translations {
        let Some(record) = records.iter_mut().find(|record| record.slug == slug) else {
            let reason = format!("name {slug}.md too: a translation comes with its card");
            errors.push(ContentError::new(&file, line, reason));
            continue;
        };
        let tag = words::tag(lang);
        if card_files::attach(&mut record.content, lang, content).is_some() {
            let reason = format!("the card \"{slug}\" has a translation into \"{tag}\" already");
            errors.push(ContentError::new(&file, line, reason));
        }
        let below = |(path, place): (String, _)| (format!("{tag}.{path}"), place);
        record.places.extend(places.into_iter().map(below));
        record.places.insert(tag.to_owned(), (file, line));
    }
}

pub fn read_articles(texts: &[Text]) -> Result<Vec<Record<ArticleContent>>, Fault> {
    let mut errors = Vec::new();
    let mut records = Vec::new();
    for (path, file, text) in texts {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.ends_with(".jsonl") {
            read_lines(file, text, &mut records, &mut errors, article_files::read_line);
            continue;
        }
        let slug = name.strip_suffix(".md").unwrap_or(name);
        match article_files::read(file, text) {
            Ok(read) => records.push(Record::of_file(file, slug, read)),
            Err(error) => errors.push(error),
        }
    }
    done(records, errors)
}

/// Reads forms.
pub fn read_forms(texts: &[Text]) -> Result<Vec<Record<FormContent>>, Fault> {
    let mut errors = Vec::new();
    let mut records = Vec::new();
    for (path, file, text) in texts {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        match form_files::read(file, text) {
            Ok(read) => {
                let slug = name.strip_suffix(".toml").unwrap_or(name);
                records.push(Record::of_file(file, slug, read));
            }
            Err(error) => errors.push(error),
        }
    }
    done(records, errors)
}

/// Reads the entries of lists, or lines of JSON; `name` tells one from the others.
pub fn read_lists<L: List>(
    texts: &[Text],
    name: impl Fn(&L::Entry) -> String,
) -> Result<Vec<Record<L::Entry>>, Fault> {
    let mut errors = Vec::new();
    let mut records = Vec::new();
    for (path, file, text) in texts {
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            read_lines(file, text, &mut records, &mut errors, |line| {
                let entry: L::Entry = serde_json::from_str(line).map_err(json_reason)?;
                Ok((name(&entry), entry))
            });
            continue;
        }
        match read_toml::<L>(file, text, 0) {
            Ok(found) => {
                let lines = front_matter::lines(text, 0);
                records.extend((0..).zip(found.entries()).map(|(i, content)| Record {
                    file: file.clone(),
                    line: lines.get(&format!("{}.{i}", L::KEY)).copied().unwrap_or(1),
                    slug: name(&content),
                    content,
                    places: HashMap::new(),
                }));
            }
            Err(error) => errors.push(error),
        }
    }
    done(records, errors)
}

/// Reads units.
pub fn read_units(texts: &[Text]) -> Result<Vec<Record<UnitContent>>, Fault> {
    read_lists::<Units>(texts, |unit| unit.code.clone())
}

/// Reads categories of reports.
pub fn read_categories(texts: &[Text]) -> Result<Vec<Record<Category>>, Fault> {
    read_lists::<Categories>(texts, |category| category.code.clone())
}

/// Reads routing rules.
pub fn read_routing(texts: &[Text]) -> Result<Vec<Record<RoutingContent>>, Fault> {
    let mut records = read_lists::<RoutingRules>(texts, |rule| rule.code.clone())?;
    for record in &mut records {
        record.content = record.content.clone().tidied();
    }
    Ok(records)
}

/// Reads templates of answers.
pub fn read_templates(texts: &[Text]) -> Result<Vec<Record<TemplateContent>>, Fault> {
    let mut records = read_lists::<AnswerTemplates>(texts, |template| template.code.clone())?;
    for record in &mut records {
        record.content = record.content.clone().tidied();
    }
    Ok(records)
}

/// Reads synonyms or best bets.
pub fn read_rules<L: List<Entry: Rule>>(texts: &[Text]) -> Result<Vec<Record<L::Entry>>, Fault> {
    let mut records = read_lists::<L>(texts, |rule| rule.clone().tidied().name())?;
    for record in &mut records {
        record.content = record.content.clone().tidied();
    }
    Ok(records)
}

fn read_lines<T>(
    file: &str,
    text: &str,
    records: &mut Vec<Record<T>>,
    errors: &mut Vec<ContentError>,
    read: impl Fn(&str) -> Result<(String, T), String>,
) {
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match read(line) {
            Ok((slug, content)) => {
                let (file, places) = (file.to_owned(), HashMap::new());
                records.push(Record { file, line: number, slug, content, places });
            }
            Err(reason) => errors.push(ContentError::new(file, number, reason)),
        }
    }
}

fn done<T>(records: Vec<Record<T>>, errors: Vec<ContentError>) -> Result<Vec<Record<T>>, Fault> {
    if errors.is_empty() { Ok(records) } else { Err(Fault::Content(errors)) }
}

/// Holds every record against the rules of its slice.
fn check<T>(
    records: &[Record<T>],
    problems: impl Fn(&Record<T>) -> Vec<Problem>,
) -> Result<(), Fault> {
    let mut errors = Vec::new();
    let mut places: HashMap<&str, (&str, usize)> = HashMap::new();
    for record in records {
        let found = problems(record);
        errors.extend(found.iter().map(|problem| {
            let (file, line) = record.place(problem);
            ContentError::of(file, line, problem)
        }));
        if let Some((file, line)) = places.insert(&record.slug, (&record.file, record.line)) {
            let reason = format!("\"{}\" stands at {file}:{line} already", record.slug);
            errors.push(ContentError::new(&record.file, record.line, reason));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Fault::Content(errors)) }
}

pub fn check_cards(records: &[Record<CardContent>], units: &[String]) -> Result<(), Fault> {
    check(records, |record| cards::problems(&record.slug, &record.content, units))
}

pub fn check_articles(records: &[Record<ArticleContent>], units: &[String]) -> Result<(), Fault> {
    check(records, |record| articles::problems(&record.slug, &record.content, units))
}

pub fn check_forms(records: &[Record<FormContent>], units: &[String]) -> Result<(), Fault> {
    check(records, |record| forms::problems(&record.slug, &record.content, units))
}

pub fn check_synonyms(records: &[Record<SynonymContent>]) -> Result<(), Fault> {
    check(records, |record| record.content.problems())
}

/// Holds best bets against their rules and against the answers that are known.
pub fn check_best_bets(
    records: &[Record<BestBetContent>],
    is_known: impl Fn(&Answer) -> bool,
) -> Result<(), Fault> {
    check(records, |record| {
        let mut problems = record.content.problems();
        problems.extend(search::refuse_unknown(&record.content, &is_known));
        problems
    })
}

pub fn check_units(records: &[Record<UnitContent>]) -> Result<(), Fault> {
    check(records, |record| units::problems(&record.content))
}

/// Holds categories against their rules, among those that are known already.
pub fn check_categories(
    records: &[Record<Category>],
    known: Vec<Category>,
    units: &[String],
) -> Result<(), Fault> {
    let batch: Vec<Category> = records.iter().map(|record| record.content.clone()).collect();
    let all = reports::with_batch(known, &batch);
    check(records, |record| reports::category_list_problems(&record.content, &all, units))
}

pub fn check_routing(
    records: &[Record<RoutingContent>],
    known: &routing::Known,
) -> Result<(), Fault> {
    check(records, |record| routing::problems(&record.content, known))
}

pub fn check_templates(
    records: &[Record<TemplateContent>],
    known: &templates::Known,
) -> Result<(), Fault> {
    check(records, |record| templates::problems(&record.content, known))
}
