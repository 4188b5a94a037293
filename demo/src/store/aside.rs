//! Indexes, constraints and triggers put aside while masses are loaded, and put back in the same
//! transaction: if anything fails, nothing has changed.

use domain::kernel::Error;
use sqlx::{AssertSqlSafe, PgConnection};

/// What was put aside.
#[derive(Debug)]
pub struct Aside {
    back: Vec<String>,
    tables: Vec<&'static str>,
}

/// Puts aside what would be kept up to date row by row. Primary keys stay.
///
/// # Errors
/// The connection is not the owner's, or the database is away.
pub async fn put_aside(
    conn: &mut PgConnection,
    tables: &[&'static str],
    triggers_of: &[&'static str],
) -> Result<Aside, Error> {
    let names: Vec<String> = tables.iter().map(|&table| table.to_owned()).collect();
    let mut back = Vec::new();
    let indexes = sqlx::query!(
        r#"SELECT format('DROP INDEX %s', indexrelid::regclass) AS "out!", pg_get_indexdef(indexrelid) AS "back!"
           FROM pg_index i
           WHERE indrelid = ANY ($1::text[]::regclass[]) AND NOT indisprimary
             AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('u', 'x'))
           ORDER BY indexrelid"#,
        &names
    )
    .fetch_all(&mut *conn)
    .await?;
    // Keys before what refers to them.
    let constraints = sqlx::query!(
        r#"SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS "out!",
                  format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS "back!"
           FROM pg_constraint
           WHERE conrelid = ANY ($1::text[]::regclass[]) AND contype IN ('f', 'u', 'x')
           ORDER BY contype = 'f', oid"#,
        &names
    )
    .fetch_all(&mut *conn)
    .await?;
    for constraint in &constraints {
        run(conn, constraint.out.clone()).await?;
    }
    for index in &indexes {
        run(conn, index.out.clone()).await?;
    }
    for table in triggers_of {
        run(conn, format!("ALTER TABLE {table} DISABLE TRIGGER USER")).await?;
    }
    back.extend(indexes.into_iter().map(|index| index.back));
    back.extend(constraints.into_iter().map(|constraint| constraint.back));
    Ok(Aside { back, tables: triggers_of.to_vec() })
}

impl Aside {
    /// Puts everything back; rows that break a rule make it fail.
    ///
    /// # Errors
    /// A row breaks a constraint, or the database is away.
    pub async fn put_back(self, conn: &mut PgConnection, say: &dyn Fn(&str)) -> Result<(), Error> {
        let all = self.back.len();
        for (done, statement) in self.back.into_iter().enumerate() {
            if done % 10 == 0 {
                say(&format!("indexes and constraints: {done} of {all}"));
            }
            run(conn, statement).await?;
        }
        for table in self.tables {
            run(conn, format!("ALTER TABLE {table} ENABLE TRIGGER USER")).await?;
        }
        Ok(())
    }
}

async fn run(conn: &mut PgConnection, statement: String) -> Result<(), Error> {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(conn).await?;
    Ok(())
}
