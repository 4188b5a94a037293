//! A letter: what a mail says, before anybody decides how it looks. Every letter is plain text and HTML of the same
//! words. Words may come from people: nothing they typed can become a header, a tag, or a line of ours.

use super::html;
use crate::kernel::Error;
use crate::kernel::words::visible;

/// The longest subject, in characters; what is longer ends in an ellipsis.
const LONGEST_SUBJECT: usize = 150;

/// A letter, put together from its parts.
///
/// ```
/// use domain::notifications::Letter;
/// let letter = Letter::new("Confirm your address")
///     .greeting("Hello Ana,")
///     .paragraph("One more step, and your account is ready.")
///     .button("Confirm address", "https://example.org/verify-email/x")
///     .paragraph("The link works for one day.")
///     .small_print("You get this because somebody used this address at ServiceHub. Was it not you? Then do nothing.");
/// assert!(letter.text().contains("https://example.org/verify-email/x"));
/// ```
#[derive(Clone)]
pub struct Letter {
    subject: String,
    greeting: String,
    before: Vec<String>,
    button: Option<Button>,
    after: Vec<String>,
    small_print: String,
}

/// The one thing to do.
#[derive(Clone)]
pub(super) struct Button {
    pub label: String,
    pub url: String,
}

impl Letter {
    /// A letter about something, in one line.
    #[must_use]
    pub fn new(subject: &str) -> Self {
        Self {
            subject: shortened(&one_line(subject), LONGEST_SUBJECT),
            greeting: String::new(),
            before: Vec::new(),
            button: None,
            after: Vec::new(),
            small_print: String::new(),
        }
    }

    /// How it begins: "Hello Ana,".
    #[must_use]
    pub fn greeting(mut self, words: &str) -> Self {
        self.greeting = one_line(words);
        self
    }

    /// Another paragraph, above the button if there is none yet, else below it. Line breaks stay; an empty line begins
    /// one more paragraph.
    #[must_use]
    pub fn paragraph(mut self, words: &str) -> Self {
        let place = if self.button.is_some() { &mut self.after } else { &mut self.before };
        place.extend(paragraphs(words));
        self
    }

    /// The one thing to do, with a whole address (`ctx.absolute("/login")`). A second one replaces the first.
    #[must_use]
    pub fn button(mut self, label: &str, url: &str) -> Self {
        self.button = Some(Button { label: one_line(label), url: url.to_owned() });
        self
    }

    /// Why somebody gets this, and what to do when it was not them.
    #[must_use]
    pub fn small_print(mut self, words: &str) -> Self {
        self.small_print = one_line(words);
        self
    }

    /// What it is about: one line, never more.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// As plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut blocks: Vec<String> = vec![self.greeting.clone()];
        blocks.extend(self.before.iter().cloned());
        blocks.extend(self.button.as_ref().map(|button| format!("{}:\n{}", button.label, one_line(&button.url))));
        blocks.extend(self.after.iter().cloned());
        blocks.retain(|block| !block.is_empty());
        let print = if self.small_print.is_empty() { String::new() } else { format!("\n{}", self.small_print) };
        blocks.push(format!("-- \nServiceHub{print}"));
        blocks.join("\n\n") + "\n"
    }

    /// As HTML.
    #[must_use]
    pub fn html(&self) -> String {
        html::document(&html::Parts {
            subject: &self.subject,
            greeting: &self.greeting,
            before: &self.before,
            button: self.button.as_ref().filter(|button| leads_somewhere(&button.url)),
            after: &self.after,
            small_print: &self.small_print,
        })
    }

    /// Whether it can leave.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.subject.is_empty() {
            return Err(Error::internal("a letter needs a subject"));
        }
        match &self.button {
            Some(button) if !leads_somewhere(&button.url) => {
                Err(Error::internal("a letter's button needs a whole address (ctx.absolute)"))
            }
            _ => Ok(()),
        }
    }
}

/// A whole web address without anything that could end it early.
fn leads_somewhere(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let clean = url.bytes().all(|b| b.is_ascii_graphic() && !br#""'<>\`{}|^"#.contains(&b));
    clean && host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '['))
}

/// Words as one line: control characters and line breaks become blanks, signs that cannot be seen go (some turn the
/// direction of reading, and can make an address look like another), runs of blanks become one.
#[must_use]
pub fn one_line(words: &str) -> String {
    let spaced: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible(&spaced).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words as paragraphs, with an empty line between two; line breaks inside stay, each line is clean.
pub(super) fn paragraphs(words: &str) -> Vec<String> {
    let mut found: Vec<Vec<String>> = vec![Vec::new()];
    for line in words.replace("\r\n", "\n").split(['\n', '\r', '\u{2028}', '\u{2029}']).map(one_line) {
        match found.last_mut() {
            Some(last) if !line.is_empty() => last.push(line),
            _ => found.push(Vec::new()),
        }
    }
    found.into_iter().filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n")).collect()
}

/// At most so many characters, with an ellipsis for what is missing.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests;
