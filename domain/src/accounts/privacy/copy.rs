//! A copy of everything the marketplace knows about a person: a ZIP of JSON files, made by a job.

use crate::accounts::store::{people, privacy};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, UserId, write};
use crate::pictures;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::io::{Cursor, Write};
use uuid::Uuid;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The task that makes a copy.
pub const TASK_EXPORT: &str = "accounts.make_copy";
/// How long a copy can be fetched.
const LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// What stands beside the files.
const README: &str = "Everything ServiceHub keeps about you, as JSON files that people and programs can read.\n\
    account.json   who you are to us, your roles, your businesses, your API keys and calendars,\n\
    \x20              whom you have blocked, what you keep: favourites and searches\n\
    bookings.json  what you booked, with addresses, notes and history\n\
    reviews.json   what you wrote about providers\n\
    listings.json  what you wrote about the services of your business\n\
    applications.json  what you told us to become a provider; the pictures are in documents/\n\
    logins.json    where you are and were logged in, and when operators acted for you\n\
    mails.json     what we sent you and still keep\n\
    history.json   the entries about you in the unchangeable history, with your own words\n\
    picture.jpg    your picture, if you have given us one\n";

/// A copy that was asked for.
#[derive(Clone, Debug)]
pub struct Export {
    /// Which one.
    pub id: Uuid,
    /// When.
    pub asked_at: Timestamp,
    /// How much of it is made, in percent.
    pub progress: u8,
    /// Whether it can be fetched.
    pub done: bool,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Asks for a copy. One at a time: asking again while one is made changes nothing.
///
/// # Errors
/// Not signed in.
pub async fn ask_for_copy(ctx: &Context, actor: &Actor) -> Result<(), Error> {
    let user = actor.in_person()?;
    let id: Uuid = ctx.id();
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            let now = tx.now();
            let expires = now.checked_add(LASTS).map_err(Error::internal)?;
            if privacy::ask(tx.conn(), id, user, (now, expires)).await? {
                tx.job(TASK_EXPORT, json!({ "export": id }), now);
                tx.audit(entry("user.copy_asked", user));
            }
            Ok(())
        })
    })
    .await
}

/// One's own copies, the newest first.
///
/// # Errors
/// Not signed in.
pub async fn copies(ctx: &Context, actor: &Actor) -> Result<Vec<Export>, Error> {
    privacy::exports(&ctx.pool, actor.in_person()?, ctx.clock.now()).await
}

/// The content of one's own copy.
///
/// # Errors
/// Not found, also when it is somebody else's, not made yet, or too old.
pub async fn download(ctx: &Context, actor: &Actor, export: Uuid) -> Result<Vec<u8>, Error> {
    privacy::content(&ctx.pool, actor.in_person()?, export, ctx.clock.now()).await
}

/// The job: makes a copy that was asked for. Making it twice does no harm.
///
/// # Errors
/// The database is away.
pub async fn make_copy(ctx: &Context, export: Uuid) -> Result<(), Error> {
    let Some(user) = privacy::whose(&ctx.pool, export).await? else { return Ok(()) };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, content: &[u8]| -> Result<(), Error> {
        zip.start_file(name, SimpleFileOptions::default()).map_err(Error::internal)?;
        zip.write_all(content).map_err(Error::internal)
    };
    put("README.txt", README.as_bytes())?;
    let parts = privacy::Part::ALL;
    for (part, done) in parts.into_iter().zip(1_usize..) {
        let json = privacy::part(&ctx.pool, user, part).await?;
        put(part.file(), &serde_json::to_vec_pretty(&json).map_err(Error::internal)?)?;
        let percent = i16::try_from(done * 90 / parts.len()).unwrap_or(0);
        privacy::progress(&ctx.pool, export, percent).await?;
    }
    if let Some(key) = people::profile(&ctx.pool, user).await?.picture
        && let Some(picture) = pictures::largest(ctx, &key).await?
    {
        put("picture.jpg", &picture)?;
    }
    for (name, picture) in privacy::documents(&ctx.pool, user).await? {
        put(&name, &picture)?;
    }
    let content = zip.finish().map_err(Error::internal)?.into_inner();
    privacy::finish(&ctx.pool, export, &content, ctx.clock.now()).await
}

/// Deletes copies that are too old; says how many.
///
/// # Errors
/// The database is away.
pub async fn forget_copies(ctx: &Context) -> Result<u64, Error> {
    privacy::forget_old(&ctx.pool, ctx.clock.now()).await
}

pub(super) fn entry(action: &'static str, user: UserId) -> AuditEntry {
    AuditEntry {
        action,
        object_kind: "user",
        object_id: user.0,
        capacity: "customer",
        detail: json!({}),
        personal: json!({}),
    }
}
