//! What is written beside a backup: what it is, and how much there is in it.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use gaara::BooksFigures;
use gaara::application::AuditHead;
use serde_json::{Map, Value, json};

use super::Key;
use super::file::{create, on, open_regular};
use crate::failure::Failure;

/// The name of the file.
const FILE: &str = "manifest.json";

/// What a backup is, and how much there is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The name of the backup, which is that of its directory too.
    pub(crate) name: String,
    /// The instant that the books are of.
    pub(crate) made_at: String,
    /// The version of the program that made it.
    pub(crate) program: String,
    /// `sqlite`, or `postgres` and its major version.
    pub(crate) engine: String,
    /// The file beside this one.
    pub(crate) file: String,
    /// Whether that one is sealed.
    pub(crate) is_sealed: bool,
    /// How long it is.
    pub(crate) bytes: u64,
    /// Its SHA-256.
    pub(crate) sha256: String,
    /// How much there is in the books.
    pub(crate) figures: BooksFigures,
    /// What stands for everything in the audit log that was sealed.
    pub(crate) audit_head: Option<AuditHead>,
}

impl Manifest {
    fn value(&self) -> Map<String, Value> {
        let head = self.audit_head.map(|head| head.to_string());
        let value = json!({
            "form": 1, "name": self.name, "made_at": self.made_at, "program": self.program,
            "engine": self.engine, "file": self.file, "sealed": self.is_sealed,
            "bytes": self.bytes, "sha256": self.sha256, "audit_head": head,
            "schema": self.figures.steps, "rows": self.figures.rows, "sums": self.figures.sums,
        });
        match value {
            Value::Object(map) => map,
            _ => Map::new(),
        }
    }

    /// Writes it into the directory of its backup.
    pub(crate) fn write(&self, directory: &Path, key: &Key) -> Result<(), Failure> {
        let mut map = self.value();
        let code = key.code_of(&canonical(&map));
        map.insert("code".to_owned(), code.into());
        let text = format!("{:#}\n", Value::Object(map));
        let path = directory.join(FILE);
        let written = create(&path).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        written.map_err(on(&path))
    }

    /// Reads the one in a directory, and makes sure that it was written by somebody with the key
    /// and for a backup of this name.
    pub(crate) fn read(directory: &Path, key: &Key) -> Result<Self, Failure> {
        let wrong = |why: &str| {
            let path = directory.join(FILE);
            Failure::Other(format!("{}: {why}", path.display()))
        };
        let text = open_regular(&directory.join(FILE)).and_then(io::read_to_string);
        let text = text.map_err(|error| wrong(&error.to_string()))?;
        let value = serde_json::from_str::<Value>(&text);
        let Ok(Value::Object(mut map)) = value else { return Err(wrong("it is no manifest")) };
        let code = map.remove("code");
        if code.as_ref().and_then(Value::as_str) != Some(&key.code_of(&canonical(&map))) {
            return Err(wrong("it was changed, or written with another key"));
        }
        let manifest = Self::parse(&map).ok_or_else(|| wrong("it is of another program"))?;
        let name = directory.file_name().map(|name| name.to_string_lossy().into_owned());
        if name.as_deref() != Some(&manifest.name) {
            return Err(wrong(&format!("it belongs to the backup {}", manifest.name)));
        }
        Ok(manifest)
    }

    fn parse(map: &Map<String, Value>) -> Option<Self> {
        let text = |key: &str| map.get(key)?.as_str().map(str::to_owned);
        let rows = map.get("rows")?.as_object()?.iter();
        let rows = rows.map(|(table, count)| Some((table.clone(), count.as_u64()?)));
        let sums = map.get("sums")?.as_object()?.iter();
        let sums = sums.map(|(column, sum)| Some((column.clone(), sum.as_str()?.to_owned())));
        let steps = map.get("schema")?.as_array()?.iter();
        let steps = steps.map(|step| Some(step.as_str()?.to_owned()));
        if map.get("form")?.as_u64()? != 1 {
            return None;
        }
        Some(Self {
            name: text("name")?,
            made_at: text("made_at")?,
            program: text("program")?,
            engine: text("engine")?,
            file: text("file")?,
            is_sealed: map.get("sealed")?.as_bool()?,
            bytes: map.get("bytes")?.as_u64()?,
            sha256: text("sha256")?,
            figures: BooksFigures {
                rows: rows.collect::<Option<BTreeMap<_, _>>>()?,
                sums: sums.collect::<Option<BTreeMap<_, _>>>()?,
                steps: steps.collect::<Option<Vec<_>>>()?,
            },
            audit_head: text("audit_head").as_deref().and_then(AuditHead::parse),
        })
    }

    /// What differs between the books as they were and as they came back.
    pub(crate) fn differences(&self, back: &BooksFigures) -> Vec<String> {
        let mut found = Vec::new();
        if self.figures.steps != back.steps {
            found.push("the schema has other steps than were written down".to_owned());
        }
        let mut compare = |what: &str, was: String, is: Option<String>| {
            if is.as_ref() != Some(&was) {
                let is = is.unwrap_or_else(|| "nothing".to_owned());
                found.push(format!("{what}: expected {was}, found {is}"));
            }
        };
        for (table, count) in &self.figures.rows {
            let is = back.rows.get(table).map(ToString::to_string);
            compare(&format!("rows of {table}"), count.to_string(), is);
        }
        for (column, sum) in &self.figures.sums {
            compare(&format!("sum of {column}"), sum.clone(), back.sums.get(column).cloned());
        }
        found
    }
}

/// The text that the code is of, however the file is laid out.
fn canonical(map: &Map<String, Value>) -> String {
    let sorted: BTreeMap<&String, String> =
        map.iter().map(|(key, value)| (key, value.to_string())).collect();
    let lines = sorted.iter().map(|(key, value)| format!("{key}={value}\n"));
    lines.collect::<Vec<_>>().concat()
}
