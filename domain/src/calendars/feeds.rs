//! Feeds: a person's appointments at an address nobody can guess, for the calendar they use. Whoever has the address
//! reads the feed, so it is shown once, kept as a hash, and ends when it is renewed or revoked.

use super::store::feeds as store;
use crate::availability;
use crate::bookings::{self, calendar_file};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, Tx, write};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What a feed holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedKind {
    /// What the person booked.
    Bookings,
    /// What the person does for a business, and time they keep free. Time from calendars elsewhere is not among it:
    /// it would come back there.
    Work,
}

impl FeedKind {
    /// The name in forms and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bookings => "bookings",
            Self::Work => "work",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Bookings, Self::Work].into_iter().find(|kind| kind.name() == name)
    }

    /// What calendars call it.
    const fn title(self) -> &'static str {
        match self {
            Self::Bookings => "ServiceHub bookings",
            Self::Work => "ServiceHub work",
        }
    }
}

/// A feed that exists, as its owner sees it: its address is not among it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feed {
    /// What it holds.
    pub kind: FeedKind,
    /// When its address was made.
    pub made: Timestamp,
}

/// A new feed: the only moment its address is known.
#[derive(Clone)]
pub struct NewFeed {
    /// What it holds.
    pub kind: FeedKind,
    /// The whole address.
    pub address: String,
}

/// A feed as calendars read it.
#[derive(Clone, Debug)]
pub struct Published {
    /// The iCalendar text.
    pub text: String,
    /// Names this text: the same as long as nothing in it changes.
    pub version: String,
}

/// One's own feeds.
///
/// # Errors
/// Not signed in.
pub async fn feeds(ctx: &Context, actor: &Actor) -> Result<Vec<Feed>, Error> {
    store::list(&ctx.pool, actor.in_person()?).await
}

/// Makes the address of a feed. The earlier one, if there was one, works no more.
///
/// # Errors
/// Not signed in; not found for a feed of work by people who work nowhere.
pub async fn make_feed(ctx: &Context, actor: &Actor, kind: FeedKind) -> Result<NewFeed, Error> {
    let user = actor.in_person()?;
    if kind == FeedKind::Work && actor.memberships.is_empty() {
        return Err(Error::NotFound);
    }
    let secret = ctx.chance.secret();
    let (id, hash): (Uuid, _) = (ctx.id(), hash(&secret));
    write(ctx, actor, move |tx| {
        let hash = hash.clone();
        Box::pin(async move {
            let now = tx.now();
            let renewed = store::put(tx.conn(), (user, kind), id, &hash, now).await?;
            note(tx, user.0, "feed.made", json!({ "kind": kind.name(), "feed": id, "renewed": renewed }));
            Ok::<(), Error>(())
        })
    })
    .await?;
    Ok(NewFeed { kind, address: ctx.absolute(&format!("/calendar/{secret}.ics")) })
}

/// Ends a feed. Ending what is not there changes nothing.
///
/// # Errors
/// Not signed in.
pub async fn revoke_feed(ctx: &Context, actor: &Actor, kind: FeedKind) -> Result<(), Error> {
    let user = actor.in_person()?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            if store::delete(tx.conn(), user, kind).await? {
                note(tx, user.0, "feed.revoked", json!({ "kind": kind.name() }));
            }
            Ok(())
        })
    })
    .await
}

/// The calendar behind a secret: three statements at most. Secrets that are wrong, renewed, revoked or of people who
/// are suspended or gone all take the same way to the same end: the search for a hash.
///
/// # Errors
/// Not found.
pub async fn read_feed(ctx: &Context, secret: &str) -> Result<Published, Error> {
    let (person, kind) = store::find(&ctx.pool, &hash(secret)).await?;
    let mut appointments = match kind {
        FeedKind::Bookings => bookings::appointments_of_customer(ctx, person).await?,
        FeedKind::Work => bookings::appointments_of_worker(ctx, person).await?,
    };
    if kind == FeedKind::Work {
        let blocks = availability::blocks_of(ctx, person).await?;
        appointments.extend(blocks.into_iter().map(|block| calendar_file::Appointment {
            name: block.id.0.to_string(),
            sequence: 0,
            changed: block.made,
            starts: block.range.start,
            ends: block.range.end,
            summary: if block.note.is_empty() { "Blocked".to_owned() } else { block.note },
            place: String::new(),
            about: String::new(),
            page: None,
            standing: calendar_file::Standing::Confirmed,
        }));
    }
    let text = calendar_file::feed(kind.title(), &appointments);
    let version = hex::encode(&hash(&text)[..16]);
    Ok(Published { text, version })
}

/// Of secrets, without salt: nobody guesses 256 bits. Of texts, to tell them apart.
fn hash(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

fn note(tx: &mut Tx, user: Uuid, action: &'static str, detail: Value) {
    tx.audit(AuditEntry {
        action,
        object_kind: "user",
        object_id: user,
        capacity: "customer",
        detail,
        personal: Value::Null,
    });
}
