//! The logins of the demo data: loaded by the `demo` command, shown at its end and on the login page of
//! a development installation. They exist nowhere else.

use super::store;
use crate::kernel::{Context, Error};

/// The password of everybody in the demo data.
pub const PASSWORD: &str = "try-servicehub";

/// A login to try out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoLogin {
    /// The address.
    pub email: &'static str,
    /// Who that is, for people.
    pub who: &'static str,
}

/// One login of every kind.
pub const LOGINS: &[DemoLogin] = &[
    DemoLogin {
        email: "customer@demo.example",
        who: "A customer",
    },
    DemoLogin {
        email: "provider@demo.example",
        who: "A provider: owner of a company with several members",
    },
    DemoLogin {
        email: "member@demo.example",
        who: "A member of that company",
    },
    DemoLogin {
        email: "sole@demo.example",
        who: "A sole trader",
    },
    DemoLogin {
        email: "onboarding@demo.example",
        who: "An onboarding manager",
    },
    DemoLogin {
        email: "ops@demo.example",
        who: "An ops manager",
    },
    DemoLogin {
        email: "admin@demo.example",
        who: "An admin",
    },
    DemoLogin {
        email: "superadmin@demo.example",
        who: "A superadmin",
    },
];

/// The demo logins that exist here.
///
/// # Errors
/// The database is away.
pub async fn logins(ctx: &Context) -> Result<Vec<DemoLogin>, Error> {
    let emails: Vec<String> = LOGINS.iter().map(|login| login.email.to_owned()).collect();
    let here = store::existing(&ctx.pool, &emails).await?;
    Ok(LOGINS
        .iter()
        .copied()
        .filter(|login| here.iter().any(|email| email == login.email))
        .collect())
}
