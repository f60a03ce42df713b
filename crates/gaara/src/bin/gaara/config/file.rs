//! Settings out of a TOML file.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use toml::{Table, Value};

use super::layer::{Found, Layer};
use super::setting::{self, SETTINGS, hint};

/// The file that is read when no other is named.
const USUAL: &str = "gaara.toml";

/// Reads the file that was named, or the usual one where there is one.
pub(super) fn read(named: Option<&Path>, complaints: &mut Vec<String>) -> Layer {
    let path = named.unwrap_or(Path::new(USUAL));
    match fs::read_to_string(path) {
        Ok(text) => parse(&text, &path.display().to_string(), complaints),
        Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => Layer::new(),
        Err(error) => {
            complaints.push(format!("cannot read {}: {error}", path.display()));
            Layer::new()
        }
    }
}

/// Reads the text of a file.
pub(super) fn parse(text: &str, origin: &str, complaints: &mut Vec<String>) -> Layer {
    let table = match text.parse::<Table>() {
        Ok(table) => table,
        Err(error) => {
            // The message alone: the whole error would quote the line, and a secret with it.
            complaints.push(format!("{origin}{}: {}", place(text, &error), error.message()));
            return Layer::new();
        }
    };
    let mut layer = Layer::new();
    flatten("", table, &mut |key, value| take(key, &value, origin, &mut layer, complaints));
    layer
}

/// Hands out every value with its key, in sections and sections of sections.
fn flatten(section: &str, table: Table, take: &mut impl FnMut(&str, Value)) {
    for (name, value) in table {
        let key = format!("{section}{name}");
        match value {
            Value::Table(table) => flatten(&format!("{key}."), table, take),
            value => take(&key, value),
        }
    }
}

fn place(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    before.map_or(String::new(), |before| format!(" line {}", before.matches('\n').count() + 1))
}

fn take(key: &str, value: &Value, origin: &str, layer: &mut Layer, complaints: &mut Vec<String>) {
    let Some(setting) = setting::find(key) else {
        let keys = SETTINGS.iter().map(|setting| setting.key.to_owned());
        complaints.push(format!("{origin}: there is no setting {key}{}", hint(key, keys)));
        return;
    };
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        _ => {
            complaints.push(format!("{origin}: {key} must be one value"));
            return;
        }
    };
    layer.insert(setting.key, Found { text, origin: origin.to_owned() });
}
