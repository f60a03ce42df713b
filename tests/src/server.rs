//! The real binary on a free port, for tests from outside.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process, thread};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tempfile::TempDir;

use crate::tree::root;

/// The binary, built once for all tests of this process.
///
/// It is built as a run of all tests builds it, which has just done so: any other selection of
/// packages unites other features, and would compile half of the dependencies anew.
///
/// # Panics
/// When it cannot be built.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let status = Command::new(env!("CARGO"))
            .current_dir(root())
            .args(["test", "--no-run", "--locked", "--quiet", "--workspace"])
            .status()
            .expect("cargo runs");
        assert!(status.success(), "the binary builds");
        let test = env::current_exe().expect("a test has a path");
        let profile = test.ancestors().nth(2).expect("target/<profile>/deps/<test>");
        profile.join("gaara")
    })
}

/// The binary as it is shipped, for what measures it.
///
/// # Panics
/// When it cannot be built.
#[must_use]
pub fn release_binary() -> PathBuf {
    let status = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["build", "--release", "--locked", "--quiet", "--package", "gaara"])
        .status()
        .expect("cargo runs");
    assert!(status.success(), "the binary builds");
    let bench = env::current_exe().expect("a bench has a path");
    let target = bench.ancestors().nth(3).expect("target/<profile>/deps/<bench>");
    target.join("release/gaara")
}

/// Where the books are kept.
pub enum Database {
    /// In a file in the data directory.
    Sqlite,
    /// In a fresh database of the test's PostgreSQL server.
    Postgres(String),
}

impl Database {
    /// A fresh PostgreSQL database.
    ///
    /// # Panics
    /// When `GAARA_TEST_POSTGRES_URL` names no server: `make test` starts one.
    #[must_use]
    pub fn postgres() -> Self {
        let server = env::var("GAARA_TEST_POSTGRES_URL")
            .expect("GAARA_TEST_POSTGRES_URL names a server; `make test` starts one");
        Self::on(&server)
    }

    /// A fresh database of a server.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn on(server: &str) -> Self {
        Self::Postgres(Self::make(server))
    }

    /// Makes a fresh database of a server, and answers its address.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn make(server: &str) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("gaara_whole_{}_{number}", process::id());
        let status = Command::new("psql")
            .args([server, "--quiet", "--command", &format!("CREATE DATABASE {name}")])
            .status()
            .expect("psql runs");
        assert!(status.success(), "a database can be created");
        let (host, _) = server.rsplit_once('/').expect("a URL with a database");
        format!("{host}/{name}")
    }
}

/// An installation: a data directory and a database, which outlive the server.
pub struct Installation {
    data: TempDir,
    database: Database,
    settings: Vec<(String, String)>,
    program: Option<PathBuf>,
}

impl Installation {
    /// An empty installation.
    ///
    /// # Panics
    /// When no temporary directory can be made.
    #[must_use]
    pub fn new(database: Database) -> Self {
        let data = tempfile::tempdir().expect("a temporary directory");
        let settings = [
            // Most tests ask more often than any person does.
            ("GAARA_RATE_LIMIT__ENABLED", "false"),
            // A machine that builds and tests may have a disk nearly full.
            ("GAARA_HEALTH__DISK_PERCENT_MIN", "0"),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self { data, database, settings, program: None }
    }

    /// The same with a setting, as the environment gives it: `GAARA_SERVER__PUBLIC_URL`.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same, run by another program than the one built for tests.
    #[must_use]
    pub fn run_by(mut self, program: PathBuf) -> Self {
        self.program = Some(program);
        self
    }

    /// The program with these arguments, on this installation.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.program.as_deref().unwrap_or_else(|| binary()));
        command.args(arguments).arg("--data-dir").arg(self.data.path().join("data"));
        command.current_dir(self.data.path());
        if let Database::Postgres(url) = &self.database {
            command.env("GAARA_DATABASE_URL", url);
        }
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Starts the server and waits until it accepts requests.
    ///
    /// # Panics
    /// When it does not.
    #[must_use]
    pub fn start(&self) -> Server {
        self.start_with(&[])
    }

    /// The same, with settings of its own: variables and their values.
    ///
    /// # Panics
    /// When it does not accept requests.
    #[must_use]
    pub fn start_with(&self, settings: &[(&str, &str)]) -> Server {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        // Nobody waits for the tests to take another server.
        command.env("GAARA_SERVER__DRAIN_DELAY_MS", "0");
        command.envs(settings.iter().copied());
        // Instances of one installation write into one log, and none over what another said.
        let log =
            fs::OpenOptions::new().create(true).append(true).open(self.data.path().join("log"));
        let log = log.expect("a log file");
        let mut child =
            command.stdout(Stdio::piped()).stderr(log).spawn().expect("the binary starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let (mut setup_token, mut printed) = (None, Vec::new());
        let address = loop {
            let Some(Ok(line)) = lines.next() else { panic!("no address:\n{}", self.log()) };
            if let Some((_, token)) = line.split_once("/setup#") {
                setup_token = Some(token.to_owned());
            }
            if let Some(address) = line.strip_prefix("listening on ") {
                break address.to_owned();
            }
            printed.push(line);
        };
        thread::spawn(move || lines.for_each(drop));
        Server { child, address, setup_token, printed }
    }

    /// The directory that holds the data directory and the log.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.data.path()
    }

    /// A secret of the installation, as somebody would read it who has stolen the data directory.
    ///
    /// # Panics
    /// When there is none of this name.
    #[must_use]
    pub fn secret(&self, name: &str) -> Vec<u8> {
        let path = self.data.path().join("data/secrets").join(name);
        let text = fs::read_to_string(path).expect("a secret of this name");
        let code = text.trim_end().strip_prefix("base64:").expect("as the server writes them");
        STANDARD.decode(code).expect("base64")
    }

    /// Whether the books are on a PostgreSQL server.
    #[must_use]
    pub const fn is_postgres(&self) -> bool {
        matches!(self.database, Database::Postgres(_))
    }

    /// Runs a statement on the database behind the server's back.
    ///
    /// # Panics
    /// When the books are not in PostgreSQL, or the statement fails.
    pub fn execute(&self, statement: &str) {
        let Database::Postgres(url) = &self.database else { panic!("only on PostgreSQL") };
        let status = Command::new("psql")
            .args([url, "--quiet", "--set", "ON_ERROR_STOP=1", "--command", statement])
            .status()
            .expect("psql runs");
        assert!(status.success(), "{statement}");
    }

    /// A path in the directory of the installation.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.data.path().join(name)
    }

    /// What the server logged so far.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.data.path().join("log")).unwrap_or_default()
    }
}

/// A running server; dropped, it is killed.
pub struct Server {
    child: Child,
    /// Its address: `http://127.0.0.1:PORT`.
    pub address: String,
    /// The setup token it printed, when nobody has set it up.
    pub setup_token: Option<String>,
    /// The lines before the address.
    printed: Vec<String>,
}

impl Server {
    /// The number of its process.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks the server to end and answers how it did.
    ///
    /// # Panics
    /// When it cannot be asked.
    #[must_use]
    pub fn stop(self) -> ExitStatus {
        self.signal("-TERM");
        self.ended()
    }

    /// Sends a signal: `-TERM`, `-HUP`.
    ///
    /// # Panics
    /// When there is nobody to send it to.
    pub fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let status = Command::new("kill").args([signal, &pid]).status().expect("kill runs");
        assert!(status.success(), "the server is there to be asked");
    }

    /// Waits for the server to end and answers how it did.
    ///
    /// # Panics
    /// When it is not a child of this process.
    #[must_use]
    pub fn ended(mut self) -> ExitStatus {
        self.child.wait().expect("a child ends")
    }

    /// What stands behind a prefix in the lines before the address.
    #[must_use]
    pub fn told(&self, prefix: &str) -> Option<&str> {
        self.printed.iter().find_map(|line| line.strip_prefix(prefix))
    }

    /// The address without its scheme: `127.0.0.1:PORT`.
    #[must_use]
    pub fn socket(&self) -> &str {
        self.address.rsplit('/').next().unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
