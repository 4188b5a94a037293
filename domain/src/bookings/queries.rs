//! Reading bookings, for those who may.

use super::life::Capacity;
use super::shown::{Detail, sees};
use super::store::{lists, read};
use super::views::{BookingView, CalendarEntry, ListFilter, ListRow};
use crate::kernel::page::{PAGE_SIZE, Page, read_cursor, write_cursor};
use crate::kernel::{Action, Actor, Context, Error, Object, ProviderId, Scope, TimeRange, can, reference};
use jiff::Timestamp;

/// A booking with its history: one statement. For its customer, its provider, and operators.
///
/// # Errors
/// Not found, for everybody else too.
pub async fn find(ctx: &Context, actor: &Actor, typed: &str) -> Result<BookingView, Error> {
    actor.signed_in_for(Scope::BookingsRead)?;
    let booking = read::booking(&ctx.pool, &reference::normalise(typed)).await?;
    let object =
        Object { customer: Some(booking.customer), provider: Some(booking.provider), member: Some(booking.member) };
    if !can(actor, Action::SeeBooking, &object) {
        return Err(Error::NotFound);
    }
    let capacity = if can(actor, Action::ActAsCustomer, &object) {
        Some(Capacity::Customer)
    } else if can(actor, Action::ActAsProvider, &object) {
        Some(Capacity::Provider)
    } else {
        None
    };
    Ok(booking.shown_to(capacity))
}

/// A customer's own bookings: one statement.
///
/// # Errors
/// Not signed in.
pub async fn list_of_customer(
    ctx: &Context,
    actor: &Actor,
    filter: ListFilter,
    words: &str,
    after: Option<&str>,
) -> Result<Page<ListRow>, Error> {
    let customer = actor.signed_in_for(Scope::BookingsRead)?;
    let rows = lists::list(&ctx.pool, lists::Whose::Customer(customer), filter, words, cursor(after)).await?;
    Ok(cut(rows, after))
}

/// The bookings of a business; a member who does not manage sees their own: one statement.
///
/// # Errors
/// Not found for people who do not work there.
pub async fn list_of_provider(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    filter: ListFilter,
    words: &str,
    after: Option<&str>,
) -> Result<Page<ListRow>, Error> {
    see_portal(actor, provider)?;
    let whose = lists::Whose::Provider(provider, actor.confined_to(provider));
    let rows = lists::list(&ctx.pool, whose, filter, words, cursor(after)).await?;
    Ok(cut(rows, after))
}

/// Everything in a business's calendar between two instants: one statement.
///
/// # Errors
/// Not found for people who do not work there.
pub async fn calendar(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    range: TimeRange,
) -> Result<Vec<CalendarEntry>, Error> {
    actor.signed_in_for(Scope::CalendarRead)?;
    if !can(actor, Action::SeeCalendar, &Object { provider: Some(provider), ..Object::default() }) {
        return Err(Error::NotFound);
    }
    let mut entries = read::calendar(&ctx.pool, provider, actor.confined_to(provider), range, ctx.clock.now()).await?;
    for entry in &mut entries {
        let shown = entry.state.is_some_and(|state| sees(Some(Capacity::Provider), Detail::District, state));
        entry.city = entry.city.take().filter(|_| shown);
    }
    Ok(entries)
}

pub(super) fn see_portal(actor: &Actor, provider: ProviderId) -> Result<(), Error> {
    actor.signed_in_for(Scope::BookingsRead)?;
    let object = Object { provider: Some(provider), ..Object::default() };
    if can(actor, Action::SeePortal, &object) { Ok(()) } else { Err(Error::NotFound) }
}

/// The place in a list a cursor names; made-up ones that no booking can have are none.
fn cursor(after: Option<&str>) -> Option<(Timestamp, uuid::Uuid)> {
    let (micros, id) = read_cursor(after?)?;
    let at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
    (at > Timestamp::UNIX_EPOCH).then_some((at, id))
}

fn cut(rows: Vec<ListRow>, after: Option<&str>) -> Page<ListRow> {
    let continued = cursor(after).is_some();
    Page::cut(rows, PAGE_SIZE, continued, |row| write_cursor(row.sort_at.as_microsecond(), row.id.0))
}
