//! Asking why a time can be booked or not: what can be asked, and the answer.

use super::civil;
use super::slots::{Rules, Slot, open_slots};
use super::store;
use super::times::window;
use super::week::{Team, week_of};
use super::why::{Asked, Standing, Verdict, why};
use crate::catalog::{Base, Way, way_to};
use crate::kernel::{Actor, Context, Error, MemberId, ProviderId, ServiceId, Zone};
use jiff::Timestamp;
use jiff::civil::Date;

/// What can be asked: people whose calendars the actor may see, and the services of their business.
#[derive(Clone, Debug)]
pub struct Questions {
    /// The people with their hours around the date.
    pub team: Team,
    /// Services that take visits, by title.
    pub services: Vec<AskedService>,
}

/// A service one can ask about.
#[derive(Clone, Debug)]
pub struct AskedService {
    /// Which one.
    pub id: ServiceId,
    /// Its title.
    pub title: String,
    /// Whether customers can book it: live, with a price, and the business is not hidden.
    pub on_offer: bool,
    /// How it is booked; the visit is the shortest there is.
    pub rules: Rules,
    /// Where its visits start, and how long ways are.
    pub base: Base,
    /// The zone of its visits.
    pub zone: Zone,
    /// Who does it.
    pub members: Vec<MemberId>,
}

/// What is said about a time.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The time.
    pub at: Timestamp,
    /// The way that was counted.
    pub way: Way,
    /// Every rule's word. All passed: it can be booked.
    pub verdicts: Vec<Verdict>,
    /// The times of that date that can be booked.
    pub open: Vec<Slot>,
}

/// What can be asked about a date: two statements.
///
/// # Errors
/// Not found for people who do not work there.
pub async fn questions(ctx: &Context, actor: &Actor, provider: ProviderId, date: Date) -> Result<Questions, Error> {
    let team = week_of(ctx, actor, provider, date, 1).await?;
    let services = store::why::services(&ctx.pool, provider).await?;
    Ok(Questions { team, services })
}

/// The answer for a minute of a date and a customer in some place (postal code and town, both may be empty): one statement,
/// and the look for the place where ways count. The questions must have been asked for the same date.
///
/// # Errors
/// Not found: a person or a service that is not among the questions; a date beyond the calendar.
pub async fn answer(
    ctx: &Context,
    questions: &Questions,
    member: MemberId,
    service: ServiceId,
    (date, minute): (Date, u16),
    (postal_code, city): (&str, &str),
) -> Result<Answer, Error> {
    let member = questions.team.members.iter().find(|known| known.id == member).ok_or(Error::NotFound)?;
    let service = questions.services.iter().find(|known| known.id == service).ok_or(Error::NotFound)?;
    let (now, zone) = (ctx.clock.now(), service.zone.rules());
    let at = civil::instant(&zone, date, minute).ok_or(Error::NotFound)?;
    let window = window(&service.zone, date, 1).ok_or(Error::NotFound)?;
    let taken = store::why::taken(&ctx.pool, member.id, window, now).await?;
    let way = way_to(ctx, &service.base, postal_code, city).await;
    let rules = service.rules.going(way);
    let does = service.members.contains(&member.id);
    let asked = Asked {
        zone: &zone,
        calendar: &member.calendar,
        rules: &rules,
        taken: &taken,
        standing: Standing { on_offer: service.on_offer, does, active: member.active },
        now,
    };
    let able = service.on_offer && does && member.active;
    let date = civil::date(&zone, at);
    let open = if able { open_slots(&zone, &member.calendar, &rules, &taken, date, now) } else { Vec::new() };
    Ok(Answer { at, way, verdicts: why(&asked, at), open })
}
