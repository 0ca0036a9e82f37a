//! `kontakt import`: everything is read and checked before the first write, so that a broken file
//! changes nothing.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

use clap::ValueEnum;
use serde::Deserialize;

use crate::{
    actor::Actor,
    articles::{self, ArticleContent},
    cards::{self, CardContent, Translation},
    content::{
        ContentError, Fault, articles as article_files, cards as card_files,
        errors::{json_reason, key},
        files,
        front_matter::{self, Lines, read_toml},
    },
    db::{Db, Tx},
    error::{Problem, Result},
    imported::{Imported, Origin},
    progress::Progress,
    units::{self, UnitContent},
    words::{self, Lang},
};

/// Records in one commit.
const BATCH: usize = 500;
/// Cards in one commit: a card takes more statements than an article.
const CARDS_BATCH: usize = 50;
/// Nodes that import at once take turns; the later ones find what the earlier ones have written.
pub(super) const IMPORTING: i64 = 0x4b4f_4e54_0003;

/// What files hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Service cards: `<slug>.md` with translations beside, or JSON Lines with a `slug`.
    Cards,
    /// Articles: `<slug>.md`, or JSON Lines with `id`, `title`, `text`.
    Articles,
    /// Units: TOML as in `content/units.toml`, or JSON Lines.
    Units,
}

/// How many records met which fate.
pub type Tally = BTreeMap<Imported, usize>;

impl Kind {
    /// How the names of its files end.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Cards | Self::Articles => &["md", "jsonl"],
            Self::Units => &["toml", "jsonl"],
        }
    }
}

/// A record with the place that it came from.
pub(super) struct Record<T> {
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

/// Imports files (or all files of folders) of one kind.
pub async fn import(db: &Db, kind: Kind, paths: &[PathBuf]) -> Result<Tally, Fault> {
    let paths = files::expand(paths, kind.extensions())?;
    let mut texts = Vec::with_capacity(paths.len());
    for path in &paths {
        texts.push((path.as_path(), path.display().to_string(), files::read(path)?));
    }
    match kind {
        Kind::Cards => {
            let records = read_cards(&texts)?;
            check_cards(&records, &units::known_codes(db.reader()).await?)?;
            write_cards(db, records).await
        }
        Kind::Articles => {
            let records = read_articles(&texts)?;
            check_articles(&records, &units::known_codes(db.reader()).await?)?;
            write_articles(db, records).await
        }
        Kind::Units => {
            let records = read_units(&texts)?;
            check(&records, |record| units::problems(&record.content))?;
            write_units(db, records).await
        }
    }
}

/// A file: its path, its name as it is shown, its text.
pub(super) type Text<'a> = (&'a Path, String, String);

/// Reads cards; translations are put into their cards.
pub(super) fn read_cards(texts: &[Text]) -> Result<Vec<Record<CardContent>>, Fault> {
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

pub(super) fn read_articles(texts: &[Text]) -> Result<Vec<Record<ArticleContent>>, Fault> {
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

fn read_units(texts: &[Text]) -> Result<Vec<Record<UnitContent>>, Fault> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        unit: Vec<UnitContent>,
    }

    let mut errors = Vec::new();
    let mut records = Vec::new();
    for (path, file, text) in texts {
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            read_lines(file, text, &mut records, &mut errors, |line| {
                let unit: UnitContent = serde_json::from_str(line).map_err(json_reason)?;
                Ok((unit.code.clone(), unit))
            });
            continue;
        }
        match read_toml::<File>(file, text, 0) {
            Ok(found) => {
                let lines = front_matter::lines(text, 0);
                records.extend((0..).zip(found.unit).map(|(i, content)| Record {
                    file: file.clone(),
                    line: lines.get(&format!("unit.{i}")).copied().unwrap_or(1),
                    slug: content.code.clone(),
                    content,
                    places: HashMap::new(),
                }));
            }
            Err(error) => errors.push(error),
        }
    }
    done(records, errors)
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

pub(super) fn check_cards(records: &[Record<CardContent>], units: &[String]) -> Result<(), Fault> {
    check(records, |record| cards::problems(&record.slug, &record.content, units))
}

pub(super) fn check_articles(
    records: &[Record<ArticleContent>],
    units: &[String],
) -> Result<(), Fault> {
    check(records, |record| articles::problems(&record.slug, &record.content, units))
}

async fn write_cards(db: &Db, records: Vec<Record<CardContent>>) -> Result<Tally, Fault> {
    let mut tally = Tally::new();
    let mut progress = Progress::start("importing cards", records.len() as u64);
    let mut records = records.into_iter().peekable();
    while records.peek().is_some() {
        let batch: Vec<_> = records.by_ref().take(CARDS_BATCH).collect();
        let count = batch.len() as u64;
        let fates = db
            .write(async |tx| {
                tx.exclusive(IMPORTING).await?;
                let mut fates = Vec::new();
                for Record { slug, content, .. } in batch {
                    fates.push(
                        cards::import(tx, &Actor::System, &slug, content, Origin::File).await?,
                    );
                }
                Ok(fates)
            })
            .await?;
        count_fates(&mut tally, fates);
        progress.add(count);
    }
    Ok(tally)
}

async fn write_articles(db: &Db, records: Vec<Record<ArticleContent>>) -> Result<Tally, Fault> {
    let mut tally = Tally::new();
    let mut progress = Progress::start("importing articles", records.len() as u64);
    let mut records = records.into_iter().peekable();
    while records.peek().is_some() {
        let batch: Vec<_> =
            records.by_ref().take(BATCH).map(|record| (record.slug, record.content)).collect();
        let count = batch.len() as u64;
        let import = async |tx: &Tx| {
            tx.exclusive(IMPORTING).await?;
            articles::import(tx, &Actor::System, batch, Origin::File).await
        };
        count_fates(&mut tally, db.write(import).await?);
        progress.add(count);
    }
    Ok(tally)
}

async fn write_units(db: &Db, records: Vec<Record<UnitContent>>) -> Result<Tally, Fault> {
    let batch = records.into_iter().map(|record| record.content).collect();
    let import = async |tx: &Tx| {
        tx.exclusive(IMPORTING).await?;
        units::import(tx, &Actor::System, batch, Origin::File).await
    };
    let mut tally = Tally::new();
    count_fates(&mut tally, db.write(import).await?);
    Ok(tally)
}

pub(super) fn count_fates(tally: &mut Tally, fates: Vec<Imported>) {
    for fate in fates {
        *tally.entry(fate).or_default() += 1;
    }
}
