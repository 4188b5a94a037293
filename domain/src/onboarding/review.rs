//! Deciding an application: a business, a question, or a refusal. The applicant gets a letter each time.

use super::application::{Application, Step};
use super::apply::today_of;
use super::entry::{checker, note, note_business};
use super::letters;
use super::life::Event;
use super::store::{applications, decisions as store};
use crate::accounts::become_provider;
use crate::availability::give_usual_hours;
use crate::catalog::{NewBusiness, ProviderKind, open_business};
use crate::kernel::{Actor, Context, Error, MemberId, ProviderId, Tx, UserId, Zone, write};
use jiff::civil::Date;
use serde_json::json;

/// Makes a business of an application, in one transaction: the business with its address, its owner as the first
/// member with usual hours, and the documents accepted. Says the address.
///
/// # Errors
/// Not found for those who may not; a conflict when it was changed meanwhile, lacks something, is the checker's own, or the
/// applicant has a business already or is suspended.
pub async fn approve(ctx: &Context, actor: &Actor, reference: &str, version: i32) -> Result<String, Error> {
    let by = checker(actor)?;
    let for_tx = (ctx.clone(), reference.to_owned());
    write(ctx, actor, move |tx| {
        let (ctx, reference) = for_tx.clone();
        Box::pin(async move {
            let known = to_decide(tx, &reference, (Event::Approve, version)).await?;
            let today = today_of(&ctx, &known.told);
            let business = business(&ctx, &known, today)?;
            let hindrances = store::hindrances(tx.conn(), known.user).await?;
            if hindrances.works {
                return Err(Error::Conflict("The applicant belongs to a business already.".to_owned()));
            }
            if hindrances.suspended {
                return Err(Error::Conflict("The applicant's account is suspended. Settle that first.".to_owned()));
            }
            let (now, provider, member) = (tx.now(), business.id, business.member);
            let slug = open_business(tx.conn(), &business, now).await?;
            give_usual_hours(tx.conn(), member).await?;
            become_provider(tx.conn(), known.user, now).await?;
            store::approve(tx.conn(), known.id, provider, by, now).await?;
            store::accept_documents(tx.conn(), known.id, by, (now, today)).await?;
            letters::approved(&ctx, tx, &known).await?;
            note(tx, "application.approved", known.id.0, json!({ "provider": provider, "round": known.round }), "");
            note_business(tx, "provider.opened", provider.0, json!({ "slug": slug, "member": member }), "");
            Ok(slug)
        })
    })
    .await
}

/// What becomes of an application that lacks nothing.
fn business(ctx: &Context, known: &Application, today: Date) -> Result<NewBusiness, Error> {
    if let Some(step) = Step::ALL.into_iter().find(|step| *step != Step::Check && !known.done(*step, today)) {
        let words = format!("The step “{}” lacks something by now. Ask for it instead.", step.name());
        return Err(Error::Conflict(words));
    }
    let told = known.told.clone();
    let ((lat, lng), Some(zone)) = (told.position.unwrap_or_default(), Zone::parse(&told.zone)) else {
        return Err(Error::Conflict("The place has no time zone we know. Ask for it instead.".to_owned()));
    };
    Ok(NewBusiness {
        id: ctx.id::<ProviderId>(),
        member: ctx.id::<MemberId>(),
        owner: known.user,
        name: told.name,
        kind: told.kind.unwrap_or(ProviderKind::Sole),
        headline: told.headline,
        about: told.about,
        city: told.city,
        postal_code: told.postal_code,
        country: told.country,
        lat,
        lng,
        zone,
        radius_km: told.radius_km,
        postal_codes: told.postal_codes,
        skills: told.skills,
        payout_country: told.payout_country,
    })
}

/// Asks the applicant for more: they may change everything and send it again.
///
/// # Errors
/// Not found for those who may not; a message beside `note`; a conflict when it was changed meanwhile.
pub async fn ask_for_more(
    ctx: &Context,
    actor: &Actor,
    reference: &str,
    version: i32,
    words: &str,
) -> Result<(), Error> {
    answer(ctx, actor, reference, (Event::Ask, version), ("question", words)).await
}

/// Declines with a reason the applicant reads.
///
/// # Errors
/// Not found for those who may not; a message beside `reason`; a conflict when it was changed meanwhile.
pub async fn decline(ctx: &Context, actor: &Actor, reference: &str, version: i32, words: &str) -> Result<(), Error> {
    answer(ctx, actor, reference, (Event::Decline, version), ("reason", words)).await
}

async fn answer(
    ctx: &Context,
    actor: &Actor,
    reference: &str,
    (event, version): (Event, i32),
    (field, words): (&'static str, &str),
) -> Result<(), Error> {
    let by: UserId = checker(actor)?;
    let words = words.trim();
    match words.chars().count() {
        0 if event == Event::Ask => {
            return Err(Error::invalid(field, "Say what is missing, in words the applicant understands."));
        }
        0 => return Err(Error::invalid(field, "Say why, in words the applicant understands.")),
        1..=2000 => {}
        _ => return Err(Error::invalid(field, "Please keep it under 2,000 characters.")),
    }
    let for_tx = (ctx.clone(), reference.to_owned(), words.to_owned());
    write(ctx, actor, move |tx| {
        let (ctx, reference, words) = for_tx.clone();
        Box::pin(async move {
            let known = to_decide(tx, &reference, (event, version)).await?;
            let to = known.state.after(event).unwrap_or(known.state);
            let now = tx.now();
            store::answer(tx.conn(), known.id, to, &words, by, now).await?;
            let action = if event == Event::Ask { "application.asked" } else { "application.declined" };
            note(tx, action, known.id.0, json!({ "round": known.round }), &words);
            if event == Event::Ask {
                letters::asked(&ctx, tx, &known, &words).await
            } else {
                letters::declined(&ctx, tx, &known, &words).await
            }
        })
    })
    .await
}

/// The application, locked, if the event can happen to what the checker has seen. Nobody decides about their own.
async fn to_decide(tx: &mut Tx, reference: &str, (event, version): (Event, i32)) -> Result<Application, Error> {
    let known = applications::to_decide(tx.conn(), reference).await?;
    if tx.actor().user == Some(known.user) {
        return Err(Error::Conflict("This is your own application: somebody else decides about it.".to_owned()));
    }
    if known.version != version || known.state.after(event).is_none() {
        let words = "This application has changed since you opened it. Look at it again.";
        return Err(Error::Conflict(words.to_owned()));
    }
    Ok(known)
}
