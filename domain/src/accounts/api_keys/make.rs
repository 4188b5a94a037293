//! Making a key.

use super::{ApiKey, note, secret};
use crate::accounts::letters;
use crate::accounts::passwords::ask_again;
use crate::accounts::store::{api_keys as store, people};
use crate::kernel::{Actor, Context, Error, FieldErrors, Scope, constraint, write};
use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;

/// Keys a person can have that work: more are hard to keep an eye on.
pub const MOST_KEYS: i64 = 20;
/// How long a key can last: name in forms, words, days (`None`: until it is revoked).
pub const LIFETIMES: &[(&str, &str, Option<i64>)] = &[
    ("30", "30 days", Some(30)),
    ("90", "90 days", Some(90)),
    ("365", "One year", Some(365)),
    ("never", "Until I revoke it", None),
];
const LONGEST_NAME: usize = 80;

/// A key as it was asked for.
#[derive(Clone, Copy, Debug)]
pub struct TypedKey<'a> {
    /// Field `name`.
    pub name: &'a str,
    /// Field `scopes`, once for each.
    pub scopes: &'a [&'a str],
    /// Field `lasts`: one of [`LIFETIMES`].
    pub lasts: &'a str,
    /// Made with the page: the form sent twice makes one key.
    pub form_key: Uuid,
}

/// A key that was made.
#[derive(Clone)]
pub struct NewKey {
    /// What programs show. Nobody can read it again.
    pub secret: String,
    /// The rest.
    pub key: ApiKey,
}

impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewKey").field("key", &self.key).finish_non_exhaustive()
    }
}

/// Makes a key, with the password: an open session alone does not leave a way in behind. Its owner hears of it by mail.
///
/// # Errors
/// Messages beside `name`, `scopes`, `lasts`, `password`; too many keys; a form that made its key already.
pub async fn make_key(ctx: &Context, actor: &Actor, typed: TypedKey<'_>, password: String) -> Result<NewKey, Error> {
    let user = actor.signed_in()?;
    let (name, scopes, days) = parse(typed)?;
    let (email, first_name, hash) = people::secrets(&ctx.pool, user).await?;
    ask_again(ctx, user, password, hash).await?;
    let (secret, made) = (secret::fresh(&ctx.chance), ctx.clock.now());
    let expires = days.map(|days| made.checked_add(SignedDuration::from_hours(days * 24))).transpose();
    let key = ApiKey {
        id: ctx.id(),
        name,
        prefix: secret::prefix(&secret),
        scopes,
        made,
        last_used: None,
        expires: expires.map_err(Error::internal)?,
        revoked: None,
    };
    let for_tx = (ctx.clone(), key.clone(), secret::hash(&secret), typed.form_key, email, first_name);
    write(ctx, actor, move |tx| {
        let (ctx, key, hash, form_key, email, first_name) = for_tx.clone();
        Box::pin(async move {
            if store::working(tx.conn(), user, key.made).await? >= MOST_KEYS {
                return Err(Error::Conflict(format!("You have {MOST_KEYS} keys. Revoke one you do not need.")));
            }
            match store::put(tx.conn(), user, &key, &hash, form_key).await {
                Err(error) if constraint::violates(&error, "api_keys_once") => {
                    return Err(Error::Conflict(
                        "This form has made its key already. If you did not keep it, revoke it and make another one."
                            .to_owned(),
                    ));
                }
                other => other?,
            }
            letters::api_key_made(&ctx, tx, user, (&email, &first_name), &key.name).await?;
            let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.name()).collect();
            note(tx, key.id, "api_key.made", json!({ "scopes": scopes, "expires": key.expires }), &key.name);
            Ok(())
        })
    })
    .await?;
    Ok(NewKey { secret, key })
}

fn parse(typed: TypedKey<'_>) -> Result<(String, Vec<Scope>, Option<i64>), Error> {
    let mut errors = FieldErrors::new();
    let name = typed.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        errors.add("name", "Give the key a name: what uses it?");
    } else if name.chars().count() > LONGEST_NAME {
        errors.add("name", format!("Use at most {LONGEST_NAME} characters for the name."));
    } else if name.chars().any(char::is_control) {
        errors.add("name", "The name holds characters that cannot be shown.");
    }
    // In the order of the list, each once, however they were sent.
    let scopes: Vec<Scope> = Scope::ALL.into_iter().filter(|scope| typed.scopes.contains(&scope.name())).collect();
    if typed.scopes.iter().any(|name| Scope::parse(name).is_none()) {
        errors.add("scopes", "Choose from the list.");
    } else if scopes.is_empty() {
        errors.add("scopes", "Choose what the key may do: one thing at least.");
    }
    let lasts = LIFETIMES.iter().find(|(name, ..)| *name == typed.lasts);
    if lasts.is_none() {
        errors.add("lasts", "Choose from the list how long it works.");
    }
    errors.into_result()?;
    Ok((name, scopes, lasts.and_then(|(.., days)| *days)))
}
