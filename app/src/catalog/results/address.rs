//! Addresses of lists: every link keeps what was asked before and changes one thing.

use domain::catalog::search::SearchQuery;

/// The address of the list that is shown.
#[derive(Clone, Debug)]
pub(super) struct Address {
    /// `/services`, or `/categories/{slug}`: then the category is in the path and not in the query.
    pub path: String,
    /// What it asks for.
    pub query: SearchQuery,
}

impl Address {
    /// The same list with something changed, from its first page.
    pub(super) fn with(&self, change: impl FnOnce(&mut SearchQuery)) -> String {
        let mut query = self.query.clone();
        query.after = None;
        change(&mut query);
        // What a category asks, others do not.
        if query.category.is_none() {
            query.answers.clear();
        }
        query.exact &= query.words.is_some();
        let in_path = self.path != "/services";
        if !in_path || query.category == self.query.category {
            return written(&self.path, &query, in_path);
        }
        match &query.category {
            Some(slug) => written(&format!("/categories/{slug}"), &query, true),
            None => written("/services", &query, false),
        }
    }

    /// A category, with everything else kept. Without anything else, the category's own page.
    pub(super) fn category(&self, slug: &str) -> String {
        let mut query = self.query.clone();
        (query.category, query.after) = (Some(slug.to_owned()), None);
        if self.path != "/services" || !query.narrows() {
            return written(&format!("/categories/{slug}"), &query, true);
        }
        written(&self.path, &query, false)
    }

    /// The page that follows.
    pub(super) fn after(&self, cursor: &str) -> String {
        self.with(|query| query.after = Some(cursor.to_owned()))
    }

    /// The one address search engines shall know this list by: without order, page and position.
    pub(super) fn canonical(&self) -> String {
        self.with(|query| {
            query.sort = domain::catalog::search::Sort::default();
            query.position = None;
        })
    }
}

/// The list of a search.
pub(in crate::catalog) fn address_of(query: &SearchQuery) -> String {
    written("/services", query, false)
}

fn written(path: &str, query: &SearchQuery, category_in_path: bool) -> String {
    let mut pairs = query.pairs();
    pairs.retain(|(name, _)| !(category_in_path && name == "category"));
    if pairs.is_empty() {
        return path.to_owned();
    }
    let written = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{path}?{written}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(path: &str, pairs: &[(&str, &str)]) -> Address {
        Address { path: path.to_owned(), query: SearchQuery::read(pairs.iter().copied()) }
    }

    #[test]
    fn a_change_keeps_the_rest_and_begins_at_the_first_page() {
        let here = address("/services", &[("q", "tap & sink"), ("place", "Berlin"), ("after", "w1~x")]);
        assert_eq!(here.with(|query| query.rating = Some(450)), "/services?q=tap+%26+sink&place=Berlin&rating=4.5");
        assert_eq!(here.after("w2~y"), "/services?q=tap+%26+sink&place=Berlin&after=w2%7Ey");
        assert_eq!(here.category("plumbing"), "/services?q=tap+%26+sink&category=plumbing&place=Berlin");
    }

    #[test]
    fn a_category_page_has_its_category_in_the_path() {
        let here = address("/categories/plumbing", &[("category", "plumbing"), ("sort", "price")]);
        assert_eq!(here.canonical(), "/categories/plumbing");
        assert_eq!(here.category("leaks"), "/categories/leaks?sort=price");
        assert_eq!(here.with(|query| query.category = None), "/services?sort=price");
        let here =
            address("/categories/plumbing", &[("category", "plumbing"), ("f.metal", "Steel"), ("f.metal", "Copper")]);
        assert_eq!(here.canonical(), "/categories/plumbing?f.metal=Steel&f.metal=Copper");
        assert_eq!(here.category("leaks"), "/categories/leaks?f.metal=Steel&f.metal=Copper");
        assert_eq!(here.with(|query| query.category = None), "/services");
    }
}
