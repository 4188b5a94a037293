//! Visits for calendars people subscribe to: recent, coming, and for a while those that were called off.

use super::calendar_file::{Appointment, Standing};
use super::commands::Address;
use super::life::{Capacity, State};
use super::store::appointments as store;
use crate::kernel::{Context, Error, UserId};
use jiff::{SignedDuration, Timestamp};

/// How long visits stay in a feed after they ended, and called-off ones after they were called off.
const KEPT: SignedDuration = SignedDuration::from_hours(60 * 24);

/// A visit as it is stored.
pub(super) struct Visit {
    pub reference: String,
    pub state: State,
    pub title: String,
    /// The other side: the business for a customer, the customer for a member.
    pub other: String,
    pub member_name: String,
    pub address: Address,
    pub starts: Timestamp,
    pub ends: Timestamp,
    pub changed: Timestamp,
    pub steps: i64,
}

/// A customer's visits: one statement.
///
/// # Errors
/// The database is away.
pub async fn appointments_of_customer(ctx: &Context, customer: UserId) -> Result<Vec<Appointment>, Error> {
    let visits = store::of_customer(&ctx.pool, customer, since(ctx)?).await?;
    Ok(visits.into_iter().map(|visit| appointment(ctx, visit, Capacity::Customer)).collect())
}

/// The visits a person does for businesses they work for, as the provider's side may see them: one statement.
///
/// # Errors
/// The database is away.
pub async fn appointments_of_worker(ctx: &Context, person: UserId) -> Result<Vec<Appointment>, Error> {
    let visits = store::of_worker(&ctx.pool, person, since(ctx)?).await?;
    Ok(visits.into_iter().map(|visit| appointment(ctx, visit, Capacity::Provider)).collect())
}

fn since(ctx: &Context) -> Result<Timestamp, Error> {
    ctx.clock.now().checked_sub(KEPT).map_err(Error::internal)
}

/// The customer's words and their number stay out, whatever the table shows: a feed is copied to where its owner's
/// calendar is kept. The page it leads to has them.
pub(super) fn appointment(ctx: &Context, visit: Visit, by: Capacity) -> Appointment {
    let reference = &visit.reference;
    let about = match by {
        Capacity::Customer => format!("Booking {reference} with {}", visit.member_name),
        _ => format!("Booking {reference}, {}", visit.state.title()),
    };
    Appointment {
        sequence: visit.steps.saturating_sub(1),
        changed: visit.changed,
        starts: visit.starts,
        ends: visit.ends,
        summary: format!("{} · {}", visit.title, visit.other),
        place: visit.address.shown_to(Some(by), visit.state).line().unwrap_or_default(),
        about,
        page: Some(ctx.absolute(&format!("/bookings/{reference}"))),
        standing: Standing::of(visit.state),
        name: visit.reference,
    }
}
