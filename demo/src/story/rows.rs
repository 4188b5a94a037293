//! Rows on their way into the database, table by table.

use serde_json::Value;

/// Rows of all tables, in an order that satisfies their references.
#[derive(Debug, Default)]
pub struct Rows(Vec<(&'static str, Vec<Value>)>);

impl Rows {
    /// Adds a row. Tables keep the order in which they first get one.
    pub fn add(&mut self, table: &'static str, row: Value) {
        match self.0.iter_mut().find(|(name, _)| *name == table) {
            Some((_, rows)) => rows.push(row),
            None => self.0.push((table, vec![row])),
        }
    }

    /// The rows of a table.
    pub fn of(&self, table: &str) -> &[Value] {
        self.0.iter().find(|(name, _)| *name == table).map_or(&[], |(_, rows)| rows)
    }

    /// The rows of a table, to change them before they are written.
    pub fn of_mut(&mut self, table: &str) -> &mut [Value] {
        self.0.iter_mut().find(|(name, _)| *name == table).map_or(&mut [], |(_, rows)| rows)
    }

    /// Tables and their rows, in order.
    pub fn tables(&self) -> impl Iterator<Item = (&'static str, &[Value])> {
        self.0.iter().map(|(table, rows)| (*table, rows.as_slice()))
    }
}
