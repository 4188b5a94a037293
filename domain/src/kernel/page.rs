//! Keyset paging: a page is found by where the last one ended, so page 10,000 costs what page 1 costs.

/// Items on a page, unless a list says otherwise.
pub const PAGE_SIZE: usize = 20;

/// A page of a list, and where the next one begins.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// The cursor of the following page, if there is one.
    pub next: Option<String>,
    /// Whether this is not the first page.
    pub continued: bool,
}

impl<T> Page<T> {
    /// Cuts `items`, fetched with one more than `size`, into a page. `cursor` names the place after an item.
    pub fn cut(mut items: Vec<T>, size: usize, continued: bool, cursor: impl Fn(&T) -> String) -> Self {
        let more = items.len() > size;
        items.truncate(size);
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next, continued }
    }

    /// The same page with other items.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next, continued: self.continued }
    }
}

/// Splits a cursor `sort-value~id` into its parts. A cursor that was tampered with is no cursor:
/// the list then begins at its start.
#[must_use]
pub fn read_cursor(cursor: &str) -> Option<(&str, uuid::Uuid)> {
    let (value, id) = cursor.rsplit_once('~')?;
    Some((value, id.parse().ok()?))
}

/// Writes a cursor for [`read_cursor`].
#[must_use]
pub fn write_cursor(value: impl std::fmt::Display, id: uuid::Uuid) -> String {
    format!("{value}~{}", id.simple())
}
