//! Which times of a service are open, for pages that let people choose.

use super::book::rules_for;
use crate::availability::{self, Away, OpenDay, Rules};
use crate::catalog::Bookable;
use crate::kernel::{Context, Error, MemberId};
use jiff::civil::Date;

/// Days on which a service can be booked, and when its business is away.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    /// Days with their open times; those without any are left out.
    pub days: Vec<OpenDay>,
    /// When the whole business is away, from the first of the asked days on.
    pub away: Vec<Away>,
}

/// Open times of a service on some civil days, for a visit of so many minutes to somebody near: one statement.
///
/// # Errors
/// The database is away.
pub async fn offered(
    ctx: &Context,
    service: &Bookable,
    minutes: u32,
    member: Option<MemberId>,
    first: Date,
    days: u16,
) -> Result<Offered, Error> {
    let rules = rules_for(service, minutes).going(service.base.near());
    offered_by(ctx, service, &rules, member, first, days).await
}

/// The same by rules that know more, such as the way to the customer. One statement.
///
/// # Errors
/// The database is away.
pub async fn offered_by(
    ctx: &Context,
    service: &Bookable,
    rules: &Rules,
    member: Option<MemberId>,
    first: Date,
    days: u16,
) -> Result<Offered, Error> {
    let now = ctx.clock.now();
    let mut timetable = availability::timetable(&ctx.pool, service.id, &service.zone, first, days, now).await?;
    let days = availability::open_days(&timetable, rules, member, first, days, now);
    timetable.away.retain(|away| away.dates.last >= first);
    Ok(Offered { days, away: timetable.away })
}
