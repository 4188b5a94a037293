//! What a business sees first: the next visit, what waits for it, and the visits of today and tomorrow.

use super::commands::Address;
use super::life::{Capacity, State};
use super::queries::see_portal;
use super::shown::{Detail, sees};
use super::store::portal as store;
use super::views::ListRow;
use crate::availability::civil;
use crate::catalog::completeness::Facts;
use crate::catalog::{Absence, Kind, Place, Question};
use crate::kernel::{Actor, Context, Error, MemberId, Money, ProviderId, Zone};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// How far ahead coming visits are counted.
const COMING: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A business at a glance, as far as the actor may see it.
#[derive(Clone, Debug)]
pub struct Portal {
    /// The business and its figures.
    pub business: Business,
    /// Today's date there.
    pub today: Date,
    /// The visit that is under way or comes next, however far away.
    pub next: Option<Task>,
    /// What waits for the business to act, the most urgent first.
    pub waiting: Vec<(Wait, Task)>,
    /// Agreed visits and deliveries of today, done ones too.
    pub of_today: Vec<Task>,
    /// The same of tomorrow.
    pub of_tomorrow: Vec<Task>,
}

/// The business, and its figures; those of bookings only count what the actor may see.
#[derive(Clone, Debug)]
pub struct Business {
    /// Its name.
    pub name: String,
    /// Its address.
    pub slug: String,
    /// Where its clocks are.
    pub zone: Zone,
    /// Average of all reviews, 1 to 5; `None` without any.
    pub rating: Option<f32>,
    /// Number of reviews.
    pub rating_count: u32,
    /// Completed bookings of the whole business.
    pub completed: u32,
    /// Agreed visits in the next seven days.
    pub coming: u32,
    /// How many people can be booked there.
    pub members: u32,
    /// Why it is suspended, in our words, if it is.
    pub suspended: Option<String>,
    /// Whether it is hidden because a document it needs is over.
    pub papers_over: bool,
    /// The document that ends within thirty days, name of its kind and its last day; for those who run the business.
    pub ending: Option<(String, Date)>,
    /// When all of it is away: now or soon.
    pub away: Option<Absence>,
    /// Calendars elsewhere that are out of date: their names, and whose they are; those the actor keeps.
    pub stale_calendars: Vec<(String, String)>,
    /// Value of the visits finished since the first of the month, in each currency. A price, not a payment.
    pub finished: Vec<Money>,
    /// What decides how complete the business is; for those who run it.
    pub facts: Option<Facts>,
}

/// What the business has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Say yes or no to a request.
    Answer,
    /// Begin: the visit's time has come, or a delivery was ordered.
    Begin,
    /// It would begin now, but the customer still owes answers that the work waits for.
    Answers,
    /// Say that the work is done.
    Finish,
    /// Give it to somebody: whoever was to do it has left, or cannot be booked at present.
    Person,
}

/// A booking as a piece of work.
#[derive(Clone, Debug)]
pub struct Task {
    /// `SH-7K3MQ2XD`.
    pub reference: String,
    /// Where it is in its life.
    pub state: State,
    /// A visit or a delivery.
    pub kind: Kind,
    /// Title of the service.
    pub title: String,
    /// Who booked.
    pub customer: String,
    /// Their phone number, once the booking is agreed.
    pub phone: Option<String>,
    /// Who does it.
    pub member: MemberId,
    /// Their name.
    pub member_name: String,
    /// They can be booked at present: they have not left, and do not rest.
    pub member_active: bool,
    /// When a visit begins and ends.
    pub visit: Option<(Timestamp, Timestamp)>,
    /// When a delivery is due.
    pub due_at: Option<Timestamp>,
    /// Where it takes place.
    pub place: Place,
    /// The customer's address, for visits there.
    pub address: Address,
    /// What the customer wrote.
    pub note: String,
    /// The price.
    pub total: Money,
    /// When the present state ends by itself.
    pub clock_at: Option<Timestamp>,
    /// What is asked, needed and not answered yet, once it is agreed.
    pub awaited: Vec<Question>,
}

/// What a business has to do about a booking at `now`.
fn wait(
    state: State,
    visit: Option<(Timestamp, Timestamp)>,
    staffed: bool,
    awaited: &[Question],
    now: Timestamp,
) -> Option<Wait> {
    let ahead = visit.is_some_and(|(start, _)| start > now);
    match state {
        State::Requested | State::Confirmed if ahead && !staffed => Some(Wait::Person),
        State::Requested => Some(Wait::Answer),
        State::Confirmed if ahead => None,
        State::Confirmed if awaited.is_empty() => Some(Wait::Begin),
        State::Confirmed => Some(Wait::Answers),
        State::Started => Some(Wait::Finish),
        _ => None,
    }
}

impl ListRow {
    /// What the business has to do about it at `now`.
    #[must_use]
    pub fn wait(&self, now: Timestamp) -> Option<Wait> {
        wait(self.state, self.visit, self.member_active, &self.awaited, now)
    }
}

impl Task {
    /// When it takes place or is due.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        self.visit.map(|(start, _)| start).or(self.due_at)
    }

    /// What the business has to do about it at `now`.
    #[must_use]
    pub fn wait(&self, now: Timestamp) -> Option<Wait> {
        wait(self.state, self.visit, self.member_active, &self.awaited, now)
    }

    /// With what the provider's side may see of it now.
    fn for_the_provider(self) -> Self {
        let (by, state) = (Some(Capacity::Provider), self.state);
        Self {
            address: self.address.shown_to(by, state),
            note: if sees(by, Detail::Note, state) { self.note } else { String::new() },
            phone: self.phone.filter(|_| sees(by, Detail::Phone, state)),
            ..self
        }
    }

    /// Whether it is agreed, or was and is done.
    fn agreed(&self) -> bool {
        matches!(self.state, State::Confirmed | State::Started | State::Done | State::Completed)
    }

    /// Whether somebody still has to be there at `now`.
    fn ahead(&self, now: Timestamp) -> bool {
        let live = matches!(self.state, State::Confirmed | State::Started);
        live && self.visit.is_some_and(|(_, end)| end > now)
    }
}

/// A business at a glance: two statements. A member who does not manage sees their own work.
///
/// # Errors
/// Not found for people who do not work there.
pub async fn portal(ctx: &Context, actor: &Actor, provider: ProviderId) -> Result<Portal, Error> {
    see_portal(actor, provider)?;
    let now = ctx.clock.now();
    let member = actor.confined_to(provider);
    let until = now.checked_add(COMING).unwrap_or(now);
    let business = store::business(&ctx.pool, provider, member, now, until).await?;
    let zone = business.zone.rules();
    let today = civil::date(&zone, now);
    let midnight = |days: i32| {
        let date = today.checked_add(days.days()).ok();
        date.and_then(|date| civil::instant(&zone, date, 0)).ok_or_else(|| Error::internal("a day beyond the calendar"))
    };
    let (from, to) = (midnight(0)?, midnight(2)?);
    let tasks = store::tasks(&ctx.pool, provider, member, now, from, to).await?;
    let tasks: Vec<Task> = tasks.into_iter().map(Task::for_the_provider).collect();
    let on = |date: Option<Date>| {
        let of_day = |task: &&Task| task.agreed() && task.at().map(|at| civil::date(&zone, at)) == date;
        tasks.iter().filter(of_day).cloned().collect()
    };
    let mut waiting: Vec<(Wait, Task)> =
        tasks.iter().filter_map(|task| Some((task.wait(now)?, task.clone()))).collect();
    waiting.sort_by_key(|(_, task)| task.clock_at.unwrap_or(Timestamp::MAX));
    Ok(Portal {
        of_today: on(Some(today)),
        of_tomorrow: on(today.tomorrow().ok()),
        next: tasks.iter().find(|task| task.ahead(now)).cloned(),
        waiting,
        today,
        business,
    })
}
