//! What a member still has to do.

use crate::bookings::ahead::{Ahead, LONGEST_LIST};
use crate::bookings::{Capacity, Event, State, life};
use crate::catalog::Kind;
use crate::kernel::{Error, MemberId, ProviderId};
use jiff::Timestamp;
use sqlx::PgExecutor;

/// Bookings of a member that are asked for or agreed, in the order of their time.
pub(in crate::bookings) async fn ahead(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    member: MemberId,
    now: Timestamp,
) -> Result<Vec<Ahead>, Error> {
    let rows = sqlx::query!(
        r#"SELECT reference, title, state, kind, coalesce(starts_at, due_at) AS "at: jiff_sqlx::Timestamp" FROM bookings
           WHERE provider_id = $1 AND member_id = $2 AND state IN ('requested', 'confirmed', 'started')
           ORDER BY sort_at, id LIMIT $3"#,
        provider.0,
        member.0,
        LONGEST_LIST,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let state =
                State::parse(&row.state).ok_or_else(|| Error::internal(format!("stored state {}", row.state)))?;
            let at = row.at.map(jiff_sqlx::Timestamp::to_jiff);
            let given = life::find(state, Event::Reassign, Capacity::Provider).is_some();
            let givable = given && row.kind == Kind::Visit.name() && at.is_some_and(|at| at > now);
            Ok(Ahead { givable, reference: row.reference, title: row.title, state, at })
        })
        .collect()
}
