//! Keeping a search: what it asks for, under a name, with or without letters.

use crate::catalog::search::SearchQuery;
use crate::catalog::store::saved::{self as store, NewSearch};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, FieldErrors, write};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

/// The most searches somebody can keep.
pub const MOST_SEARCHES: i64 = 20;
/// The longest text of a search, in characters: what its row takes.
const LONGEST_SEARCH: usize = 2000;
/// The longest name of a search, in characters.
pub const LONGEST_NAME: usize = 80;

/// A search somebody keeps.
#[derive(Clone, Debug)]
pub struct SavedSearch {
    /// Which one.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// What it asks for.
    pub query: SearchQuery,
    /// The day it asks for is over where the person is: nothing is looked for any more.
    pub passed: bool,
    /// Whether letters tell of new services.
    pub alert: bool,
    /// Since when it is kept.
    pub since: Timestamp,
}

/// Keeps a search, with letters.
///
/// # Errors
/// Not signed in; a message beside `name`; a conflict when there are too many, or it is kept already.
pub async fn save_search(ctx: &Context, actor: &Actor, name: &str, query: &SearchQuery) -> Result<(), Error> {
    let user = actor.in_person()?;
    let name = checked(name)?;
    if !query.narrows() && query.category.is_none() {
        return Err(Error::invalid("name", "Look for something first: words, a category or a place."));
    }
    let (id, asked): (Uuid, _) = (ctx.id(), written(query));
    if asked.chars().count() > LONGEST_SEARCH {
        return Err(Error::invalid("name", "This search asks for too much to be kept. Let some of it go."));
    }
    write(ctx, actor, move |tx| {
        let (name, asked) = (name.clone(), asked.clone());
        Box::pin(async move {
            let now = tx.now();
            let new = NewSearch { id, user, name: &name, asked: &asked };
            match store::insert(tx.conn(), &new, now, MOST_SEARCHES).await? {
                store::Inserted::Kept => {}
                store::Inserted::Twice => {
                    return Err(Error::Conflict("You keep this search already, under your favourites.".to_owned()));
                }
                store::Inserted::TooMany => {
                    return Err(Error::Conflict(format!(
                        "You keep {MOST_SEARCHES} searches already. Remove one first, under your favourites."
                    )));
                }
            }
            store::watch(tx.conn(), id, now).await?;
            tx.audit(entry("search.saved", id, json!({})));
            Ok(())
        })
    })
    .await
}

/// The searches the actor keeps, the latest first: one statement.
///
/// # Errors
/// Not signed in.
pub async fn saved_searches(ctx: &Context, actor: &Actor) -> Result<Vec<SavedSearch>, Error> {
    store::of(&ctx.pool, actor.signed_in()?, ctx.clock.now()).await
}

/// Gives a search another name.
///
/// # Errors
/// Not signed in; not found, also when it is somebody else's; a message beside `name`.
pub async fn rename_search(ctx: &Context, actor: &Actor, id: Uuid, name: &str) -> Result<(), Error> {
    let user = actor.in_person()?;
    let name = checked(name)?;
    write(ctx, actor, move |tx| {
        let name = name.clone();
        Box::pin(async move {
            if !store::rename(tx.conn(), user, id, &name).await? {
                return Err(Error::NotFound);
            }
            tx.audit(entry("search.renamed", id, json!({})));
            Ok(())
        })
    })
    .await
}

/// Keeps a search no longer.
///
/// # Errors
/// Not signed in; not found, also when it is somebody else's.
pub async fn remove_search(ctx: &Context, actor: &Actor, id: Uuid) -> Result<(), Error> {
    let user = actor.in_person()?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            if !store::remove(tx.conn(), user, id).await? {
                return Err(Error::NotFound);
            }
            tx.audit(entry("search.removed", id, json!({})));
            Ok(())
        })
    })
    .await
}

/// Turns the letters of a search on or off. Turned on, they tell of what is new from now on.
///
/// # Errors
/// Not signed in; not found, also when it is somebody else's.
pub async fn set_alert(ctx: &Context, actor: &Actor, id: Uuid, alert: bool) -> Result<(), Error> {
    let user = actor.in_person()?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            let now = tx.now();
            if !store::set_alert(tx.conn(), user, id, alert).await? {
                return Err(Error::NotFound);
            }
            if alert {
                store::watch(tx.conn(), id, now).await?;
            } else {
                store::unwatch(tx.conn(), id).await?;
            }
            tx.audit(entry("search.alert_set", id, json!({ "alert": alert })));
            Ok(())
        })
    })
    .await
}

fn checked(name: &str) -> Result<String, Error> {
    let name = crate::notifications::one_line(name);
    let mut wrong = FieldErrors::new();
    if name.is_empty() {
        wrong.add("name", "Give it a name, so that you know it again.");
    }
    if name.chars().count() > LONGEST_NAME {
        wrong.add("name", format!("Please keep it under {LONGEST_NAME} characters."));
    }
    wrong.into_result()?;
    Ok(name)
}

/// A search as the text of an address, from its first page and in no order: two that ask for the same are one.
pub(super) fn written(query: &SearchQuery) -> String {
    let asked = SearchQuery { after: None, sort: crate::catalog::search::Sort::default(), ..query.clone() };
    let pairs = asked.pairs();
    serde_json::to_string(&pairs).unwrap_or_default()
}

/// Reads what [`written`] wrote.
pub(in crate::catalog) fn read(asked: &str) -> SearchQuery {
    let pairs: Vec<(String, String)> = serde_json::from_str(asked).unwrap_or_default();
    SearchQuery::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

pub(super) fn entry(action: &'static str, id: Uuid, detail: Value) -> AuditEntry {
    AuditEntry { action, object_kind: "saved_search", object_id: id, capacity: "customer", detail, personal: json!({}) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_survives_being_kept_and_forgets_page_and_order() {
        let query = SearchQuery::read([
            ("q", "tap & \"sink\""),
            ("place", "Köln"),
            ("sort", "price"),
            ("after", "w1~x"),
            ("f.metal", "Steel"),
        ]);
        let again = read(&written(&query));
        assert_eq!((again.words, again.place, again.answers), (query.words, query.place, query.answers));
        assert_eq!((again.sort, again.after), (crate::catalog::search::Sort::default(), None));
        assert_eq!(read("nonsense"), SearchQuery::default());
    }
}
