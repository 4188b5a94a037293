//! `servicehub invite`: an operator role by a link, from the machine itself.

use std::io::Write;

use domain::accounts::operators::invite_from_here;
use domain::kernel::Error;

use super::Stop;
use crate::adapters;
use crate::database::{Database, Stay, Use, self_test};
use crate::settings::Settings;

/// Invites and says the link. It is written into the history like any other invitation, and mailed by whoever works.
pub async fn run(settings: &Settings, email: &str, role: &str) -> Result<(), Stop> {
    let database = Database::open(settings, Stay::Guest).await?;
    let done = invite(settings, &database, email, role).await;
    database.close().await;
    let link = done?;
    writeln!(
        std::io::stdout(),
        "{email} becomes {role} by opening this link within three days, signed in with that address:\n\n  {link}\n"
    )?;
    Ok(())
}

async fn invite(settings: &Settings, database: &Database, email: &str, role: &str) -> Result<String, Stop> {
    database.prepare().await?;
    let pool = database.pool(Use::Web, 2);
    self_test(&pool).await?;
    let ctx = adapters::context(settings, pool.clone()).map_err(Stop::Other)?;
    let link = invite_from_here(&ctx, email, role).await;
    pool.close().await;
    link.map_err(|error| match error {
        Error::Invalid(errors) => {
            let words: Vec<String> = errors.iter().map(|(field, words)| format!("{field}: {words}")).collect();
            Stop::Other(words.join("\n"))
        }
        other => Stop::Other(format!("Nobody was invited: {other}")),
    })
}
