//! What accounts tell people by mail.

use super::store::people;
use crate::kernel::{Context, Email, Error, Role, Tx, UserId};
use crate::notifications::{self, Letter};
use jiff::SignedDuration;

const NOT_YOU: &str = "You get this because somebody used this address at ServiceHub. Was it not you? Then do nothing: \
                       without this mail nobody gets any further.";
const SECURITY: &str = "You get this whenever something changes that protects your account.";

const REGISTERED_AGAIN: &str = "accounts.registered_again";
/// How many letters about one's address being tried somebody gets in a day.
const MOST_A_DAY: i64 = 3;
const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn send(
    ctx: &Context,
    tx: &mut Tx,
    user: Option<UserId>,
    to: &str,
    kind: &'static str,
    letter: Letter,
) -> Result<(), Error> {
    let to = Email::parse(to).ok_or_else(|| Error::internal("an account's address is none"))?;
    notifications::email(tx, ctx, &to, user, kind, &letter).await
}

fn hello(first_name: &str) -> String {
    format!("Hello {first_name},")
}

/// Prove that an address is yours.
pub(super) async fn verify_email(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
    secret: &str,
) -> Result<(), Error> {
    let letter = Letter::new("Confirm your email address")
        .greeting(&hello(first_name))
        .paragraph("One more step: confirm that this address is yours. Providers trust people who have.")
        .button("Confirm this address", &ctx.absolute(&format!("/verify-email/{secret}")))
        .paragraph("The link works once, within 48 hours.")
        .small_print(NOT_YOU);
    send(ctx, tx, Some(user), email, "accounts.verify_email", letter).await
}

/// Somebody registered with an address that has an account. Whoever does it again and again fills nobody's mailbox.
pub(super) async fn registered_again(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
) -> Result<(), Error> {
    let day_ago = tx.now().checked_sub(DAY).map_err(Error::internal)?;
    if people::letters_since(tx.conn(), user, REGISTERED_AGAIN, day_ago).await? >= MOST_A_DAY {
        return Ok(());
    }
    let letter = Letter::new("You already have an account")
        .greeting(&hello(first_name))
        .paragraph(
            "Somebody, perhaps you, tried to make an account with this address. You have one already, and nothing \
             about it was changed.",
        )
        .button("Log in", &ctx.absolute("/login"))
        .paragraph(&format!("Forgotten the password? Choose a new one: {}", ctx.absolute("/password/forgot")))
        .small_print(NOT_YOU);
    send(ctx, tx, Some(user), email, REGISTERED_AGAIN, letter).await
}

/// Choose a new password.
pub(super) async fn reset_password(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
    secret: &str,
) -> Result<(), Error> {
    let letter = Letter::new("Choose a new password")
        .greeting(&hello(first_name))
        .paragraph("Somebody, hopefully you, asked for a new password for your account.")
        .button("Choose a new password", &ctx.absolute(&format!("/password/reset/{secret}")))
        .paragraph("The link works once, within one hour. A newer one makes it worthless.")
        .small_print(NOT_YOU);
    send(ctx, tx, Some(user), email, "accounts.reset_password", letter).await
}

/// Prove that a new address is yours.
pub(super) async fn change_email(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
    secret: &str,
) -> Result<(), Error> {
    let letter = Letter::new("Confirm your new email address")
        .greeting(&hello(first_name))
        .paragraph("Confirm that this address is yours. From then on you log in with it.")
        .button("Use this address", &ctx.absolute(&format!("/verify-email/{secret}")))
        .paragraph("The link works once, within 24 hours.")
        .small_print(NOT_YOU);
    send(ctx, tx, Some(user), email, "accounts.change_email", letter).await
}

/// A change that protects the account, or no longer does.
pub(super) async fn changed(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
    what: &str,
) -> Result<(), Error> {
    let letter = Letter::new(what)
        .greeting(&hello(first_name))
        .paragraph(&format!("{what}. If that was you, all is well."))
        .paragraph("If it was not you, choose a new password at once. That logs everybody out.")
        .button("Choose a new password", &ctx.absolute("/password/forgot"))
        .small_print(SECURITY);
    send(ctx, tx, Some(user), email, "accounts.changed", letter).await
}

/// Another key opens the account by itself from now on. A new password alone would not take it away again.
pub(super) async fn passkey_added(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
    name: &str,
) -> Result<(), Error> {
    let what = format!("The passkey “{name}” was added");
    let letter = Letter::new(&what)
        .greeting(&hello(first_name))
        .paragraph(&format!("{what}. It opens your account by itself. If that was you, all is well."))
        .paragraph(
            "If it was not you, choose a new password at once, which logs everybody out, and then remove this passkey.",
        )
        .button("See your passkeys", &ctx.absolute("/account/security"))
        .paragraph(&format!("Choose a new password: {}", ctx.absolute("/password/forgot")))
        .small_print(SECURITY);
    send(ctx, tx, Some(user), email, "accounts.changed", letter).await
}

/// Somebody signed in with a browser that was not known.
pub(super) async fn new_device(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
    agent: &str,
) -> Result<(), Error> {
    let letter = Letter::new("A new device logged in")
        .greeting(&hello(first_name))
        .paragraph(&format!("Somebody logged in to your account with {}.", super::sessions::device_name(agent)))
        .paragraph("If that was you, all is well. If not, log that device out and choose a new password.")
        .button("See your devices", &ctx.absolute("/account/sessions"))
        .small_print(SECURITY);
    send(ctx, tx, Some(user), email, "accounts.new_device", letter).await
}

/// A key for programs was made.
pub(super) async fn api_key_made(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
    key: &str,
) -> Result<(), Error> {
    let letter = Letter::new("An API key was made")
        .greeting(&hello(first_name))
        .paragraph(&format!("A key called “{key}” was made for your account. Programs that have it act for you."))
        .paragraph("If that was you, all is well. If not, revoke the key at once and choose a new password.")
        .button("See your keys", &ctx.absolute("/account/api-keys"))
        .small_print(SECURITY);
    send(ctx, tx, Some(user), email, "accounts.api_key_made", letter).await
}

/// The account was suspended.
pub(super) async fn suspended(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
    reason: &str,
) -> Result<(), Error> {
    let letter = Letter::new("Your account is suspended")
        .greeting(&hello(first_name))
        .paragraph("You cannot log in at present. What you booked before stays as it was agreed. This is why:")
        .paragraph(reason)
        .button("See it all and answer", &ctx.absolute("/login"))
        .paragraph("After logging in you see what it is based on, and you can answer. A person reads that.")
        .small_print(SECURITY);
    send(ctx, tx, Some(user), email, "accounts.suspended", letter).await
}

/// An operator took the second factor away.
pub(super) async fn factor_cleared(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
    reason: &str,
) -> Result<(), Error> {
    let letter = Letter::new("Two-step login of your account was turned off")
        .greeting(&hello(first_name))
        .paragraph("One of our operators has turned it off, with its passkeys and recovery codes. This is why:")
        .paragraph(reason)
        .paragraph("Your password alone opens the account now. Log in and turn two-step login on again.")
        .paragraph("Was it not you who asked us? Then choose a new password at once, and write to us.")
        .button("Choose a new password", &ctx.absolute("/password/forgot"))
        .small_print(SECURITY);
    send(ctx, tx, Some(user), email, "accounts.factor_cleared", letter).await
}

/// An operator acts for the person now.
pub(super) async fn acted_for(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
    reason: &str,
) -> Result<(), Error> {
    let letter = Letter::new("Somebody of ServiceHub acts for you")
        .greeting(&hello(first_name))
        .paragraph("One of our operators has just opened your account to do something for you. This is why:")
        .paragraph(reason)
        .paragraph(
            "It ends by itself within half an hour. Everything done meanwhile is on record with both names. Your \
             password, your second step, your data and your reviews stay closed to them.",
        )
        .button("See it, and end it", &ctx.absolute("/account/sessions"))
        .small_print(SECURITY);
    send(ctx, tx, Some(user), email, "accounts.acted_for", letter).await
}

/// The account works again.
pub(super) async fn restored(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
    answer: &str,
) -> Result<(), Error> {
    let letter = Letter::new("Your account works again")
        .greeting(&hello(first_name))
        .paragraph("You can log in again, and everything is as it was.")
        .paragraph(answer)
        .button("Log in", &ctx.absolute("/login"))
        .small_print(SECURITY);
    send(ctx, tx, Some(user), email, "accounts.restored", letter).await
}

/// Somebody is to become an operator.
pub(super) async fn invitation(ctx: &Context, tx: &mut Tx, to: &Email, role: Role, secret: &str) -> Result<(), Error> {
    let letter = Letter::new("You are invited to the back office")
        .greeting("Hello,")
        .paragraph(&format!("You are invited to work at ServiceHub as: {}.", role.title()))
        .button("Accept the invitation", &ctx.absolute(&format!("/invitation/{secret}")))
        .paragraph(
            "The link works once, within three days, for an account with this address. Two-step login is needed.",
        )
        .small_print(NOT_YOU);
    send(ctx, tx, None, to.as_str(), "accounts.invitation", letter).await
}
