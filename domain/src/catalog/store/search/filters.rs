//! What a listing must be like, as text of a statement.

use super::statement::Statement;
use crate::catalog::search::{Branch, NEAREST_KM, Sort, Sought, USUAL_KM, cosine_of_km, degrees_of_km};
use crate::kernel::CategoryId;
use jiff_sqlx::ToSqlx;
use sqlx::types::Uuid;

/// The conditions of a search on `listings l`.
pub(super) struct Filters {
    /// On the category, so that an index can begin there.
    pub branch: String,
    /// All others but the words.
    others: Vec<String>,
    /// On the words.
    words: Option<String>,
    /// On the terms: what an index of inverted lists knows of the category and the place.
    terms: Vec<String>,
    /// On the answers in the fields of the category, which the same index knows.
    answers: Vec<String>,
    /// Roughly around the place, for an index.
    around: Option<String>,
    /// On the listing itself, if only some are asked for.
    only: Option<String>,
    /// `x, y, z` against the place: the cosine of the distance.
    pub nearness: Option<String>,
}

impl Filters {
    pub(super) fn of(sought: &Sought, statement: &mut Statement) -> Self {
        let mut others = Vec::new();
        if let Some(kind) = sought.kind {
            others.push(format!("l.kind = {}", statement.bind(kind.name())));
        }
        if let Some(cents) = sought.min_cents {
            others.push(format!("l.price_cents >= {}", statement.bind(cents)));
        }
        if let Some(cents) = sought.max_cents {
            others.push(format!("l.price_cents <= {}", statement.bind(cents)));
        }
        if let Some(rating) = sought.rating {
            others.push(format!("l.rating >= {}", statement.bind(rating)));
        }
        let nearness = sought.near.map(|near| {
            let [x, y, z] = near.vector().map(|part| statement.bind(part));
            format!("(l.x * {x} + l.y * {y} + l.z * {z})")
        });
        if let Some(nearness) = &nearness {
            others.push(reaches(sought, nearness, statement));
        }
        if let Some(date) = sought.date {
            let date = statement.bind(date.to_sqlx());
            others.push(format!(
                "(SELECT substring(f.days FROM {date} - f.base_date + 1 FOR 1) FROM service_openings f
                  WHERE f.service_id = l.service_id) = B'1'"
            ));
        }
        if let Some(viewer) = sought.viewer {
            // In a sub-select it is read once; for most people it is empty.
            let viewer = statement.bind(viewer.0);
            others.push(format!(
                "l.service_id <> ALL ((SELECT coalesce(array_agg(a.id), '{{}}') FROM blocks b
                  JOIN services a ON a.provider_id = b.provider_id WHERE b.customer_id = {viewer})::uuid[])"
            ));
        }
        let only = sought.only.as_ref().map(|only| {
            let ids: Vec<Uuid> = only.iter().map(|service| service.0).collect();
            format!("l.service_id = ANY ({})", statement.bind(ids))
        });
        let words = sought.text.as_ref().map(|text| {
            // In a sub-select it is read once, not once for every row.
            format!("l.words @@ (SELECT {}::tsquery)", statement.bind(text.all.clone()))
        });
        let around = sought.near.map(|near| {
            let km = f64::from(sought.radius_km.unwrap_or(NEAREST_KM).max(NEAREST_KM));
            let (south, north) = (near.lat - degrees_of_km(km), near.lat + degrees_of_km(km));
            format!("l.lat BETWEEN {} AND {}", statement.bind(south), statement.bind(north))
        });
        let terms = terms(sought, statement);
        let answers =
            sought.answers.iter().map(|any| format!("l.answers && {}", statement.bind(any.clone()))).collect();
        Self { branch: branch(&sought.branch, statement), others, words, terms, answers, around, only, nearness }
    }

    /// All conditions, none of which an index is used for but the category's.
    pub(super) fn walking(&self) -> String {
        format!("{} AND {}", self.branch, opaque(self.others.iter().chain(&self.words).chain(&self.answers)))
    }

    /// All conditions, beginning with the index of words and terms.
    pub(super) fn by_terms(&self) -> String {
        if let Some(only) = &self.only {
            return format!("{only} AND {}", self.walking());
        }
        let indexed: Vec<&str> =
            self.words.iter().chain(&self.terms).chain(&self.answers).map(String::as_str).collect();
        let exactly = opaque(self.others.iter().chain([&self.branch]));
        if indexed.is_empty() { exactly } else { format!("{} AND {exactly}", indexed.join(" AND ")) }
    }

    /// All conditions, beginning with the index of latitudes.
    pub(super) fn by_place(&self) -> String {
        let around = self.around.as_deref().unwrap_or("true");
        format!("{around} AND {}", self.walking())
    }
}

/// Whether a service reaches the place: a provider who travels, by how far; at the provider's, by how far
/// the customer would go; remote ones reach everywhere.
fn reaches(sought: &Sought, nearness: &str, statement: &mut Statement) -> String {
    let km = sought.radius_km.unwrap_or(if sought.sort == Sort::Distance { NEAREST_KM } else { USUAL_KM });
    let circle = statement.bind(cosine_of_km(f64::from(km)));
    let reached = match sought.radius_km {
        Some(_) => format!("{nearness} >= greatest(l.reach, {circle})"),
        None => {
            format!("{nearness} >= CASE l.place WHEN 'customer' THEN l.reach ELSE {circle} END")
        }
    };
    if sought.remote_too {
        format!("(l.place = 'remote' OR {reached})")
    } else {
        format!("l.place <> 'remote' AND {reached}")
    }
}

fn terms(sought: &Sought, statement: &mut Statement) -> Vec<String> {
    let inside = |id: &CategoryId| format!("in {}", id.0);
    let mut terms = Vec::new();
    match &sought.branch {
        Branch::Everywhere => {}
        Branch::Top(id) | Branch::Leaf(id) => terms.push(vec![inside(id)]),
        Branch::Several(ids) => terms.push(ids.iter().map(inside).collect()),
    }
    terms.extend(sought.square().map(|square| vec![square, "everywhere".to_owned()]));
    terms.into_iter().map(|any| format!("l.terms && {}", statement.bind(any))).collect()
}

fn branch(branch: &Branch, statement: &mut Statement) -> String {
    match branch {
        Branch::Everywhere => "true".to_owned(),
        Branch::Top(id) => format!("l.top_category_id = {}", statement.bind(id.0)),
        Branch::Leaf(id) => format!("l.category_id = {}", statement.bind(id.0)),
        Branch::Several(ids) => {
            let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
            format!("l.category_id = ANY ({})", statement.bind(ids))
        }
    }
}

/// Conditions as one expression that no index is tempted by: whether to walk an order or to gather is
/// decided by us, who know how common the words are. The planner takes a CASE for true half of the time,
/// so walking looks as cheap to it as it is.
fn opaque<'c>(conditions: impl IntoIterator<Item = &'c String>) -> String {
    let conditions: Vec<&str> = conditions.into_iter().map(String::as_str).collect();
    if conditions.is_empty() {
        return "true".to_owned();
    }
    format!("CASE WHEN {} THEN true ELSE false END", conditions.join(" AND "))
}
