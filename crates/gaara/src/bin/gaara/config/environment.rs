//! Settings out of the environment, by value or by the path of a file that holds it.

use std::collections::BTreeMap;
use std::fs;

use super::layer::{Found, Layer};
use super::setting::{SETTINGS, Setting, hint};

/// What every variable of ours begins with.
const PREFIX: &str = "GAARA_";
/// What the variables begin with that belong to the secrets, not to the settings.
const SECRETS_PREFIX: &str = "GAARA_SECRET__";
/// How like one of ours a variable with a single underscore must be to count as a slip.
const SLIP_LETTERS_MAX: usize = 2;

/// The environment as it was when the program started. What is not text is not ours.
pub(crate) fn variables() -> BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// Reads every setting that the variables hold. An empty variable counts as absent.
pub(super) fn read(variables: &BTreeMap<String, String>, complaints: &mut Vec<String>) -> Layer {
    for name in variables.keys().filter(|name| name.starts_with(PREFIX)) {
        complaints.extend(objection(name));
    }
    let mut layer = Layer::new();
    for setting in SETTINGS {
        match find(setting, variables) {
            Ok(Some(found)) => drop(layer.insert(setting.key, found)),
            Ok(None) => {}
            Err(complaint) => complaints.push(complaint),
        }
    }
    layer
}

fn names(setting: &Setting) -> [String; 4] {
    let (name, short) = (setting.variable(), setting.short_variable());
    [format!("{name}_FILE"), format!("{short}_FILE"), name, short]
}

fn find(setting: &Setting, variables: &BTreeMap<String, String>) -> Result<Option<Found>, String> {
    let mut set = names(setting).into_iter().filter_map(|name| {
        let value = variables.get(&name).filter(|value| !value.is_empty())?;
        Some((name, value))
    });
    let Some((name, value)) = set.next() else {
        return Ok(None);
    };
    if let Some((other, _)) = set.next() {
        return Err(format!("{name} and {other} both set {}; keep one", setting.key));
    }
    let text = if name.ends_with("_FILE") { read_file(&name, value)? } else { value.clone() };
    Ok(Some(Found { text, origin: name }))
}

fn read_file(name: &str, path: &str) -> Result<String, String> {
    let content =
        fs::read_to_string(path).map_err(|error| format!("{name}: cannot read {path}: {error}"))?;
    let content = content.strip_suffix('\n').unwrap_or(&content);
    Ok(content.strip_suffix('\r').unwrap_or(content).to_owned())
}

/// What is wrong with the name of a variable.
fn objection(name: &str) -> Option<String> {
    let known = || SETTINGS.iter().flat_map(names);
    if name.starts_with(SECRETS_PREFIX) || known().any(|known| known == name) {
        return None;
    }
    let is_ours = name.strip_prefix(PREFIX).is_some_and(|rest| rest.contains("__"));
    // Other programs may have variables that begin like ours; only a near miss is a slip.
    let is_slip = || known().any(|known| strsim::levenshtein(&known, name) <= SLIP_LETTERS_MAX);
    (is_ours || is_slip())
        .then(|| format!("the variable {name} sets nothing{}", hint(name, known())))
}
