//! Lines: a name, parameters, a value (RFC 5545, 3.1).

/// One line, put together again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// In capitals.
    pub name: String,
    /// Names in capitals, values without quotes.
    pub parameters: Vec<(String, String)>,
    /// As it stands there.
    pub value: String,
}

/// Letters of a line that are kept: times and rules are short, and what is long tells of no time.
const LONGEST: usize = 64 << 10;

/// Takes a text apart. Lines that go on after a line end and a space are one; what is no line is read over.
pub(super) fn each(text: &str, mut take: impl FnMut(Line)) {
    let mut whole = String::new();
    for raw in text.trim_start_matches('\u{feff}').split('\n') {
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        match raw.strip_prefix([' ', '\t']) {
            Some(more) if whole.len() + more.len() <= LONGEST => whole.push_str(more),
            Some(_) => {}
            None => {
                if let Some(line) = Line::read(&whole) {
                    take(line);
                }
                whole.clear();
                whole.push_str(raw);
            }
        }
    }
    if let Some(line) = Line::read(&whole) {
        take(line);
    }
}

impl Line {
    fn read(text: &str) -> Option<Self> {
        let mut quoted = false;
        // The value begins after the first colon outside of quotes.
        let colon = text.char_indices().find(|(_, letter)| {
            quoted ^= *letter == '"';
            *letter == ':' && !quoted
        })?;
        let (head, value) = (&text[..colon.0], text[colon.0 + 1..].trim());
        let mut parts = split(head).into_iter();
        let name = parts.next()?.trim().to_ascii_uppercase();
        let parameters = parts.filter_map(|part| {
            let (name, value) = part.split_once('=')?;
            Some((name.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned()))
        });
        (!name.is_empty()).then(|| Self { parameters: parameters.collect(), name, value: value.to_owned() })
    }

    /// A parameter's value.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Parts between semicolons outside of quotes.
fn split(head: &str) -> Vec<&str> {
    let (mut parts, mut from, mut quoted) = (Vec::new(), 0, false);
    for (at, letter) in head.char_indices() {
        quoted ^= letter == '"';
        if letter == ';' && !quoted {
            parts.push(&head[from..at]);
            from = at + 1;
        }
    }
    parts.push(&head[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_put_together_and_taken_apart() {
        let mut lines = Vec::new();
        each("\u{feff}dtstart;TZID=\"A;B:C\";x=1:2026\r\n 1103\r\nnothing\n:x\nEND:VEVENT", |line| lines.push(line));
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[0].name.as_str(), lines[0].value.as_str()), ("DTSTART", "20261103"));
        assert_eq!((lines[0].parameter("TZID"), lines[0].parameter("X")), (Some("A;B:C"), Some("1")));
        assert_eq!((lines[1].name.as_str(), lines[1].value.as_str()), ("END", "VEVENT"));
    }
}
