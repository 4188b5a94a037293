//! Writing a message, as part of a change.

use super::address::international;
use super::letter::{Letter, paragraphs, shortened};
use super::store::{self, NewMessage};
use super::views::Channel;
use crate::kernel::{Context, Email, Error, OutboundId, Tx, UserId};

/// The longest short message, in characters: four parts of a telephone network. What is longer ends in an ellipsis.
pub const LONGEST_SMS: usize = 600;

/// Writes a letter to somebody. It leaves soon after the transaction has committed, or not at all.
/// `kind` says what it is about, as `subject.thing`: `accounts.verify_email`.
///
/// # Errors
/// The letter's button leads nowhere (a defect), or the database is away.
pub async fn email(
    tx: &mut Tx,
    ctx: &Context,
    to: &Email,
    user: Option<UserId>,
    kind: &'static str,
    letter: &Letter,
) -> Result<(), Error> {
    email_with(tx, ctx, to, user, kind, letter, Enclosed::default()).await
}

/// What goes along with a letter.
#[derive(Clone, Copy, Debug, Default)]
pub struct Enclosed<'a> {
    /// An appointment for the reader's calendar: iCalendar with a method (RFC 5546). Empty: none.
    pub calendar: &'a str,
    /// Somebody beside the reader of whom the words tell. When that person is forgotten, the letter is as well.
    pub about: Option<UserId>,
}

/// Writes a letter with something enclosed, as [`email()`] does.
///
/// # Errors
/// The same.
pub async fn email_with(
    tx: &mut Tx,
    ctx: &Context,
    to: &Email,
    user: Option<UserId>,
    kind: &'static str,
    letter: &Letter,
    enclosed: Enclosed<'_>,
) -> Result<(), Error> {
    letter.check()?;
    let (text, html) = (letter.text(), letter.html());
    let message = NewMessage {
        channel: Channel::Email,
        user,
        recipient: to.as_str(),
        kind,
        subject: letter.subject(),
        text: &text,
        html: &html,
        stop: "",
        enclosed,
    };
    put_down(tx, ctx, &message).await
}

/// Writes a letter that goes to many, as [`email()`] does. `stop` is a whole address at which one POST ends such letters
/// for this person, without logging in: mail programs show it as a button of their own (RFC 8058).
///
/// # Errors
/// The same.
pub async fn circular(
    tx: &mut Tx,
    ctx: &Context,
    to: &Email,
    user: UserId,
    kind: &'static str,
    letter: &Letter,
    stop: &str,
) -> Result<(), Error> {
    letter.check()?;
    let (text, html) = (letter.text(), letter.html());
    let message = NewMessage {
        channel: Channel::Email,
        user: Some(user),
        recipient: to.as_str(),
        kind,
        subject: letter.subject(),
        text: &text,
        html: &html,
        stop,
        enclosed: Enclosed::default(),
    };
    put_down(tx, ctx, &message).await
}

/// Writes a short message to an international telephone number, such as `+49 30 901820`. Put the site's name first:
/// people see a number they do not know.
///
/// # Errors
/// The number is not international, or the database is away.
pub async fn sms(
    tx: &mut Tx,
    ctx: &Context,
    to: &str,
    user: Option<UserId>,
    kind: &'static str,
    text: &str,
) -> Result<(), Error> {
    let Some(number) = international(to) else {
        return Err(Error::invalid("phone", "Begin with + and the country, so that messages find you: +49 30 901820"));
    };
    let text = shortened(&paragraphs(text).join("\n"), LONGEST_SMS);
    let message = NewMessage {
        channel: Channel::Sms,
        user,
        recipient: &number,
        kind,
        subject: "",
        text: &text,
        html: "",
        stop: "",
        enclosed: Enclosed::default(),
    };
    put_down(tx, ctx, &message).await
}

async fn put_down(tx: &mut Tx, ctx: &Context, message: &NewMessage<'_>) -> Result<(), Error> {
    let (id, now): (OutboundId, _) = (ctx.id(), tx.now());
    store::insert(tx.conn(), id, message, now).await
}
