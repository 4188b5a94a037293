//! Statements about what a business is registered with, and changes of it that were asked for.

use crate::kernel::{Error, ProviderId, UserId, Zone};
use crate::onboarding::changes::{AskedChange, ChangeState, ChangeToDecide, Registered, WaitingChange, Wished};
use jiff::Timestamp;
use jiff_sqlx::{Timestamp as Stored, ToSqlx};
use sqlx::types::{Json, Uuid};
use sqlx::{PgConnection, PgExecutor};

/// Keeps everybody else from asking or deciding until the end of the transaction.
pub(in crate::onboarding) async fn hold(conn: &mut PgConnection, provider: ProviderId) -> Result<(), Error> {
    sqlx::query!(r#"SELECT 1 AS "held!" FROM providers WHERE id = $1 FOR NO KEY UPDATE"#, provider.0)
        .fetch_one(conn)
        .await?;
    Ok(())
}

/// The same by its address; says which business.
pub(in crate::onboarding) async fn held(conn: &mut PgConnection, slug: &str) -> Result<ProviderId, Error> {
    let id =
        sqlx::query_scalar!(r#"SELECT id AS "id: ProviderId" FROM providers WHERE slug = $1 FOR NO KEY UPDATE"#, slug);
    id.fetch_optional(conn).await?.ok_or(Error::NotFound)
}

/// The zone of its clocks.
pub(in crate::onboarding) async fn zone(db: impl PgExecutor<'_>, provider: ProviderId) -> Result<Zone, Error> {
    let zone = sqlx::query_scalar!("SELECT zone FROM providers WHERE id = $1", provider.0).fetch_one(db).await?;
    Ok(Zone::parse(&zone).unwrap_or_else(Zone::utc))
}

/// What a business is registered with, and the latest change that was asked for.
pub(in crate::onboarding) async fn registered(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
) -> Result<Registered, Error> {
    let row = sqlx::query!(
        r#"SELECT p.slug, p.name, p.payout_country, p.city, p.postal_code, p.country, p.moved, c.number AS "number?",
               c.state AS "state?", c.name AS "wished?", c.payout_country AS "wished_country?",
               c.name_before AS "before?", c.payout_country_before AS "before_country?",
               trim(u.first_name || ' ' || u.last_name) AS "asked_by?", c.submitted_at AS "asked_at?: Stored",
               c.decided_at AS "decided_at?: Stored", c.note AS "note?"
           FROM providers p
           LEFT JOIN LATERAL (SELECT * FROM business_changes l WHERE l.provider_id = p.id
                              ORDER BY l.number DESC LIMIT 1) c ON true
           LEFT JOIN users u ON u.id = c.asked_by
           WHERE p.id = $1"#,
        provider.0
    )
    .fetch_one(db)
    .await?;
    let latest = row.number.zip(row.asked_at).map(|(number, asked_at)| AskedChange {
        number,
        state: state(row.state.as_deref().unwrap_or_default()),
        before: Wished { name: row.before.unwrap_or_default(), payout_country: row.before_country.unwrap_or_default() },
        wished: Wished { name: row.wished.unwrap_or_default(), payout_country: row.wished_country.unwrap_or_default() },
        asked_by: row.asked_by.unwrap_or_default(),
        asked_at: asked_at.to_jiff(),
        decided_at: row.decided_at.map(Stored::to_jiff),
        note: row.note.unwrap_or_default(),
    });
    Ok(Registered {
        id: provider,
        slug: row.slug,
        present: Wished { name: row.name, payout_country: row.payout_country },
        city: row.city,
        postal_code: row.postal_code,
        country: row.country,
        moved: row.moved,
        latest,
    })
}

fn state(name: &str) -> ChangeState {
    ChangeState::parse(name).unwrap_or(ChangeState::Withdrawn)
}

/// Keeps what an owner asks for.
pub(in crate::onboarding) async fn ask(
    conn: &mut PgConnection,
    provider: ProviderId,
    number: i32,
    (before, wished): (&Wished, &Wished),
    (user, now): (UserId, Timestamp),
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO business_changes (provider_id, number, state, name, payout_country, name_before,
             payout_country_before, asked_by, submitted_at)
         VALUES ($1, $2, 'submitted', $3, $4, $5, $6, $7, $8)",
        provider.0,
        number,
        wished.name,
        wished.payout_country,
        before.name,
        before.payout_country,
        user.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The number of the change that waits.
pub(in crate::onboarding) async fn waits(conn: &mut PgConnection, provider: ProviderId) -> Result<Option<i32>, Error> {
    let number = sqlx::query_scalar!(
        "SELECT number FROM business_changes WHERE provider_id = $1 AND state = 'submitted'",
        provider.0
    );
    Ok(number.fetch_optional(conn).await?)
}

/// The business takes it back.
pub(in crate::onboarding) async fn take_back(
    conn: &mut PgConnection,
    provider: ProviderId,
    number: i32,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE business_changes SET state = 'withdrawn', decided_at = $3 WHERE provider_id = $1 AND number = $2",
        provider.0,
        number,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// It was approved, or declined with words for the business.
pub(in crate::onboarding) async fn decide(
    conn: &mut PgConnection,
    (provider, number): (ProviderId, i32),
    approved: bool,
    words: &str,
    (by, now): (UserId, Timestamp),
) -> Result<(), Error> {
    let state = if approved { ChangeState::Approved } else { ChangeState::Declined };
    sqlx::query!(
        "UPDATE business_changes SET state = $3, note = $4, decided_by = $5, decided_at = $6
         WHERE provider_id = $1 AND number = $2",
        provider.0,
        number,
        state.name(),
        words,
        by.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What waits, after a place in the queue, the longest first.
pub(in crate::onboarding) async fn queue(
    db: impl PgExecutor<'_>,
    (after, id): (Timestamp, Uuid),
    size: usize,
) -> Result<Vec<WaitingChange>, Error> {
    let rows = sqlx::query!(
        r#"SELECT c.provider_id AS "provider: ProviderId", p.slug, c.number, c.name, c.payout_country, c.name_before,
               c.payout_country_before, trim(u.first_name || ' ' || u.last_name) AS "asked_by!",
               c.submitted_at AS "asked_at: Stored"
           FROM business_changes c JOIN providers p ON p.id = c.provider_id JOIN users u ON u.id = c.asked_by
           WHERE c.state = 'submitted' AND (c.submitted_at, c.provider_id) > ($1, $2)
           ORDER BY c.submitted_at, c.provider_id LIMIT $3"#,
        after.to_sqlx() as _,
        id,
        i64::try_from(size).unwrap_or(i64::MAX)
    )
    .fetch_all(db)
    .await?;
    let change = rows.into_iter().map(|row| WaitingChange {
        provider: row.provider,
        slug: row.slug,
        asked: AskedChange {
            number: row.number,
            state: ChangeState::Submitted,
            before: Wished { name: row.name_before, payout_country: row.payout_country_before },
            wished: Wished { name: row.name, payout_country: row.payout_country },
            asked_by: row.asked_by,
            asked_at: row.asked_at.to_jiff(),
            decided_at: None,
            note: String::new(),
        },
    });
    Ok(change.collect())
}

/// What waits of a business, and others of the name it asks for.
pub(in crate::onboarding) async fn beside(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
) -> Result<Option<ChangeToDecide>, Error> {
    let row = sqlx::query!(
        r#"SELECT c.number, c.name, c.payout_country, c.name_before, c.payout_country_before,
               trim(u.first_name || ' ' || u.last_name) AS "asked_by!", c.submitted_at AS "asked_at: Stored",
               (SELECT coalesce(json_agg(json_build_array(slug, name)), '[]') FROM (
                    SELECT n.slug, n.name FROM providers n
                    WHERE plain_text(n.name) LIKE plain_text(c.name) AND plain_text(n.name) = plain_text(c.name)
                      AND n.id <> c.provider_id LIMIT 5) alike) AS "namesakes!: Json<Vec<(String, String)>>"
           FROM business_changes c JOIN users u ON u.id = c.asked_by
           WHERE c.provider_id = $1 AND c.state = 'submitted'"#,
        provider.0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let asked = AskedChange {
            number: row.number,
            state: ChangeState::Submitted,
            before: Wished { name: row.name_before, payout_country: row.payout_country_before },
            wished: Wished { name: row.name, payout_country: row.payout_country },
            asked_by: row.asked_by,
            asked_at: row.asked_at.to_jiff(),
            decided_at: None,
            note: String::new(),
        };
        ChangeToDecide { asked, namesakes: row.namesakes.0 }
    }))
}
