//! Pieces of a page: every text is escaped, and each language runs in its own direction.

use gaara_kernel::BilingualText;

/// A text that no browser takes for markup.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Our own words in both languages.
pub(super) fn label(english: &str, arabic: &str) -> String {
    format!(
        "<span lang=\"en\" dir=\"ltr\">{english}</span> <span lang=\"ar\" dir=\"rtl\">{arabic}</span>"
    )
}

/// Somebody's words in the languages that there are.
pub(super) fn both(text: &BilingualText) -> String {
    let span = |text: &str, language: &str, direction: &str| {
        format!("<span lang=\"{language}\" dir=\"{direction}\">{}</span> ", escape(text))
    };
    let arabic = text.ar().map(|text| span(text, "ar", "rtl")).unwrap_or_default();
    let english = text.en().map(|text| span(text, "en", "ltr")).unwrap_or_default();
    arabic + &english
}

/// Digits, dates and codes, which run from left to right in any language.
pub(super) fn figure(text: &str) -> String {
    format!("<bdi dir=\"ltr\">{}</bdi>", escape(text))
}

/// A named value.
pub(super) fn field(english: &str, arabic: &str, value: &str) -> String {
    format!("<dt>{}</dt><dd class=\"v\">{value}</dd>", label(english, arabic))
}

/// A head of a table.
pub(super) fn heads(names: &[(&str, &str)]) -> String {
    let head = |(english, arabic): &(&str, &str)| {
        format!("<th scope=\"col\">{}</th>", label(english, arabic))
    };
    format!("<thead><tr>{}</tr></thead>", names.iter().map(head).collect::<String>())
}

/// A cell of a figure.
pub(super) fn number(text: &str) -> String {
    format!("<td class=\"n\">{}</td>", figure(text))
}

/// A cell of words.
pub(super) fn words(markup: &str) -> String {
    format!("<td class=\"v\">{markup}</td>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_words_are_markup() {
        let name = BilingualText::try_new(Some("<ب>"), Some("a \"b\" & <script>")).unwrap();
        let markup = both(&name);
        assert!(markup.contains("&lt;ب&gt;") && !markup.contains("<script>"), "{markup}");
        assert_eq!(figure("<1>"), "<bdi dir=\"ltr\">&lt;1&gt;</bdi>");
    }
}
