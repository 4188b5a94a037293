//! `/provider/calendar`: days, weeks and months of a team as a calendar, the coming weeks as a list, and time kept free.

mod agenda;
mod asked;
mod block;
mod days;
mod month;
mod page;
pub mod why;

use super::words::Clocks;
use super::{business, elsewhere};
use crate::forms::{Form, FormState};
use crate::request::{Answer, Failure, PageRequest, see_other};
use asked::{Asked, Shown};
use axum::http::StatusCode;
pub(super) use days::reschedule;
use domain::availability::{self, Team, civil};
use domain::kernel::{Error, FieldErrors, ProviderId};
use domain::{bookings, calendars};

/// The address of the calendar.
const PATH: &str = "/provider/calendar";

/// `GET /provider/calendar?view=&date=&member=`; `on=&from=&to=&for=` fill the form that blocks time, or with `block=` the
/// one that moves a block.
///
/// # Errors
/// Not signed in, or the database is away.
pub async fn show(page: PageRequest) -> Answer {
    let Some(provider) = business(&page)? else {
        return Ok(elsewhere::page(&page));
    };
    let asked = Asked::of_address(&page);
    let team = team(&page, provider, &asked).await?;
    let asked = asked.settle(&team);
    let wished = block::wished(&page, asked.block);
    answer(&page, provider, &asked, team, StatusCode::OK, &wished).await
}

/// `POST /provider/calendar`: blocks time.
///
/// # Errors
/// Not signed in, somebody else's calendar, or the database is away.
pub async fn block(page: PageRequest, form: Form) -> Answer {
    let Some(provider) = business(&page)? else {
        return Err(Failure(Error::NotFound));
    };
    let asked = Asked::of_form(&form);
    let team = team(&page, provider, &asked).await?;
    let done = match block::wish(&form, &team, page.ctx().clock.now()) {
        Ok(wish) => availability::block(page.ctx(), page.actor(), wish.member, wish.range, wish.note).await,
        Err(errors) => Err(Error::Invalid(errors)),
    };
    let (status, state) = match done {
        Ok(()) => return Ok(see_other(&asked.said("blocked"))),
        // Something stands in that time: said beside the time, where it can be changed.
        Err(Error::Conflict(words)) => {
            (StatusCode::CONFLICT, form.state().complaining(FieldErrors::one("from", words)))
        }
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, form.rejected(error)?),
    };
    answer(&page, provider, &asked, team, status, &state).await
}

/// `POST /provider/calendar/move`: moves blocked time.
///
/// # Errors
/// Not signed in, no such block in a calendar of one's own, or the database is away.
pub async fn move_block(page: PageRequest, form: Form) -> Answer {
    let Some(provider) = business(&page)? else {
        return Err(Failure(Error::NotFound));
    };
    let id = form.parsed("block").ok_or(Failure(Error::NotFound))?;
    let asked = Asked { block: Some(id), ..Asked::of_form(&form) };
    let team = team(&page, provider, &asked).await?;
    let done = match block::moved(&form, id, &team, page.ctx().clock.now()) {
        Ok(to) => availability::move_block(page.ctx(), page.actor(), id, to).await,
        Err(errors) => Err(Error::Invalid(errors)),
    };
    let (status, state) = match done {
        Ok(()) => {
            let day = form.parsed(&block::move_fields(id)[0]);
            return Ok(see_other(&Asked { block: None, date: day.or(asked.date), ..asked }.said("moved")));
        }
        Err(Error::Conflict(words)) => {
            let [_, from, _] = block::move_fields(id);
            (StatusCode::CONFLICT, form.state().complaining(FieldErrors::one(&from, words)))
        }
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, form.rejected(error)?),
    };
    answer(&page, provider, &asked, team, status, &state).await
}

/// `POST /provider/calendar/unblock`: frees blocked time.
///
/// # Errors
/// Not signed in, no such block in a calendar of one's own, or the database is away.
pub async fn unblock(page: PageRequest, form: Form) -> Answer {
    page.actor().signed_in()?;
    let id = form.parsed("block").ok_or(Failure(Error::NotFound))?;
    availability::unblock(page.ctx(), page.actor(), id).await?;
    Ok(see_other(&Asked::of_form(&form).said("unblocked")))
}

async fn team(page: &PageRequest, provider: ProviderId, asked: &Asked) -> Result<Team, Failure> {
    // The zone comes with the team; until then today is a day more or less.
    let about = civil::date(&jiff::tz::TimeZone::UTC, page.ctx().clock.now());
    let (first, days) = asked.days(asked.first(about));
    Ok(availability::week_of(page.ctx(), page.actor(), provider, first, days).await?)
}

async fn answer(
    page: &PageRequest,
    provider: ProviderId,
    asked: &Asked,
    team: Team,
    status: StatusCode,
    state: &FormState,
) -> Answer {
    let clocks = Clocks { zone: team.zone.rules(), now: page.ctx().clock.now() };
    let shown = Shown::new(asked, &team, clocks);
    let range = shown.range().ok_or_else(|| Failure(Error::internal("a week beyond the calendar")))?;
    let entries = bookings::calendar(page.ctx(), page.actor(), provider, range).await?;
    let stale = calendars::stale_sources(page.ctx(), page.actor(), provider).await?;
    let elsewhere = page.zone().is_some_and(|zone| *zone != team.zone);
    Ok(page::show(page, status, state, &page::Loaded { shown, team, entries, elsewhere, stale }))
}
