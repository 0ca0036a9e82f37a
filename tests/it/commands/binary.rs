//! The binary in a folder of its own, with the settings that a test gives it and no others.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use kontakt::config::Config;
use tempfile::TempDir;

use crate::harness::{Fresh, Start, fresh, logs};

/// Nothing that is waited for takes this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// The binary and the folder that it is run in.
pub struct Kontakt {
    folder: TempDir,
    data: PathBuf,
    variables: Vec<(String, String)>,
    /// The settings of a data folder that was made by the test.
    pub config: Option<Config>,
}

/// What a command said.
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Drop for Kontakt {
    fn drop(&mut self) {
        if !thread::panicking() {
            logs::assert_clean();
        }
    }
}

impl Kontakt {
    /// Nothing is configured, and nothing is there: on SQLite, in `./data`.
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        Self { folder, data, variables: Vec::new(), config: None }
    }

    /// With a data folder that is there, on the database that is tested.
    pub async fn on(start: Start) -> Self {
        let Fresh { data: folder, config } = fresh(start, &[]).await;
        let data = config.data.clone();
        let kontakt = Self { folder, data, variables: Vec::new(), config: None };
        let kontakt = kontakt.with("KONTAKT_DATA", config.data.to_str().unwrap());
        let mut kontakt = match &config.database_url {
            Some(url) => kontakt.with("DATABASE_URL", url),
            None => kontakt,
        };
        kontakt.config = Some(config);
        kontakt
    }

    /// The same with one variable of the environment more.
    pub fn with(mut self, variable: &str, value: &str) -> Self {
        self.variables.push((variable.to_owned(), value.to_owned()));
        self
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// A path in the folder that the binary is run in.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file in that folder.
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Every file below a path with its bytes.
    pub fn files(&self, path: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(path), &mut files);
        files
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kontakt"));
        command
            .args(arguments)
            .env_clear()
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Said {
        let mut child = self.command(arguments).spawn().unwrap();
        let (out, err) = (gather(child.stdout.take()), gather_log(child.stderr.take()));
        let status = end(&mut child, &arguments);
        Said { code: status.code(), out: out.join().unwrap(), err: err.join().unwrap() }
    }

    /// Runs a command that must succeed, and gives what it printed.
    pub fn done(&self, arguments: &[&str]) -> String {
        let Said { code, out, err } = self.run(arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {out}{err}");
        out
    }

    /// Runs a command that must be refused, and gives the last lines of what it said.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let Said { code, out, err } = self.run(arguments);
        assert_eq!(code, Some(1), "{arguments:?}: {out}{err}");
        assert_eq!(out, "", "{arguments:?}");
        let (_, refusal) = err.split_once("kontakt: ").unwrap_or_else(|| panic!("{err}"));
        refusal.trim_end().to_owned()
    }

    /// Starts a command, and ends it as `kill -9` does once it has gone so far; gives false if it came
    /// to its own end before.
    pub async fn kill_when(&self, arguments: &[&str], is_so_far: impl AsyncFn() -> bool) -> bool {
        let mut child = self.command(arguments).spawn().unwrap();
        let (out, err) = (gather(child.stdout.take()), gather_log(child.stderr.take()));
        let since = Instant::now();
        while child.try_wait().unwrap().is_none() && !is_so_far().await {
            assert!(since.elapsed() < PATIENCE, "it does not get so far: {arguments:?}");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let was_running = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        out.join().unwrap();
        err.join().unwrap();
        was_running
    }

    /// Runs a command whose reader goes away at once.
    pub fn run_unread(&self, arguments: &[&str]) -> Said {
        let mut child = self.command(arguments).spawn().unwrap();
        drop(child.stdout.take());
        let err = gather_log(child.stderr.take());
        let status = end(&mut child, &arguments);
        Said { code: status.code(), out: String::new(), err: err.join().unwrap() }
    }

    /// Serves until it is dropped or stopped; waits for the greeting.
    pub fn serve(&self, arguments: &[&str]) -> Serving {
        let arguments = [&["--listen", "127.0.0.1:0"], arguments].concat();
        let mut child = self.command(&arguments).spawn().unwrap();
        let err = gather_log(child.stderr.take());
        let (sender, lines) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|l| sender.send(l)));
        let mut serving = Serving { child, err: Some(err), greeting: String::new() };
        let since = Instant::now();
        while !serving.greeting.contains("Profile") {
            let left = PATIENCE.saturating_sub(since.elapsed());
            match lines.recv_timeout(left) {
                Ok(line) => serving.greeting += &format!("{line}\n"),
                Err(_) => {
                    let log = serving.kill();
                    panic!("no greeting: {}{log}", serving.greeting);
                }
            }
        }
        serving
    }
}

/// A service that runs.
pub struct Serving {
    child: Child,
    err: Option<thread::JoinHandle<String>>,
    pub greeting: String,
}

impl Serving {
    /// Where it listens, as the greeting says.
    pub fn address(&self) -> SocketAddr {
        let explorer = self.greeting.split("http://").nth(1).unwrap();
        explorer.split('/').next().unwrap().parse().unwrap()
    }

    /// Sends a request, and gives the answer with its head.
    pub fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}",
            self.address()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Sends a GraphQL document, and gives the body of the answer.
    pub fn ask(&self, body: &str) -> String {
        let answer = self.send("POST", "/graphql", "content-type: application/json\r\n", body);
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// Sends SIGTERM and waits for the end: the exit code and what was logged.
    pub fn terminate(mut self) -> (Option<i32>, String) {
        let kill = format!("kill -TERM {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        let status = end(&mut self.child, &"SIGTERM");
        (status.code(), self.err.take().unwrap().join().unwrap())
    }

    /// Ends it as `kill -9` and a power cut do, without a word; gives what was logged.
    pub fn kill(&mut self) -> String {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.err.take().map(|err| err.join().unwrap()).unwrap_or_default()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Reads a stream to its end beside the test, so that a full pipe holds nobody up.
fn gather(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    let mut stream = stream.unwrap();
    thread::spawn(move || {
        let mut text = Vec::new();
        stream.read_to_end(&mut text).unwrap();
        String::from_utf8(text).unwrap()
    })
}

/// The same of what a process logs, in which nothing of a person may stand.
fn gather_log(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    let read = gather(stream);
    thread::spawn(move || {
        let log = read.join().unwrap();
        logs::look_through(&log);
        log
    })
}

fn end(child: &mut Child, what: &dyn std::fmt::Debug) -> ExitStatus {
    let since = Instant::now();
    while since.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    panic!("it did not end: {what:?}");
}

fn collect(path: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            collect(&entry.unwrap().path(), files);
        }
    } else if path.is_file() {
        files.insert(path.to_owned(), fs::read(path).unwrap());
    }
}
