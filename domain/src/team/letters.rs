//! What people of a team are told by mail.

use super::MemberRole;
use super::store::invitations;
use super::store::members::{self, Target};
use crate::accounts;
use crate::kernel::{Context, Email, Error, MemberId, Tx, UserId};
use crate::notifications::{self, Letter};
use uuid::Uuid;

/// What happened to a member.
#[derive(Clone, Copy)]
pub(super) enum News {
    Deactivated,
    Reactivated,
    Removed,
}

/// Somebody is to come to a team.
pub(super) async fn invitation(ctx: &Context, tx: &mut Tx, id: Uuid, to: &Email, secret: &str) -> Result<(), Error> {
    let (business, role) = invitations::about(tx.conn(), id).await?;
    let letter = Letter::new(&format!("{business} invites you to its team"))
        .greeting("Hello,")
        .paragraph(&format!("You are invited to work for {business} at ServiceHub, as: {}.", role.title()))
        .paragraph(role.about())
        .button("See the invitation", &ctx.absolute(&format!("/join/{secret}")))
        .paragraph(
            "The link works once, within seven days, for an account with this address. You have none? You can make one \
             on the way.",
        )
        .small_print(
            "You get this because somebody gave us this address for their team. Not for you? Then do nothing.",
        );
    notifications::email(tx, ctx, to, None, "team.invitation", &letter).await
}

/// Whoever invited somebody learns that they have come. No name: the letter outlives the account of whom it is about.
pub(super) async fn joined(ctx: &Context, tx: &mut Tx, by: UserId, member: MemberId) -> Result<(), Error> {
    let business = members::business_of(tx.conn(), member).await?;
    let letter = Letter::new(&format!("Your invitation to {business} was accepted"))
        .paragraph("Somebody you invited has joined the team. Next: hours of work, and what they do.")
        .button("Say what they do", &ctx.absolute(&format!("/provider/team/{}", member.0)));
    to_person(ctx, tx, by, "team.joined", letter).await
}

/// A member has another role.
pub(super) async fn role_changed(ctx: &Context, tx: &mut Tx, target: &Target, role: MemberRole) -> Result<(), Error> {
    let Some(user) = target.user else { return Ok(()) };
    let business = members::business_of(tx.conn(), target.id).await?;
    let letter = Letter::new(&format!("You are now {} of {business}", role.title().to_lowercase()))
        .paragraph(&format!("Your role at {business} has changed: {}.", role.title()))
        .paragraph(role.about())
        .button("To the portal", &ctx.absolute("/provider"));
    to_person(ctx, tx, user, "team.role_changed", letter).await
}

/// A member is off the market, back on it, or off the team.
pub(super) async fn news(ctx: &Context, tx: &mut Tx, target: &Target, news: News) -> Result<(), Error> {
    let Some(user) = target.user else { return Ok(()) };
    let business = members::business_of(tx.conn(), target.id).await?;
    let (kind, subject, words) = match news {
        News::Deactivated => (
            "team.deactivated",
            format!("{business} has deactivated you"),
            "You cannot be booked there at present, and its portal is closed to you. Visits that are agreed stay as they \
             are, and the business hears of them in your place. Your own account is as it was.",
        ),
        News::Reactivated => (
            "team.reactivated",
            format!("You are back at {business}"),
            "You can be booked again, and its portal is open to you.",
        ),
        News::Removed => (
            "team.removed",
            format!("You do not work for {business} any more"),
            "The business has taken you off its team. Its portal is closed to you; your own account is as it was.",
        ),
    };
    let letter = Letter::new(&subject).paragraph(words).button("To ServiceHub", &ctx.absolute("/"));
    to_person(ctx, tx, user, kind, letter).await
}

async fn to_person(ctx: &Context, tx: &mut Tx, user: UserId, kind: &'static str, letter: Letter) -> Result<(), Error> {
    // Whoever is gone meanwhile gets no letter.
    let Some((email, first_name)) = accounts::letter_box(tx.conn(), user).await? else { return Ok(()) };
    let letter = letter
        .greeting(&format!("Hello {first_name},"))
        .small_print("You get this because you work with a business at ServiceHub.");
    let email = Email::parse(&email).ok_or_else(|| Error::internal("an account's address is none"))?;
    notifications::email(tx, ctx, &email, Some(user), kind, &letter).await
}
