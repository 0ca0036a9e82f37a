//! Articles as files: Markdown with a front matter, or lines of JSON.

use serde_json::{Map, Value};

use crate::{
    articles::ArticleContent,
    content::{
        ContentError,
        front_matter::{split, write_toml},
    },
};

/// Reads an article's Markdown file.
pub fn read(file: &str, text: &str) -> Result<ArticleContent, ContentError> {
    let parts = split(file, text)?;
    let facts: ArticleContent = parts.read(file)?;
    Ok(ArticleContent { text: parts.body.trim().to_owned(), ..facts })
}

/// Reads a line of JSON: `id`, `title` and `text` are enough, and the article is public unless it
/// says otherwise. Unknown fields are refused by name.
pub fn read_line(line: &str) -> Result<(String, ArticleContent), String> {
    let mut record: Map<String, Value> =
        serde_json::from_str(line).map_err(|error| error.to_string())?;
    let id = match record.remove("id") {
        Some(Value::String(id)) => id,
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err("the field \"id\" must be a text or a number".to_owned()),
    };
    let content: ArticleContent =
        serde_json::from_value(Value::Object(record)).map_err(|error| error.to_string())?;
    Ok((id, ArticleContent { text: content.text.trim().to_owned(), ..content }))
}

/// The text of an article's Markdown file.
pub fn write(content: &ArticleContent) -> Result<String, toml::ser::Error> {
    let facts = write_toml(content, &["text"])?;
    Ok(format!("+++\n{facts}+++\n\n{}\n", content.text.trim()))
}
