//! Searches for one day: once it is over nothing is looked for, until their owner gives them another day or none.

use super::keep::{entry, written};
use crate::catalog::search::SearchQuery;
use crate::catalog::store::saved::{self as store, Changed};
use crate::kernel::{Actor, Context, Error, Zone, write};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use uuid::Uuid;

/// Whether a search asks for a day that is over in a zone.
pub(in crate::catalog) fn passed(query: &SearchQuery, zone: &str, now: Timestamp) -> bool {
    query.date.is_some_and(|date| date < today(zone, now))
}

fn today(zone: &str, now: Timestamp) -> Date {
    now.to_zoned(Zone::parse(zone).unwrap_or_else(Zone::utc).rules()).date()
}

/// Gives a search another day, or none. Letters, if it has any, tell of what is new from now on.
///
/// # Errors
/// Not signed in; not found, also when it is somebody else's; a message beside `date` when that day is over too, or when
/// nothing would be left to look for; a conflict when they keep such a search already.
pub async fn redate_search(ctx: &Context, actor: &Actor, id: Uuid, date: Option<Date>) -> Result<(), Error> {
    let user = actor.in_person()?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            let now = tx.now();
            let (query, zone) = store::asked(tx.conn(), user, id).await?.ok_or(Error::NotFound)?;
            let query = SearchQuery { date, ..query };
            if passed(&query, &zone, now) {
                return Err(Error::invalid("date", "This day is over, too. Choose today or a day to come."));
            }
            if !query.narrows() && query.category.is_none() {
                return Err(Error::invalid("date", "Without a day it would look for everything. Choose one."));
            }
            match store::ask_for(tx.conn(), user, id, &written(&query)).await? {
                Changed::Asks(true) => {
                    store::unwatch(tx.conn(), id).await?;
                    store::watch(tx.conn(), id, now).await?;
                }
                Changed::Asks(false) => {}
                Changed::Twice => {
                    let words = "You keep a search for that day already. Remove one of the two.";
                    return Err(Error::Conflict(words.to_owned()));
                }
            }
            tx.audit(entry("search.dated", id, json!({ "date": date })));
            Ok(())
        })
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_over_when_it_is_over_where_the_person_is() {
        let now: Timestamp = "2026-11-03T23:30:00Z".parse().expect("an instant");
        let of = |day: &str| SearchQuery::read([("date", day)]);
        assert!(!passed(&of("2026-11-03"), "Europe/London", now) && passed(&of("2026-11-03"), "Europe/Berlin", now));
        assert!(!passed(&of("2026-11-04"), "Europe/Berlin", now));
        assert!(!passed(&SearchQuery::default(), "Europe/Berlin", now), "no day is never over");
    }
}
