//! Following the whole history: fetching the next entries while those before are hashed.

use super::broken::{Broken, Place, Verdict, Whole};
use super::chain::Chain;
use super::head::Head;
use super::store;
use crate::kernel::{Context, Error, PublicKey};
use jiff::civil::Date;
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// Entries fetched at once.
const BATCH: i64 = 8192;

/// What the history is held against beside itself.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Keys heads may be signed with. Without any, the keys the heads themselves name are taken: then the
    /// signatures prove only that they belong together.
    pub keys: Vec<PublicKey>,
    /// Heads somebody kept when they were published. Their keys are taken as known.
    pub published: Vec<Head>,
}

/// Follows the history from the first entry to the last, as it stands at one instant.
///
/// # Errors
/// The database is away, or its tables cannot be read.
pub async fn verify(ctx: &Context, trust: &Trust) -> Result<Verdict, Error> {
    let mut snapshot = store::snapshot(&ctx.pool).await?;
    let verdict = verify_on(&mut snapshot, trust).await;
    snapshot.rollback().await?;
    verdict
}

/// The same on a connection, as its transaction sees the history.
///
/// # Errors
/// The database is away, or its tables cannot be read.
pub async fn verify_on(conn: &mut PgConnection, trust: &Trust) -> Result<Verdict, Error> {
    let kept = match held(store::all_heads(conn).await?, trust) {
        Ok(kept) => kept,
        Err(broken) => return Ok(Verdict::Broken(broken)),
    };
    let (end_seq, end_hash) = store::end(conn).await?;
    let signed = kept.values().last().cloned();
    let heads = kept.len() + trust.published.iter().filter(|head| !kept.contains_key(&head.day)).count();
    let mut chain = Chain::new(kept, &trust.published);
    if let Err(broken) = chain.begin() {
        return Ok(Verdict::Broken(broken));
    }
    let mut rows = store::chain(conn, i64::MIN, BATCH).await?;
    while let Some(last) = rows.last().map(|row| row.seq) {
        let following = tokio::task::spawn_blocking(move || {
            let outcome = chain.follow(&rows);
            (chain, outcome)
        });
        let (more, followed) = tokio::join!(store::chain(conn, last, BATCH), following);
        let outcome;
        (chain, outcome) = followed.map_err(Error::internal)?;
        if let Err(broken) = outcome {
            return Ok(Verdict::Broken(broken));
        }
        rows = more?;
    }
    Ok(match chain.end(end_seq, &end_hash) {
        Err(broken) => Verdict::Broken(broken),
        Ok(()) => Verdict::Whole(Whole {
            entries: chain.followed,
            erased: chain.erased,
            heads: heads.try_into().unwrap_or(u64::MAX),
            seq: chain.seq,
            hash: chain.hash,
            signed,
        }),
    })
}

/// The heads of the database by day, once each is properly signed by somebody known, and those that were
/// published are among them.
fn held(rows: Vec<(Date, Option<Head>)>, trust: &Trust) -> Result<BTreeMap<Date, Head>, Broken> {
    let wrong = |day, what: &str| Broken { place: Place::Head(day), what: what.to_owned(), followed: 0 };
    if let Some(head) = trust.published.iter().find(|head| !head.is_signed()) {
        return Err(wrong(head.day, "the published one was changed: its signature does not fit"));
    }
    let known: Vec<PublicKey> = trust.keys.iter().copied().chain(trust.published.iter().map(|head| head.key)).collect();
    let mut kept = BTreeMap::new();
    for (day, head) in rows {
        let Some(head) = head.filter(Head::is_signed) else {
            return Err(wrong(day, "its signature does not fit"));
        };
        if !known.is_empty() && !known.contains(&head.key) {
            let what = format!("it is signed with {}, a key nobody vouches for", head.key);
            return Err(wrong(day, &what));
        }
        kept.insert(day, head);
    }
    for head in &trust.published {
        match kept.get(&head.day) {
            Some(same) if same == head => {}
            Some(_) => return Err(wrong(head.day, "it is not the one that was published")),
            None => return Err(wrong(head.day, "it is gone: it was published")),
        }
    }
    Ok(kept)
}
