//! What is shown of outgoing messages.

use crate::kernel::{OutboundId, UserId};
use jiff::Timestamp;

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// A letter by email.
    Email,
    /// A short message.
    Sms,
}

impl Channel {
    /// The word in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    /// Reads [`Self::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Email, Self::Sms].into_iter().find(|channel| channel.name() == name)
    }
}

/// What became of a message so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A job will hand it over, or try again.
    Waiting,
    /// Handed over, or shown here.
    Sent(Timestamp),
    /// Given up.
    Failed(Timestamp),
}

/// A line of the list of messages.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// Which one.
    pub id: OutboundId,
    /// How it travels.
    pub channel: Channel,
    /// To whom; empty when it was wiped.
    pub recipient: String,
    /// What it is about, as `subject.thing`.
    pub kind: String,
    /// The subject of a letter, the beginning of a short message; empty when it was wiped.
    pub title: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
}

/// A message with its words.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// What the list shows of it.
    pub row: MessageRow,
    /// Whose account it is about.
    pub user: Option<UserId>,
    /// As plain text.
    pub text: String,
    /// As HTML; empty for short messages.
    pub html: String,
    /// The appointment that comes with it; mostly empty.
    pub calendar: String,
    /// How often it was tried.
    pub attempts: i32,
    /// What went wrong the last time.
    pub last_error: Option<String>,
}
