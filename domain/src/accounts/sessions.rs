//! A person's sessions and the history of signing in, for their own eyes.

use super::passwords::ask_again;
use super::store::{behalf, people, sessions};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, write};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

/// An open session.
#[derive(Clone, Debug)]
pub struct Device {
    /// Which one; opens nothing.
    pub id: Uuid,
    /// What the browser says it is.
    pub agent: String,
    /// The network it was opened from, such as `203.0.113.0/24`: enough to know one's own, and no place.
    pub network: Option<String>,
    /// When it was opened.
    pub since: Timestamp,
    /// When it was last used, give or take ten minutes.
    pub last_seen: Timestamp,
}

/// An attempt to sign in.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// When.
    pub at: Timestamp,
    /// `opened`, or why not: `password`, `code`, `suspended`, `delayed`; `behalf` for an operator who acted.
    pub outcome: String,
    /// From where.
    pub address: Option<String>,
    /// With what.
    pub agent: String,
    /// Not an attempt but an operator of ours who acted for the person: why, and until when.
    pub acted: Option<(String, Timestamp)>,
}

/// All of it, with what operators did for the person: two statements.
///
/// # Errors
/// Not signed in.
pub async fn sessions(ctx: &Context, actor: &Actor) -> Result<(Vec<Device>, Vec<Attempt>), Error> {
    let user = actor.in_person()?;
    let devices = sessions::list(&ctx.pool, user, ctx.clock.now()).await?;
    Ok((devices, sessions::attempts(&ctx.pool, user).await?))
}

/// Logs one device out, with the password.
///
/// # Errors
/// A message beside `password`; not found, also when it is somebody else's.
pub async fn end_session(ctx: &Context, actor: &Actor, session: Uuid, password: String) -> Result<(), Error> {
    let user = actor.in_person()?;
    let (_, _, hash) = people::secrets(&ctx.pool, user).await?;
    ask_again(ctx, user, password, hash).await?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            if !sessions::end(tx.conn(), user, session).await? {
                return Err(Error::NotFound);
            }
            tx.audit(entry("session.revoked", user.0, 1));
            Ok(())
        })
    })
    .await
}

/// Logs all devices out but this one, with the password, and ends what operators do for the person. Returns how many.
///
/// # Errors
/// Not signed in; a message beside `password`.
pub async fn end_other_sessions(ctx: &Context, actor: &Actor, password: String) -> Result<u64, Error> {
    let (user, this) = (actor.in_person()?, actor.session);
    let (_, _, hash) = people::secrets(&ctx.pool, user).await?;
    ask_again(ctx, user, password, hash).await?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            let (count, now) = (sessions::end_all(tx.conn(), user, this).await?, tx.now());
            behalf::end_for_person(tx.conn(), user, now).await?;
            tx.audit(entry("session.revoked", user.0, count));
            Ok(count)
        })
    })
    .await
}

fn entry(action: &'static str, user: Uuid, count: u64) -> AuditEntry {
    AuditEntry {
        action,
        object_kind: "user",
        object_id: user,
        capacity: "customer",
        detail: json!({ "sessions": count }),
        personal: json!({}),
    }
}

/// A browser in a few words: "Firefox on Windows". What it says of itself is only a hint, and is treated so.
#[must_use]
pub fn device_name(agent: &str) -> String {
    // Order matters: most browsers also claim to be others.
    const BROWSERS: &[(&str, &str)] = &[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ];
    const SYSTEMS: &[(&str, &str)] = &[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let name =
        |table: &[(&str, &'static str)]| table.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (name(BROWSERS), name(SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "an unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::device_name;

    #[test]
    fn browsers_are_named_as_people_know_them() {
        for (agent, name) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1",
                "Safari on iPhone",
            ),
            ("curl/8.5.0", "curl"),
            ("", "an unknown browser"),
            ("<script>alert(1)</script>", "an unknown browser"),
        ] {
            assert_eq!(device_name(agent), name, "{agent}");
        }
    }
}
