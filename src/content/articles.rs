//! Articles as files: Markdown with a front matter, or lines of JSON.

use serde_json::{Map, Value};

use crate::{
    articles::ArticleContent,
    content::{
        ContentError,
        errors::json_reason,
        front_matter::{Lines, split, write_toml},
    },
};

/// The keys of a content that stand as prose.
const NOT_FACTS: &[&str] = &["text"];

/// Reads an article's Markdown file, and on which lines its facts stand.
pub fn read(file: &str, text: &str) -> Result<(ArticleContent, Lines), ContentError> {
    let parts = split(file, text)?;
    let facts: ArticleContent = parts.read(file, NOT_FACTS)?;
    Ok((ArticleContent { text: parts.body.to_owned(), ..facts }, parts.lines()))
}

/// Reads a line of JSON: `id`, `title` and `text` are enough, and the article is public unless it
/// says otherwise. Unknown fields are refused by name.
pub fn read_line(line: &str) -> Result<(String, ArticleContent), String> {
    let mut record: Map<String, Value> = serde_json::from_str(line).map_err(json_reason)?;
    let id = match record.remove("id") {
        Some(Value::String(id)) => id,
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err("the field \"id\" must be a text or a number".to_owned()),
    };
    Ok((id, serde_json::from_value(Value::Object(record)).map_err(json_reason)?))
}

/// An article as a line of JSON.
pub fn write_line(id: &str, content: &ArticleContent) -> Result<String, serde_json::Error> {
    let mut record = serde_json::to_value(content)?;
    record["id"] = id.into();
    Ok(format!("{record}\n"))
}

/// The text of an article's Markdown file.
pub fn write(content: &ArticleContent) -> Result<String, toml::ser::Error> {
    let facts = write_toml(content, NOT_FACTS)?;
    Ok(format!("+++\n{facts}+++\n\n{}\n", content.text.trim()))
}
