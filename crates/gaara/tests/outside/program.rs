//! The real binary, run from outside in an empty directory.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// An empty directory to run the binary in.
pub(crate) struct Program {
    pub(crate) directory: TempDir,
}

impl Program {
    pub(crate) fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.directory.path().join(name)
    }

    /// The binary with these arguments, and none of the settings of whoever runs the tests.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gaara"));
        command.args(arguments).current_dir(self.directory.path());
        // Nobody waits for the tests to take another server.
        command.env("GAARA_SERVER__DRAIN_DELAY_MS", "0");
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GAARA_") {
                command.env_remove(name);
            }
        }
        command
    }

    /// Runs to the end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        Ended(self.command(arguments).output().unwrap())
    }

    /// Starts a server and reads what it prints until it accepts requests.
    pub(crate) fn serve(&self, arguments: &[&str]) -> Server {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.args(arguments);
        self.start(command)
    }

    /// Starts a server by a command of its own.
    pub(crate) fn start(&self, mut command: Command) -> Server {
        let log = fs::File::create(self.path("log")).unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut printed = Vec::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = loop {
            let Some(Ok(line)) = lines.next() else { panic!("no address:\n{}", self.log()) };
            if let Some(address) = line.strip_prefix("listening on ") {
                break address.to_owned();
            }
            printed.push(line);
        };
        Server { child, address, printed }
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }
}

/// What a run to the end left.
pub(crate) struct Ended(Output);

impl Ended {
    pub(crate) fn status(&self) -> Option<i32> {
        self.0.status.code()
    }

    pub(crate) fn printed(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    pub(crate) fn complained(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }
}

/// A running server; dropped, it is killed.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    /// The lines before the address.
    pub(crate) printed: Vec<String>,
}

impl Server {
    /// What stands behind a prefix in the lines before the address.
    pub(crate) fn told(&self, prefix: &str) -> Option<&str> {
        self.printed.iter().find_map(|line| line.strip_prefix(prefix))
    }

    /// Sends a signal and answers the exit status.
    pub(crate) fn stop(mut self, signal: &str) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The rights of a file or directory.
pub(crate) fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;

    fs::metadata(path).unwrap().permissions().mode() & 0o777
}
