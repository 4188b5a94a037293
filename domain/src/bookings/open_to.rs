//! Whether one time is open to somebody: a time is not taken for whoever holds it.

use super::store;
use crate::availability::{self, OpenTime, Rules, Timetable, open_days};
use crate::catalog::Bookable;
use crate::kernel::{Actor, Context, Error, MemberId, UserId};
use jiff::Timestamp;

/// Whether a visit by these rules can begin then, as far as the actor is concerned.
///
/// # Errors
/// The database is away.
pub async fn is_open_to(
    ctx: &Context,
    actor: &Actor,
    service: &Bookable,
    rules: &Rules,
    member: Option<MemberId>,
    start: Timestamp,
) -> Result<bool, Error> {
    Ok(open_to(ctx, actor.user, service, rules, member, start).await?.is_some())
}

/// The time with everybody who is free then, and the timetable of its day without what the customer holds of it.
pub(super) async fn open_to(
    ctx: &Context,
    customer: Option<UserId>,
    service: &Bookable,
    rules: &Rules,
    member: Option<MemberId>,
    start: Timestamp,
) -> Result<Option<(OpenTime, Timetable)>, Error> {
    let now = ctx.clock.now();
    let date = availability::civil::date(&service.zone.rules(), start);
    let mut timetable = availability::timetable(&ctx.pool, service.id, &service.zone, date, 1, now).await?;
    let find = |timetable: &Timetable| {
        let days = open_days(timetable, rules, member, date, 1, now);
        days.into_iter().flat_map(|day| day.times).find(|time| time.start == start)
    };
    if let Some(open) = find(&timetable) {
        return Ok(Some((open, timetable)));
    }
    let Some(customer) = customer else { return Ok(None) };
    // Choosing again gives one's own holds back, so they are free to whoever has them.
    for hold in store::own_holds(&ctx.pool, customer, service.id).await? {
        let times = timetable.members.iter_mut().filter(|times| times.id == hold.member);
        times.for_each(|times| times.taken.retain(|taken| taken.visit.is_none() || taken.visit != hold.starts_at));
    }
    Ok(find(&timetable).map(|open| (open, timetable)))
}
