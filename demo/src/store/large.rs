//! The statements of the large marketplace: a million bookings in a few steps, each over whole sets.

use crate::large::Sheet;
use domain::kernel::Error;
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

/// How many of them are reviewed.
pub const REVIEWS: i64 = 200_000;

/// Tables whose indexes and constraints are put aside.
pub const LOADED: [&str; 17] = [
    "users",
    "user_roles",
    "providers",
    "members",
    "member_hours",
    "services",
    "service_members",
    "packages",
    "extras",
    "service_pictures",
    "service_fields",
    "bookings",
    "booking_events",
    "reservations",
    "reviews",
    "listings",
    "search_words",
];
/// Tables whose triggers would do row by row what is done at the end at once.
pub const TRIGGERED: [&str; 3] = ["services", "service_pictures", "service_fields"];

/// Begins the one transaction of the load.
///
/// # Errors
/// The database is away.
pub async fn begin(owner: &PgPool, now: Timestamp) -> Result<Transaction<'static, Postgres>, Error> {
    let mut tx = owner.begin().await?;
    sqlx::raw_sql(include_str!("large/begin.sql")).execute(&mut *tx).await?;
    sqlx::query("INSERT INTO present SELECT at($1), date_trunc('week', at($1) AT TIME ZONE 'UTC')::date - 728")
        .bind(now.as_microsecond())
        .execute(&mut *tx)
        .await?;
    Ok(tx)
}

/// Copies a sheet into its table.
///
/// # Errors
/// A row that the table does not accept, or the database is away.
pub async fn copy(conn: &mut PgConnection, sheet: &Sheet) -> Result<(), Error> {
    let mut copying = conn.copy_in_raw(&format!("COPY {} FROM STDIN", sheet.target)).await?;
    for part in sheet.text.as_bytes().chunks(1 << 20) {
        copying.send(part).await?;
    }
    copying.finish().await?;
    Ok(())
}

/// A step over whole sets.
///
/// # Errors
/// The database is away.
pub async fn step(conn: &mut PgConnection, statements: &'static str) -> Result<(), Error> {
    sqlx::raw_sql(statements).execute(conn).await?;
    Ok(())
}

/// What services say in the fields of their categories.
pub const ANSWER: &str = include_str!("large/answers.sql");
/// Bookings of all states.
pub const BOOK: &str = include_str!("large/bookings.sql");
/// Their taken time and their histories.
pub const FOLLOW: &str = include_str!("large/follow.sql");
/// Counts and stars.
pub const COUNT: &str = include_str!("large/counts.sql");
/// The rows search reads.
pub const LIST: &str = "SELECT refresh_listings(NULL)";

/// Reviews with words, of completed bookings.
///
/// # Errors
/// The database is away.
pub async fn review(
    conn: &mut PgConnection,
    titles: &[String],
    first: &[String],
    second: &[String],
) -> Result<(), Error> {
    sqlx::query(AssertSqlSafe(include_str!("large/reviews.sql")))
        .bind(titles)
        .bind(first)
        .bind(second)
        .bind(REVIEWS)
        .execute(conn)
        .await?;
    Ok(())
}

/// Tidies and tells the planner what is there now.
///
/// # Errors
/// The database is away.
pub async fn tidy(owner: &PgPool) -> Result<(), Error> {
    sqlx::raw_sql("VACUUM (ANALYZE)").execute(owner).await?;
    Ok(())
}

/// All services, for working out their openings.
///
/// # Errors
/// The database is away.
pub async fn services(owner: &PgPool) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!("SELECT id FROM services ORDER BY id").fetch_all(owner).await?)
}

/// Users, providers, services, bookings and reviews.
///
/// # Errors
/// The database is away.
pub async fn counts(owner: &PgPool) -> Result<[i64; 5], Error> {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM users) AS "users!", (SELECT count(*) FROM providers) AS "providers!",
            (SELECT count(*) FROM services) AS "services!", (SELECT count(*) FROM bookings) AS "bookings!",
            (SELECT count(*) FROM reviews) AS "reviews!""#
    )
    .fetch_one(owner)
    .await?;
    Ok([row.users, row.providers, row.services, row.bookings, row.reviews])
}
