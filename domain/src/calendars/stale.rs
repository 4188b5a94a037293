//! Calendars elsewhere that are out of date: one letter for each time that happens, to whoever can do something about it.

use super::reason_in_words;
use super::sources::{STALE, entry};
use super::store::stale::{self as store, Reader, Stale};
use crate::kernel::{Action, Actor, Context, Email, Error, Object, ProviderId, Scope, Tx, can, write};
use crate::notifications::{self, Letter};
use serde_json::{Value, json};
use uuid::Uuid;

const WHY: &str = "You get this once, because a calendar that is read for your business at ServiceHub is out of date.";

/// Those of a business that are out of date, as far as the actor keeps them: their names, and whose they are. One statement.
///
/// # Errors
/// Not found for people who do not work there.
pub async fn stale_sources(ctx: &Context, actor: &Actor, provider: ProviderId) -> Result<Vec<(String, String)>, Error> {
    actor.signed_in_for(Scope::CalendarRead)?;
    if !can(actor, Action::SeeCalendar, &Object { provider: Some(provider), ..Object::default() }) {
        return Err(Error::NotFound);
    }
    let old = ctx.clock.now().checked_sub(STALE).map_err(Error::internal)?;
    store::names(&ctx.pool, provider, actor.confined_to(provider), old).await
}

/// Writes to the people of a source that grew old, unless they were told since it was read well.
pub(super) async fn tell(ctx: &Context, source: Uuid) -> Result<(), Error> {
    let for_tx = ctx.clone();
    write(ctx, &Actor::system(ctx.id()), move |tx| {
        let ctx = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            let old = now.checked_sub(STALE).map_err(Error::internal)?;
            let Some(known) = store::take(tx.conn(), source, old, now).await? else {
                return Ok(());
            };
            for to in &known.people {
                letter(&ctx, tx, &known, to).await?;
            }
            let detail = json!({ "source": source, "told": known.people.len() });
            tx.audit(entry("calendar.source_stale", known.member, detail, Value::Null));
            Ok::<(), Error>(())
        })
    })
    .await
}

async fn letter(ctx: &Context, tx: &mut Tx, known: &Stale, to: &Reader) -> Result<(), Error> {
    let Some(email) = Email::parse(&to.email) else { return Ok(()) };
    let whose = if to.own { "Your calendar".to_owned() } else { format!("The calendar of {},", known.member_name) };
    let since = known.since.to_zoned(known.zone.rules()).strftime("%-d %B %Y, %H:%M");
    let letter = Letter::new(&format!("The calendar “{}” is out of date", known.name))
        .greeting(&format!("Hello {},", to.first_name))
        .paragraph(&format!("{whose} “{}” at {} has not been read since {since}. The reason:", known.name, known.host))
        .paragraph(&reason_in_words(&known.reason))
        .paragraph("What it told before still keeps the time. What is new in it does not: customers can book you then.")
        .button("Look at the calendars", &ctx.absolute("/provider/calendar/sources"))
        .small_print(WHY);
    notifications::email(tx, ctx, &email, Some(to.user), "calendars.stale", &letter).await
}
