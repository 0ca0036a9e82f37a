//! Writing forms: drafts, and their way to life and down again.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result, is_taken, must_be_as_read, refuse},
    events::{Event, Kind, Subject},
    forms::{
        actions::read::{FormState, find},
        entity::{
            Form, FormContent, FormId, FormVersion, FormVersionId, PublishFormInput,
            SaveFormDraftInput, State, WithdrawFormInput, form, version,
        },
        rules,
    },
    ids,
    permissions::Permission,
    units,
    words::Message,
};

/// What happened to a form.
pub(super) fn happened(kind: Kind, form: FormId) -> Event {
    Event { kind, subject: Subject::Form, ids: vec![form.0] }
}

/// Writes the draft of a form, or makes one: of a new form, or beside the live version. Errors:
/// `Invalid` per field (`Conflict` when the form has changed since it was read), `Forbidden`.
pub async fn save_draft(tx: &Tx, actor: &Actor, input: SaveFormDraftInput) -> Result<FormState> {
    let SaveFormDraftInput { slug, expected_version, content, change_note } = input;
    actor.must(Permission::WriteCards, &content.unit)?;
    let units = units::known_codes(tx).await?;
    let mut problems = rules::slug_problems(&slug);
    problems.extend(rules::note_problems(change_note.as_deref()));
    let mut of_content = rules::problems(&content, &units);
    for problem in &mut of_content {
        problem.field.insert(0, "content".to_owned());
    }
    problems.extend(of_content);
    refuse(problems)?;
    let known = match find(tx, actor, &slug).await {
        Ok(found) => Some(found),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    let (form, draft) = match known {
        None if expected_version.is_none() => (insert_form(tx, &slug, &content, None).await?, None),
        None => return Err(Error::NotFound),
        Some(found) => {
            actor.must(Permission::WriteCards, &found.form.unit)?;
            must_be_as_read(found.form.revision, expected_version)?;
            let form = bump(tx, &found.form, found.form.revision).await?;
            if found.live.is_none() {
                describe(tx, &form, &content).await?;
            }
            (form, found.draft)
        }
    };
    match draft {
        Some(draft) => rewrite(tx, actor, draft, content, change_note).await?,
        None => {
            let author = actor.handle();
            insert_version(tx, author, &form, State::Draft, content, change_note).await?;
        }
    }
    tx.emit(actor, happened(Kind::Drafted, form.id));
    find(tx, actor, &slug).await
}

async fn rewrite(
    tx: &Tx,
    actor: &Actor,
    draft: FormVersion,
    content: FormContent,
    change_note: Option<String>,
) -> Result<()> {
    let changed = version::ActiveModel {
        id: Set(draft.id),
        content: Set(content),
        author: Set(actor.handle().to_owned()),
        change_note: Set(change_note),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    changed.update(tx).await?;
    Ok(())
}

/// Makes a draft that somebody else wrote live in the place of the version that is. Errors: `Invalid`
/// (`Conflict`, `NotAllowed` for one's own, `Required` for what is missing), `Forbidden`, `NotFound`.
pub async fn publish(tx: &Tx, actor: &Actor, input: PublishFormInput) -> Result<FormState> {
    let found = find(tx, actor, &input.slug).await?;
    actor.must(Permission::PublishCards, &found.form.unit)?;
    let nothing = || Problem::at("slug", ProblemCode::Conflict, "form-nothing-to-publish");
    let draft = found.draft.ok_or_else(nothing)?;
    rules::check_step(&draft, State::Published, actor)?;
    refuse(rules::gaps(&draft.content))?;
    let form = bump(tx, &found.form, input.expected_version).await?;
    supersede_live(tx, &form).await?;
    let row = version::ActiveModel {
        id: Set(draft.id),
        state: Set(State::Published),
        approver: Set(Some(actor.handle().to_owned())),
        published_at: Set(Some(tx.now())),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    row.update(tx).await?;
    describe(tx, &form, &draft.content).await?;
    tx.emit(actor, happened(Kind::Published, form.id));
    find(tx, actor, &input.slug).await
}

/// Takes the live version down. Errors: `Invalid` when none is live, `Forbidden`, `NotFound`.
pub async fn withdraw(tx: &Tx, actor: &Actor, input: WithdrawFormInput) -> Result<FormState> {
    refuse(rules::note_problems(input.change_note.as_deref()))?;
    let found = find(tx, actor, &input.slug).await?;
    actor.must(Permission::PublishCards, &found.form.unit)?;
    let nothing = || Problem::at("slug", ProblemCode::Conflict, "form-not-published");
    let live = found.live.ok_or_else(nothing)?;
    rules::check_step(&live, State::Withdrawn, actor)?;
    let form = bump(tx, &found.form, input.expected_version).await?;
    let row = version::ActiveModel {
        id: Set(live.id),
        state: Set(State::Withdrawn),
        change_note: Set(input.change_note.or(live.change_note)),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    row.update(tx).await?;
    tx.emit(actor, happened(Kind::Withdrawn, form.id));
    find(tx, actor, &input.slug).await
}

/// Counts the change, if the form is still as it was read.
pub(super) async fn bump(tx: &Tx, form: &Form, expected: i32) -> Result<Form> {
    let done = form::Entity::update_many()
        .col_expr(form::Column::Revision, Expr::col(form::Column::Revision).add(1))
        .col_expr(form::Column::UpdatedAt, Expr::value(tx.now()))
        .filter(form::Column::Id.eq(form.id))
        .filter(form::Column::Revision.eq(expected))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(Problem::stale(expected, form.revision).into());
    }
    Ok(Form { revision: expected + 1, updated_at: tx.now(), ..form.clone() })
}

pub(super) async fn insert_form(
    tx: &Tx,
    slug: &str,
    content: &FormContent,
    builtin_digest: Option<String>,
) -> Result<Form> {
    let row = form::ActiveModel {
        id: Set(FormId(ids::new(tx.now()))),
        slug: Set(slug.to_owned()),
        unit: Set(content.unit.clone()),
        revision: Set(1),
        builtin_digest: Set(builtin_digest),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    };
    row.insert(tx).await.map_err(|error| {
        if is_taken(&error) {
            let message = Message::new("taken").with("value", slug);
            Problem::at("slug", ProblemCode::Taken, message).into()
        } else {
            error.into()
        }
    })
}

/// Writes the next version of a form.
pub(super) async fn insert_version(
    tx: &Tx,
    author: &str,
    form: &Form,
    state: State,
    content: FormContent,
    change_note: Option<String>,
) -> Result<()> {
    let row = version::ActiveModel {
        id: Set(FormVersionId(ids::new(tx.now()))),
        form_id: Set(form.id),
        number: Set(next_number(tx, form.id).await?),
        state: Set(state),
        content: Set(content),
        author: Set(author.to_owned()),
        approver: Set(None),
        change_note: Set(change_note),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
        published_at: Set((state == State::Published).then(|| tx.now())),
    };
    row.insert(tx).await?;
    Ok(())
}

async fn next_number(db: &impl ConnectionTrait, form: FormId) -> Result<i32> {
    let newest = version::Entity::find()
        .select_only()
        .expr(version::Column::Number.max())
        .filter(version::Column::FormId.eq(form))
        .into_tuple::<Option<i32>>()
        .one(db)
        .await?;
    Ok(newest.flatten().unwrap_or(0) + 1)
}

/// Copies what lists are filtered by from a content into the form's row.
pub(super) async fn describe(tx: &Tx, form: &Form, content: &FormContent) -> Result<()> {
    let row = form::ActiveModel {
        id: Set(form.id),
        unit: Set(content.unit.clone()),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(())
}

pub(super) async fn supersede_live(tx: &Tx, form: &Form) -> Result<()> {
    let superseded = version::ActiveModel { state: Set(State::Superseded), ..Default::default() };
    version::Entity::update_many()
        .set(superseded)
        .filter(version::Column::FormId.eq(form.id))
        .filter(version::Column::State.eq(State::Published))
        .exec(tx)
        .await?;
    Ok(())
}
