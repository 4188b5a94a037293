use super::super::html::escaped;
use super::*;
use proptest::prelude::*;

fn letter(words: &str) -> Letter {
    Letter::new(words)
        .greeting(words)
        .paragraph(words)
        .button(words, "https://example.org/x?a=1&b=2")
        .paragraph(words)
        .small_print(words)
}

/// Tags of a document, by name, in order.
fn tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .map(|rest| rest.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default())
        .collect()
}

#[test]
fn both_forms_say_the_same() {
    let letter = Letter::new("Confirm your address")
        .greeting("Hello Ana,")
        .paragraph("One more step.")
        .button("Confirm address", "https://example.org/verify-email/x?a=1&b=2")
        .paragraph("The link works for a day.\nOnce.\n\nThank you.")
        .small_print("You get this because of that.");
    assert_eq!(
        letter.text(),
        "Hello Ana,\n\nOne more step.\n\nConfirm address:\nhttps://example.org/verify-email/x?a=1&b=2\n\n\
         The link works for a day.\nOnce.\n\nThank you.\n\n-- \nServiceHub\nYou get this because of that.\n"
    );
    let html = letter.html();
    for words in
        ["Hello Ana,", "One more step.", "Confirm address", "a day.<br>Once.</p>", "Thank you.", "because of that."]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert_eq!(html.matches("href=\"https://example.org/verify-email/x?a=1&amp;b=2\"").count(), 2);
    assert!(html.contains("prefers-color-scheme:dark") && html.contains("name=\"viewport\""));
}

#[test]
fn nothing_is_fetched_from_anywhere() {
    let html = letter("words").html();
    for remote in ["<img", "src=", "url(", "@import", "<link", "<script", "<iframe"] {
        assert!(!html.contains(remote), "{remote}");
    }
}

#[test]
fn a_button_leads_to_a_whole_address_or_the_letter_stays() {
    for url in ["https://example.org", "http://localhost:3000/a?b=c#d", "http://[::1]:3000/"] {
        assert!(Letter::new("x").button("Go", url).check().is_ok(), "{url}");
    }
    for url in [
        "",
        "/login",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://a b",
        "https://a\"b",
        "https://a\r\nb",
        "ftp://a",
    ] {
        let letter = Letter::new("x").button("Go", url);
        assert!(letter.check().is_err(), "{url:?}");
        assert!(!letter.html().contains("href"), "{url:?}");
    }
    assert!(Letter::new(" \r\n ").check().is_err());
}

proptest! {
    #[test]
    fn a_subject_is_one_line(words in any::<String>(), evil in "[\\r\\n\\x00-\\x1f\\u{85}\\u{2028}\\u{202e}a-z:]{0,40}") {
        for words in [words, evil] {
            let letter = Letter::new(&words);
            let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202e}');
            prop_assert!(!letter.subject().contains(breaks), "{:?}", letter.subject());
            prop_assert!(letter.subject().chars().count() <= LONGEST_SUBJECT);
        }
    }

    #[test]
    fn words_never_become_tags(words in "[<>&\"'/a-z=! \\n-]{0,60}") {
        let html = letter(&words).html();
        let honest = letter("words").html();
        let breaks = |html: &str| tags(html).into_iter().filter(|tag| !matches!(*tag, "br" | "p" | "/p" | "h1" | "/h1")).map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(breaks(&html).len() , breaks(&honest).len());
        prop_assert!(!html.contains("<script") && !html.contains("<!--"));
        // Whatever was typed can be read in the letter, escaped.
        prop_assert!(html.contains(&escaped(&one_line(&words))));
    }

    #[test]
    fn text_has_no_control_characters_but_line_breaks(words in any::<String>()) {
        let text = letter(&words).text();
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        // A line that only looks like our own signature cannot be made of a paragraph's blanks.
        prop_assert_eq!(text.matches("\n-- \n").count(), 1);
    }

    #[test]
    fn cleaning_twice_changes_nothing(words in any::<String>()) {
        let once = one_line(&words);
        prop_assert_eq!(one_line(&once), once.clone());
        let parts = paragraphs(&words);
        prop_assert_eq!(paragraphs(&parts.join("\n\n")), parts);
    }
}
