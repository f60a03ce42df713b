//! Cursors on the wire: opaque, and good for the list that made them only.

use std::fmt::Write;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use gaara_kernel::{Cursor, Direction, Sort, SortField, SortValue};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The longest cursor worth decoding, in characters.
const CHARACTERS_MAX: usize = 4096;

/// What a cursor holds; single letters keep addresses short.
#[derive(Serialize, Deserialize)]
struct Wire {
    /// The stamp of the list.
    s: String,
    /// The values of the sort keys.
    v: Vec<WireValue>,
    /// The ids that break ties.
    t: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WireValue {
    Integer(i64),
    Text(String),
}

/// What tells one list from another: its path, its order and its filters.
pub(super) fn stamp<F: SortField>(
    path: &str,
    sort: &Sort<F>,
    filters: &[(String, String)],
) -> String {
    let mut filters: Vec<&(String, String)> = filters.iter().collect();
    filters.sort();
    let keys: Vec<(&str, bool)> = sort
        .keys()
        .iter()
        .map(|key| (key.field.name(), key.direction == Direction::Descending))
        .collect();
    // The list is written as JSON so that no two lists can be written alike.
    let text = serde_json::to_vec(&(path, keys, filters)).unwrap_or_default();
    let mut stamp = String::with_capacity(16);
    for byte in digest(&SHA256, &text).as_ref().iter().take(8) {
        // Writing to a text cannot fail.
        write!(stamp, "{byte:02x}").ok();
    }
    stamp
}

pub(super) fn encode(cursor: &Cursor, stamp: &str) -> String {
    let values = cursor.values.iter().map(|value| match value {
        SortValue::Integer(number) => WireValue::Integer(*number),
        SortValue::Text(text) => WireValue::Text(text.clone()),
    });
    let tie = cursor.tie.iter().map(|id| id.simple().to_string());
    let wire = Wire { s: stamp.to_owned(), v: values.collect(), t: tie.collect() };
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&wire).unwrap_or_default())
}

pub(super) fn decode(text: &str, stamp: &str) -> Option<Cursor> {
    if text.len() > CHARACTERS_MAX {
        return None;
    }
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
    let wire: Wire = serde_json::from_slice(&bytes).ok().filter(|wire: &Wire| wire.s == stamp)?;
    // No list holds such a text, and PostgreSQL cannot even be asked for one.
    let holds_control = |value: &WireValue| matches!(value, WireValue::Text(text) if text.contains(char::is_control));
    if wire.v.iter().any(holds_control) {
        return None;
    }
    let values = wire.v.into_iter().map(|value| match value {
        WireValue::Integer(number) => SortValue::Integer(number),
        WireValue::Text(text) => SortValue::Text(text),
    });
    let tie = wire.t.iter().map(|id| Uuid::try_parse(id)).collect::<Result<Vec<_>, _>>().ok()?;
    (!tie.is_empty()).then(|| Cursor { values: values.collect(), tie })
}

/// Escapes a text for a query (RFC 3986, section 2.3).
pub(super) fn percent(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            write!(escaped, "%{byte:02X}").ok();
        }
    }
    escaped
}
