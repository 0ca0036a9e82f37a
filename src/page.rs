//! Pages of lists: forward paging by opaque keyset cursors.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    error::{Error, Result},
    words::Message,
};

/// Entries on a page when nothing is said.
pub const PAGE_SIZE_DEFAULT: usize = 20;
/// Entries on a page at most.
pub const PAGE_SIZE_MAX: usize = 100;

/// Which page is asked for.
#[derive(Clone, Debug, Default)]
pub struct PageRequest {
    /// Entries on the page, 0 to `PAGE_SIZE_MAX`; 20 when nothing is said.
    pub first: Option<i32>,
    /// The cursor after which the page begins.
    pub after: Option<String>,
}

impl PageRequest {
    /// The number of entries; refused when negative or over the limit.
    pub fn size(&self) -> Result<usize> {
        match self.first {
            None => Ok(PAGE_SIZE_DEFAULT),
            Some(first) => {
                usize::try_from(first).ok().filter(|size| *size <= PAGE_SIZE_MAX).ok_or_else(|| {
                    Error::BadRequest(Message::new("bad-first").with("max", PAGE_SIZE_MAX))
                })
            }
        }
    }

    /// The sort key after which the page begins; a cursor of another list is refused.
    pub fn after_key(&self, list: &str) -> Result<Option<String>> {
        self.after.as_deref().map(|cursor| decode(list, cursor)).transpose()
    }
}

/// A page of entries, each with its cursor.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The entries in order, each with the cursor after it.
    pub entries: Vec<(String, T)>,
    /// Whether more entries follow.
    pub has_next: bool,
}

impl<T> Page<T> {
    /// Cuts a page of `size` from rows of which one more than that was read.
    pub fn cut(mut rows: Vec<T>, size: usize, list: &str, key: impl Fn(&T) -> String) -> Self {
        let has_next = rows.len() > size;
        rows.truncate(size);
        let entries = rows.into_iter().map(|row| (encode(list, &key(&row)), row)).collect();
        Self { entries, has_next }
    }
}

/// The opaque cursor of a sort key in a named list.
pub fn encode(list: &str, key: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{list}\n{key}"))
}

fn decode(list: &str, cursor: &str) -> Result<String> {
    URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.strip_prefix(list)?.strip_prefix('\n').map(str::to_owned))
        .ok_or_else(|| Error::BadRequest("bad-cursor".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_works_only_in_its_own_list() {
        let after = Some(encode("units", "ZDMK"));
        let request = PageRequest { first: None, after };
        assert_eq!(request.after_key("units").unwrap().as_deref(), Some("ZDMK"));
        assert!(matches!(request.after_key("cards"), Err(Error::BadRequest(_))));
    }

    #[test]
    fn a_page_size_outside_the_limits_is_refused() {
        for (first, allowed) in [(-1, false), (0, true), (100, true), (101, false)] {
            let request = PageRequest { first: Some(first), after: None };
            assert_eq!(request.size().is_ok(), allowed, "{first}");
        }
    }

    #[test]
    fn a_page_knows_whether_more_follows() {
        let page = Page::cut(vec![1, 2, 3], 2, "n", i32::to_string);
        assert!(page.has_next);
        assert_eq!(page.entries.len(), 2);
    }
}
