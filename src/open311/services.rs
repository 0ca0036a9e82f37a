//! What can be reported, and what is asked about it.

use axum::response::Response;

use crate::{
    open311::{
        call::{Call, Document},
        document::Node,
        refused::Refused,
    },
    questions::Question,
    reports::{Category, Register, ReportKind},
    words::{self, Lang},
};

/// The group of all ideas.
const IDEAS: &str = "pomysly";

/// GET: the categories that can be reported.
pub async fn services(call: Call) -> Response {
    call.answer(list(&call)).await
}

/// GET: the questions of a category.
pub async fn definition(call: Call) -> Response {
    call.answer(define(&call)).await
}

async fn list(call: &Call) -> Result<Document, Refused> {
    let register = call.app.desk.register(call.app.db.reader()).await?;
    let categories = register.categories().iter().map(|stored| &stored.content);
    let offered = categories.filter(|category| is_offered(category));
    let services = offered.map(|category| service(category, &register, call.lang)).collect();
    Ok(("services", Node::List("service", services)))
}

async fn define(call: &Call) -> Result<Document, Refused> {
    let register = call.app.desk.register(call.app.db.reader()).await?;
    let category = register.category(&call.name).filter(|category| is_offered(category));
    let category = category.ok_or_else(|| Refused::not_found("open311-service"))?;
    let attributes = (1..).zip(&category.questions).map(attribute).collect();
    let fields = vec![
        ("service_code", category.code.as_str().into()),
        ("attributes", Node::List("attribute", attributes)),
    ];
    Ok(("service_definition", Node::Fields(fields)))
}

fn is_offered(category: &Category) -> bool {
    category.active && category.open311
}

fn service(category: &Category, register: &Register, lang: Lang) -> Node {
    let group = match category.kind {
        ReportKind::Idea => IDEAS,
        ReportKind::Problem => {
            register.category(category.group()).unwrap_or(category).name_in(lang)
        }
    };
    // What is urgent or not the city's says so where an application shows it first.
    let description = match &category.stop_screen {
        Some(stop) => &stop.text,
        None => &category.promise,
    };
    Node::Fields(vec![
        ("service_code", category.code.as_str().into()),
        ("service_name", category.name_in(lang).into()),
        ("description", description.as_str().into()),
        ("metadata", (!category.questions.is_empty()).into()),
        ("type", "realtime".into()),
        ("keywords", category.keywords.join(", ").into()),
        ("group", group.into()),
    ])
}

fn attribute((order, question): (i32, &Question)) -> Node {
    let values = question.values.iter().map(|choice| {
        let fields =
            vec![("key", choice.key.as_str().into()), ("name", choice.name.as_str().into())];
        Node::Fields(fields)
    });
    Node::Fields(vec![
        ("variable", true.into()),
        ("code", question.code.as_str().into()),
        ("datatype", words::code(&question.datatype).to_lowercase().into()),
        ("required", question.required.into()),
        ("datatype_description", question.hint.as_deref().into()),
        ("order", order.into()),
        ("description", question.text.as_str().into()),
        ("values", Node::List("value", values.collect())),
    ])
}
