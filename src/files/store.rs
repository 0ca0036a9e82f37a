//! Where files are kept: a folder, or a bucket that speaks S3.

use std::{fmt::Write, path::Path, sync::Arc, time::Duration};

use axum::body::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig, aws::AmazonS3Builder,
    local::LocalFileSystem, path, prefix::PrefixStore,
};
use sha2::{Digest, Sha256};
use tokio::{sync::Semaphore, task, time::timeout};

use crate::{
    config::{Bucket, Config},
    error::{Error, Result},
    files::{PhotoProblem, Prepared, prepare},
};

/// Putting or finding a file takes at most this long: less than an operation may by default, so
/// that the answer says that the files are away.
const STORE_SECONDS_MAX: u64 = 4;
/// A bucket must be reached within this time.
const CONNECT_SECONDS_MAX: u64 = 2;
/// How often a request to a bucket is sent again.
const RETRIES_MAX: usize = 2;
/// Photos that are decoded at once: each may take all of a processor and some 250 MB.
const DECODED_AT_ONCE_MAX: usize = 2;
/// The folder of files in the data folder.
const FOLDER: &str = "files";

/// The files of an installation. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    decoding: Arc<Semaphore>,
}

/// A photo that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPhoto {
    /// The name of the photo: the hash of its content, 64 characters.
    pub file: String,
    /// The name of the thumbnail.
    pub thumbnail: String,
    /// Pixels of the photo.
    pub width: i32,
    /// Pixels of the photo.
    pub height: i32,
    /// Bytes of the photo.
    pub bytes: i64,
}

/// A file that was found.
pub struct Blob {
    /// How many bytes it has.
    pub bytes: u64,
    /// The bytes, as they come.
    pub content: BoxStream<'static, Result<Bytes>>,
}

impl Files {
    /// The files that the settings name. Nothing is asked of a bucket before it is needed.
    pub fn of(config: &Config) -> Result<Self> {
        let store: Arc<dyn ObjectStore> = match &config.files {
            Some(bucket) => Arc::new(open_bucket(bucket).map_err(Error::internal)?),
            None => Arc::new(open_folder(&config.data).map_err(Error::internal)?),
        };
        Ok(Self { store, decoding: Arc::new(Semaphore::new(DECODED_AT_ONCE_MAX)) })
    }

    /// Takes a photo as it was sent. When this returns `Ok`, it survives `kill -9` and a power cut.
    /// What is wrong with it is a problem of the field.
    pub async fn take(&self, sent: Bytes, field: &str) -> Result<StoredPhoto> {
        let turn = Arc::clone(&self.decoding).acquire_owned().await.map_err(Error::internal)?;
        let work = move || {
            // Goes with the work, which goes on when nobody waits for it any more.
            let _turn = turn;
            prepare(&sent)
        };
        let prepared = task::spawn_blocking(work).await.unwrap_or_else(|defect| {
            tracing::error!(%defect, "a decoder failed over a photo");
            Err(PhotoProblem::Broken)
        });
        self.keep(prepared.map_err(|problem| problem.at(field))?).await
    }

    /// Keeps a photo and its thumbnail; doing it again changes nothing.
    pub async fn keep(&self, prepared: Prepared) -> Result<StoredPhoto> {
        let Prepared { photo, thumbnail, width, height } = prepared;
        let bytes = i64::try_from(photo.len()).map_err(Error::internal)?;
        let (file, thumbnail) = tokio::try_join!(self.put(photo), self.put(thumbnail))?;
        Ok(StoredPhoto { file, thumbnail, width, height, bytes })
    }

    /// The file of a name; `None` when there is none.
    pub async fn open(&self, name: &str) -> Result<Option<Blob>> {
        let Some(place) = place(name) else { return Ok(None) };
        match in_time(self.store.get(&place)).await {
            Ok(found) => {
                let bytes = found.meta.size;
                let content = found.into_stream().map_err(away).boxed();
                Ok(Some(Blob { bytes, content }))
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(away(error)),
        }
    }

    async fn put(&self, content: Vec<u8>) -> Result<String> {
        let name = name_of(&content);
        let place = place(&name).ok_or_else(|| Error::internal("a hash that is no name"))?;
        in_time(self.store.put(&place, content.into())).await.map_err(away)?;
        Ok(name)
    }
}

/// The name of a content.
fn name_of(content: &[u8]) -> String {
    Sha256::digest(content).iter().fold(String::new(), |mut name, byte| {
        // Writing to a text cannot fail.
        let _ = write!(name, "{byte:02x}");
        name
    })
}

/// Where the file of a name is kept; `None` for what is no name.
fn place(name: &str) -> Option<path::Path> {
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_name = name.len() == 64 && name.bytes().all(is_hex);
    is_name.then(|| path::Path::from(format!("photos/{}/{name}.jpg", &name[..2])))
}

async fn in_time<T>(
    work: impl Future<Output = object_store::Result<T>>,
) -> object_store::Result<T> {
    let limit = Duration::from_secs(STORE_SECONDS_MAX);
    timeout(limit, work).await.unwrap_or_else(|late| {
        Err(object_store::Error::Generic { store: "files", source: late.into() })
    })
}

fn away(error: object_store::Error) -> Error {
    tracing::error!(%error, "the files cannot be used now");
    Error::Unavailable
}

/// Files and folders are on the disk before a write is acknowledged, as those of the database are.
fn open_folder(data: &Path) -> object_store::Result<PrefixStore<LocalFileSystem>> {
    Ok(PrefixStore::new(LocalFileSystem::new_with_prefix(data)?.with_fsync(true), FOLDER))
}

fn open_bucket(bucket: &Bucket) -> object_store::Result<object_store::aws::AmazonS3> {
    // The client asks for the provider of the process. Somebody else may have named the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let seconds = Duration::from_secs;
    let client = ClientOptions::new()
        // Its own would also end a download by somebody whose line is slow.
        .with_timeout_disabled()
        .with_read_timeout(seconds(STORE_SECONDS_MAX))
        .with_connect_timeout(seconds(CONNECT_SECONDS_MAX))
        .with_allow_http(bucket.endpoint.as_ref().is_some_and(|url| url.starts_with("http://")));
    let retry = RetryConfig {
        backoff: BackoffConfig { max_backoff: seconds(1), ..BackoffConfig::default() },
        max_retries: RETRIES_MAX,
        retry_timeout: seconds(STORE_SECONDS_MAX),
    };
    let builder = AmazonS3Builder::new()
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_access_key_id(&bucket.key_id)
        .with_secret_access_key(&bucket.secret)
        .with_client_options(client)
        .with_retry(retry);
    match &bucket.endpoint {
        Some(url) => builder.with_endpoint(url).build(),
        None => builder.build(),
    }
}
