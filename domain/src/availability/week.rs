//! A business's people with their hours, for its own calendar.

use super::calendar::Calendar;
use super::store::week;
use crate::kernel::{Action, Actor, Context, Error, MemberId, Object, ProviderId, Scope, Zone, can};
use jiff::ToSpan;
use jiff::civil::Date;

/// Days loaded before and after the asked ones: a caller who does not know the zone yet cannot know today
/// and its week to the day.
const MARGIN: i32 = 8;

/// The people of a business whose calendars the actor may see.
#[derive(Clone, Debug)]
pub struct Team {
    /// The zone their hours are told in.
    pub zone: Zone,
    /// The people, in the order of the team.
    pub members: Vec<MemberWeek>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct MemberWeek {
    /// Who.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// Key of their portrait.
    pub picture: Option<String>,
    /// Whether they can be booked at present.
    pub active: bool,
    /// Their hours. Dates that differ are known within eight days of the asked ones.
    pub calendar: Calendar,
}

/// The people of a business with their hours on some civil days; a member who does not manage sees only
/// themselves: one statement.
///
/// # Errors
/// Not found for people who do not work there.
pub async fn week_of(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    first: Date,
    days: u16,
) -> Result<Team, Error> {
    actor.signed_in_for(Scope::CalendarRead)?;
    if !can(actor, Action::SeeCalendar, &Object { provider: Some(provider), ..Object::default() }) {
        return Err(Error::NotFound);
    }
    let from = first.checked_sub(MARGIN.days()).unwrap_or(Date::MIN);
    let to = first.checked_add((i32::from(days) + MARGIN).days()).unwrap_or(Date::MAX);
    week::team(&ctx.pool, provider, actor.confined_to(provider), from, to).await
}
