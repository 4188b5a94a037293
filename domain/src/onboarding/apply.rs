//! What an applicant does: tell, send, take back, begin again.

use super::answers::Answers;
use super::application::{Application, Step, Told};
use super::entry::{applicant, note};
use super::life::{Event, State};
use super::store::applications as store;
use crate::availability::civil;
use crate::catalog::categories::shelves;
use crate::catalog::places_like;
use crate::kernel::countries;
use crate::kernel::geocoder::{Located, Sought};
use crate::kernel::{
    Actor, ApplicationId, CategoryId, Context, Error, FieldErrors, Tx, UserId, Zone, reference, write,
};
use jiff::civil::Date;
use serde_json::json;

/// The newest application of somebody that has become no business: one statement.
///
/// # Errors
/// Not signed in, or somebody acts for the person.
pub async fn my_application(ctx: &Context, actor: &Actor) -> Result<Option<Application>, Error> {
    store::of_user(&ctx.pool, applicant(actor)?).await
}

/// Today where the business is, or will be.
#[must_use]
pub fn today_of(ctx: &Context, told: &Told) -> Date {
    let zone = Zone::parse(&told.zone).unwrap_or_else(Zone::utc);
    civil::date(&zone.rules(), ctx.clock.now())
}

/// Keeps the answers of a step. `version` is that of the form, 0 for the first of all.
///
/// # Errors
/// Messages beside the fields: an unknown place, and what was saved from another window meanwhile. A conflict when it
/// cannot be changed any more.
pub async fn save(ctx: &Context, actor: &Actor, step: Step, version: i32, answers: Answers) -> Result<(), Error> {
    let user = applicant(actor)?;
    let known = store::of_user(&ctx.pool, user).await?;
    if let Some(known) = &known {
        check_open(known.state)?;
    } else if !actor.memberships.is_empty() {
        return Err(has_business());
    }
    let located = match &answers {
        Answers::Place { city, country, postal_code, zone, .. } => {
            let sought = Sought { city: city.clone(), country: country.clone(), postal_code: postal_code.clone() };
            Some(locate(ctx, &sought, zone).await?)
        }
        _ => None,
    };
    if let Answers::Work { categories, .. } = &answers {
        offered(ctx, known.as_ref(), categories).await?;
    }
    let zone = located.as_ref().map(|(_, zone)| zone.clone());
    if let Some(known) = known.as_ref().filter(|known| known.version != version) {
        return saved_elsewhere(known, step, &answers, zone.as_ref());
    }
    let ids = known.as_ref().map_or_else(|| begun(ctx), |known| (known.id, known.reference.clone()));
    let begins = known.is_none();
    let for_tx = (answers.clone(), located);
    let done = write(ctx, actor, move |tx| {
        let ((answers, located), (id, reference)) = (for_tx.clone(), ids.clone());
        Box::pin(async move {
            let now = tx.now();
            if begins {
                begin(tx, user, id, &reference).await?;
            }
            let version = if begins { 1 } else { version };
            let kept = match &answers {
                Answers::Place { .. } => {
                    let (place, zone) = located.ok_or_else(|| Error::internal("a place that was not looked for"))?;
                    store::tell_place(tx.conn(), id, version, &answers, &place, &zone, now).await?
                }
                answers => store::tell(tx.conn(), id, version, answers, now).await?,
            };
            if !kept {
                return Err(Error::Conflict("This was changed in another window just now. Open it again.".to_owned()));
            }
            note(tx, "application.told", id.0, json!({ "step": step.name() }), "");
            Ok(())
        })
    })
    .await;
    match done {
        // Somebody was faster between the look above and now: the same is told of it.
        Err(Error::Conflict(words)) => match store::of_user(&ctx.pool, user).await? {
            Some(known) if known.state.open() => saved_elsewhere(&known, step, &answers, zone.as_ref()),
            _ => Err(Error::Conflict(words)),
        },
        done => done,
    }
}

/// Refuses kinds of work that were hidden since the form was opened, rather than dropping them without a word.
async fn offered(ctx: &Context, known: Option<&Application>, chosen: &[CategoryId]) -> Result<(), Error> {
    let kept: Vec<CategoryId> = known.iter().flat_map(|known| &known.told.categories).map(|(id, _)| *id).collect();
    let shelves = shelves(ctx).await?;
    let offered = shelves.offered(&kept);
    if chosen.iter().all(|id| kept.contains(id) || offered.iter().any(|shelf| shelf.id == *id)) {
        return Ok(());
    }
    Err(Error::invalid("categories", "One of these is not offered any more. Look at them again."))
}

/// Puts a new, empty application down inside a change.
pub(super) async fn begin(tx: &mut Tx, user: UserId, id: ApplicationId, reference: &str) -> Result<(), Error> {
    let now = tx.now();
    if !store::begin(tx.conn(), id, reference, user, now).await? {
        return Err(Error::Conflict("This was begun in another window just now. Open it again.".to_owned()));
    }
    note(tx, "application.begun", id.0, json!({}), "");
    Ok(())
}

/// Id and reference of a new application.
pub(super) fn begun(ctx: &Context) -> (ApplicationId, String) {
    (ctx.id(), reference::application(ctx.chance.bytes()))
}

pub(super) fn has_business() -> Error {
    Error::Conflict("You have a business already. You find it in the provider portal.".to_owned())
}

pub(super) fn check_open(state: State) -> Result<(), Error> {
    let words = match state {
        State::Draft | State::Asked => return Ok(()),
        State::Submitted => "Your application is being looked at. Take it back to change it.",
        State::Approved => "Your application is approved already.",
        State::Declined | State::Withdrawn => "This application has ended. Begin again to change it.",
    };
    Err(Error::Conflict(words.to_owned()))
}

/// Beside each field that differs, what is kept now: nothing is overwritten unseen. Where nothing differs, as when a form
/// is sent twice, what was to be saved is saved.
fn saved_elsewhere(known: &Application, step: Step, answers: &Answers, zone: Option<&Zone>) -> Result<(), Error> {
    let mut typed = known.told.with(answers);
    if let Some(zone) = zone {
        zone.name().clone_into(&mut typed.zone);
    }
    let mut wrong = FieldErrors::new();
    let mut differs = |field: &str, kept: String| {
        let kept = if kept.is_empty() { "nothing".to_owned() } else { format!("“{kept}”") };
        wrong.add(field, format!("The other window saved {kept}. Save again to keep what stands here."));
    };
    if step == Step::Work && !same_categories(&known.told, &typed) {
        let kept: Vec<&str> = known.told.categories.iter().map(|(_, name)| name.as_str()).collect();
        differs("categories", kept.join(", "));
    }
    for ((field, kept), (_, now)) in known.told.single_fields(step).zip(typed.single_fields(step)) {
        if kept != now {
            differs(field, in_words(field, kept));
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let mut all =
        FieldErrors::one("", "This was changed in another window meanwhile. Look at what differs, then save again.");
    for (field, words) in wrong.iter() {
        all.add(field, words);
    }
    Err(Error::Invalid(all))
}

/// What is kept, in the words of the form where it keeps a code.
fn in_words(field: &str, kept: String) -> String {
    match (field, kept.as_str()) {
        ("kind", "sole") => "I work alone".to_owned(),
        ("kind", "company") => "We are a company".to_owned(),
        ("country" | "payout_country", code) => countries::name(code).map_or(kept.clone(), str::to_owned),
        _ => kept,
    }
}

fn same_categories(kept: &Told, typed: &Told) -> bool {
    let ids = |told: &Told| told.categories.iter().map(|(id, _)| *id).collect::<std::collections::BTreeSet<_>>();
    ids(kept) == ids(typed)
}

/// Where the place is, and the zone of its clocks: the one that was chosen, else that of the place.
async fn locate(ctx: &Context, sought: &Sought, zone: &str) -> Result<(Located, Zone), Error> {
    let Some(place) = ctx.geocoder.locate(sought).await? else {
        let alike = places_like(ctx, &sought.city, &sought.country).await?;
        let alike = if alike.is_empty() { String::new() } else { format!(" Is it {}?", alike.join(", or ")) };
        let words = format!("We do not know this place.{alike} Otherwise type the nearest larger town.");
        return Err(Error::invalid("city", words));
    };
    let chosen = if zone.is_empty() { place.zone.clone() } else { Zone::parse(zone) };
    let zone = chosen.ok_or_else(|| Error::invalid("zone", "Choose the time zone of your clocks."))?;
    Ok((place, zone))
}

/// Sends the application: it waits for us from now on.
///
/// # Errors
/// What is missing, beside the name of its step; a conflict when it cannot be sent.
pub async fn send(ctx: &Context, actor: &Actor, version: i32) -> Result<(), Error> {
    let user = applicant(actor)?;
    let known = store::of_user(&ctx.pool, user).await?.ok_or(Error::NotFound)?;
    check_open(known.state)?;
    let today = today_of(ctx, &known.told);
    let mut wrong = FieldErrors::new();
    for step in Step::ALL.into_iter().filter(|step| *step != Step::Check && !known.done(*step, today)) {
        let words = match step {
            Step::Business => "Tell us about the business first.",
            Step::Place => "Say where you work from.",
            Step::Work => "Say what you do.",
            Step::Documents => "Show your documents: identity and insurance, both still good.",
            Step::Payout | Step::Check => "Say where earnings go.",
        };
        wrong.add(step.name(), words);
    }
    wrong.into_result()?;
    turn(ctx, actor, &known, (Event::Send, version), "application.sent").await
}

/// Takes the application back. What was told stays, for another try.
///
/// # Errors
/// A conflict when there is nothing to take back.
pub async fn withdraw(ctx: &Context, actor: &Actor, version: i32) -> Result<(), Error> {
    let known = store::of_user(&ctx.pool, applicant(actor)?).await?.ok_or(Error::NotFound)?;
    turn(ctx, actor, &known, (Event::Withdraw, version), "application.withdrawn").await
}

/// Begins again after a refusal or after taking it back, with what was told before.
///
/// # Errors
/// A conflict when it has not ended.
pub async fn begin_again(ctx: &Context, actor: &Actor, version: i32) -> Result<(), Error> {
    let known = store::of_user(&ctx.pool, applicant(actor)?).await?.ok_or(Error::NotFound)?;
    if !actor.memberships.is_empty() {
        return Err(has_business());
    }
    turn(ctx, actor, &known, (Event::BeginAgain, version), "application.begun_again").await
}

/// A step of its life that the applicant takes.
async fn turn(
    ctx: &Context,
    actor: &Actor,
    known: &Application,
    (event, version): (Event, i32),
    action: &'static str,
) -> Result<(), Error> {
    let moved = || Error::Conflict("Things have moved on: this was changed elsewhere. Look at it again.".to_owned());
    let (id, from) = (known.id, known.state);
    let to = from.after(event).ok_or_else(moved)?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            let now = tx.now();
            if !store::turn(tx.conn(), id, version, (from, to), now).await? {
                return Err(moved());
            }
            note(tx, action, id.0, json!({ "from": from.name(), "to": to.name() }), "");
            Ok(())
        })
    })
    .await
}
