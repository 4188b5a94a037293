//! The statements of the bench: examples to ask for, and what Postgres counted.

use std::time::Duration;

use sqlx::PgPool;

use crate::Outcome;

/// A service as somebody would look for it.
#[derive(sqlx::FromRow)]
pub struct Example {
    /// Its name.
    pub title: String,
    /// Slug of the top of its branch.
    pub category: String,
    /// Its town.
    pub city: String,
    /// Its price in hundredths of a currency's main unit.
    pub price_cents: i64,
}

/// Rows of the tables that matter.
#[derive(sqlx::FromRow)]
pub struct Counts {
    /// Live services.
    pub services: i64,
    /// Bookings in all states.
    pub bookings: i64,
    /// Size of the database, for people.
    pub size: String,
}

/// How much there is.
pub async fn counts(db: &PgPool) -> Outcome<Counts> {
    let statement = "SELECT (SELECT count(*) FROM services WHERE status = 'live') AS services,
        (SELECT count(*) FROM bookings) AS bookings,
        pg_size_pretty(pg_database_size(current_database())) AS size";
    Ok(sqlx::query_as(statement).fetch_one(db).await?)
}

/// The version of Postgres.
pub async fn version(db: &PgPool) -> Outcome<String> {
    Ok(sqlx::query_scalar("SELECT split_part(current_setting('server_version'), ' ', 1)").fetch_one(db).await?)
}

/// Settings of Postgres that decide about figures.
pub async fn settings(db: &PgPool) -> Outcome<String> {
    let statement = "SELECT string_agg(name || '=' || current_setting(name), ', ' ORDER BY name) FROM pg_settings
        WHERE name IN ('fsync', 'synchronous_commit', 'shared_buffers', 'full_page_writes', 'jit')";
    Ok(sqlx::query_scalar(statement).fetch_one(db).await?)
}

/// What a database that has been in use for a day has done by itself: statistics, visibility, a checkpoint.
pub async fn settle(db: &PgPool, thorough: bool) -> Outcome<()> {
    if thorough {
        sqlx::query("VACUUM (ANALYZE)").execute(db).await?;
    }
    sqlx::query("CHECKPOINT").execute(db).await?;
    Ok(())
}

/// Slugs of services from all over the catalogue, the same ones every time.
pub async fn slugs(db: &PgPool, count: i64) -> Outcome<Vec<String>> {
    let statement = "SELECT slug FROM services WHERE status = 'live' ORDER BY md5(slug) LIMIT $1";
    Ok(sqlx::query_scalar(statement).bind(count).fetch_all(db).await?)
}

/// Services to look for.
pub async fn examples(db: &PgPool, count: i64) -> Outcome<Vec<Example>> {
    let statement = "SELECT l.title, c.slug AS category, l.city, l.price_cents
        FROM listings l JOIN categories c ON c.id = l.top_category_id
        WHERE l.place = 'customer' ORDER BY md5(l.slug) LIMIT $1";
    Ok(sqlx::query_as(statement).bind(count).fetch_all(db).await?)
}

/// Visits that are booked at once, of one price and one person, each person once: taking one of their
/// times leaves all others as they are.
pub async fn bookable(db: &PgPool, count: i64) -> Outcome<Vec<String>> {
    let statement = "SELECT slug FROM (
            SELECT DISTINCT ON (m.member_id) s.slug
            FROM services s
            JOIN LATERAL (SELECT min(member_id::text)::uuid AS member_id, count(*) AS members
                          FROM service_members WHERE service_id = s.id) m ON m.members = 1
            WHERE s.status = 'live' AND s.kind = 'visit' AND s.pricing = 'fixed' AND s.booking_mode = 'instant'
              AND s.daily_limit IS NULL AND s.horizon_days >= 14
            ORDER BY m.member_id, s.slug) one_each
        ORDER BY md5(slug) LIMIT $1";
    Ok(sqlx::query_scalar(statement).bind(count).fetch_all(db).await?)
}

/// The login of whoever has booked most.
pub async fn busiest_customer(db: &PgPool) -> Outcome<String> {
    let statement = "SELECT email FROM users WHERE suspended_at IS NULL AND id = (
        SELECT customer_id FROM bookings GROUP BY customer_id ORDER BY count(*) DESC, customer_id LIMIT 1)";
    Ok(sqlx::query_scalar(statement).fetch_one(db).await?)
}

/// The login of the owner of the business with most bookings.
pub async fn busiest_owner(db: &PgPool) -> Outcome<String> {
    let statement = "SELECT u.email FROM members m JOIN users u ON u.id = m.user_id
        WHERE m.role = 'owner' AND m.provider_id = (
            SELECT b.provider_id FROM bookings b
            WHERE EXISTS (SELECT FROM members o WHERE o.provider_id = b.provider_id AND o.role = 'owner' AND o.user_id IS NOT NULL)
            GROUP BY b.provider_id ORDER BY count(*) DESC, b.provider_id LIMIT 1)
        LIMIT 1";
    Ok(sqlx::query_scalar(statement).fetch_one(db).await?)
}

/// Gives somebody of the demo data the password of somebody we know: this database is for measuring only.
pub async fn lend_password(db: &PgPool, to: &str, from: &str) -> Outcome<()> {
    let statement =
        "UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE email = $2) WHERE email = $1";
    sqlx::query(statement).bind(to).bind(from).execute(db).await?;
    Ok(())
}

/// Deadlocks Postgres has broken up since the statistics began.
pub async fn deadlocks(db: &PgPool) -> Outcome<i64> {
    // Connections tell what they counted once a second.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let statement = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    Ok(sqlx::query_scalar(statement).fetch_one(db).await?)
}

/// Pairs of taken times of one person that overlap, among those taken since a while. Asked of the rows.
pub async fn overlaps(db: &PgPool, since: Duration) -> Outcome<i64> {
    let statement = "WITH fresh AS (SELECT * FROM reservations WHERE created_at > now() - make_interval(secs => $1)
                                    AND state IN ('hold', 'pending', 'confirmed'))
        SELECT count(*) FROM fresh a JOIN fresh b ON a.member_id = b.member_id AND a.id < b.id AND a.during && b.during";
    Ok(sqlx::query_scalar(statement).bind(since.as_secs_f64()).fetch_one(db).await?)
}

/// Makes the database of pgbench, unless it is there.
pub async fn make_neighbour(db: &PgPool) -> Outcome<bool> {
    let there = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'pgbench')";
    if sqlx::query_scalar(there).fetch_one(db).await? {
        return Ok(false);
    }
    sqlx::query("CREATE DATABASE pgbench").execute(db).await?;
    Ok(true)
}
