//! The published logins of the demo data: made by the demo crate, printed by its command, and shown on the
//! login page of a development installation. They exist nowhere else.

use super::second_factor::enrol_for_demo;
use super::store;
use crate::kernel::{Context, Error};

/// The domain of all demo addresses. `.test` can never receive mail.
pub const DOMAIN: &str = "demo.servicehub.test";

/// The password of every demo login.
pub const PASSWORD: &str = "servicehub-demo";

/// Role, address, and what to look at with it.
pub type DemoLogin = (&'static str, &'static str, &'static str);

/// One login of every kind.
pub const LOGINS: &[DemoLogin] = &[
    (
        "Customer",
        "ana.customer@demo.servicehub.test",
        "bookings in every state: one to confirm, one to review, one to come",
    ),
    (
        "Provider",
        "ben.provider@demo.servicehub.test",
        "a plumber on his own: visits today and this week, requests waiting for an answer",
    ),
    ("Company", "carla.company@demo.servicehub.test", "a cleaning company of five, with everybody's calendar"),
    ("Team member", "dan.member@demo.servicehub.test", "one of Carla's team, with his own visits only"),
    ("Applicant", "tom.applicant@demo.servicehub.test", "wants to become a provider, and was asked for one more thing"),
    ("Onboarding manager", "onboarding@demo.servicehub.test", "three applications wait, and a new document"),
    ("Operations manager", "ops@demo.servicehub.test", "looks after bookings"),
    ("Admin", "admin@demo.servicehub.test", "everything but roles"),
    ("Superadmin", "superadmin@demo.servicehub.test", "everything"),
    ("Auditor", "auditor@demo.servicehub.test", "reads the history, changes nothing"),
];

/// The demo logins that exist here.
///
/// # Errors
/// The database is away.
pub async fn logins(ctx: &Context) -> Result<Vec<DemoLogin>, Error> {
    let emails: Vec<String> = LOGINS.iter().map(|(_, email, _)| (*email).to_owned()).collect();
    let here = store::existing(&ctx.pool, &emails).await?;
    let found = LOGINS.iter().copied();
    Ok(found.filter(|(_, email, _)| here.iter().any(|known| known == email)).collect())
}

/// Whether anybody of the demo data is here: their passwords are published.
///
/// # Errors
/// The database is away.
pub async fn anybody_here(ctx: &Context) -> Result<bool, Error> {
    store::anybody_of(&ctx.pool, DOMAIN).await
}

/// Confirms the addresses of all demo people, and gives the operators the second factor their work needs. Their app is the login page: in development it shows
/// the code, as it shows the password.
///
/// # Errors
/// The database is away.
pub async fn settle(ctx: &Context) -> Result<(), Error> {
    store::confirm_addresses_of(&ctx.pool, DOMAIN).await?;
    for user in store::operators_of(&ctx.pool, DOMAIN).await? {
        enrol_for_demo(ctx, user).await?;
    }
    Ok(())
}
