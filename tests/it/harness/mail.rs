//! A mail server on loopback, which speaks SMTP by the crate `mailin`, and does as it is told.

use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use mailin::{Action, Handler, Response, SessionBuilder};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A mail server; it ends when it is dropped.
pub struct MailServer {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    taken: Vec<Taken>,
    refusals: VecDeque<u16>,
}

/// A letter as the server took it.
#[derive(Clone, Debug)]
pub struct Taken {
    pub to: Vec<String>,
    pub text: String,
}

impl MailServer {
    /// Listens on a port of its own.
    pub async fn start() -> Self {
        Self::start_at("127.0.0.1:0".parse().unwrap()).await
    }

    /// Listens where another one was.
    pub async fn start_at(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let task = tokio::spawn(listen(listener, state.clone()));
        Self { address, state, task }
    }

    /// Refuses the next letters with these codes, one each.
    pub fn refuse(&self, codes: &[u16]) {
        self.state.lock().unwrap().refusals.extend(codes);
    }

    /// What was taken so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.state.lock().unwrap().taken.clone()
    }

    /// The settings that name it.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(listener: TcpListener, state: Arc<Mutex<State>>) {
    // With the set the sessions end too, as those of a server that dies.
    let mut sessions = tokio::task::JoinSet::new();
    while let Ok((stream, peer)) = listener.accept().await {
        let handler = Session { state: state.clone(), to: Vec::new(), text: Vec::new() };
        sessions.spawn(speak(stream, peer, handler));
    }
}

async fn speak(stream: TcpStream, peer: SocketAddr, handler: Session) -> io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut session = SessionBuilder::new("mail.test").build(peer.ip(), handler);
    writer.write_all(&session.greeting().buffer()?).await?;
    let (mut reader, mut line) = (BufReader::new(reader), Vec::new());
    while reader.read_until(b'\n', &mut line).await? > 0 {
        let response = session.process(&line);
        line.clear();
        if response.action != Action::NoReply {
            writer.write_all(&response.buffer()?).await?;
        }
        if response.action == Action::Close {
            break;
        }
    }
    Ok(())
}

struct Session {
    state: Arc<Mutex<State>>,
    to: Vec<String>,
    text: Vec<u8>,
}

impl Handler for Session {
    fn rcpt(&mut self, _: &str) -> Response {
        match self.state.lock().unwrap().refusals.pop_front() {
            Some(code) => Response::custom(code, "as I was told".to_owned()),
            None => mailin::response::OK,
        }
    }

    fn data_start(&mut self, _: &str, _: &str, _: bool, to: &[String]) -> Response {
        self.to = to.to_vec();
        self.text.clear();
        mailin::response::OK
    }

    fn data(&mut self, part: &[u8]) -> io::Result<()> {
        self.text.extend_from_slice(part);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let text = String::from_utf8(std::mem::take(&mut self.text)).unwrap();
        self.state.lock().unwrap().taken.push(Taken { to: self.to.clone(), text });
        mailin::response::OK
    }
}

impl Taken {
    /// The value of a header that stands on one line.
    pub fn header(&self, name: &str) -> Option<&str> {
        let line = self.text.split("\r\n").find(|line| line.starts_with(&format!("{name}: ")))?;
        Some(&line[name.len() + 2..])
    }

    /// The plain text, as a person reads it.
    pub fn body(&self) -> String {
        let part = self.text.split("Content-Type: text/plain").nth(1).unwrap();
        let (headers, rest) = part.split_once("\r\n\r\n").unwrap();
        let body = rest.split("\r\n--").next().unwrap();
        if headers.contains("base64") {
            let one = body.replace("\r\n", "");
            return String::from_utf8(STANDARD.decode(one).unwrap()).unwrap();
        }
        if headers.contains("quoted-printable") { unquoted(body) } else { body.to_owned() }
    }

    /// The path of the only link that leads to a page of letters, such as `/mail/confirm/`.
    pub fn path(&self, page: &str) -> String {
        let body = self.body();
        let start = body.find(page).unwrap_or_else(|| panic!("no {page} in {body}"));
        body[start..].split_whitespace().next().unwrap().to_owned()
    }
}

fn unquoted(text: &str) -> String {
    let (mut bytes, text) = (Vec::new(), text.replace("=\r\n", ""));
    let mut parts = text.split('=');
    bytes.extend_from_slice(parts.next().unwrap().as_bytes());
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}
