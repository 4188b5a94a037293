//! Changing hours. Before a change is saved, whoever makes it sees the booked visits that it would leave outside of all
//! hours; saved all the same, these visits stay as agreed. A visit booked while the question was open is asked about again.

use super::calendar::{Closure, Exception, Limits, Period};
use super::keeping::{AwayNote, Dated, Keeping, seal, since};
use super::places::place_version;
use super::reserve::lock_members;
use super::{holidays, store};
use crate::catalog::{At, OwnPlace, Travel};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{
    Action, Actor, Context, Error, MemberId, Object, OwnPlaceId, ProviderId, ReservationId, Scope, TimeRange, Tx, can,
    write,
};
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

/// Most dates said at once.
pub const MOST_DATES: usize = 62;

/// What somebody wants to change.
#[derive(Clone, Debug)]
pub enum Change {
    /// A person's week, in place of the one whose version they saw.
    Week {
        /// Whose.
        member: MemberId,
        /// The version of the week they changed: [`super::keeping::Kept::version`].
        seen: String,
        /// The new week.
        periods: Vec<Period>,
        /// How much the person takes on.
        limits: Limits,
    },
    /// A person is away on these dates, or has other hours.
    Dates {
        /// Whose.
        member: MemberId,
        /// What is said, at most [`MOST_DATES`] of them.
        said: Vec<Exception>,
    },
    /// What was said of a date is taken back.
    DateBack {
        /// Whose.
        member: MemberId,
        /// What.
        id: Uuid,
    },
    /// The whole business is away.
    Away {
        /// From when to when, both included.
        dates: Closure,
        /// What customers read.
        reason: String,
    },
    /// It is not away after all.
    AwayBack {
        /// Which time.
        id: Uuid,
    },
    /// The region whose holidays the business keeps, in place of the one that was seen.
    Holidays {
        /// The one that was shown.
        seen: Option<String>,
        /// The new one; `None` works on holidays.
        region: Option<String>,
    },
    /// How long the way to customers is, in place of what was seen. What is booked keeps what was reserved for it.
    Travel {
        /// The bands that were shown: [`travel_version`].
        seen: String,
        /// The new ones.
        travel: Travel,
    },
    /// A further place of the business, new or changed. What is booked stays where it belongs.
    Place {
        /// The place that was shown: [`place_version`]; nothing for a new one.
        seen: String,
        /// As it is to be.
        place: OwnPlace,
    },
    /// A further place is given up, once no weekly hours name it.
    PlaceBack {
        /// Which one.
        id: OwnPlaceId,
    },
}

/// A booked visit that a change would leave outside of all hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Its place in the calendar.
    pub reservation: ReservationId,
    /// Whose visit.
    pub member: MemberId,
    /// When.
    pub visit: TimeRange,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Saved.
    Saved,
    /// Not saved yet: these visits would be outside. Sent again with [`agreement`], it is.
    Asks(Vec<Outside>),
    /// Not saved: somebody changed it meanwhile.
    Stale,
}

/// A name for the bands of travel as they are, so that a form can tell whether somebody changed them meanwhile.
#[must_use]
pub fn travel_version(travel: &Travel) -> String {
    seal(&travel.0.iter().map(|band| format!("{band:?}")).collect::<Vec<_>>())
}

/// What a form sends along to say that just these visits were seen.
#[must_use]
pub fn agreement(outside: &[Outside]) -> String {
    let mut ids: Vec<String> = outside.iter().map(|outside| outside.reservation.0.to_string()).collect();
    ids.sort_unstable();
    seal(&ids)
}

/// Changes hours, unless visits would be outside that were not agreed to (`agreed`: [`agreement`], or nothing).
///
/// # Errors
/// Not one's calendar (not found), what is taken back is not there any more (not found), or something is said of a date
/// already (complaints about `dates-first`).
pub async fn change(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    change: Change,
    agreed: &str,
) -> Result<Outcome, Error> {
    actor.signed_in_for(Scope::CalendarWrite)?;
    let member = change.member();
    if !can(actor, Action::KeepCalendar, &Object { customer: None, provider: Some(provider), member }) {
        return Err(Error::NotFound);
    }
    let now = ctx.clock.now();
    // Nobody keeps the hours of those who left, but a business that is away asks about their visits too.
    let whose = (member, member.is_none());
    let people = store::hours::keeping(&ctx.pool, provider, whose, since(now)).await?;
    let people: Vec<MemberId> = people.members.iter().map(|member| member.id).collect();
    let for_tx = (ctx.clone(), change, people, agreed.to_owned());
    write(ctx, actor, move |tx| {
        let (ctx, change, people, agreed) = for_tx.clone();
        Box::pin(async move {
            // Bookings take the same locks: nobody books while we look.
            lock_members(tx.conn(), &people).await?;
            let now = tx.now();
            let present = store::hours::keeping(&mut *tx.conn(), provider, whose, since(now)).await?;
            if change.stale(&present) {
                return Ok(Outcome::Stale);
            }
            let future = change.applied(&ctx, &present)?;
            let ids: Vec<Uuid> = people.iter().map(|member| member.0).collect();
            let coming = store::hours::coming(&mut *tx.conn(), &ids, now).await?;
            let outside = left_outside(&present, &future, coming);
            if !outside.is_empty() && agreement(&outside) != agreed {
                return Ok(Outcome::Asks(outside));
            }
            change.save(tx, provider, &future).await?;
            tx.audit(change.entry(provider, outside.len()));
            for member in people {
                tx.event("reservations.changed", member);
            }
            Ok(Outcome::Saved)
        })
    })
    .await
}

/// What a change would do.
#[derive(Clone, Debug)]
pub struct Foreseen {
    /// The booked visits that it would leave outside of all hours, in order.
    pub outside: Vec<Outside>,
    future: Keeping,
}

impl Foreseen {
    /// Whether a visit that belongs to a place would lie within a person's hours there.
    #[must_use]
    pub fn fits(&self, member: MemberId, visit: &TimeRange, at: At) -> bool {
        let zone = self.future.zone.rules();
        self.future.member(member).is_some_and(|kept| self.future.calendar(kept).fits(&zone, visit, at))
    }
}

/// Looks at a change without saving anything; `keeping` is how things stand: one statement.
///
/// # Errors
/// Not one's calendar (not found), or something is said of a date already (complaints about `dates-first`).
pub async fn foresee(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    keeping: &Keeping,
    change: &Change,
) -> Result<Foreseen, Error> {
    actor.signed_in_for(Scope::CalendarRead)?;
    let member = change.member();
    if !can(actor, Action::KeepCalendar, &Object { customer: None, provider: Some(provider), member }) {
        return Err(Error::NotFound);
    }
    let future = change.applied(ctx, keeping)?;
    let of_these = keeping.members.iter().filter(|kept| member.is_none_or(|id| id == kept.id));
    let ids: Vec<Uuid> = of_these.map(|kept| kept.id.0).collect();
    let coming = store::hours::coming(&ctx.pool, &ids, ctx.clock.now()).await?;
    Ok(Foreseen { outside: left_outside(keeping, &future, coming), future })
}

/// Visits that lie within the hours at present and would not any more. Those that were outside before stay unmentioned:
/// somebody agreed to them.
fn left_outside(
    present: &Keeping,
    future: &Keeping,
    coming: Vec<(ReservationId, MemberId, TimeRange, At)>,
) -> Vec<Outside> {
    let zone = present.zone.rules();
    let fits = |keeping: &Keeping, member: MemberId, visit: &TimeRange, at: At| {
        keeping.member(member).is_some_and(|kept| keeping.calendar(kept).fits(&zone, visit, at))
    };
    let left = coming
        .into_iter()
        .filter(|(_, member, visit, at)| fits(present, *member, visit, *at) && !fits(future, *member, visit, *at));
    left.map(|(reservation, member, visit, _)| Outside { reservation, member, visit }).collect()
}

impl Change {
    /// The one person it is about; `None` for the whole business.
    const fn member(&self) -> Option<MemberId> {
        match self {
            Self::Week { member, .. } | Self::Dates { member, .. } | Self::DateBack { member, .. } => Some(*member),
            _ => None,
        }
    }

    /// Whether somebody changed what was seen.
    fn stale(&self, present: &Keeping) -> bool {
        match self {
            Self::Week { member, seen, .. } => present.member(*member).is_none_or(|kept| kept.version() != *seen),
            Self::Holidays { seen, .. } => present.holidays != *seen,
            Self::Travel { seen, .. } => travel_version(&present.travel) != *seen,
            Self::Place { seen, place } => place_version(present.place(place.id)) != *seen,
            _ => false,
        }
    }

    /// How things stand after it.
    fn applied(&self, ctx: &Context, present: &Keeping) -> Result<Keeping, Error> {
        let mut future = present.clone();
        let whose = self.member();
        let kept = future.members.iter_mut().find(|kept| Some(kept.id) == whose);
        match (self, kept) {
            (Self::Week { periods, limits, .. }, Some(kept)) => {
                if periods.iter().any(|period| !present.knows(period.at)) {
                    return Err(Error::invalid("week", "One of the places is gone. Choose another one."));
                }
                kept.periods.clone_from(periods);
                kept.limits = *limits;
            }
            (Self::Dates { said, .. }, Some(kept)) => {
                for said in said.iter().take(MOST_DATES).copied() {
                    if kept.dated.iter().any(|dated| clash(&dated.said, &said)) {
                        let date = said.date.strftime("%-d %B %Y");
                        let words = format!("Something is said about {date} already. Take that back first.");
                        return Err(Error::invalid("dates-first", words));
                    }
                    kept.dated.push(Dated { id: ctx.id(), said });
                }
            }
            (Self::DateBack { id, .. }, Some(kept)) => kept.dated.retain(|dated| dated.id != *id),
            (Self::Away { dates, reason }, _) => {
                let over = |there: &&AwayNote| there.dates.first <= dates.last && dates.first <= there.dates.last;
                if let Some(there) = future.away.iter().find(over) {
                    let day = |date: Date| date.strftime("%-d %B %Y");
                    let (first, last) = (day(there.dates.first), day(there.dates.last));
                    let words = format!(
                        "You are away from {first} to {last} already. Take that back first, or choose other days."
                    );
                    return Err(Error::invalid("away-first", words));
                }
                future.away.push(AwayNote { id: ctx.id(), dates: *dates, reason: reason.clone() });
            }
            (Self::AwayBack { id }, _) => future.away.retain(|away| away.id != *id),
            (Self::Holidays { region, .. }, _) => {
                if region.as_deref().is_some_and(|code| holidays::regions().iter().all(|(known, _)| *known != code)) {
                    return Err(Error::invalid("holidays", "Choose a country or region of the list."));
                }
                future.holidays.clone_from(region);
            }
            (Self::Travel { travel, .. }, _) => future.travel.clone_from(travel),
            (Self::Place { place, .. }, _) => future.save_place(place)?,
            (Self::PlaceBack { id }, _) => future.remove_place(*id)?,
            (_, None) => return Err(Error::NotFound),
        }
        Ok(future)
    }

    async fn save(&self, tx: &mut Tx, provider: ProviderId, future: &Keeping) -> Result<(), Error> {
        let there = match self {
            Self::Week { member, periods, limits, .. } => {
                store::hours::write_week(tx.conn(), *member, periods, *limits).await?;
                true
            }
            Self::Dates { member, said } => {
                let dated = future.member(*member).map(|kept| kept.dated.as_slice()).unwrap_or_default();
                let fresh = dated.get(dated.len().saturating_sub(said.len().min(MOST_DATES))..).unwrap_or_default();
                store::hours::write_dates(tx.conn(), *member, fresh).await?;
                true
            }
            Self::DateBack { member, id } => store::hours::take_back_date(tx.conn(), *member, *id).await?,
            Self::Away { .. } => {
                let away = future.away.last().ok_or(Error::NotFound)?;
                store::hours::write_closure(tx.conn(), provider, away).await?;
                true
            }
            Self::AwayBack { id } => store::hours::take_back_closure(tx.conn(), provider, *id).await?,
            Self::Holidays { region, .. } => {
                store::hours::write_holidays(tx.conn(), provider, region.as_deref()).await?;
                true
            }
            Self::Travel { travel, .. } => {
                store::hours::write_travel(tx.conn(), provider, travel).await?;
                true
            }
            Self::Place { place, .. } => store::places::write(tx.conn(), provider, place).await?,
            Self::PlaceBack { id } => store::places::remove(tx.conn(), provider, *id).await?,
        };
        if there { Ok(()) } else { Err(Error::NotFound) }
    }

    /// What the history keeps of it; `outside` is how many visits were left outside knowingly.
    fn entry(&self, provider: ProviderId, outside: usize) -> AuditEntry {
        let (action, detail, personal): (_, _, Value) = match self {
            Self::Week { periods, limits, .. } => {
                ("calendar.week_changed", json!({ "periods": periods, "limits": limits }), Value::Null)
            }
            Self::Dates { said, .. } => ("calendar.dates_said", json!({ "dates": said }), Value::Null),
            Self::DateBack { id, .. } => ("calendar.date_taken_back", json!({ "date": id }), Value::Null),
            Self::Away { dates, reason } => ("calendar.away", json!({ "dates": dates }), json!({ "reason": reason })),
            Self::AwayBack { id } => ("calendar.away_taken_back", json!({ "away": id }), Value::Null),
            Self::Holidays { seen, region } => {
                ("calendar.holidays_changed", json!({ "from": seen, "to": region }), Value::Null)
            }
            Self::Travel { travel, .. } => ("calendar.travel_changed", json!({ "bands": travel }), Value::Null),
            Self::Place { place, .. } => ("calendar.place_saved", json!({ "place": place }), Value::Null),
            Self::PlaceBack { id } => ("calendar.place_removed", json!({ "place": id }), Value::Null),
        };
        let mut detail = detail;
        if outside > 0 {
            detail["visits_outside"] = json!(outside);
        }
        let (object_kind, object_id) = match self.member() {
            Some(member) => ("member", member.0),
            None => ("provider", provider.0),
        };
        AuditEntry { action, object_kind, object_id, capacity: "provider", detail, personal }
    }
}

/// Whether something new cannot be said of a date because of what is said of it. Being away all day goes over being away
/// for a part of it; working and being away all day, or hours over hours of the same kind, would be a mistake.
fn clash(there: &Exception, new: &Exception) -> bool {
    let overlap = match (there.hours, new.hours) {
        (Some((from, to)), Some((new_from, new_to))) => from < new_to && new_from < to && there.open == new.open,
        (Some(_), None) => there.open,
        (None, _) => true,
    };
    there.date == new.date && overlap
}

/// The dates from one to another, both included; none when there are more than [`MOST_DATES`].
#[must_use]
pub fn dates_between(first: Date, last: Date) -> Option<Vec<Date>> {
    let dates: Vec<Date> =
        first.series(jiff::ToSpan::day(1)).take_while(|date| *date <= last).take(MOST_DATES + 1).collect();
    (!dates.is_empty() && dates.len() <= MOST_DATES).then_some(dates)
}
