//! The start-up self-test: a server that could double-book does not run.

use sqlx::PgPool;

use super::complaints::Unusable;
use super::store;

/// Checks what the application's promises stand on.
///
/// # Errors
/// What is missing.
pub async fn self_test(app: &PgPool) -> Result<(), Unusable> {
    let found =
        store::foundations(app).await.map_err(|error| Unusable(format!("The self-test cannot run: {error}")))?;
    if !found.no_overlap {
        return Err(Unusable(
            "The constraint reservations_no_overlap is missing, so the same time could be booked twice. \
             The server does not start without it; run `servicehub migrate` or restore it."
                .into(),
        ));
    }
    if found.may_alter {
        return Err(Unusable(
            "The application's role may alter tables or is a superuser. Take these rights from servicehub_app.".into(),
        ));
    }
    Ok(())
}
