//! The history as a table for spreadsheets, made while it is sent.

use super::filter::Filter;
use super::search::{NEWEST, may_read};
use super::store::{self, After};
use super::views::Entry;
use crate::kernel::{Actor, Context, Error};
use serde_json::Value;

/// Entries fetched at once when an index finds them.
const BATCH: i64 = 1000;
/// Entries looked at in one statement otherwise: a bounded piece of the chain, whatever is looked for.
const WINDOW: i64 = 10_000;

const COLUMNS: [&str; 13] = [
    "number",
    "at",
    "action",
    "object kind",
    "object",
    "actor",
    "actor name",
    "capacity",
    "address",
    "words",
    "detail",
    "request",
    "hash",
];

/// A table that is being made. No connection is held between two pieces.
#[derive(Debug)]
pub struct Export {
    ctx: Context,
    filter: Filter,
    at: Progress,
}

#[derive(Clone, Copy, Debug)]
enum Progress {
    Heading,
    /// The next page of what an index finds.
    Pages(After),
    /// The next window ends here.
    Windows(i64),
    Done,
}

/// Everything that fits a filter, newest first, as CSV.
///
/// # Errors
/// Not signed in; not found for people who may not read the history.
pub fn export(ctx: &Context, actor: &Actor, filter: Filter) -> Result<Export, Error> {
    may_read(actor)?;
    Ok(Export { ctx: ctx.clone(), filter, at: Progress::Heading })
}

impl Export {
    /// The next piece of the file; nothing when it is complete.
    ///
    /// # Errors
    /// The database is away.
    pub async fn next(&mut self) -> Result<Option<String>, Error> {
        match self.at {
            Progress::Heading => {
                self.at = if self.filter.object.is_some() || self.filter.actor.is_some() {
                    Progress::Pages(NEWEST)
                } else {
                    Progress::Windows(store::last(&self.ctx.pool).await?)
                };
                Ok(Some(line(&COLUMNS.map(str::to_owned))))
            }
            Progress::Pages(after) => {
                let entries = store::search(&self.ctx.pool, &self.filter, after, BATCH).await?;
                self.at = entries.last().map_or(Progress::Done, |last| Progress::Pages((last.at, last.seq)));
                Ok((!entries.is_empty()).then(|| lines(&entries)))
            }
            Progress::Windows(to) => self.windows(to).await,
            Progress::Done => Ok(None),
        }
    }

    /// Windows without a hit send nothing, so the next one is looked into at once.
    async fn windows(&mut self, mut to: i64) -> Result<Option<String>, Error> {
        while to > 0 {
            let from = (to - WINDOW).max(0);
            let entries = store::window(&self.ctx.pool, &self.filter, from, to).await?;
            to = from;
            if !entries.is_empty() {
                self.at = Progress::Windows(to);
                return Ok(Some(lines(&entries)));
            }
        }
        self.at = Progress::Done;
        Ok(None)
    }
}

fn lines(entries: &[Entry]) -> String {
    entries.iter().map(|entry| line(&cells(entry))).collect()
}

fn cells(entry: &Entry) -> [String; COLUMNS.len()] {
    let json = |value: &Value| if value.is_null() { String::new() } else { value.to_string() };
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let personal = entry.personal.clone();
    let (address, words) = match &personal {
        Some(personal) => (personal.address.clone().unwrap_or_default(), json(&personal.words)),
        None => ("forgotten".to_owned(), "forgotten".to_owned()),
    };
    [
        entry.seq.to_string(),
        entry.at.to_string(),
        entry.action.clone(),
        entry.object_kind.clone(),
        entry.object.to_string(),
        id(entry.actor.map(|actor| actor.0)),
        entry.actor_name.clone().unwrap_or_default(),
        entry.capacity.clone(),
        address,
        words,
        json(&entry.detail),
        id(entry.request),
        hex::encode(entry.hash),
    ]
}

fn line(cells: &[String]) -> String {
    let quoted: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    quoted.join(",") + "\r\n"
}

/// A cell as RFC 4180 wants it. Spreadsheets run what begins like a formula; an apostrophe before it makes it a text.
fn quoted(cell: &str) -> String {
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_cell_is_a_formula_or_leaves_its_place() {
        assert_eq!(quoted("plain"), "\"plain\"");
        assert_eq!(quoted("a,\"b\"\nc"), "\"a,\"\"b\"\"\nc\"");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"] {
            assert_eq!(quoted(formula), format!("\"'{formula}\""));
        }
    }
}
