//! What a story's people find in their letter boxes.

use super::{World, store};

/// A message that was written to somebody.
#[derive(Clone, Debug)]
pub struct Mail {
    /// What it is about: `accounts.verify_email`.
    pub kind: String,
    /// The subject; empty for short messages.
    pub subject: String,
    /// The words as plain text.
    pub text: String,
    /// The appointment that comes with it, its lines made whole again; mostly empty.
    pub calendar: String,
}

impl Mail {
    /// The first address in it, as a path of ours.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn path(&self) -> String {
        let found = self.text.split_whitespace().find_map(|word| {
            let rest = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"))?;
            Some(rest.find('/').map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned()))
        });
        found.unwrap_or_else(|| panic!("no address in: {}", self.text))
    }
}

impl World {
    /// Everything written to an address or a telephone number, oldest first, whether its job has run or not.
    ///
    /// # Panics
    /// When the database is away.
    pub async fn mail_to(&self, recipient: &str) -> Vec<Mail> {
        let rows = store::mail_to(&self.story, recipient).await.expect("the post can be read");
        let mail = |(kind, subject, text, calendar): (_, _, _, String)| Mail {
            kind,
            subject,
            text,
            calendar: calendar.replace("\r\n ", ""),
        };
        rows.into_iter().map(mail).collect()
    }
}
