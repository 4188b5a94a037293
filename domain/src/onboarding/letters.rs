//! What applicants and businesses are told by mail.

use super::application::Application;
use super::changes::{AskedChange, Wished, differing};
use super::document::{DocumentKind, OVER};
use super::expiring::answer_until;
use super::store::expiring::Unanswered;
use crate::accounts::contact;
use crate::availability::civil;
use crate::catalog::owners_of;
use crate::kernel::{Context, Error, ProviderId, Tx, UserId, Zone};
use crate::notifications::{self, Letter};
use jiff::civil::Date;

const WHY: &str = "You get this because you applied to offer services at ServiceHub.";
const WHY_BUSINESS: &str = "You get this because you own a business at ServiceHub.";

async fn send(ctx: &Context, tx: &mut Tx, user: UserId, kind: &'static str, letter: Letter) -> Result<(), Error> {
    let (email, name) = contact(tx.conn(), user).await?;
    notifications::email(tx, ctx, &email, Some(user), kind, &letter.greeting(&format!("Hello {name},"))).await
}

async fn send_to_owners(
    ctx: &Context,
    tx: &mut Tx,
    provider: ProviderId,
    kind: &'static str,
    letter: Letter,
) -> Result<(), Error> {
    for owner in owners_of(tx.conn(), provider).await? {
        send(ctx, tx, owner, kind, letter.clone()).await?;
    }
    Ok(())
}

/// There is a business now.
pub(super) async fn approved(ctx: &Context, tx: &mut Tx, application: &Application) -> Result<(), Error> {
    let letter = Letter::new("Welcome: your business is open")
        .paragraph(&format!(
            "We have checked your application {}, and all is well. {} is on ServiceHub now.",
            application.reference, application.told.name
        ))
        .paragraph(
            "Your hours are Monday to Friday from 9 to 17 until you say otherwise. Next, describe your first service.",
        )
        .button("Open the provider portal", &ctx.absolute("/provider"))
        .small_print(WHY);
    send(ctx, tx, application.user, "onboarding.approved", letter).await
}

/// More is wanted.
pub(super) async fn asked(ctx: &Context, tx: &mut Tx, application: &Application, words: &str) -> Result<(), Error> {
    let letter = Letter::new("One more thing about your application")
        .paragraph(&format!(
            "We have looked at your application {}. Before we can decide, please help us with this:",
            application.reference
        ))
        .paragraph(words)
        .button("Open your application", &ctx.absolute("/provider/apply"))
        .paragraph("Change what is needed and send it again. We keep it open for 30 days.")
        .small_print(WHY);
    send(ctx, tx, application.user, "onboarding.asked", letter).await
}

/// More is wanted still: the question again, and until when it can be answered.
pub(super) async fn still_asked(ctx: &Context, tx: &mut Tx, waiting: &Unanswered) -> Result<(), Error> {
    let zone = Zone::parse(&waiting.zone).unwrap_or_else(Zone::utc);
    let end = civil::date(&zone.rules(), answer_until(waiting.asked_at.to_jiff()));
    let letter = Letter::new("Your application waits for your answer")
        .paragraph(&format!("Two weeks ago we asked you something about your application {}:", waiting.reference))
        .paragraph(&waiting.note)
        .button("Open your application", &ctx.absolute("/provider/apply"))
        .paragraph(&format!(
            "We keep it open until {}. After that it ends; what you told us stays, and you can begin again with it.",
            end.strftime("%-d %B %Y")
        ))
        .small_print(WHY);
    send(ctx, tx, waiting.user, "onboarding.asked_again", letter).await
}

/// Not this time.
pub(super) async fn declined(ctx: &Context, tx: &mut Tx, application: &Application, words: &str) -> Result<(), Error> {
    let letter = Letter::new("We cannot take you on at present")
        .paragraph(&format!(
            "Thank you for your application {}. We cannot approve it. This is why:",
            application.reference
        ))
        .paragraph(words)
        .button("See your application", &ctx.absolute("/provider/apply"))
        .paragraph("You may apply again whenever that has changed. What you told us is kept for that.")
        .small_print(WHY);
    send(ctx, tx, application.user, "onboarding.declined", letter).await
}

/// It was left alone for too long.
pub(super) async fn lapsed(ctx: &Context, tx: &mut Tx, user: UserId, reference: &str) -> Result<(), Error> {
    let letter = Letter::new("Your application has ended")
        .paragraph(&format!(
            "We have not heard from you for a while, so your application {reference} has ended. Nothing is lost: you can \
             begin again with what you told us."
        ))
        .button("Begin again", &ctx.absolute("/provider/apply"))
        .small_print(WHY);
    send(ctx, tx, user, "onboarding.lapsed", letter).await
}

/// A document was looked at.
pub(super) async fn document_decided(
    ctx: &Context,
    tx: &mut Tx,
    provider: ProviderId,
    (kind, accepted, shown_again): (DocumentKind, bool, bool),
    words: &str,
) -> Result<(), Error> {
    let what = kind.title().to_lowercase();
    let letter = if accepted {
        let again = if shown_again { " Your services can be found and booked again." } else { "" };
        Letter::new("Your document is accepted")
            .paragraph(&format!("Thank you. We have looked at your {what}, and it is good.{again}"))
            .paragraph(words)
    } else {
        Letter::new("We need another document from you")
            .paragraph(&format!("We have looked at your {what} and cannot accept it. This is why:"))
            .paragraph(words)
    };
    let letter = letter.button("See your documents", &ctx.absolute("/provider/documents")).small_print(WHY_BUSINESS);
    send_to_owners(ctx, tx, provider, "onboarding.document", letter).await
}

/// A document ends soon, or is over.
pub(super) async fn document_ends(
    ctx: &Context,
    tx: &mut Tx,
    provider: ProviderId,
    (kind, end, stage): (DocumentKind, Date, i16),
) -> Result<(), Error> {
    let (what, day) = (kind.title().to_lowercase(), end.strftime("%-d %B %Y"));
    let letter = if stage == OVER {
        Letter::new(&format!("Your {what} is over"))
            .paragraph(&format!(
                "The last day of your {what} was {day}. Until we have accepted a new one, your services are not shown and \
                 cannot be booked. What is booked already stays."
            ))
            .paragraph("Show us a new one: we look at it within a working day, and everything is shown again.")
    } else {
        Letter::new(&format!("Your {what} ends on {day}"))
            .paragraph(&format!("The {what} you have shown us is good until {day}."))
            .paragraph(
                "Show us a new one in time, and nothing changes. Without it your services are hidden after that day.",
            )
    };
    let letter = letter.button("Show a new document", &ctx.absolute("/provider/documents")).small_print(WHY_BUSINESS);
    send_to_owners(ctx, tx, provider, "onboarding.document_ends", letter).await
}

/// The business is hidden, or shown again.
pub(super) async fn suspended(
    ctx: &Context,
    tx: &mut Tx,
    provider: ProviderId,
    name: &str,
    reason: Option<&str>,
) -> Result<(), Error> {
    let letter = match reason {
        Some(reason) => Letter::new(&format!("{name} is suspended"))
            .paragraph("Your services are not shown and cannot be booked at present. What is booked already stays as it was agreed. This is why:")
            .paragraph(reason)
            .paragraph("Your portal stays open for the work that is agreed."),
        None => Letter::new(&format!("{name} is back"))
            .paragraph("Your services are shown again and can be booked, as before."),
    };
    let letter = letter.button("Open the provider portal", &ctx.absolute("/provider")).small_print(WHY_BUSINESS);
    send_to_owners(ctx, tx, provider, "onboarding.suspended", letter).await
}

/// What is asked for, a line for each part.
fn told(before: &Wished, wished: &Wished) -> String {
    let line = |words: &[String]| if words.is_empty() { "nothing".to_owned() } else { words.join(", ") };
    let parts = differing(before, wished).into_iter();
    let lines = parts.map(|part| format!("{}: {} instead of {}", part.part, line(&part.after), line(&part.before)));
    lines.collect::<Vec<_>>().join("\n")
}

/// An owner asks for another name or payout country: all of them know at once.
pub(super) async fn change_asked(
    ctx: &Context,
    tx: &mut Tx,
    provider: ProviderId,
    before: &Wished,
    wished: &Wished,
) -> Result<(), Error> {
    let letter = Letter::new(&format!("A change of {} waits for us", before.name))
        .paragraph("An owner of your business has asked for this:")
        .paragraph(&told(before, wished))
        .paragraph("We look at it and write to you. Until then everything stays as it is.")
        .button("See where it stands", &ctx.absolute("/provider/profile/name"))
        .paragraph("If none of you asked for it, take it back there and change your password.")
        .small_print(WHY_BUSINESS);
    send_to_owners(ctx, tx, provider, "onboarding.change_asked", letter).await
}

/// It is so now.
pub(super) async fn change_approved(
    ctx: &Context,
    tx: &mut Tx,
    provider: ProviderId,
    asked: &AskedChange,
    slug: &str,
) -> Result<(), Error> {
    let mut letter = Letter::new(&format!("{}: your change is made", asked.wished.name))
        .paragraph("We have looked at what you asked for, and all is well. From now on it is so:")
        .paragraph(&told(&asked.before, &asked.wished));
    if asked.before.name != asked.wished.name {
        letter = letter
            .paragraph("Your page may have a new address. The one before leads there, so nothing you printed is lost.");
    }
    let letter = letter.button("See your page", &ctx.absolute(&format!("/providers/{slug}"))).small_print(WHY_BUSINESS);
    send_to_owners(ctx, tx, provider, "onboarding.change_approved", letter).await
}

/// It stays as it was.
pub(super) async fn change_declined(
    ctx: &Context,
    tx: &mut Tx,
    provider: ProviderId,
    asked: &AskedChange,
    words: &str,
) -> Result<(), Error> {
    let letter = Letter::new(&format!("{}: we cannot make this change", asked.before.name))
        .paragraph("We have looked at what you asked for:")
        .paragraph(&told(&asked.before, &asked.wished))
        .paragraph("We cannot do it. This is why:")
        .paragraph(words)
        .button("Ask again", &ctx.absolute("/provider/profile/name"))
        .paragraph("Everything stays as it was.")
        .small_print(WHY_BUSINESS);
    send_to_owners(ctx, tx, provider, "onboarding.change_declined", letter).await
}
