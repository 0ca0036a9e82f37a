//! Documents that are known: parsed ones, by their text; texts, by their hash.

use std::{collections::HashMap, fs, path::Path, sync::Arc};

use async_graphql::{
    ServerError,
    parser::{parse_query, types::ExecutableDocument},
};
use moka::sync::Cache;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// Bytes of text whose parsed form is kept, since parsing is the largest single cost of a small
/// query; parsed it takes about fifteen times as much.
const PARSED_BYTES_MAX: u64 = 2 << 20;
/// Bytes of text that are kept because a client said that it will send their hash next time.
const PERSISTED_BYTES_MAX: u64 = 1 << 20;

/// The SHA-256 of a document's text, as in Apollo's automatic persisted queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of a text.
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(digits: &str) -> Option<Self> {
        let mut hash = [0; 32];
        hex::decode_to_slice(digits, &mut hash).ok().map(|()| Self(hash))
    }
}

/// The documents of this node.
#[derive(Clone)]
pub struct Documents {
    parsed: Cache<String, Arc<ExecutableDocument>>,
    persisted: Cache<Hash, Arc<str>>,
    trusted: Arc<HashMap<Hash, Arc<str>>>,
}

impl Documents {
    /// Nothing is known yet but the trusted documents of a file, if there is one.
    pub fn open(trusted: Option<&Path>) -> Result<Self> {
        let trusted = trusted.map(read_trusted).transpose()?.unwrap_or_default();
        let weigh = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let parsed = Cache::builder().max_capacity(PARSED_BYTES_MAX);
        let persisted = Cache::builder().max_capacity(PERSISTED_BYTES_MAX);
        Ok(Self {
            parsed: parsed.weigher(move |text: &String, _| weigh(text.len())).build(),
            persisted: persisted.weigher(move |_, text: &Arc<str>| weigh(text.len())).build(),
            trusted: Arc::new(trusted),
        })
    }

    /// The parsed document of a text.
    pub fn parse(&self, text: &str) -> Result<Arc<ExecutableDocument>, ServerError> {
        match self.parsed.get(text) {
            Some(known) => Ok(known),
            None => parse_query(text).map(Arc::new).map_err(ServerError::from),
        }
    }

    /// Keeps a document that passed the limits.
    pub fn keep(&self, text: &str, document: &Arc<ExecutableDocument>) {
        if !self.parsed.contains_key(text) {
            self.parsed.insert(text.to_owned(), Arc::clone(document));
        }
    }

    /// The text that has a hash: a trusted one, or one that some client has sent before.
    pub fn text(&self, hash: Hash) -> Option<Arc<str>> {
        self.trusted.get(&hash).cloned().or_else(|| self.persisted.get(&hash))
    }

    /// Keeps a text that passed the limits, for clients that send its hash from now on.
    pub fn persist(&self, hash: Hash, text: &str) {
        if self.text(hash).is_none() {
            self.persisted.insert(hash, text.into());
        }
    }

    /// Whether a text stands in the file of trusted documents.
    pub fn trusts(&self, text: &str) -> bool {
        self.trusted.contains_key(&Hash::of(text))
    }
}

/// A file of trusted documents, in the forms that front-end tools write: Apollo's manifest, or a JSON
/// object of hashes and texts, as graphql-codegen and Relay make it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Manifest {
    Apollo { operations: Vec<Operation> },
    Texts(HashMap<String, String>),
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

fn read_trusted(file: &Path) -> Result<HashMap<Hash, Arc<str>>> {
    let wrong = |why: String| {
        Error::internal(format!("the trusted documents in {}: {why}", file.display()))
    };
    let text = fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
    let manifest = serde_json::from_str(&text)
        .map_err(|_| wrong("wanted is {\"<hash>\": \"<text>\"} or Apollo's manifest".to_owned()))?;
    let texts: Vec<(String, String)> = match manifest {
        Manifest::Apollo { operations } => {
            operations.into_iter().map(|operation| (operation.id, operation.body)).collect()
        }
        Manifest::Texts(texts) => texts.into_iter().collect(),
    };
    let trusted = texts.into_iter().map(|(id, text)| {
        // A wrong hash would let a client run something other than it shows.
        let hash = Hash::parse(&id).filter(|hash| *hash == Hash::of(&text));
        hash.map(|hash| (hash, text.into()))
            .ok_or_else(|| wrong(format!("{id} is not the SHA-256 of its document")))
    });
    trusted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";

    fn open(manifest: &str) -> Result<Documents> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), manifest).unwrap();
        Documents::open(Some(file.path()))
    }

    #[test]
    fn the_manifests_of_front_end_tools_are_read() {
        for manifest in [
            format!(r#"{{ "{HASH}": "{{__typename}}" }}"#),
            format!(
                r#"{{ "format": "apollo-persisted-query-manifest", "version": 1, "operations":
                    [{{ "id": "{HASH}", "name": "A", "type": "query", "body": "{{__typename}}" }}] }}"#
            ),
        ] {
            let documents = open(&manifest).unwrap();
            assert_eq!(documents.text(Hash::parse(HASH).unwrap()).as_deref(), Some("{__typename}"));
            assert!(documents.trusts("{__typename}") && !documents.trusts("{ __typename }"));
        }
    }

    #[test]
    fn a_manifest_with_a_wrong_hash_is_refused() {
        for manifest in [
            "[]".to_owned(),
            "{".to_owned(),
            r#"{ "abc": "{__typename}" }"#.to_owned(),
            format!(r#"{{ "{HASH}": "{{ __typename }}" }}"#),
        ] {
            assert!(open(&manifest).is_err(), "{manifest}");
        }
        assert!(Documents::open(Some(Path::new("/nowhere"))).is_err());
    }
}
