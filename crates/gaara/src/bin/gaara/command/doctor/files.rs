//! Files that nobody else may read, and keys that everybody knows.

use std::fs;
use std::path::Path;

use gaara::prepare_data_directory;

use super::Check;
use crate::config::Config;

/// How a key of 32 bytes that somebody typed or copied looks: the seed of RFC 8037, appendix A.1.
const WELL_KNOWN: &[&[u8]] = &[&[
    0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
    0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
]];

/// Checks the data directory, the secrets in it and the file with settings.
pub(super) fn check(config: &Config) -> Vec<Check> {
    let secrets = config.data_dir.join("secrets");
    vec![
        Check::of("data_directory", &directory(config), "it belongs to its owner alone"),
        Check::of("secret_files", &secret_files(&secrets), "nobody else may read them"),
        Check::of("keys", &keys(&secrets), "none is a default or an example"),
        Check::of("settings", &settings(config), "no secret in them can be read by others"),
    ]
}

fn directory(config: &Config) -> Vec<String> {
    if !config.data_dir.exists() {
        return vec![format!("{} does not exist", config.data_dir.display())];
    }
    let checked = prepare_data_directory(&config.data_dir);
    checked.err().map(|error| error.to_string()).into_iter().collect()
}

/// The files of a directory; none where it cannot be read.
fn files(directory: &Path) -> Vec<(String, std::path::PathBuf)> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .collect();
    files.sort();
    files
}

fn secret_files(directory: &Path) -> Vec<String> {
    let open = files(directory).into_iter().filter(|(_, path)| others_may_read(path));
    open.map(|(name, _)| format!("others may read {name}; set its mode to 600")).collect()
}

/// Keys that everybody knows or could guess.
fn keys(directory: &Path) -> Vec<String> {
    let known = |bytes: &[u8]| {
        let one_byte = bytes.first().is_some_and(|first| bytes.iter().all(|byte| byte == first));
        let example = WELL_KNOWN.iter().any(|seed| bytes.windows(seed.len()).any(|it| it == *seed));
        bytes.len() < 16 || one_byte || example
    };
    let read = files(directory).into_iter().filter_map(|(name, path)| {
        let bytes = fs::read(path).ok()?;
        known(&bytes).then(|| format!("{name} is short, an example or a default"))
    });
    read.collect()
}

/// Settings that hold a password, in a file that others may read.
fn settings(config: &Config) -> Vec<String> {
    let told = config.secret_origins().into_iter().filter(|(_, origin)| {
        let path = Path::new(origin);
        path.is_file() && others_may_read(path)
    });
    told.map(|(key, origin)| format!("{key} stands in {origin}, which others may read")).collect()
}

#[cfg(unix)]
fn others_may_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn others_may_read(_: &Path) -> bool {
    false
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_everybody_knows_is_found() {
        let directory = tempfile::tempdir().unwrap();
        let mut framed = vec![0x30, 0x2e, 0x02];
        framed.extend_from_slice(WELL_KNOWN[0]);
        let good: Vec<u8> = (0..32).collect();
        for (name, bytes) in
            [("a", vec![0; 32]), ("b", b"changeme".to_vec()), ("c", framed), ("d", good)]
        {
            fs::write(directory.path().join(name), bytes).unwrap();
        }

        let found = keys(directory.path());

        let named: Vec<&str> = found.iter().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(named, ["a", "b", "c"]);
    }
}
