//! `/provider/availability`: weekly hours of each person, dates that differ, when the whole business is away, which
//! holidays it keeps, and how long the way to customers is. Before a change is saved, the visits it would leave outside of
//! all hours are shown.

mod dates;
mod page;
mod question;
mod travel;
mod waiting;
pub(super) mod week;

use super::words::Clocks;
use super::{business, elsewhere};
use crate::forms::{Form, FormState};
use crate::request::{Answer, Failure, PageRequest, see_other};
use axum::http::StatusCode;
use axum::response::Response;
use domain::availability::{self, Change, Keeping, Kept, Outcome};
use domain::kernel::{Error, FieldErrors, MemberId, ProviderId};
use page::Forms;
use tower_sessions::Session;
use waiting::Part;
use week::Typed;

/// The address of the page.
const PATH: &str = "/provider/availability";

/// What every request here is about: the business, its hours, and the person who is shown.
struct Desk {
    provider: ProviderId,
    keeping: Keeping,
    member: MemberId,
    manages: bool,
}

impl Desk {
    /// `None` for people who work nowhere. Nobody in particular is oneself, or the first of the team.
    async fn open(page: &PageRequest, wanted: Option<MemberId>) -> Result<Option<Self>, Failure> {
        let Some(provider) = business(page)? else {
            return Ok(None);
        };
        let keeping = availability::keeping(page.ctx(), page.actor(), provider).await?;
        let own = page.actor().memberships.iter().find(|place| place.provider == provider).map(|place| place.member);
        let known = |id: &MemberId| keeping.member(*id).is_some();
        let first = keeping.members.first().map(|kept| kept.id).ok_or(Failure(Error::NotFound))?;
        let member = wanted.filter(known).or(own.filter(known)).unwrap_or(first);
        Ok(Some(Self { provider, keeping, member, manages: page.actor().manages(provider) }))
    }

    /// The same for a form, which names a person only if it is about one; others' calendars do not exist.
    async fn of_form(page: &PageRequest, form: &Form) -> Result<Self, Failure> {
        let wanted = form.parsed("member").map(MemberId);
        let desk = Self::open(page, wanted).await?.ok_or(Failure(Error::NotFound))?;
        if wanted.is_some_and(|wanted| wanted != desk.member) { Err(Failure(Error::NotFound)) } else { Ok(desk) }
    }

    fn kept(&self) -> Result<&Kept, Failure> {
        self.keeping.member(self.member).ok_or(Failure(Error::NotFound))
    }

    fn clocks(&self, page: &PageRequest) -> Clocks {
        Clocks { zone: self.keeping.zone.rules(), now: page.ctx().clock.now() }
    }

    /// The page again, at the part that was saved.
    fn saved(&self, part: Part) -> Response {
        let place = part.anchor();
        let place = if place.is_empty() { String::new() } else { format!("#{place}") };
        see_other(&format!("{PATH}?member={}&said=hours-saved{place}", self.member.0))
    }

    fn show(&self, page: &PageRequest, status: StatusCode, forms: Forms) -> Answer {
        page::show(page, status, self, forms)
    }
}

/// `GET /provider/availability?member=`, and with `waiting=` the question about a change that waits.
///
/// # Errors
/// Not signed in, or the database is away.
pub async fn show(page: PageRequest, session: Session) -> Answer {
    let wanted = page.param("member").and_then(|id| id.parse().ok()).map(MemberId);
    if let Some(name) = page.param("waiting")
        && business(&page)?.is_some()
    {
        return waiting::show(&page, &session, &name).await;
    }
    match Desk::open(&page, wanted).await? {
        Some(desk) => desk.show(&page, StatusCode::OK, Forms::default()),
        None => Ok(elsewhere::page(&page)),
    }
}

/// `POST /provider/availability`: the week. Buttons that add, remove and copy rows show the form again, changed; only
/// "save" saves.
///
/// # Errors
/// Not signed in, somebody else's calendar, or the database is away.
pub async fn week(page: PageRequest, session: Session, form: Form) -> Answer {
    let desk = Desk::of_form(&page, &form).await?;
    let mut typed = Typed::of_form(&form);
    let act = form.text("act");
    // A form that was sent without any button means what it is for.
    if !matches!(act, "" | "save") {
        typed.act(act, &form);
        return desk.show(&page, StatusCode::OK, Forms { week: Some(typed), ..Forms::default() });
    }
    let change = match desk.wish(&page, Part::Week, &form) {
        Err(Error::Invalid(wrong)) => {
            let forms = Forms { week: Some(typed.complaining(wrong)), ..Forms::default() };
            return desk.show(&page, StatusCode::UNPROCESSABLE_ENTITY, forms);
        }
        change => change?,
    };
    match desk.change(&page, &session, &form, change, Part::Week).await? {
        Done::Answer(answer) => Ok(answer),
        Done::Wrong(wrong) => {
            let forms = Forms { week: Some(typed.complaining(wrong)), ..Forms::default() };
            desk.show(&page, StatusCode::UNPROCESSABLE_ENTITY, forms)
        }
        Done::Stale => {
            // Both are shown; saving again is meant for what is saved now.
            let desk = Desk::of_form(&page, &form).await?;
            let typed = Typed { seen: desk.kept()?.version(), ..typed };
            desk.show(&page, StatusCode::CONFLICT, Forms { week: Some(typed), stale: true, ..Forms::default() })
        }
    }
}

/// `POST /provider/availability/dates`: a person is away on some dates, or has other hours.
///
/// # Errors
/// Not signed in, somebody else's calendar, or the database is away.
pub async fn dates(page: PageRequest, session: Session, form: Form) -> Answer {
    settle(&page, &session, &form, Part::Dates).await
}

/// `POST /provider/availability/dates/remove`: what was said of a date is taken back.
///
/// # Errors
/// Not signed in, somebody else's calendar, nothing there, or the database is away.
pub async fn take_back_date(page: PageRequest, session: Session, form: Form) -> Answer {
    settle(&page, &session, &form, Part::DateBack).await
}

/// `POST /provider/availability/away`: the whole business is away.
///
/// # Errors
/// Not signed in, not found for people who do not manage, or the database is away.
pub async fn away(page: PageRequest, session: Session, form: Form) -> Answer {
    settle(&page, &session, &form, Part::Away).await
}

/// `POST /provider/availability/away/end`: it is not away after all.
///
/// # Errors
/// Not signed in, not found for people who do not manage, nothing there, or the database is away.
pub async fn take_back_away(page: PageRequest, session: Session, form: Form) -> Answer {
    settle(&page, &session, &form, Part::AwayBack).await
}

/// `POST /provider/availability/holidays`: which region's holidays the business keeps.
///
/// # Errors
/// Not signed in, not found for people who do not manage, or the database is away.
pub async fn holidays(page: PageRequest, session: Session, form: Form) -> Answer {
    settle(&page, &session, &form, Part::Holidays).await
}

/// `POST /provider/availability/travel`: how long the way to customers is.
///
/// # Errors
/// Not signed in, not found for people who do not manage, or the database is away.
pub async fn travel(page: PageRequest, session: Session, form: Form) -> Answer {
    settle(&page, &session, &form, Part::Travel).await
}

/// What became of a change.
enum Done {
    Answer(Response),
    Wrong(FieldErrors),
    Stale,
}

impl Desk {
    async fn change(
        &self,
        page: &PageRequest,
        session: &Session,
        form: &Form,
        change: Change,
        part: Part,
    ) -> Result<Done, Failure> {
        let (ctx, actor) = (page.ctx(), page.actor());
        match availability::change(ctx, actor, self.provider, change.clone(), form.text("agreed")).await {
            Ok(Outcome::Saved) => {
                waiting::forget(session).await?;
                Ok(Done::Answer(self.saved(part)))
            }
            Ok(Outcome::Asks(outside)) => {
                let back = waiting::keep(page, session, part, form).await?;
                let foreseen = availability::foresee(ctx, actor, self.provider, &self.keeping, &change).await?;
                let asked = question::Asked { part, back, outside: &outside };
                let answer = question::page(page, StatusCode::CONFLICT, self, form, &asked, &foreseen).await?;
                Ok(Done::Answer(answer))
            }
            Ok(Outcome::Stale) => Ok(Done::Stale),
            Err(Error::Invalid(wrong)) => Ok(Done::Wrong(wrong)),
            Err(error) => Err(Failure(error)),
        }
    }
}

/// Carries out what a form of one part of the page asks for; who goes back finds it as it was typed.
async fn settle(page: &PageRequest, session: &Session, form: &Form, part: Part) -> Answer {
    let desk = Desk::of_form(page, form).await?;
    let place = part.anchor();
    let complain = |desk: &Desk, wrong: FieldErrors| {
        let forms = Forms::part(place, form.state().complaining(wrong));
        desk.show(page, StatusCode::UNPROCESSABLE_ENTITY, forms)
    };
    let wish = desk.wish(page, part, form);
    if form.text("act") == "back" && !matches!(wish, Err(Error::NotFound)) {
        return desk.show(page, StatusCode::OK, Forms::part(place, form.state()));
    }
    let change = match wish {
        Err(Error::Invalid(wrong)) => return complain(&desk, wrong),
        change => change?,
    };
    match desk.change(page, session, form, change, part).await? {
        Done::Answer(answer) => Ok(answer),
        Done::Wrong(wrong) => complain(&desk, wrong),
        Done::Stale => {
            let words = "Somebody changed this meanwhile. What is saved now is shown here; choose again.";
            let state = FormState::default().complaining(FieldErrors::one(place, words));
            desk.show(page, StatusCode::CONFLICT, Forms::part(place, state))
        }
    }
}
