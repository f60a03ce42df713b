//! A file with every setting in it, to copy and to change.

use super::setting::{Kind, SETTINGS, Setting};

/// The lines of the example: every setting is there, commented out, at its default.
pub(crate) fn lines() -> Vec<String> {
    let mut lines: Vec<String> = [
        "# Every setting of Gaara, at its default. Flags win over variables, variables over this",
        "# file. A variable's name with _FILE behind it takes the path of a file with the value.",
    ]
    .map(str::to_owned)
    .to_vec();
    let mut last_section = "";
    for setting in SETTINGS {
        let Some((section, name)) = setting.key.rsplit_once('.') else {
            continue;
        };
        lines.push(String::new());
        if section != last_section {
            lines.push(format!("[{section}]"));
            last_section = section;
        }
        lines.push(format!("# {}", setting.help));
        lines.push(format!("# {}", setting.variable()));
        lines.push(format!("#{name} = {}", quoted(setting)));
    }
    lines
}

fn quoted(setting: &Setting) -> String {
    match setting.kind {
        Kind::Text => format!("\"{}\"", setting.default),
        Kind::Number | Kind::Flag => setting.default.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::file;

    fn parse(text: &str) -> super::super::layer::Layer {
        let mut complaints = Vec::new();
        let layer = file::parse(text, "example", &mut complaints);
        assert_eq!(complaints, Vec::<String>::new());
        layer
    }

    #[test]
    fn the_example_changes_nothing_as_it_stands() {
        assert!(parse(&lines().join("\n")).is_empty());
    }

    #[test]
    fn the_example_names_every_setting_and_its_default() {
        let uncommented = |line: String| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') => rest.to_owned(),
            _ => line,
        };

        let layer = parse(&lines().into_iter().map(uncommented).collect::<Vec<_>>().join("\n"));

        assert_eq!(layer.len(), SETTINGS.len());
        for setting in SETTINGS {
            assert_eq!(layer[setting.key].text, setting.default, "{}", setting.key);
        }
    }
}
