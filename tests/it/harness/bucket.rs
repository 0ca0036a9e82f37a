//! A server that speaks S3, on a port of its own, over a folder.

use std::{fs, net::SocketAddr};

use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::{
    net::TcpListener,
    task::{JoinHandle, JoinSet},
};

/// A running server with one bucket, `photos`.
pub struct Bucket {
    address: SocketAddr,
    server: JoinHandle<()>,
    pub folder: TempDir,
}

/// Starts a server.
pub async fn bucket() -> Bucket {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("photos")).unwrap();
    let mut builder = S3ServiceBuilder::new(FileSystem::new(folder.path()).unwrap());
    builder.set_auth(SimpleAuth::from_single("the-key", "the-secret"));
    let service = builder.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        // Connections end with the server.
        let mut open = JoinSet::new();
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let http = Builder::new(TokioExecutor::new());
            let connection = http.serve_connection(TokioIo::new(socket), service.clone());
            let connection = connection.into_owned();
            open.spawn(async { drop(connection.await) });
        }
    });
    Bucket { address, server, folder }
}

impl Bucket {
    /// The address that a setting names.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends the server, with all its connections.
    pub async fn stop(self) -> TempDir {
        self.server.abort();
        assert!(self.server.await.unwrap_err().is_cancelled());
        self.folder
    }
}
