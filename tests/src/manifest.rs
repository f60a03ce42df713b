//! What every member's `Cargo.toml` keeps to: lints and versions come from the workspace.

use toml::{Table, Value};

const KINDS: &[&str] = &["dependencies", "dev-dependencies", "build-dependencies"];

/// Everything in the manifest `text` of a member that the workspace should say instead.
///
/// # Errors
///
/// [`toml::de::Error`] when the text is no TOML.
pub fn findings(text: &str) -> Result<Vec<String>, toml::de::Error> {
    let manifest: Table = text.parse()?;
    let mut found = Vec::new();

    let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
    if lints.and_then(Value::as_bool) != Some(true) {
        found.push("`[lints] workspace = true` is missing".to_owned());
    }

    check_dependencies(&manifest, "", &mut found);
    let targets = manifest.get("target").and_then(Value::as_table);
    for (condition, section) in targets.into_iter().flatten() {
        if let Some(section) = section.as_table() {
            check_dependencies(section, &format!("target.{condition}."), &mut found);
        }
    }
    Ok(found)
}

fn check_dependencies(section: &Table, place: &str, found: &mut Vec<String>) {
    for kind in KINDS {
        let dependencies = section.get(*kind).and_then(Value::as_table);
        for (name, dependency) in dependencies.into_iter().flatten() {
            let inherits = dependency.get("workspace").and_then(Value::as_bool) == Some(true);
            if !inherits {
                found.push(format!(
                    "{place}{kind}.{name}: name it in [workspace.dependencies], then `workspace = true`"
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINTS: &str = "[lints]\nworkspace = true\n";

    #[test]
    fn a_member_that_inherits_everything_has_no_findings() {
        let text = format!(
            "{LINTS}[dependencies]\na.workspace = true\nb = {{ workspace = true, features = [\"x\"] }}\n"
        );

        assert_eq!(findings(&text).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn own_lints_are_found() {
        assert_eq!(findings("[package]\n").unwrap().len(), 1);
        assert_eq!(findings("[lints]\nworkspace = false\n").unwrap().len(), 1);
        assert_eq!(findings("[lints.rust]\nunsafe_code = \"forbid\"\n").unwrap().len(), 1);
    }

    #[test]
    fn own_versions_are_found_in_every_table() {
        for table in [
            "dependencies",
            "dev-dependencies",
            "build-dependencies",
            "target.'cfg(unix)'.dependencies",
        ] {
            for value in ["\"1\"", "{ version = \"1\" }", "{ path = \"../a\" }"] {
                let text = format!("{LINTS}[{table}]\na = {value}\n");

                assert_eq!(findings(&text).unwrap().len(), 1, "{table} {value}");
            }
        }
    }
}
