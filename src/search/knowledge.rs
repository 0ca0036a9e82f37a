//! What the index of passages is fed with: cards, articles and forms, and the rules of editors.

use kontakt_index::{Document, Index, Passages, Rebuild};

use crate::{
    actor::Actor,
    articles::{self, Article, Visibility},
    cards::{self, Listed},
    db::Db,
    error::Result,
    events::{Entry, Subject},
    forms,
    progress::Progress,
    search::{
        actions::{ANYONE, STAFF, SearchKind, tag},
        feed::{BATCH, Changes, Source, add, batches},
        teach::{teach, teach_news},
    },
};

/// Cards, articles and forms.
pub enum Knowledge {}

impl Source for Knowledge {
    type Kind = Passages;

    const FOLLOWER: &'static str = "index";

    async fn prepare(db: &Db, index: &Index) -> Result<()> {
        teach(db, index).await
    }

    async fn fill(db: &Db, mut filling: Rebuild<Passages>) -> Result<(Rebuild<Passages>, i64)> {
        let cards = cards::all_live(db.reader()).await?;
        let mut progress = Progress::start("rebuilding the search index", cards.len() as u64);
        let mut batch: Vec<Document> = cards.iter().map(card_document).collect();
        batch.extend(forms::all_live(db.reader()).await?.iter().map(form_document));
        let mut after = String::new();
        loop {
            let count = batch.len() as u64;
            filling = add(filling, batch).await?;
            progress.add(count);
            let articles = articles::all(db.reader(), &after, BATCH as u64).await?;
            let Some(last) = articles.last() else { return Ok((filling, 0)) };
            after.clone_from(&last.slug);
            batch = articles.iter().map(article_document).collect();
        }
    }

    async fn take(db: &Db, entries: &[Entry], changes: &mut Changes<Passages>) -> Result<()> {
        teach_news(db, changes.index(), entries).await?;
        for ids in batches(entries, Subject::Card) {
            let found = cards::live_by_ids(db.reader(), &ids).await?;
            changes.add(&ids, found.iter().map(card_document).collect()).await?;
        }
        for ids in batches(entries, Subject::Article) {
            let found = articles::by_ids(db.reader(), &Actor::System, &ids).await?;
            changes.add(&ids, found.iter().map(article_document).collect()).await?;
        }
        for ids in batches(entries, Subject::Form) {
            let found = forms::live_by_ids(db.reader(), &ids).await?;
            changes.add(&ids, found.iter().map(form_document).collect()).await?;
        }
        Ok(())
    }
}

fn card_document(Listed { card, version }: &Listed) -> Document {
    let content = &version.content;
    let mut tags = vec![
        SearchKind::ServiceCard.tag(),
        tag("unit", &content.unit),
        tag("online", if card.online { "yes" } else { "no" }),
    ];
    tags.extend(content.area.map(|area| tag("area", &area.code())));
    tags.extend(content.life_events.iter().map(|event| tag("life-event", event)));
    Document {
        id: card.id.0,
        codes: content.symbol.iter().cloned().collect(),
        readers: vec![ANYONE.to_owned()],
        tags,
        passages: cards::passages(content),
    }
}

fn article_document(article: &Article) -> Document {
    let content = &article.content;
    let mut tags = vec![SearchKind::Article.tag()];
    tags.extend(content.unit.iter().map(|unit| tag("unit", unit)));
    let reader = match article.visibility {
        Visibility::Public => ANYONE,
        Visibility::Staff => STAFF,
    };
    Document {
        id: article.id.0,
        codes: Vec::new(),
        readers: vec![reader.to_owned()],
        tags,
        passages: articles::passages(content),
    }
}

fn form_document(forms::Listed { form, version }: &forms::Listed) -> Document {
    let content = &version.content;
    Document {
        id: form.id.0,
        codes: Vec::new(),
        readers: vec![ANYONE.to_owned()],
        tags: vec![SearchKind::Form.tag(), tag("unit", &content.unit), tag("online", "yes")],
        passages: forms::passages(content),
    }
}
