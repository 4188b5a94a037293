//! What those who keep hours see of them: the week, dates that differ, when the business is away, which holidays it keeps.

use super::calendar::{Calendar, Closure, Exception, Limits, Period};
use super::{civil, holidays, store};
use crate::catalog::{OwnPlace, Travel};
use crate::kernel::{Action, Actor, Context, Error, MemberId, Object, ProviderId, Scope, Zone, can};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A business's hours, as far as the actor keeps them.
#[derive(Clone, Debug)]
pub struct Keeping {
    /// Name of the business.
    pub business: String,
    /// The zone hours are told in.
    pub zone: Zone,
    /// Its country, two letters.
    pub country: String,
    /// Its main place's town.
    pub city: String,
    /// Further places, by name.
    pub places: Vec<OwnPlace>,
    /// The region whose holidays it keeps.
    pub holidays: Option<String>,
    /// How long its people are on their way to customers.
    pub travel: Travel,
    /// When all of it is away: now and later.
    pub away: Vec<AwayNote>,
    /// Its people, in the order of the team; a member who does not manage finds themselves only.
    pub members: Vec<Kept>,
}

/// A closure of the business with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwayNote {
    /// Which one.
    pub id: Uuid,
    /// The dates.
    pub dates: Closure,
    /// What customers read.
    pub reason: String,
}

/// A date that differs from the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Which one.
    pub id: Uuid,
    /// What is said.
    pub said: Exception,
}

/// The hours of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Who.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// Whether they can be booked at present.
    pub active: bool,
    /// The week, in its order.
    pub periods: Vec<Period>,
    /// Dates that differ: today and later.
    pub dated: Vec<Dated>,
    /// How much they take on.
    pub limits: Limits,
}

impl Kept {
    /// A name for the week as it is now, so that a form can tell whether somebody changed it meanwhile.
    #[must_use]
    pub fn version(&self) -> String {
        let mut periods: Vec<String> = self.periods.iter().map(|period| format!("{period:?}")).collect();
        periods.sort_unstable();
        seal(&[periods.join("\n"), format!("{:?}", self.limits)])
    }
}

impl Keeping {
    /// Somebody of the team.
    #[must_use]
    pub fn member(&self, id: MemberId) -> Option<&Kept> {
        self.members.iter().find(|member| member.id == id)
    }

    /// Everything that decides a person's hours.
    #[must_use]
    pub fn calendar(&self, member: &Kept) -> Calendar {
        Calendar {
            periods: member.periods.clone(),
            exceptions: member.dated.iter().map(|dated| dated.said).collect(),
            closures: self.away.iter().map(|away| away.dates).collect(),
            holidays: holidays::dates(self.holidays.as_deref()),
            limits: member.limits,
        }
    }
}

/// A short name for some texts: others have another one. Forms carry it to say what they were made from.
#[must_use]
pub fn seal(texts: &[String]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    hex::encode(&hash.finalize()[..8])
}

/// What is loaded begins two days before today anywhere: nobody's today is earlier.
pub(super) fn since(now: Timestamp) -> Date {
    let today = civil::date(&jiff::tz::TimeZone::UTC, now);
    today.checked_sub(2.days()).unwrap_or(today)
}

/// The hours of a business for those who keep them: all of it for managers, one's own for members. One statement.
///
/// # Errors
/// Not found for people who do not work there.
pub async fn keeping(ctx: &Context, actor: &Actor, provider: ProviderId) -> Result<Keeping, Error> {
    actor.signed_in_for(Scope::CalendarRead)?;
    if !can(actor, Action::SeeCalendar, &Object { provider: Some(provider), ..Object::default() }) {
        return Err(Error::NotFound);
    }
    let mut keeping =
        store::hours::keeping(&ctx.pool, provider, (actor.confined_to(provider), false), since(ctx.clock.now()))
            .await?;
    let today = civil::date(&keeping.zone.rules(), ctx.clock.now());
    keeping.away.retain(|away| away.dates.last >= today);
    for member in &mut keeping.members {
        member.dated.retain(|dated| dated.said.date >= today);
    }
    Ok(keeping)
}
