//! Calendars kept elsewhere: a member adds the address, and what they do there takes their time here. Only busy time
//! comes over: no titles, no places, no people.

use super::store::sources as store;
use crate::availability::{forget_import, lock_members};
use crate::kernel::fetch::Unfetched;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{
    Action, Actor, Context, Error, FieldErrors, MemberId, Object, ProviderId, Scope, TimeRange, Tx, Zone, can, write,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

/// How many calendars one member can have read.
pub const MOST_SOURCES: i64 = 5;
/// Letters of a name.
pub const LONGEST_NAME: usize = 80;
/// Without a good reading for this long, what a source told is old.
pub(super) const STALE: SignedDuration = SignedDuration::from_hours(24);

/// A calendar elsewhere, as the business sees it. Its address is not among it: who knows it reads the calendar.
#[derive(Clone, Debug)]
pub struct Source {
    /// Which one.
    pub id: Uuid,
    /// Whose time it takes.
    pub member: MemberId,
    /// Their name.
    pub member_name: String,
    /// What they call it.
    pub name: String,
    /// Where it is kept.
    pub host: String,
    /// When it was last read well.
    pub read_at: Option<Timestamp>,
    /// Since when it cannot be read, and why: a word of [`Unfetched`], or `too much`.
    pub failing: Option<(Timestamp, String)>,
    /// Stretches of busy time it told of.
    pub busy: u32,
    /// Events in it that nobody here understands.
    pub unread: u32,
    /// Busy time in which there is a booking.
    pub conflicts: Vec<TimeRange>,
}

/// How a source does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It has not been read yet.
    Waiting,
    /// What it tells is fresh.
    Fine,
    /// It cannot be read just now; what it told lately still holds.
    Failing,
    /// What it told is older than a day.
    Stale,
}

impl Source {
    /// How it does at an instant.
    #[must_use]
    pub fn health(&self, now: Timestamp) -> Health {
        let old = |since: Timestamp| now.duration_since(since) > STALE;
        match (self.read_at, &self.failing) {
            (Some(read), _) if old(read) => Health::Stale,
            (None, Some((since, _))) if old(*since) => Health::Stale,
            (_, Some(_)) => Health::Failing,
            (None, None) => Health::Waiting,
            (Some(_), None) => Health::Fine,
        }
    }
}

/// The calendars of a business that are read, and the people who can have some.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The zone of the business.
    pub zone: Zone,
    /// People whose calendars the actor keeps.
    pub members: Vec<(MemberId, String)>,
    /// Their sources.
    pub sources: Vec<Source>,
}

/// The sources of a business; a member who does not manage sees their own: two statements.
///
/// # Errors
/// Not found for people who do not work there.
pub async fn sources(ctx: &Context, actor: &Actor, provider: ProviderId) -> Result<Sources, Error> {
    actor.signed_in_for(Scope::CalendarRead)?;
    if !can(actor, Action::SeeCalendar, &Object { provider: Some(provider), ..Object::default() }) {
        return Err(Error::NotFound);
    }
    let member = actor.confined_to(provider);
    let (zone, members) = store::people(&ctx.pool, provider, member).await?;
    let sources = store::list(&ctx.pool, provider, member).await?;
    Ok(Sources { zone, members, sources })
}

/// Has a calendar read from now on.
///
/// # Errors
/// Not found for people whose calendar is not the actor's to keep; messages beside `member`, `name`, `address`; too many.
pub async fn add_source(
    ctx: &Context,
    actor: &Actor,
    member: Option<MemberId>,
    (name, address): (&str, &str),
) -> Result<(), Error> {
    actor.signed_in_for(Scope::CalendarWrite)?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    // What calendars offer to copy often begins so; it is the same place.
    let address = address
        .trim()
        .strip_prefix("webcal://")
        .map_or_else(|| address.trim().to_owned(), |rest| format!("https://{rest}"));
    let (member, host) = checked(ctx, member, &name, &address)?;
    keeps(ctx, actor, member).await?;
    let id: Uuid = ctx.id();
    let sealed = ctx.sealer.seal(&ctx.chance, &purpose(id), address.as_bytes())?;
    write(ctx, actor, move |tx| {
        let (name, host, sealed) = (name.clone(), host.clone(), sealed.clone());
        Box::pin(async move {
            lock_members(tx.conn(), &[member]).await?;
            if store::count(tx.conn(), member).await? >= MOST_SOURCES {
                return Err(Error::Conflict(format!("{MOST_SOURCES} calendars are read already. Remove one first.")));
            }
            let now = tx.now();
            store::put(tx.conn(), (id, member), (&name, &host), &sealed, now).await?;
            tx.audit(entry(
                "calendar.source_added",
                member,
                json!({ "source": id }),
                json!({ "name": name, "host": host }),
            ));
            Ok(())
        })
    })
    .await
}

/// Has a calendar read no more, and gives its time back.
///
/// # Errors
/// Not found, also for one in a calendar that is not the actor's to keep.
pub async fn remove_source(ctx: &Context, actor: &Actor, id: Uuid) -> Result<(), Error> {
    actor.signed_in_for(Scope::CalendarWrite)?;
    let member = store::whose(&ctx.pool, id).await?;
    keeps(ctx, actor, member).await?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            lock_members(tx.conn(), &[member]).await?;
            if !store::delete(tx.conn(), id).await? {
                return Err(Error::NotFound);
            }
            forget_import(tx, member, id).await?;
            tx.audit(entry("calendar.source_removed", member, json!({ "source": id }), Value::Null));
            Ok(())
        })
    })
    .await
}

/// Has no calendar of a member read any more, and gives their time back: they go for good.
///
/// # Errors
/// The database is away.
pub async fn forget_sources_of(tx: &mut Tx, member: MemberId) -> Result<(), Error> {
    lock_members(tx.conn(), &[member]).await?;
    for source in store::delete_all(tx.conn(), member).await? {
        forget_import(tx, member, source).await?;
        tx.audit(entry("calendar.source_removed", member, json!({ "source": source }), Value::Null));
    }
    Ok(())
}

fn checked(ctx: &Context, member: Option<MemberId>, name: &str, address: &str) -> Result<(MemberId, String), Error> {
    let mut wrong = FieldErrors::new();
    if member.is_none() {
        wrong.add("member", "Choose whose time it is.");
    }
    if name.is_empty() {
        wrong.add("name", "Give it a name you know it by.");
    } else if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        wrong.add("name", format!("Use at most {LONGEST_NAME} letters for the name."));
    }
    if address.is_empty() {
        wrong.add("address", "Paste the address of the calendar.");
    } else if ctx.calendars.check(address).is_err() {
        wrong.add("address", "Paste an address that begins with https:// and that anybody on the internet can reach.");
    }
    wrong.into_result()?;
    let host =
        address.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#', ':']).next()).unwrap_or_default();
    let host: String = host.chars().take(253).collect();
    member
        .filter(|_| !host.is_empty())
        .map(|member| (member, host))
        .ok_or_else(|| Error::invalid("address", "Paste the whole address."))
}

/// Other people's calendars do not exist for one.
async fn keeps(ctx: &Context, actor: &Actor, member: MemberId) -> Result<(), Error> {
    let provider = store::provider_of(&ctx.pool, member).await?;
    let object = Object { customer: None, provider: Some(provider), member: Some(member) };
    if can(actor, Action::KeepCalendar, &object) { Ok(()) } else { Err(Error::NotFound) }
}

/// What an address is sealed for: moved to another source it does not open.
pub(super) fn purpose(source: Uuid) -> String {
    format!("calendar source {source}")
}

/// What a person is told about a failure.
#[must_use]
pub fn reason_in_words(reason: &str) -> String {
    let known = [
        (Unfetched::Address, "The address, or one it leads to, cannot be reached by everybody."),
        (Unfetched::Unreachable, "Nobody answers there."),
        (Unfetched::TooSlow, "It took longer than ten seconds."),
        (Unfetched::TooLarge, "It is larger than two megabytes."),
        (Unfetched::Redirects, "It leads on and on to other addresses."),
        (Unfetched::NotACalendar, "What is there is no calendar."),
    ];
    if let Some((_, words)) = known.iter().find(|(of, _)| of.to_string() == reason) {
        return (*words).to_owned();
    }
    match reason.strip_prefix("status ") {
        Some("401" | "403") => "It asks for a password. Copy its secret address instead.".to_owned(),
        Some("404" | "410") => "It is not there any more. Copy its address again.".to_owned(),
        Some(status) => format!("It answers with an error ({status})."),
        None => "There is more in it than we can read.".to_owned(),
    }
}

pub(super) const fn entry(action: &'static str, member: MemberId, detail: Value, personal: Value) -> AuditEntry {
    AuditEntry { action, object_kind: "member", object_id: member.0, capacity: "provider", detail, personal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_news_is_called_old() {
        let at = |hours: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours);
        let source = |read_at, failing: Option<i64>| Source {
            id: Uuid::nil(),
            member: MemberId(Uuid::nil()),
            member_name: String::new(),
            name: String::new(),
            host: String::new(),
            read_at,
            failing: failing.map(|since| (at(since), "slow".to_owned())),
            busy: 0,
            unread: 0,
            conflicts: Vec::new(),
        };
        assert_eq!(source(None, None).health(at(0)), Health::Waiting);
        assert_eq!(source(Some(at(0)), None).health(at(1)), Health::Fine);
        assert_eq!(source(Some(at(0)), Some(1)).health(at(2)), Health::Failing);
        assert_eq!(source(Some(at(0)), Some(1)).health(at(25)), Health::Stale);
        assert_eq!(source(None, Some(1)).health(at(2)), Health::Failing);
        assert_eq!(source(None, Some(1)).health(at(26)), Health::Stale);
    }

    #[test]
    fn every_failure_has_words_of_its_own() {
        let all = [
            Unfetched::Address,
            Unfetched::Unreachable,
            Unfetched::TooSlow,
            Unfetched::TooLarge,
            Unfetched::Redirects,
            Unfetched::NotACalendar,
            Unfetched::Status(403),
            Unfetched::Status(404),
            Unfetched::Status(500),
        ];
        let mut words: Vec<String> = all.iter().map(|of| reason_in_words(&of.to_string())).collect();
        words.push(reason_in_words("too much"));
        words.sort();
        words.dedup();
        assert_eq!(words.len(), all.len() + 1);
    }
}
