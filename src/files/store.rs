//! Where files are kept: a folder, or a bucket that speaks S3.

use std::{collections::HashSet, path::Path, sync::Arc, time::Duration};

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
    geo::Point,
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
/// The folder of photos among the files.
const PHOTOS: &str = "photos";
/// A file that is there for a moment.
const PROBE: &str = "probe";
/// So many digits of a hash are no other's.
const KEY_DIGITS: usize = 32;

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

/// A photo that can be kept, and is not yet.
pub struct ReadyPhoto {
    /// What it will be known by.
    pub photo: StoredPhoto,
    /// Where it says that it was taken: for the sender alone.
    pub place: Option<Point>,
    content: Vec<u8>,
    thumbnail: Vec<u8>,
}

/// Which files there are, each by the first half of its name: of a million files 32 MB.
#[derive(Default)]
pub struct Kept(HashSet<u128>);

impl Kept {
    /// Whether there is a file of this name.
    pub fn has(&self, name: &str) -> bool {
        Self::key(name).is_some_and(|key| self.0.contains(&key))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    fn key(name: &str) -> Option<u128> {
        u128::from_str_radix(name.get(..KEY_DIGITS)?, 16).ok()
    }
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

    /// Reads a photo as it was sent. What is wrong with it is a problem of the field.
    pub async fn read(&self, sent: Bytes, field: &str) -> Result<ReadyPhoto> {
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
        ReadyPhoto::of(prepared.map_err(|problem| problem.at(field))?)
    }

    /// Keeps a photo and its thumbnail; doing it again changes nothing. When this returns `Ok`, it
    /// survives `kill -9` and a power cut.
    pub async fn keep(&self, ready: ReadyPhoto) -> Result<StoredPhoto> {
        let ReadyPhoto { photo, content, thumbnail, .. } = ready;
        let put = |name, content| self.put(name, content);
        tokio::try_join!(put(&photo.file, content), put(&photo.thumbnail, thumbnail))?;
        Ok(photo)
    }

    /// Deletes the file of a name; doing it again changes nothing.
    pub async fn remove(&self, name: &str) -> Result<()> {
        let Some(place) = place(name) else { return Ok(()) };
        match in_time(self.store.delete(&place)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(away(error)),
        }
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

    /// Writes a file, reads it and deletes it again, as nothing else is looked at.
    pub async fn probe(&self) -> Result<()> {
        let place = path::Path::from(PROBE);
        let work = async {
            self.store.put(&place, PROBE.into()).await?;
            self.store.get(&place).await?.bytes().await?;
            self.store.delete(&place).await
        };
        in_time(work).await.map_err(away)
    }

    /// Which files there are; takes as long as there are many.
    pub async fn kept(&self) -> Result<Kept> {
        let mut files = self.store.list(Some(&path::Path::from(PHOTOS)));
        let mut kept = Kept::default();
        while let Some(file) = files.try_next().await.map_err(away)? {
            kept.0.extend(file.location.filename().and_then(Kept::key));
        }
        Ok(kept)
    }

    async fn put(&self, name: &str, content: Vec<u8>) -> Result<()> {
        let place = place(name).ok_or_else(|| Error::internal("a hash that is no name"))?;
        in_time(self.store.put(&place, content.into())).await.map_err(away)?;
        Ok(())
    }
}

impl ReadyPhoto {
    fn of(prepared: Prepared) -> Result<Self> {
        let Prepared { photo: content, thumbnail, width, height, place } = prepared;
        let bytes = i64::try_from(content.len()).map_err(Error::internal)?;
        let (file, small) = (name_of(&content), name_of(&thumbnail));
        let photo = StoredPhoto { file, thumbnail: small, width, height, bytes };
        Ok(Self { photo, place, content, thumbnail })
    }
}

/// The name of a content.
fn name_of(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}

/// Where the file of a name is kept; `None` for what is no name.
fn place(name: &str) -> Option<path::Path> {
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_name = name.len() == 64 && name.bytes().all(is_hex);
    is_name.then(|| path::Path::from(format!("{PHOTOS}/{}/{name}.jpg", &name[..2])))
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
