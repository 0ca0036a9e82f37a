//! The content that ships in the binary, and how it is kept loaded without overwriting anybody.

use std::{collections::HashMap, path::Path};

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{
    actor::Actor,
    articles::{self, ArticleContent},
    cards::{self, CardContent},
    content::{
        Fault,
        cards::name_parts,
        front_matter::read_toml,
        import::{IMPORTING, Tally, in_batches},
        lists::{BestBets, Synonyms},
        outlines::read_outlines,
        records::{
            Record, Text, check_articles, check_best_bets, check_cards, check_categories,
            check_forms, check_routing, check_synonyms, check_templates, check_units,
            read_articles, read_cards, read_categories, read_forms, read_routing, read_rules,
            read_templates, read_units,
        },
    },
    db::{Db, Tx, facts},
    error::{Error, Result},
    forms::{self, FormContent},
    geo::Outline,
    imported::{Imported, Origin},
    reports::{
        self, Category,
        routing::{self, RoutingContent},
        templates::{self, TemplateContent},
    },
    search::{self, Answer, BestBetContent, SynonymContent},
    units::{self, District, UnitContent},
};

static CONTENT: Dir = include_dir!("$CARGO_MANIFEST_DIR/content");

/// The fact that holds edition and digest of the content that was last loaded whole.
const LOADED: &str = "builtin-content";
/// Cards in one commit.
const BATCH: usize = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Districts {
    district: Vec<District>,
}

struct Builtin {
    units: Vec<UnitContent>,
    districts: Vec<District>,
    outlines: Vec<(i32, Outline)>,
    categories: Vec<Category>,
    routing: Vec<RoutingContent>,
    templates: Vec<TemplateContent>,
    /// Each with the digest of its files.
    cards: Vec<(String, Record<CardContent>)>,
    articles: Vec<(String, Record<ArticleContent>)>,
    forms: Vec<(String, Record<FormContent>)>,
    synonyms: Vec<SynonymContent>,
    best_bets: Vec<BestBetContent>,
}

/// Reads and checks the built-in content; gives the number of cards, articles and forms.
pub fn check() -> Result<(usize, usize, usize), Fault> {
    let builtin = read()?;
    Ok((builtin.cards.len(), builtin.articles.len(), builtin.forms.len()))
}

/// The districts of the city.
pub(super) fn districts() -> Result<Vec<District>, Fault> {
    let districts = read_toml::<Districts>("districts.toml", list("districts.toml"), 0);
    Ok(districts.map_err(|error| Fault::Content(vec![error]))?.district)
}

fn list(name: &str) -> &'static str {
    CONTENT.get_file(name).and_then(|file| file.contents_utf8()).unwrap_or_default()
}

fn read() -> Result<Builtin, Fault> {
    let text = |name: &'static str| (Path::new(name), name.to_owned(), list(name).to_owned());
    let units = read_units(&[text("units.toml")])?;
    check_units(&units)?;
    let districts = districts()?;
    let outlines = read_outlines(&[text("districts.geojson")], &districts)?;
    let (card_texts, article_texts) = (texts("cards"), texts("articles"));
    let form_texts = texts("forms");
    let cards = read_cards(&card_texts)?;
    let articles = read_articles(&article_texts)?;
    let codes: Vec<String> = units.iter().map(|unit| unit.slug.clone()).collect();
    check_cards(&cards, &codes)?;
    check_articles(&articles, &codes)?;
    let forms = read_forms(&form_texts)?;
    check_forms(&forms, &codes)?;
    let categories = read_categories(&[text("categories.toml")])?;
    check_categories(&categories, Vec::new(), &codes)?;
    let categories: Vec<Category> = contents(categories);
    let known = routing::Known {
        categories: categories.clone(),
        districts: districts.iter().map(|district| district.number).collect(),
        units: codes,
    };
    let routing = read_routing(&[text("routing.toml")])?;
    check_routing(&routing, &known)?;
    let templates = read_templates(&[text("answer-templates.toml")])?;
    let known = templates::Known { categories: known.categories, units: known.units };
    check_templates(&templates, &known)?;
    let synonyms = read_rules::<Synonyms>(&[text("synonyms.toml")])?;
    check_synonyms(&synonyms)?;
    let best_bets = read_rules::<BestBets>(&[text("best-bets.toml")])?;
    check_best_bets(&best_bets, |answer| match answer {
        Answer::Card(slug) => cards.iter().any(|card| card.slug == *slug),
        Answer::Article(slug) => articles.iter().any(|article| article.slug == *slug),
    })?;
    Ok(Builtin {
        units: contents(units),
        districts,
        outlines,
        categories,
        routing: contents(routing),
        templates: contents(templates),
        cards: with_digests(cards, digests(&card_texts)),
        articles: with_digests(articles, digests(&article_texts)),
        forms: with_digests(forms, digests(&form_texts)),
        synonyms: contents(synonyms),
        best_bets: contents(best_bets),
    })
}

fn contents<T>(records: Vec<Record<T>>) -> Vec<T> {
    records.into_iter().map(|record| record.content).collect()
}

fn with_digests<T>(
    records: Vec<Record<T>>,
    mut digests: HashMap<String, String>,
) -> Vec<(String, Record<T>)> {
    let mut digest = |record: &Record<T>| digests.remove(&record.slug).unwrap_or_default();
    records.into_iter().map(|record| (digest(&record), record)).collect()
}

fn texts(folder: &str) -> Vec<Text<'static>> {
    let files = CONTENT.get_dir(folder).into_iter().flat_map(Dir::files);
    let text = |file: &'static include_dir::File<'static>| -> Text<'static> {
        let path: &Path = file.path();
        (path, path.display().to_string(), file.contents_utf8().unwrap_or_default().to_owned())
    };
    files.map(text).collect()
}

/// The number of this content. A digest tells that contents differ, not which one is newer; while
/// nodes are exchanged one by one, an older binary must not bring its older cards back.
fn edition() -> u32 {
    // A test holds that the file is a number.
    let text = CONTENT.get_file("edition").and_then(|file| file.contents_utf8());
    text.and_then(|text| text.trim().parse().ok()).unwrap_or_default()
}

/// The digest of everything that ships, so that a start without news costs one look.
fn digest_of_all() -> String {
    let mut hasher = Sha256::new();
    let folders = ["cards", "articles", "forms"].map(|name| CONTENT.get_dir(name));
    for folder in [Some(&CONTENT)].into_iter().chain(folders) {
        for file in folder.into_iter().flat_map(Dir::files) {
            hasher.update(file.path().as_os_str().as_encoded_bytes());
            hasher.update(file.contents());
        }
    }
    hex::encode(hasher.finalize())
}

/// The digests of the files of each slug, by which a later binary knows whether it brings
/// something new. Of the files, not of the parsed content: that changes with the code.
fn digests(texts: &[Text]) -> HashMap<String, String> {
    let mut hashers: HashMap<String, Sha256> = HashMap::new();
    for (path, _, text) in texts {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let (slug, _) = name_parts(name.strip_suffix(".toml").unwrap_or(name));
        hashers.entry(slug.to_owned()).or_default().update(text);
    }
    hashers.into_iter().map(|(slug, hasher)| (slug, hex::encode(hasher.finalize()))).collect()
}

/// Brings the database to the content of this binary. What nobody edited gets it as a new version;
/// what somebody edited gets a draft for review; nothing is overwritten.
pub async fn load(db: &Db) -> Result<Tally, Fault> {
    let digest = digest_of_all();
    let ours = format!("{} {digest}", edition());
    let loaded = facts::get(db.reader(), LOADED).await.map_err(Error::from)?;
    let newer = loaded.as_deref().and_then(|loaded| loaded.split(' ').next()?.parse::<u32>().ok());
    if newer.is_some_and(|newer| newer > edition()) {
        tracing::warn!("the database holds content of a newer binary, which is left as it is");
        return Ok(Tally::new());
    }
    if loaded.as_ref() == Some(&ours) {
        return Ok(Tally::new());
    }
    let Builtin {
        units,
        districts,
        outlines,
        categories,
        routing,
        templates,
        cards,
        articles,
        forms,
        synonyms,
        best_bets,
    } = read()?;
    let origin = Origin::Builtin(&digest);
    db.write(async |tx| {
        tx.exclusive(IMPORTING).await?;
        units::import(tx, &Actor::System, units, origin).await?;
        units::import_districts(tx, districts).await?;
        units::import_outlines(tx, &Actor::System, outlines, origin).await
    })
    .await?;
    db.write(async |tx| {
        tx.exclusive(IMPORTING).await?;
        reports::import_categories(tx, &Actor::System, categories, origin).await?;
        routing::import(tx, &Actor::System, routing, origin).await?;
        templates::import(tx, &Actor::System, templates, origin).await
    })
    .await?;
    let mut tally = in_batches(db, "loading the built-in cards", cards, BATCH, load_cards).await?;
    for (fate, count) in
        in_batches(db, "loading the built-in forms", forms, BATCH, load_forms).await?
    {
        *tally.entry(fate).or_default() += count;
    }
    // A card or form that somebody is at work on is offered again at the next start. An article is
    // left alone for good.
    let offer_again = tally.contains_key(&Imported::LeftAlone);
    let articles =
        in_batches(db, "loading the built-in articles", articles, BATCH, load_articles).await?;
    for (fate, count) in articles {
        *tally.entry(fate).or_default() += count;
    }
    db.write(async |tx| {
        tx.exclusive(IMPORTING).await?;
        search::import(tx, &Actor::System, synonyms, origin).await?;
        search::import(tx, &Actor::System, best_bets, origin).await
    })
    .await?;
    if !offer_again {
        db.write(async |tx| Ok(facts::set(tx, LOADED, &ours).await?)).await?;
    }
    Ok(tally)
}

async fn load_cards(tx: &Tx, batch: Vec<(String, Record<CardContent>)>) -> Result<Vec<Imported>> {
    let mut fates = Vec::new();
    for (digest, Record { slug, content, .. }) in batch {
        let origin = Origin::Builtin(&digest);
        fates.push(cards::import(tx, &Actor::System, &slug, content, origin).await?);
    }
    Ok(fates)
}

async fn load_forms(tx: &Tx, batch: Vec<(String, Record<FormContent>)>) -> Result<Vec<Imported>> {
    let mut fates = Vec::new();
    for (digest, Record { slug, content, .. }) in batch {
        let origin = Origin::Builtin(&digest);
        fates.push(forms::import(tx, &Actor::System, &slug, content, origin).await?);
    }
    Ok(fates)
}

async fn load_articles(
    tx: &Tx,
    records: Vec<(String, Record<ArticleContent>)>,
) -> Result<Vec<Imported>> {
    let mut fates = Vec::new();
    for (digest, Record { slug, content, .. }) in records {
        let origin = Origin::Builtin(&digest);
        let batch = vec![(slug, content)];
        fates.extend(articles::import(tx, &Actor::System, batch, origin).await?);
    }
    Ok(fates)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_edition_is_a_number() {
        assert!(super::edition() >= 1);
    }

    #[test]
    fn the_built_in_content_is_sound() {
        let (cards, articles, forms) = super::check().unwrap_or_else(|fault| panic!("{fault}"));
        assert!(cards >= 58, "{cards} cards");
        assert!(articles >= 15, "{articles} articles");
        assert!(forms >= 8, "{forms} forms");
    }
}
