//! `/provider/availability`: weekly hours of each person, dates that differ, when the whole business is away, and which
//! holidays it keeps. Before a change is saved, the visits it would leave outside of all hours are shown.

mod dates;
mod page;
mod question;
mod week;

use super::words::Clocks;
use super::{business, elsewhere};
use crate::forms::{Form, FormState};
use crate::request::{Answer, Failure, PageRequest, see_other};
use axum::http::StatusCode;
use axum::response::Response;
use domain::availability::{self, Change, Keeping, Kept, Outcome, agreement};
use domain::kernel::{Error, FieldErrors, MemberId, ProviderId};
use page::Forms;
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

    /// The page again with what was done.
    fn said(&self, what: &str) -> Response {
        see_other(&format!("{PATH}?member={}&said={what}", self.member.0))
    }

    fn show(&self, page: &PageRequest, status: StatusCode, forms: Forms) -> Answer {
        page::show(page, status, self, forms)
    }
}

/// `GET /provider/availability?member=`.
///
/// # Errors
/// Not signed in, or the database is away.
pub async fn show(page: PageRequest) -> Answer {
    let wanted = page.param("member").and_then(|id| id.parse().ok()).map(MemberId);
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
pub async fn week(page: PageRequest, form: Form) -> Answer {
    let desk = Desk::of_form(&page, &form).await?;
    let mut typed = Typed::of_form(&form);
    let act = form.text("act");
    // A form that was sent without any button means what it is for.
    if !matches!(act, "" | "save") {
        typed.act(act, &form);
        return desk.show(&page, StatusCode::OK, Forms { week: Some(typed), ..Forms::default() });
    }
    let (periods, limits) = match typed.parse() {
        Ok(parsed) => parsed,
        Err(wrong) => {
            let forms = Forms { week: Some(typed.complaining(wrong)), ..Forms::default() };
            return desk.show(&page, StatusCode::UNPROCESSABLE_ENTITY, forms);
        }
    };
    let change = Change::Week { member: desk.member, seen: typed.seen.clone(), periods, limits };
    match desk.change(&page, &form, change, "").await? {
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
pub async fn dates(page: PageRequest, form: Form) -> Answer {
    let desk = Desk::of_form(&page, &form).await?;
    let said = match form.text("act") {
        "back" => Ok(None),
        _ => dates::said(&form, desk.clocks(&page).today()).map(Some),
    };
    let change = said.map(|said| said.map(|said| Change::Dates { member: desk.member, said }));
    desk.settle(&page, &form, change, "dates").await
}

/// `POST /provider/availability/dates/remove`: what was said of a date is taken back.
///
/// # Errors
/// Not signed in, somebody else's calendar, nothing there, or the database is away.
pub async fn take_back_date(page: PageRequest, form: Form) -> Answer {
    let desk = Desk::of_form(&page, &form).await?;
    let id = form.parsed("date").ok_or(Failure(Error::NotFound))?;
    let change = (form.text("act") != "back").then_some(Change::DateBack { member: desk.member, id });
    desk.settle(&page, &form, Ok(change), "").await
}

/// `POST /provider/availability/away`: the whole business is away.
///
/// # Errors
/// Not signed in, not found for people who do not manage, or the database is away.
pub async fn away(page: PageRequest, form: Form) -> Answer {
    let desk = Desk::of_form(&page, &form).await?;
    if !desk.manages {
        return Err(Failure(Error::NotFound));
    }
    let away = match form.text("act") {
        "back" => Ok(None),
        _ => dates::away(&form, desk.clocks(&page).today()).map(Some),
    };
    let change = away.map(|away| away.map(|(dates, reason)| Change::Away { dates, reason }));
    desk.settle(&page, &form, change, "away").await
}

/// `POST /provider/availability/away/end`: it is not away after all.
///
/// # Errors
/// Not signed in, not found for people who do not manage, nothing there, or the database is away.
pub async fn take_back_away(page: PageRequest, form: Form) -> Answer {
    let desk = Desk::of_form(&page, &form).await?;
    let id = form.parsed("away").ok_or(Failure(Error::NotFound))?;
    desk.settle(&page, &form, Ok(Some(Change::AwayBack { id })), "").await
}

/// `POST /provider/availability/holidays`: which region's holidays the business keeps.
///
/// # Errors
/// Not signed in, not found for people who do not manage, or the database is away.
pub async fn holidays(page: PageRequest, form: Form) -> Answer {
    let desk = Desk::of_form(&page, &form).await?;
    let code = |name: &str| Some(form.text(name).to_owned()).filter(|code| !code.is_empty());
    let change = Change::Holidays { seen: code("seen"), region: code("holidays") };
    let change = (form.text("act") != "back").then_some(change);
    desk.settle(&page, &form, Ok(change), "holidays").await
}

/// What became of a change.
enum Done {
    Answer(Response),
    Wrong(FieldErrors),
    Stale,
}

impl Desk {
    async fn change(&self, page: &PageRequest, form: &Form, change: Change, part: &str) -> Result<Done, Failure> {
        let done = availability::change(page.ctx(), page.actor(), self.provider, change, form.text("agreed")).await;
        match done {
            Ok(Outcome::Saved) => {
                let mut answer = self.said("hours-saved");
                if !part.is_empty()
                    && let Some(to) = answer.headers_mut().get_mut("location")
                    && let Ok(there) = format!("{PATH}?member={}&said=hours-saved#{part}", self.member.0).parse()
                {
                    *to = there;
                }
                Ok(Done::Answer(answer))
            }
            Ok(Outcome::Asks(outside)) => {
                let agreed = agreement(&outside);
                Ok(Done::Answer(question::page(page, self, form, &outside, &agreed).await?))
            }
            Ok(Outcome::Stale) => Ok(Done::Stale),
            Err(Error::Invalid(wrong)) => Ok(Done::Wrong(wrong)),
            Err(error) => Err(Failure(error)),
        }
    }

    /// Carries out what a form of one part of the page asks for. No change: the part is shown as it was typed.
    async fn settle(
        &self,
        page: &PageRequest,
        form: &Form,
        change: Result<Option<Change>, FieldErrors>,
        part: &'static str,
    ) -> Answer {
        let change = match change {
            Ok(Some(change)) => change,
            Ok(None) => return self.show(page, StatusCode::OK, Forms::part(part, form.state())),
            Err(wrong) => {
                let forms = Forms::part(part, form.state().complaining(wrong));
                return self.show(page, StatusCode::UNPROCESSABLE_ENTITY, forms);
            }
        };
        match self.change(page, form, change, part).await? {
            Done::Answer(answer) => Ok(answer),
            Done::Wrong(wrong) => {
                let forms = Forms::part(part, form.state().complaining(wrong));
                self.show(page, StatusCode::UNPROCESSABLE_ENTITY, forms)
            }
            Done::Stale => {
                let words = "Somebody changed this meanwhile. What is saved now is shown here; choose again.";
                let state = FormState::default().complaining(FieldErrors::one(part, words));
                self.show(page, StatusCode::CONFLICT, Forms::part(part, state))
            }
        }
    }
}
