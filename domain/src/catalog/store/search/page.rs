//! A page of listings with the numbers of further choices, in one statement.
//!
//! First the ids of the page are found, from an index alone where that is possible; then the rows that are
//! shown are fetched. Further choices are counted among the first few hundred that match, looking at no
//! more than a few thousand, so that a page costs the same in a large marketplace as in a small one.

use super::filters::Filters;
use super::order::{self, NEVER, Way};
use super::rows::{COLUMNS, FoundFacet, HitRow};
use super::statement::Statement;
use crate::catalog::search::{Branch, FEW, Hit, Sort, Sought};
use crate::kernel::Error;
use crate::kernel::page::{PAGE_SIZE, Page};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgPool;

/// Most matches that are counted; one more than is said.
pub(in crate::catalog) const COUNTED: u32 = 501;
/// Most listings that are looked at to count, where an index alone answers.
const LOOKED_AT: u32 = 2000;
/// Most listings that are looked at to count, where each must be fetched.
const FETCHED: u32 = 1000;
/// Rows of a page, and one more that tells whether another follows.
const LIMIT: usize = PAGE_SIZE + 1;

/// A page as the database knows it.
pub(in crate::catalog) struct FoundPage {
    pub page: Page<Hit>,
    pub facets: Vec<FoundFacet>,
    /// Listings that were looked at to count, at most; `None` if all were.
    pub looked_at: Option<u32>,
}

pub(in crate::catalog) async fn page(
    pool: &PgPool,
    sought: &Sought,
    counting: Counting,
    now: Timestamp,
) -> Result<FoundPage, Error> {
    let mut statement = Statement::default();
    let filters = Filters::of(sought, &mut statement);
    let way = order::way(sought);
    let parts = Parts {
        way,
        sort: sought.sort,
        now: statement.bind(now.to_sqlx()),
        after: order::after(sought),
        branch: if sought.branch == Branch::Everywhere { "l.top_category_id" } else { "l.category_id" },
    };
    let found = match way {
        Way::Walk => format!("WITH page AS ({})", walk(sought, &parts, &filters, "true", &mut statement)),
        Way::WalkTimes => walk_times(&parts, &filters, &mut statement),
        Way::Gather | Way::GatherPlace | Way::Try => gather(sought, &parts, &filters, &mut statement),
    };
    let gathered = !matches!(way, Way::Walk | Way::WalkTimes);
    let fetching = sought.text.is_some() || sought.date.is_some() || sought.asks_answers();
    let looked_at = if fetching { FETCHED } else { LOOKED_AT };
    let facets = match counting {
        Counting::Nothing => None,
        Counting::Among(_) if gathered => {
            Some(facets(&format!("SELECT branch, kind, rating FROM found LIMIT {COUNTED}")))
        }
        // A few of very many would have to be fetched and still tell nothing exact.
        Counting::Among(domain) if fetching && domain > FETCHED => None,
        Counting::Among(_) => Some(facets(&candidates(&filters, parts.branch, sought, looked_at))),
    };
    let facets = facets.unwrap_or_else(|| "NULL".to_owned());
    let (down, id_down) = order::directions(sought.sort);
    let kept = sought.viewer.map_or_else(
        || "false".to_owned(),
        |viewer| {
            let viewer = statement.bind(viewer.0);
            format!("EXISTS (SELECT FROM favorites v WHERE v.user_id = {viewer} AND v.service_id = l.service_id)")
        },
    );
    let sql = format!(
        "{found}
         SELECT {COLUMNS}, {kept} AS kept, page.key, page.gathered,
                CASE WHEN row_number() OVER () = 1 THEN ({facets})::text END AS facets
         FROM page JOIN listings l ON l.service_id = page.service_id
         LEFT JOIN service_openings o ON o.service_id = l.service_id
         ORDER BY page.key {down}, page.service_id {id_down}"
    );
    let mut rows: Vec<HitRow> = statement.rows(pool, sql).await?;
    let facets = rows.iter_mut().find_map(|row| row.facets.take());
    let continued = parts.after.is_some();
    let page = Page::cut(rows, PAGE_SIZE, continued, |row| order::cursor(row.gathered, row.key, row.service_id));
    let Page { items, next, continued } = page;
    let items = items.into_iter().map(|row| row.hit(sought, now)).collect::<Result<_, _>>()?;
    Ok(FoundPage {
        page: Page { items, next, continued },
        facets: facets.map_or_else(|| Ok(Vec::new()), |text| serde_json::from_str(&text)).map_err(Error::internal)?,
        looked_at: (!gathered).then_some(looked_at),
    })
}

/// Whether further choices are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::catalog) enum Counting {
    /// Only the page is wanted.
    Nothing,
    /// Among so many live services of the category.
    Among(u32),
}

/// What the parts of one statement share.
struct Parts {
    way: Way,
    sort: Sort,
    now: String,
    after: Option<order::After>,
    branch: &'static str,
}

impl Parts {
    /// The condition that a row comes after the last page.
    fn follows(&self, columns: (&str, &str), statement: &mut Statement) -> String {
        self.after.map_or_else(|| "true".to_owned(), |after| order::follows(self.sort, after, columns, statement))
    }
}

/// Down an index in order, until the page is full.
fn walk(sought: &Sought, parts: &Parts, filters: &Filters, gate: &str, statement: &mut Statement) -> String {
    let key = order::key(sought, Way::Walk, filters.nearness.as_deref(), &parts.now, statement);
    let follows = parts.follows((&key, "l.service_id"), statement);
    let (down, id_down) = order::directions(parts.sort);
    format!(
        "SELECT l.service_id, {key} AS key, false AS gathered FROM listings l
         WHERE {gate} AND {} AND {follows} ORDER BY {key} {down}, l.service_id {id_down} LIMIT {LIMIT}",
        filters.walking()
    )
}

/// Everything that matches, then sorted.
fn gather(sought: &Sought, parts: &Parts, filters: &Filters, statement: &mut Statement) -> String {
    let key = order::key(sought, parts.way, filters.nearness.as_deref(), &parts.now, statement);
    let follows = parts.follows(("key", "service_id"), statement);
    let (down, id_down) = order::directions(parts.sort);
    let conditions = if parts.way == Way::GatherPlace { filters.by_place() } else { filters.by_terms() };
    let openings = match parts.sort {
        Sort::Soonest => "LEFT JOIN service_openings o ON o.service_id = l.service_id",
        _ => "",
    };
    let trying = parts.way == Way::Try;
    let most = if trying { format!("LIMIT {}", FEW + 1) } else { String::new() };
    let few = if trying { format!("(SELECT count(*) FROM found) <= {FEW}") } else { "true".to_owned() };
    let page = format!(
        "SELECT service_id, key, true AS gathered FROM found WHERE {few} AND {follows}
         ORDER BY key {down}, service_id {id_down} LIMIT {LIMIT}"
    );
    let page = if trying {
        let many = format!("(SELECT count(*) FROM found) > {FEW}");
        format!("({page}) UNION ALL ({})", walk(sought, parts, filters, &many, statement))
    } else {
        page
    };
    let branch = parts.branch;
    format!(
        "WITH found AS MATERIALIZED (SELECT l.service_id, {key} AS key, {branch} AS branch, l.kind, l.rating
                                     FROM listings l {openings} WHERE {conditions} {most}),
              page AS ({page})"
    )
}

/// Those with a free time, soonest first; then those without, best first.
fn walk_times(parts: &Parts, filters: &Filters, statement: &mut Statement) -> String {
    let now = &parts.now;
    let conditions = filters.walking();
    let (timed, untimed) = match parts.after {
        None => ("true".to_owned(), "true".to_owned()),
        Some(after) if after.key >= NEVER / 2 => {
            let (score, id) = (statement.bind(NEVER - after.key), statement.bind(after.id));
            ("false".to_owned(), format!("(l.score, l.service_id) < ({score}, {id})"))
        }
        Some(after) => {
            let at = Timestamp::from_microsecond(after.key).unwrap_or(Timestamp::UNIX_EPOCH);
            let (at, id) = (statement.bind(at.to_sqlx()), statement.bind(after.id));
            (format!("o.next_free >= {at} AND (o.next_free > {at} OR o.service_id < {id})"), "true".to_owned())
        }
    };
    format!(
        "WITH page AS (
            (SELECT o.service_id, (extract(epoch FROM o.next_free) * 1000000)::bigint AS key,
                    false AS gathered
             FROM service_openings o JOIN listings l ON l.service_id = o.service_id
             WHERE o.next_free >= {now} AND {timed} AND {conditions}
             ORDER BY o.next_free, o.service_id DESC LIMIT {LIMIT})
            UNION ALL
            (SELECT l.service_id, {NEVER} - l.score AS key, false AS gathered
             FROM listings l
             WHERE {untimed} AND {conditions} AND coalesce(
                 (SELECT f.next_free FROM service_openings f WHERE f.service_id = l.service_id) < {now}, true)
             ORDER BY l.score DESC, l.service_id DESC LIMIT {LIMIT})
            LIMIT {LIMIT})"
    )
}

/// The first matches by recommendation, among the first listings.
fn candidates(filters: &Filters, branch: &str, sought: &Sought, looked_at: u32) -> String {
    let words = if sought.text.is_some() { ", l.words" } else { "" };
    let answers = if sought.asks_answers() { ", l.answers" } else { "" };
    format!(
        "SELECT {branch} AS branch, l.kind, l.rating
         FROM (SELECT l.service_id, l.top_category_id, l.category_id, l.kind, l.place, l.price_cents, l.rating, l.x, l.y,
                      l.z, l.reach{words}{answers}
               FROM listings l WHERE {} ORDER BY l.score DESC, l.service_id DESC LIMIT {looked_at}) l
         WHERE {} LIMIT {COUNTED}",
        filters.branch,
        filters.walking()
    )
}

fn facets(candidates: &str) -> String {
    format!(
        "SELECT json_agg(json_build_array(branch, kind, stars, n))
         FROM (SELECT branch, kind, CASE WHEN rating >= 450 THEN 450 WHEN rating >= 400 THEN 400
                                         WHEN rating >= 350 THEN 350 ELSE 0 END AS stars, count(*) AS n
               FROM ({candidates}) c GROUP BY 1, 2, 3) counted"
    )
}

/// How many match each of several searches, at most 100 each; in one statement.
pub(in crate::catalog) async fn counts(pool: &PgPool, several: &[Sought]) -> Result<Vec<u32>, Error> {
    let mut statement = Statement::default();
    let counts: Vec<String> = several
        .iter()
        .map(|sought| {
            let filters = Filters::of(sought, &mut statement);
            let rare = order::way(sought) == Way::Gather || sought.asks_answers();
            let conditions = if rare { filters.by_terms() } else { filters.walking() };
            format!("(SELECT count(*) FROM (SELECT FROM listings l WHERE {conditions} LIMIT 100) c)")
        })
        .collect();
    let rows: Vec<(Vec<i64>,)> = statement.rows(pool, format!("SELECT ARRAY[{}]::bigint[]", counts.join(", "))).await?;
    let numbers = rows.into_iter().next().map(|(numbers,)| numbers).unwrap_or_default();
    Ok(numbers.into_iter().map(|number| u32::try_from(number).unwrap_or(0)).collect())
}
