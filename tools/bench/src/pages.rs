//! Pages: how many a second, what each costs, and how long people wait at half of that load.

use std::sync::Arc;
use std::time::Duration;

use crate::client::{Request, encoded};
use crate::figures::{Figures, ms, rate};
use crate::load::{Requests, Run, closed, in_turn, open};
use crate::marketplace::Scene;
use crate::{Outcome, beside, store};

/// People who ask at once when the capacity is sought.
const CROWD: usize = 32;
/// Connections that an even load may use.
const LANES: usize = 64;

const FULL: &str = "Pages at full load";
const FULL_HEAD: &[&str] = &["Page", "pages/s", "p50", "p99", "CPU-ms server", "CPU-ms Postgres", "CPU-ms", "KiB"];
const HALF: &str = "Pages at half load (an even rate; waiting counts from the planned moment)";
const HALF_HEAD: &[&str] = &["Page", "pages/s", "p50", "p99", "p99.9"];

/// A kind of page.
struct Kind {
    name: &'static str,
    requests: Requests,
    /// The most milliseconds of processor time one may cost.
    costs: Option<f64>,
    /// The most milliseconds 99 of 100 may take at half load, and the goal's number.
    half: Option<u64>,
}

/// What a kind of page does at full load.
struct Capacity {
    rate: f64,
    cost: f64,
}

/// Measures all kinds of pages.
///
/// # Errors
/// A page does not answer.
pub async fn measure(scene: &Scene<'_>, figures: &mut Figures) -> Outcome<()> {
    let first = Request::get("/services", None);
    let words = searches(scene, |example| vec![("q", word(&example.title))]);
    let filtered = searches(scene, everything);
    let (deep, depth) = deep(scene).await?;
    let slugs = scene.services.iter().map(|slug| Request::get(&format!("/services/{slug}"), None));

    let list = kind("First page of the list", vec![first], Some(0.8), Some(25));
    let at_first = page(scene, figures, list).await?;
    let search = page(scene, figures, kind("List with a search word", requests(&words), None, Some(25))).await?;
    figures.goal(
        "P7",
        "HTML pages of the list with a search word",
        format!("{}/s", rate(search.rate)),
        "≥ 1,000/s",
        search.rate >= 1000.0,
    );
    let name = "Filtered search: word, category, town, price";
    page(scene, figures, kind(name, requests(&filtered), Some(1.0), Some(25))).await?;
    let compressed = filtered.iter().map(|path| Request::get_compressed(path)).collect();
    page(scene, figures, kind("The same, compressed as browsers ask", compressed, None, None)).await?;
    page(scene, figures, kind("Service", slugs.collect(), Some(0.4), Some(25))).await?;
    let at_depth = page(scene, figures, kind("Deep page of the list", deep, None, None)).await?;
    let ratio = at_depth.cost / at_first.cost;
    figures.goal(
        "P8",
        &format!("Page at item {} of the list, CPU-ms against the first page", crate::figures::thousands(depth)),
        format!("{ratio:.2}x"),
        "≤ 1.2x",
        ratio <= 1.2,
    );
    page(scene, figures, kind("Front page", vec![Request::get("/", None)], None, None)).await?;
    let style = style_sheet(scene).await?;
    page(scene, figures, kind("Style sheet (kept in memory)", vec![style], None, Some(5))).await?;
    million(scene, figures).await?;
    beside::wrk(scene, &words[0], CROWD, figures).await
}

/// Pages made from the table with a million bookings, for those who have most of them.
async fn million(scene: &Scene<'_>, figures: &mut Figures) -> Outcome<()> {
    let pool = &scene.database.pool;
    let customer = scene.borrow(&store::busiest_customer(pool).await?).await?;
    let owner = scene.borrow(&store::busiest_owner(pool).await?).await?;
    let kinds = [
        ("A customer's past bookings, of a million", "/bookings?show=past", customer),
        ("A provider's bookings, of a million", "/provider/bookings", owner.clone()),
        ("A provider's week, of a million bookings", "/provider/calendar", owner),
    ];
    for (name, path, session) in kinds {
        page(scene, figures, kind(name, vec![Request::get(path, Some(&session))], None, Some(60))).await?;
    }
    Ok(())
}

fn kind(name: &'static str, requests: Vec<Arc<Request>>, costs: Option<f64>, half: Option<u64>) -> Kind {
    Kind { name, requests: in_turn(requests), costs, half }
}

async fn page(scene: &Scene<'_>, figures: &mut Figures, kind: Kind) -> Outcome<Capacity> {
    let (target, options) = (&scene.target, scene.options);
    scene.check(&(kind.requests)(0), kind.name).await?;
    closed(target, CROWD, options.warm_up(), &kind.requests).await;
    let before = scene.processes.spent();
    let mut run = closed(target, CROWD, options.measurement(), &kind.requests).await;
    let (server, postgres) = scene.processes.spent().since(before).each(run.answers());
    complain(figures, kind.name, &run);
    let capacity = Capacity { rate: run.rate(), cost: server + postgres };
    figures.line(
        FULL,
        FULL_HEAD,
        vec![
            kind.name.to_owned(),
            rate(capacity.rate),
            ms(run.percentile(50.0)),
            ms(run.percentile(99.0)),
            format!("{server:.2}"),
            format!("{postgres:.2}"),
            format!("{:.2}", capacity.cost),
            format!("{:.1}", run.kibibytes()),
        ],
    );
    if let Some(most) = kind.costs {
        let (measured, goal) = (format!("{:.2} CPU-ms", capacity.cost), format!("≤ {most:.1} CPU-ms"));
        figures.goal("A.3b", &format!("{}, each", kind.name), measured, &goal, capacity.cost <= most);
    }
    if let Some(most) = kind.half {
        half(scene, figures, &kind, capacity.rate / 2.0, Duration::from_millis(most)).await;
    }
    Ok(capacity)
}

async fn half(scene: &Scene<'_>, figures: &mut Figures, kind: &Kind, even: f64, most: Duration) {
    let mut run = open(&scene.target, LANES, even, scene.options.measurement(), &kind.requests).await;
    complain(figures, kind.name, &run);
    let p99 = run.percentile(99.0);
    figures.line(
        HALF,
        HALF_HEAD,
        vec![kind.name.to_owned(), rate(run.rate()), ms(run.percentile(50.0)), ms(p99), ms(run.percentile(99.9))],
    );
    let goal = format!("≤ {} ms", most.as_millis());
    figures.goal("P6", &format!("{}, p99 at half load", kind.name), ms(p99), &goal, p99 <= most);
}

fn complain(figures: &mut Figures, name: &str, run: &Run) {
    let wrong = run.not(200);
    if wrong > 0 {
        figures.broken(format!("{name}: {wrong} requests were not answered with 200: {:?}", run.statuses));
    }
}

type Fields<'e> = Vec<(&'static str, &'e str)>;

fn searches<'e>(scene: &'e Scene<'_>, fields: impl Fn(&'e store::Example) -> Fields<'e>) -> Vec<String> {
    let each = scene.examples.iter().map(|example| {
        let mut query = encoded(&fields(example));
        if query.contains("place=") {
            // A quarter above the price of a service that is there, in whole units.
            query.push_str(&format!("&max_price={}", example.price_cents * 5 / 400 + 1));
        }
        format!("/services?{query}")
    });
    each.collect()
}

fn everything(example: &store::Example) -> Fields<'_> {
    vec![("q", word(&example.title)), ("category", &example.category), ("place", &example.city)]
}

fn requests(paths: &[String]) -> Vec<Arc<Request>> {
    paths.iter().map(|path| Request::get(path, None)).collect()
}

/// The word somebody would type: the longest.
fn word(title: &str) -> &str {
    title.split(|c: char| !c.is_alphanumeric()).max_by_key(|word| word.len()).unwrap_or(title)
}

/// Pages deep in the list, reached as people reach them: by going on. And how deep, in items.
async fn deep(scene: &Scene<'_>) -> Outcome<(Vec<Arc<Request>>, i64)> {
    eprintln!("Walking down the list");
    let (mut path, mut last, mut items) = ("/services".to_owned(), Vec::new(), 0);
    while items < scene.options.depth() {
        let text = scene.check(&Request::get(&path, None), "a page of the list").await?;
        items += text.matches("<article").count().max(1);
        let Some(next) = next_page(&text) else { break };
        last.push(Request::get(&next, None));
        path = next;
    }
    let kept = last.split_off(last.len().saturating_sub(20));
    if kept.is_empty() {
        return Err("the list has one page only".into());
    }
    Ok((kept, i64::try_from(items)?))
}

/// Where "Next" leads.
fn next_page(text: &str) -> Option<String> {
    let anchor =
        text.split("<a ").find(|anchor| anchor.split('>').next().is_some_and(|a| a.contains("rel=\"next\"")))?;
    let href = anchor.split("href=\"").nth(1)?.split('"').next()?;
    Some(href.replace("&amp;", "&"))
}

async fn style_sheet(scene: &Scene<'_>) -> Outcome<Arc<Request>> {
    let text = scene.check(&Request::get("/", None), "the front page").await?;
    let path = text.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|href| href.ends_with(".css"));
    Ok(Request::get_compressed(path.ok_or("the front page has no style sheet")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_found() {
        let text =
            r#"<a rel="prev" href="/a">x</a> <a class="btn" rel="next" href="/services?q=a&amp;after=w1~b">Next</a>"#;
        assert_eq!(next_page(text).as_deref(), Some("/services?q=a&after=w1~b"));
        assert_eq!(next_page("<a href=\"/x\">"), None);
    }

    #[test]
    fn people_type_the_word_that_says_most() {
        assert_eq!(word("Fix a leaking tap"), "leaking");
    }
}
