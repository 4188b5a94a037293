//! The way out for email and SMS. What stands behind it is chosen when the process starts: an SMTP server, Twilio, or
//! nobody at all, and then messages stay here and are shown to the developer.

use super::{Email, OutboundId};
use async_trait::async_trait;
use jiff::Timestamp;
use std::fmt;

/// A mail that is ready to leave. Not printable: it may hold secret links.
pub struct OutgoingEmail {
    /// Which one; the same on every try, so that receivers can tell a repetition.
    pub id: OutboundId,
    /// To whom.
    pub to: Email,
    /// One line.
    pub subject: String,
    /// The whole as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// An appointment for the reader's calendar: iCalendar with a method (RFC 5546).
    pub calendar: Option<String>,
    /// A whole address at which one POST stops letters of this kind, for those that go to many.
    pub stop: Option<String>,
    /// When it was written.
    pub at: Timestamp,
}

/// A short message that is ready to leave.
pub struct OutgoingSms {
    /// Which one.
    pub id: OutboundId,
    /// To whom: `+`, then up to 15 digits.
    pub to: String,
    /// What it says.
    pub text: String,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// Somebody else carries it on. We need its words no longer.
    Over,
    /// It stays here, to be looked at.
    Kept,
}

/// Why a message did not leave. The texts are for operators and repeat no addresses on purpose.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// Another try may succeed: nobody answers, too much at once, or our own access is wrong and can be put right.
    #[error("{0}")]
    Later(String),
    /// No try will ever succeed: there is no such address, or its owner wants nothing from us.
    #[error("{0}")]
    Never(String),
}

/// Hands messages over. Called outside of any transaction; must come to an end by itself within a minute.
#[async_trait]
pub trait Post: fmt::Debug + Send + Sync {
    /// Whether messages of some kind stay here, to be looked at.
    fn keeps(&self) -> bool;

    /// The address letters come from: in appointments, who invites.
    fn sender(&self) -> String {
        "hello@servicehub.invalid".to_owned()
    }

    /// Hands over a mail.
    async fn email(&self, email: &OutgoingEmail) -> Result<Handed, Undelivered>;

    /// Hands over a short message.
    async fn sms(&self, sms: &OutgoingSms) -> Result<Handed, Undelivered>;
}

/// The post of development: nothing leaves; everything is shown at `/dev/mail`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept;

#[async_trait]
impl Post for Kept {
    fn keeps(&self) -> bool {
        true
    }

    async fn email(&self, _: &OutgoingEmail) -> Result<Handed, Undelivered> {
        Ok(Handed::Kept)
    }

    async fn sms(&self, _: &OutgoingSms) -> Result<Handed, Undelivered> {
        Ok(Handed::Kept)
    }
}
