//! What a visitor typed before logging in waits in the session of the browser: nobody types an address twice because
//! a session had ended.

use super::choose::CHOICE_FIELDS;
use super::way::PLACE_FIELDS;
use crate::forms::FormState;
use crate::request::{Failure, PageRequest};
use domain::catalog::Bookable;
use domain::kernel::Error;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

/// Key of what was typed.
const TYPED: &str = "typed_booking";
/// How long it waits.
const LASTS: SignedDuration = SignedDuration::from_hours(2);
/// Fields that are kept, and the most characters of each: what the form takes.
const FIELDS: [(&str, usize); 6] =
    [("street", 200), ("postal_code", 20), ("city", 120), ("region", 120), ("country", 2), ("note", 2000)];

#[derive(Deserialize, Serialize)]
struct Typed {
    service: String,
    values: Vec<(String, String)>,
    since: Timestamp,
}

/// Keeps what was typed for a service.
pub(super) async fn keep(session: &Session, service: &str, form: &FormState, now: Timestamp) -> Result<(), Failure> {
    let values = FIELDS.map(|(field, most)| (field.to_owned(), form.value(field).chars().take(most).collect()));
    let values = values.into_iter().filter(|(_, value): &(String, String)| !value.is_empty()).collect();
    let typed = Typed { service: service.to_owned(), values, since: now };
    Ok(session.insert(TYPED, typed).await.map_err(Error::internal)?)
}

/// The form of somebody who has logged in, with what they had typed before.
pub(super) async fn with_typed(
    page: &PageRequest,
    session: &Session,
    service: &Bookable,
    form: FormState,
) -> Result<FormState, Failure> {
    if page.actor().user.is_none() {
        return Ok(form);
    }
    let mut values: Vec<(String, String)> = Vec::new();
    for field in CHOICE_FIELDS {
        values.extend(form.values(field).into_iter().map(|value| (field.to_owned(), value.to_owned())));
    }
    let kept = kept(session, &service.slug, page.ctx().clock.now()).await?;
    // The place of the first step, unless the whole address was typed.
    let told = |field: &str| !kept.iter().any(|(name, _)| name == field);
    for field in PLACE_FIELDS.into_iter().filter(|field| told(field)) {
        values.push((field.to_owned(), form.value(field).to_owned()));
    }
    values.extend(kept);
    Ok(FormState::with(values))
}

/// What was typed for a service before logging in, as names and values of the form.
async fn kept(session: &Session, service: &str, now: Timestamp) -> Result<Vec<(String, String)>, Failure> {
    let typed: Option<Typed> = session.get(TYPED).await.map_err(Error::internal)?;
    let typed = typed.filter(|typed| typed.service == service && now.duration_since(typed.since) < LASTS);
    Ok(typed.map(|typed| typed.values).unwrap_or_default())
}

/// The time is held: what was typed is written down there.
pub(super) async fn forget(session: &Session) -> Result<(), Failure> {
    // Removing what is not there would still write the session.
    if session.get_value(TYPED).await.map_err(Error::internal)?.is_some() {
        session.remove_value(TYPED).await.map_err(Error::internal)?;
    }
    Ok(())
}
