//! Named constraints become answers: the database decides races, Rust names the outcome.

/// Whether the database refused because of this named constraint or unique index.
#[must_use]
pub fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    match error {
        sqlx::Error::Database(inner) => inner.constraint() == Some(constraint),
        _ => false,
    }
}
