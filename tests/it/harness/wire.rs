//! The service on a port of its own, and clients that keep a connection open.

use std::{net::SocketAddr, time::Duration};

use futures_util::{SinkExt, StreamExt};
use kontakt::{app::App, events, server};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

use super::Service;

/// Nothing that is waited for takes this long.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A service that listens, until its app is stopped.
pub struct Wire {
    pub address: SocketAddr,
    pub server: JoinHandle<()>,
    app: App,
}

impl Service {
    /// Serves on a port of its own.
    pub async fn listen(&self) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = server::serve(self.app.clone(), self.router.clone(), listener);
        Wire { address, server: tokio::spawn(server), app: self.app.clone() }
    }
}

impl Wire {
    /// A connection on which nothing was said yet.
    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// A socket that speaks `graphql-transport-ws`, before the first word.
    pub async fn socket(&self) -> Socket {
        self.socket_with(&[("sec-websocket-protocol", "graphql-transport-ws")]).await.unwrap()
    }

    /// A socket with headers of the handshake, or the status with which it was refused.
    pub async fn socket_with(&self, headers: &[(&'static str, &str)]) -> Result<Socket, u16> {
        let address = format!("ws://{}/graphql/ws", self.address);
        let mut request = address.into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match timeout(PATIENCE, connect_async(request)).await.unwrap() {
            Ok((socket, _)) => Ok(Socket(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Returns when the node has heard of all that was written: who subscribes then hears of none of it.
    async fn heard_of_everything(&self) {
        let written = events::head(self.app.db.reader()).await.unwrap();
        let mut heard = self.app.feed.head();
        timeout(PATIENCE, heard.wait_for(|head| *head >= written)).await.unwrap().unwrap();
    }

    /// A socket that was greeted: by nobody we know, or with a development token such as `editor`.
    pub async fn greeted(&self, role: Option<&str>) -> Socket {
        self.heard_of_everything().await;
        let mut socket = self.socket().await;
        let payload = match role {
            Some(role) => json!({ "Authorization": format!("Bearer dev:{role}") }),
            None => json!({}),
        };
        socket.say(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
        socket
    }

    /// The server-sent events that a document gives.
    pub async fn events(&self, role: Option<&str>, query: &str) -> Events {
        self.heard_of_everything().await;
        let body = json!({ "query": query }).to_string();
        let token = role.map(|role| format!("authorization: Bearer dev:{role}\r\n"));
        // By HTTP/1.0, where a stream is not cut into chunks.
        let request = format!(
            "POST /graphql/stream HTTP/1.0\r\ncontent-type: application/json\r\n{}\
             content-length: {}\r\n\r\n{body}",
            token.unwrap_or_default(),
            body.len()
        );
        let mut stream = self.connect().await;
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut events = Events(BufReader::new(stream).lines());
        assert_eq!(events.line().await.as_deref(), Some("HTTP/1.0 200 OK"));
        while events.line().await.is_some_and(|line| !line.is_empty()) {}
        events
    }
}

/// A client of `/graphql/ws`.
pub struct Socket(pub WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Sends a message.
    pub async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    /// The next message.
    pub async fn hear(&mut self) -> Value {
        match self.frame().await {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// Code and reason of the closing message, which must be the next one.
    pub async fn closed(&mut self) -> (u16, String) {
        match self.frame().await {
            Message::Close(Some(frame)) => (frame.code.into(), frame.reason.to_string()),
            other => panic!("{other:?}"),
        }
    }

    async fn frame(&mut self) -> Message {
        loop {
            let frame = timeout(PATIENCE, self.0.next()).await.expect("nothing came");
            match frame.expect("the connection ended").unwrap() {
                Message::Ping(_) | Message::Pong(_) => {}
                frame => return frame,
            }
        }
    }

    /// Starts an operation, without waiting for anything.
    pub async fn start(&mut self, id: &str, query: &str) {
        let payload = json!({ "query": query });
        self.say(json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// Starts a subscription; when this returns, it listens.
    pub async fn subscribe(&mut self, id: &str, query: &str) {
        self.start(id, query).await;
        self.say(json!({ "type": "ping" })).await;
        assert_eq!(self.hear().await, json!({ "type": "pong" }));
    }

    /// The payload of the next message, which must be one of this operation.
    pub async fn next(&mut self, id: &str) -> Value {
        let mut message = self.hear().await;
        assert_eq!((&message["id"], &message["type"]), (&json!(id), &json!("next")), "{message}");
        message["payload"].take()
    }

    /// The only answer of a query or mutation.
    pub async fn ask(&mut self, query: &str) -> Value {
        self.start("ask", query).await;
        let answer = self.next("ask").await;
        assert_eq!(self.hear().await, json!({ "id": "ask", "type": "complete" }));
        answer
    }
}

/// A client of `/graphql/stream`.
pub struct Events(Lines<BufReader<TcpStream>>);

impl Events {
    /// Name and data of the next event; `None` when the stream has ended.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        let name = self.line().await?.strip_prefix("event: ").unwrap().to_owned();
        let data = self.line().await?;
        let data = serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap();
        assert_eq!(self.line().await.as_deref(), Some(""));
        Some((name, data))
    }

    async fn line(&mut self) -> Option<String> {
        timeout(PATIENCE, self.0.next_line()).await.expect("nothing came").unwrap()
    }
}
