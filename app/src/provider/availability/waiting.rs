//! A change of hours that is not saved yet, while the visits it would leave outside are moved one by one: what was typed
//! waits in the session of the browser, under a name that the way back to it carries.

use super::{Desk, PATH, dates, question};
use crate::forms::Form;
use crate::request::{Answer, Failure, PageRequest, see_other};
use axum::http::StatusCode;
use domain::availability::{self, Change};
use domain::kernel::{Error, FieldErrors};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

/// Key of the change in the session; there is one, the last.
const WAITING: &str = "waiting_hours";
/// How long it waits.
const LASTS: SignedDuration = SignedDuration::from_hours(2);
/// Most fields that are kept, and the most characters of each: more than any form of the page has.
const MOST: (usize, usize) = (250, 400);
/// The fields of the page's forms, and how those begin of which there are several; nothing else is kept.
const FIELDS: [&str; 7] = ["member", "seen", "a-day", "a-week", "date", "away", "holidays"];
const ROWS: [&str; 3] = ["hours-", "dates-", "away-"];

/// The part of the page whose form was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) enum Part {
    Week,
    Dates,
    DateBack,
    Away,
    AwayBack,
    Holidays,
    Travel,
}

impl Part {
    /// Where its form is sent.
    pub fn action(self) -> String {
        let path = match self {
            Self::Week => "",
            Self::Dates => "/dates",
            Self::DateBack => "/dates/remove",
            Self::Away => "/away",
            Self::AwayBack => "/away/end",
            Self::Holidays => "/holidays",
            Self::Travel => "/travel",
        };
        format!("{PATH}{path}")
    }

    /// The place on the page that shows it; forms that take something back have none.
    pub const fn anchor(self) -> &'static str {
        match self {
            Self::Dates => "dates",
            Self::Away => "away",
            Self::Holidays => "holidays",
            Self::Travel => "travel",
            Self::Week | Self::DateBack | Self::AwayBack => "",
        }
    }
}

#[derive(Deserialize, Serialize)]
struct Waiting {
    name: String,
    part: Part,
    values: Vec<(String, String)>,
    since: Timestamp,
}

/// Lets a change wait, and answers with the address of the question about it.
pub(super) async fn keep(page: &PageRequest, session: &Session, part: Part, form: &Form) -> Result<String, Failure> {
    let known = |name: &str| FIELDS.contains(&name) || ROWS.iter().any(|row| name.starts_with(row));
    let values = form.kept().into_iter().filter(|(name, _)| known(name));
    let values = values.take(MOST.0).map(|(name, value)| (name, value.chars().take(MOST.1).collect()));
    let name: uuid::Uuid = page.ctx().id();
    let name = name.simple().to_string();
    let waiting = Waiting { name: name.clone(), part, values: values.collect(), since: page.ctx().clock.now() };
    session.insert(WAITING, waiting).await.map_err(Error::internal)?;
    Ok(address(&name))
}

/// The change is saved: nothing waits any more.
pub(super) async fn forget(session: &Session) -> Result<(), Failure> {
    // Removing what is not there would still write the session.
    if session.get_value(WAITING).await.map_err(Error::internal)?.is_some() {
        session.remove_value(WAITING).await.map_err(Error::internal)?;
    }
    Ok(())
}

fn address(name: &str) -> String {
    format!("{PATH}?waiting={name}")
}

/// The question about the change that waits, as things stand by now; without one, the hours as they are saved.
pub(super) async fn show(page: &PageRequest, session: &Session, name: &str) -> Answer {
    let waiting: Option<Waiting> = session.get(WAITING).await.map_err(Error::internal)?;
    let now = page.ctx().clock.now();
    let waiting = waiting.filter(|waiting| waiting.name == name && now.duration_since(waiting.since) < LASTS);
    let Some(waiting) = waiting else {
        return Ok(see_other(PATH));
    };
    let form = Form::sent_again(waiting.values);
    let desk = Desk::of_form(page, &form).await?;
    let Ok(change) = desk.wish(page, waiting.part, &form) else {
        return Ok(see_other(PATH));
    };
    let foreseen = availability::foresee(page.ctx(), page.actor(), desk.provider, &desk.keeping, &change).await;
    let foreseen = match foreseen {
        // Somebody said something of that date meanwhile: saved hours first.
        Err(Error::Invalid(_)) => return Ok(see_other(PATH)),
        foreseen => foreseen?,
    };
    let asked = question::Asked { part: waiting.part, back: address(name), outside: &foreseen.outside };
    question::page(page, StatusCode::OK, &desk, &form, &asked, &foreseen).await
}

impl Desk {
    /// The change a form of a part of the page asks for.
    pub(super) fn wish(&self, page: &PageRequest, part: Part, form: &Form) -> Result<Change, Error> {
        let today = self.clocks(page).today();
        let member = self.member;
        let code = |name: &str| Some(form.text(name).to_owned()).filter(|code| !code.is_empty());
        let invalid = |wrong: FieldErrors| Error::Invalid(wrong);
        Ok(match part {
            Part::Week => {
                let typed = super::week::Typed::of_form(form);
                let (periods, limits) = typed.parse().map_err(invalid)?;
                Change::Week { member, seen: typed.seen, periods, limits }
            }
            Part::Dates => Change::Dates { member, said: dates::said(form, today).map_err(invalid)? },
            Part::DateBack => Change::DateBack { member, id: form.parsed("date").ok_or(Error::NotFound)? },
            _ if !self.manages => return Err(Error::NotFound),
            Part::Away => {
                let (dates, reason) = dates::away(form, today).map_err(invalid)?;
                Change::Away { dates, reason }
            }
            Part::AwayBack => Change::AwayBack { id: form.parsed("away").ok_or(Error::NotFound)? },
            Part::Holidays => Change::Holidays { seen: code("seen"), region: code("holidays") },
            Part::Travel => {
                let travel = super::travel::said(form).map_err(invalid)?;
                Change::Travel { seen: form.text("seen").to_owned(), travel }
            }
        })
    }
}
