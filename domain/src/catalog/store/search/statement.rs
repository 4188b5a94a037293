//! The one small builder of statements: text with numbered places, and what goes there. Text comes from
//! this folder only; everything people typed is bound.

use crate::kernel::Error;
use sqlx::postgres::PgArguments;
use sqlx::{Arguments, AssertSqlSafe, Encode, PgPool, Postgres, Type};

#[derive(Default)]
pub(super) struct Statement {
    arguments: PgArguments,
    count: usize,
    failed: Option<Error>,
}

impl Statement {
    /// Binds a value; gives the place to write into the text.
    pub(super) fn bind<'v, T: Encode<'v, Postgres> + Type<Postgres>>(&mut self, value: T) -> String {
        if let Err(error) = self.arguments.add(value) {
            self.failed.get_or_insert(Error::Internal(error));
        }
        self.count += 1;
        format!("${}", self.count)
    }

    /// Runs it.
    pub(super) async fn rows<R>(self, pool: &PgPool, sql: String) -> Result<Vec<R>, Error>
    where
        R: for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow> + Send + Unpin,
    {
        match self.failed {
            Some(error) => Err(error),
            None => Ok(sqlx::query_as_with(AssertSqlSafe(sql), self.arguments).fetch_all(pool).await?),
        }
    }
}
