//! A mail server on loopback, which speaks SMTP by the crate `mailin`, and does as it is told.

use std::{
    collections::VecDeque,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use mailin::{Action, Handler, Response, SessionBuilder};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

/// A mail server; it ends when it is dropped.
pub struct MailServer {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    taken: Vec<Taken>,
    refusals: VecDeque<(Word, u16)>,
}

/// A word of the client, at which the server may refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// `MAIL FROM`.
    From,
    /// `RCPT TO`.
    To,
    /// `DATA`.
    Data,
    /// The end of the letter.
    End,
}

/// Whether and when a server goes on by TLS.
#[derive(Clone)]
pub enum Tls {
    None,
    /// Before the first word.
    AtOnce(TlsAcceptor),
    /// After `STARTTLS`.
    AfterWord(TlsAcceptor),
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

    /// Listens on a port of its own, and speaks TLS.
    pub async fn start_with(tls: Tls) -> Self {
        Self::listen("127.0.0.1:0".parse().unwrap(), tls).await
    }

    /// Listens where another one was.
    pub async fn start_at(address: SocketAddr) -> Self {
        Self::listen(address, Tls::None).await
    }

    async fn listen(address: SocketAddr, tls: Tls) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let task = tokio::spawn(listen(listener, state.clone(), tls));
        Self { address, state, task }
    }

    /// Refuses the next letters with these codes, one each.
    pub fn refuse(&self, codes: &[u16]) {
        for code in codes {
            self.refuse_at(Word::To, *code);
        }
    }

    /// Refuses the next letter with a code at a word of the client.
    pub fn refuse_at(&self, word: Word, code: u16) {
        self.state.lock().unwrap().refusals.push_back((word, code));
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

async fn listen(listener: TcpListener, state: Arc<Mutex<State>>, tls: Tls) {
    // With the set the sessions end too, as those of a server that dies.
    let mut sessions = tokio::task::JoinSet::new();
    while let Ok((stream, peer)) = listener.accept().await {
        let handler = Session { state: state.clone(), to: Vec::new(), text: Vec::new() };
        sessions.spawn(speak(stream, peer, handler, tls.clone()));
    }
}

async fn speak(stream: TcpStream, peer: SocketAddr, handler: Session, tls: Tls) -> io::Result<()> {
    let mut builder = SessionBuilder::new("mail.test");
    if let Tls::AfterWord(_) = tls {
        builder.enable_start_tls();
    }
    let mut session = builder.build(peer.ip(), handler);
    let greeting = session.greeting().buffer()?;
    match tls {
        Tls::None => converse(stream, &greeting, &mut session).await.map(|_| ()),
        Tls::AtOnce(acceptor) => {
            let stream = acceptor.accept(stream).await?;
            converse(stream, &greeting, &mut session).await.map(|_| ())
        }
        Tls::AfterWord(acceptor) => {
            let Some(stream) = converse(stream, &greeting, &mut session).await? else {
                return Ok(());
            };
            let stream = acceptor.accept(stream).await?;
            session.tls_active();
            converse(stream, &[], &mut session).await.map(|_| ())
        }
    }
}

/// The end of a letter.
const END: &[u8] = b".\r\n";

/// Answers until the client goes, or wants to go on by TLS: then the stream is given back.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    greeting: &[u8],
    session: &mut mailin::Session<Session>,
) -> io::Result<Option<S>> {
    stream.write_all(greeting).await?;
    let (mut stream, mut line) = (BufReader::new(stream), Vec::new());
    while stream.read_until(b'\n', &mut line).await? > 0 {
        let response = session.process(&line);
        if response.is_error && line == END {
            // The crate waits for the end of a letter once more when it was refused there.
            session.process(END);
        }
        line.clear();
        if response.action != Action::NoReply {
            stream.get_mut().write_all(&response.buffer()?).await?;
            stream.get_mut().flush().await?;
        }
        match response.action {
            Action::Close => break,
            Action::UpgradeTls => return Ok(Some(stream.into_inner())),
            Action::NoReply | Action::Reply => {}
        }
    }
    Ok(None)
}

struct Session {
    state: Arc<Mutex<State>>,
    to: Vec<String>,
    text: Vec<u8>,
}

impl Session {
    /// What the server says at a word of the client.
    fn say(&self, word: Word) -> Response {
        let refusals = &mut self.state.lock().unwrap().refusals;
        match refusals.front() {
            Some((at, code)) if *at == word => {
                let refusal = Response::custom(*code, "as I was told".to_owned());
                refusals.pop_front();
                refusal
            }
            _ => mailin::response::OK,
        }
    }
}

impl Handler for Session {
    fn mail(&mut self, _: IpAddr, _: &str, _: &str) -> Response {
        self.say(Word::From)
    }

    fn rcpt(&mut self, _: &str) -> Response {
        self.say(Word::To)
    }

    fn data_start(&mut self, _: &str, _: &str, _: bool, to: &[String]) -> Response {
        self.to = to.to_vec();
        self.text.clear();
        self.say(Word::Data)
    }

    fn data(&mut self, part: &[u8]) -> io::Result<()> {
        self.text.extend_from_slice(part);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let said = self.say(Word::End);
        if !said.is_error && !self.text.is_empty() {
            let text = String::from_utf8(std::mem::take(&mut self.text)).unwrap();
            self.state.lock().unwrap().taken.push(Taken { to: self.to.clone(), text });
        }
        self.text.clear();
        said
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
