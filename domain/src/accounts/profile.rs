//! A person's own details.

use super::commands::{name, phone};
use super::store::people;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, FieldErrors, Zone, write};
use jiff::Timestamp;
use serde_json::json;

/// Languages texts and formats can be in. The first one is for everybody who has not chosen.
pub const LOCALES: &[(&str, &str)] = &[
    ("en", "English"),
    ("en-GB", "English (United Kingdom)"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
];

/// Who somebody is, to themselves.
#[derive(Clone, Debug)]
pub struct Profile {
    /// What they sign in with.
    pub email: String,
    /// Whether they have shown that they read its mail.
    pub email_verified: bool,
    /// An address they want instead, and have not proved yet.
    pub new_email: Option<String>,
    /// Their number.
    pub phone: Option<String>,
    /// Whether they have shown that they hold it.
    pub phone_verified: bool,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Key of their picture.
    pub picture: Option<String>,
    /// Where their clocks are.
    pub zone: Zone,
    /// How texts and formats should be.
    pub locale: String,
    /// When the account was made.
    pub since: Timestamp,
    /// When the password was last changed.
    pub password_changed: Option<Timestamp>,
    /// Whether an authenticator app is in force.
    pub two_factor: bool,
    /// Recovery codes that are left.
    pub recovery_codes: usize,
    /// When the account could not be used, the latest first.
    pub suspensions: Vec<PastSuspension>,
}

/// A suspension that is over, as the person it was about sees it: who decided it is the marketplace's own business.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct PastSuspension {
    /// Since when.
    pub at: Timestamp,
    /// Until when.
    pub lifted_at: Timestamp,
    /// Why.
    pub reason: String,
    /// What it was based on.
    pub evidence: String,
    /// What the person said to it.
    pub appeal: String,
    /// What they were told in the end.
    pub answer: String,
}

/// One's own details: one statement.
///
/// # Errors
/// Not signed in.
pub async fn profile(ctx: &Context, actor: &Actor) -> Result<Profile, Error> {
    people::profile(&ctx.pool, actor.signed_in()?).await
}

/// New details as they were typed.
#[derive(Clone, Copy, Debug)]
pub struct TypedProfile<'a> {
    /// Field `first_name`.
    pub first_name: &'a str,
    /// Field `last_name`.
    pub last_name: &'a str,
    /// Field `phone`.
    pub phone: &'a str,
    /// Field `zone`.
    pub zone: &'a str,
    /// Field `locale`.
    pub locale: &'a str,
}

/// Saves one's own details.
///
/// # Errors
/// Messages beside the fields.
pub async fn save_profile(ctx: &Context, actor: &Actor, typed: TypedProfile<'_>) -> Result<(), Error> {
    let user = actor.signed_in()?;
    let mut errors = FieldErrors::new();
    let first_name = name(typed.first_name, "first_name", "first name", &mut errors);
    let last_name = name(typed.last_name, "last_name", "last name", &mut errors);
    let phone = phone(typed.phone);
    if phone == Err(()) {
        errors.add("phone", "This does not look like a phone number. Example: +49 30 901820");
    }
    let zone = Zone::parse(typed.zone);
    if zone.is_none() {
        errors.add("zone", "Choose a time zone from the list, such as Europe/Berlin.");
    }
    let locale = LOCALES.iter().map(|(code, _)| *code).find(|code| *code == typed.locale);
    if locale.is_none() {
        errors.add("locale", "Choose a language from the list.");
    }
    errors.into_result()?;
    // The number protects the account; the rest of the details an operator may correct for somebody.
    if actor.behalf.is_some() && Ok(people::profile(&ctx.pool, user).await?.phone) != phone {
        actor.in_person()?;
    }
    let (Some(zone), Some(locale), Ok(phone)) = (zone, locale, phone) else {
        return Err(Error::internal("details without complaints are complete"));
    };
    write(ctx, actor, move |tx| {
        let (first, last, phone, zone) = (first_name.clone(), last_name.clone(), phone.clone(), zone.clone());
        Box::pin(async move {
            people::save_profile(tx.conn(), user, (&first, &last), phone.as_deref(), &zone, locale).await?;
            tx.audit(AuditEntry {
                action: "user.details_changed",
                object_kind: "user",
                object_id: user.0,
                capacity: "customer",
                detail: json!({ "zone": zone, "locale": locale }),
                personal: json!({ "first_name": first, "last_name": last, "phone": phone }),
            });
            Ok(())
        })
    })
    .await
}
