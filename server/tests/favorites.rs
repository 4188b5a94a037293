//! Hearts, saved searches, the way out of their letters, and how ranking works, through the whole router.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::catalog::search::ranking::{
    ANSWERS_WITHIN, FEATURED_A_PAGE, FEATURED_PERCENT, FEATURED_REVIEWS, FEWEST_ANSWERS, FEWEST_STARS, FREE_WITHIN,
    LEAST_KEPT_PERCENT, NEAR, NEAR_FADES_KM, NEAR_REMOTE, NEW_FOR_DAYS, NEW_ONE_DAY_OF, NEW_UNTIL_REVIEWS,
    PRIOR_BOOKINGS, PRIOR_KEPT_PERCENT, PRIOR_REVIEWS, PRIOR_STARS_TENTHS, Part, WORTH_WRITING,
};
use domain::testing::{PASSWORD, User};
use house::{House, cookie, house, text};
use jiff::SignedDuration;

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn signed_in(house: &House, user: &User) -> String {
    let answer = house.post("/login", None, &form(&[("email", &user.email), ("password", PASSWORD)])).await;
    cookie(&answer).unwrap()
}

async fn get(house: &House, path: &str, cookie: &str) -> (StatusCode, String) {
    let answer = house.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await;
    (answer.status(), text(answer).await)
}

/// The words of a page without its tags.
fn plain(page: &str) -> String {
    let words = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words)).collect::<String>();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn location(response: &Response<Body>) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap().to_owned()
}

/// A heart on a page that would keep, or let go, a service.
fn heart(page: &str, slug: &str, on: bool) -> bool {
    let end = if on { "favorite/remove\"" } else { "favorite\"" };
    page.contains(&format!("formaction=\"/services/{slug}/{end}"))
}

#[tokio::test]
async fn a_heart_is_pressed_on_a_card_and_let_go_on_the_list() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let ana = house.world.customer("Ana").await;
    let hers = signed_in(&house, &ana).await;
    assert!(get(&house, "/favorites", &hers).await.1.contains("Nothing kept yet"));
    let (_, list) = get(&house, "/services?q=leak", &hers).await;
    assert!(heart(&list, &leak.slug, false) && list.contains("id=\"hearts\""), "{list}");
    let deed = format!("/services/{}/favorite", leak.slug);
    let back = form(&[("back", "/services?q=leak")]);
    let to = location(&house.post(&deed, Some(&hers), &back).await);
    assert_eq!(to, format!("/services?q=leak&said=kept#s-{}", leak.slug));
    let (_, list) = get(&house, "/services?q=leak&said=kept", &hers).await;
    assert!(heart(&list, &leak.slug, true) && list.contains("under your favourites"), "{list}");
    assert!(get(&house, &format!("/services/{}", leak.slug), &hers).await.1.contains("In your favourites"));
    let (_, kept) = get(&house, "/favorites", &hers).await;
    assert!(kept.contains("Fix a leak") && heart(&kept, &leak.slug, true));
    assert!(get(&house, "/favorites?q=zither", &hers).await.1.contains("Nothing found"));
    // Nowhere else, and not by anybody else's page.
    let evil = house.post(&format!("{deed}/remove"), Some(&hers), &form(&[("back", "//evil.example")])).await;
    assert_eq!(location(&evil), format!("/favorites?said=let-go#s-{}", leak.slug));
    assert_eq!(house.post("/services/no-such-one/favorite", Some(&hers), "").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_visitor_who_presses_a_heart_logs_in_and_finds_it_done() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let ana = house.world.customer("Ana").await;
    let deed = format!("/services/{}/favorite", leak.slug);
    let pressed = house.post(&deed, None, &form(&[("back", "/services?q=leak")])).await;
    let session = cookie(&pressed).unwrap();
    assert_eq!(location(&pressed), "/login?next=%2Ffavorites%2Fwish");
    let fields = form(&[("email", &ana.email), ("password", PASSWORD), ("next", "/favorites/wish")]);
    let entered = house.post("/login", Some(&session), &fields).await;
    assert_eq!(location(&entered), "/favorites/wish");
    let hers = cookie(&entered).unwrap();
    let granted = house.ask(Request::get("/favorites/wish").header("cookie", &hers).body(Body::empty()).unwrap()).await;
    assert_eq!(location(&granted), format!("/services?q=leak&said=kept#s-{}", leak.slug));
    assert!(get(&house, "/favorites", &hers).await.1.contains("Fix a leak"));
    // A wish is granted once.
    let again = house.ask(Request::get("/favorites/wish").header("cookie", &hers).body(Body::empty()).unwrap()).await;
    assert_eq!(location(&again), "/favorites");
}

#[tokio::test]
async fn a_search_is_saved_named_and_its_letters_end_with_one_press() {
    let house = house().await;
    let world = &house.world;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let ana = world.customer("Ana").await;
    let hers = signed_in(&house, &ana).await;
    let (_, list) = get(&house, "/services?q=leak", &hers).await;
    assert!(list.contains("action=\"/favorites/searches/new?q=leak\""), "{list}");
    assert!(!get(&house, "/services", &hers).await.1.contains("Save this search"), "everything is no search");
    let visitor = house.post("/favorites/searches/new?q=leak", None, &form(&[("name", "Leaks")])).await;
    assert_eq!(location(&visitor), "/login?next=%2Ffavorites%2Fsearches%2Fnew%3Fq%3Dleak");
    let nameless = house.post("/favorites/searches/new?q=leak", Some(&hers), "name=").await;
    assert_eq!(nameless.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(nameless).await.contains("Give it a name"));
    let saved = house.post("/favorites/searches/new?q=leak", Some(&hers), &form(&[("name", "Leaks <i>")])).await;
    assert_eq!(location(&saved), "/favorites?show=searches&said=search-saved");
    let twice = house.post("/favorites/searches/new?q=leak", Some(&hers), &form(&[("name", "Again")])).await;
    assert_eq!(twice.status(), StatusCode::CONFLICT);
    let (_, page) = get(&house, "/favorites?show=searches", &hers).await;
    assert!(page.contains("Leaks &lt;i&gt;") && page.contains("Stop letters"), "{page}");
    let at = page.split("action=\"/favorites/searches/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let at = format!("/favorites/searches/{at}");
    assert!(get(&house, &at, &hers).await.1.contains("Rename this search"));
    assert_eq!(house.post(&at, Some(&hers), "name=").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(location(&house.post(&at, Some(&hers), "name=Drips").await), "/favorites?show=searches&said=saved");
    let eves = signed_in(&house, &world.customer("Eve").await).await;
    for deed in [at.clone(), format!("{at}/remove"), format!("{at}/alert")] {
        let refused = house.post(&deed, Some(&eves), "name=Mine").await;
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{deed}");
    }
    // A letter, and its way out: looking changes nothing, one POST from nowhere does.
    world.service(&plumbing, |service| service.called("Find a leak")).await;
    world.advance(SignedDuration::from_hours(24));
    domain::jobs::sweep(world.ctx()).await.unwrap();
    let mails = world.mail_to(&ana.email).await;
    let letter = mails.iter().find(|mail| mail.kind == "catalog.alert").unwrap();
    let way = letter.text.split("/letters/stop/").nth(1).unwrap().split_whitespace().next().unwrap();
    let way = format!("/letters/stop/{way}");
    assert_eq!(house.ask(Request::get(&way).body(Body::empty()).unwrap()).await.status(), StatusCode::OK);
    let hers = signed_in(&house, &ana).await;
    assert!(get(&house, "/favorites?show=searches", &hers).await.1.contains("Stop letters"));
    let one_click = Request::post(&way)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("List-Unsubscribe=One-Click"))
        .unwrap();
    let stopped = house.ask(one_click).await;
    assert_eq!(stopped.status(), StatusCode::OK, "no redirect: mail programs follow none");
    assert!(get(&house, "/favorites?show=searches", &hers).await.1.contains("Send letters"));
    let forged = Request::post("/letters/stop/AAAA").body(Body::empty()).unwrap();
    assert_eq!(house.ask(forged).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        location(&house.post(&format!("{at}/alert"), Some(&hers), "alert=on").await),
        "/favorites?show=searches&said=alert-on"
    );
    assert_eq!(
        location(&house.post(&format!("{at}/remove"), Some(&hers), "").await),
        "/favorites?show=searches&said=search-removed"
    );
    assert!(get(&house, "/favorites?show=searches", &hers).await.1.contains("No searches saved yet"));
}

#[tokio::test]
async fn how_ranking_works_says_the_numbers_it_works_with() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    house.world.service(&plumbing, |service| service.called("Fix a leak")).await;
    domain::jobs::sweep(house.world.ctx()).await.unwrap();
    let (status, page) = get(&house, "/how-ranking-works", "").await;
    assert_eq!(status, StatusCode::OK);
    let grouped = |points: i64| format!("{},{:03}", points / 1000, points % 1000);
    // Every weight stands in the row of its part, in the order in which they count.
    let rows: Vec<&str> = page.split("<th scope=\"row\">").skip(1).collect();
    assert_eq!(rows.len(), Part::ALL.len());
    for (row, part) in rows.iter().zip(Part::ALL) {
        let points = match part.most() {
            most @ 1000.. => grouped(most),
            most => most.to_string(),
        };
        assert!(row.contains(&format!("<td class=\"num\">{points}<")), "{part:?} {points}: {row}");
    }
    let within = |steps: &[(i64, i64)]| {
        steps.iter().all(|(bound, percent)| {
            let said = format!("within {bound} ");
            page.split(&said).skip(1).any(|rest| {
                let percents: String =
                    rest.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
                percents == percent.to_string()
            })
        })
    };
    assert!(within(&FREE_WITHIN) && within(&ANSWERS_WITHIN), "{page}");
    for words in [
        format!("all together are {}", grouped(Part::ALL.iter().map(|part| part.most()).sum())),
        format!("as if {PRIOR_REVIEWS} reviews with {}.{} stars", PRIOR_STARS_TENTHS / 10, PRIOR_STARS_TENTHS % 10),
        format!("none for {FEWEST_STARS} or less"),
        format!("as if {PRIOR_BOOKINGS} had come before, {PRIOR_KEPT_PERCENT} percent of them kept"),
        format!("None for {LEAST_KEPT_PERCENT} percent or less"),
        format!("until the business has answered {FEWEST_ANSWERS} times"),
        format!("first {NEW_FOR_DAYS} days and until it has {NEW_UNTIL_REVIEWS} reviews"),
        format!("on one day of {NEW_ONE_DAY_OF}"),
        format!("up to {} points more", grouped(NEAR)),
        format!("none from {NEAR_FADES_KM} km on"),
        format!("near to everybody and get {}", grouped(NEAR_REMOTE)),
        format!("less than {WORTH_WRITING} points waits"),
        format!("at most {FEATURED_A_PAGE} services of a page"),
        format!("have {FEATURED_REVIEWS} reviews or more"),
        format!("{FEATURED_PERCENT} percent of the points or more"),
    ] {
        assert!(plain(&page).contains(&words), "{words}: {}", plain(&page));
    }
    let (_, list) = get(&house, "/services", "").await;
    assert!(list.contains("href=\"/how-ranking-works\"") && !list.contains("Featured"));
    assert!(
        list.contains("Why is this here?")
            && list.contains("No reviews yet, so it starts in the middle: 2,400 of 4,000"),
        "{list}"
    );
    // Featured are a few of the good ones, where nothing was asked for.
    let world = &house.world;
    sqlx::raw_sql("UPDATE providers SET verified_at = '2026-01-01', completed_count = 100")
        .execute(world.owner())
        .await
        .unwrap();
    for _ in 0..5 {
        world.service(&plumbing, |service| service.called("Fix a leak").delivered_in(1)).await;
    }
    sqlx::raw_sql("UPDATE services SET rating_sum = 100, rating_count = 20").execute(world.owner()).await.unwrap();
    domain::jobs::sweep(world.ctx()).await.unwrap();
    let labels = async |path: &str| get(&house, path, "").await.1.matches("class=\"service-label\"").count();
    assert_eq!(labels("/services").await, FEATURED_A_PAGE);
    assert_eq!((labels("/services?q=leak").await, labels("/services?sort=price").await), (0, 0));
    assert!(get(&house, "/services?sort=price", "").await.1.contains("You asked for the lowest price first."));
}

#[tokio::test]
async fn businesses_read_what_people_near_them_did_not_find() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    house.world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let city: String = sqlx::query_scalar("SELECT city FROM providers").fetch_one(house.world.owner()).await.unwrap();
    let bens = signed_in(&house, &plumbing.owner.user).await;
    assert!(!get(&house, "/provider", &bens).await.1.contains("People looked for"), "nothing is nothing");
    let address = format!("/services?{}", form(&[("q", "piano tuning"), ("place", &city)]));
    for _ in 0..5 {
        get(&house, &address, "").await;
    }
    assert!(!get(&house, "/provider", &bens).await.1.contains("People looked for"), "one person is no people");
    for name in ["Ana", "Eve"] {
        let who = signed_in(&house, &house.world.customer(name).await).await;
        get(&house, &address, &who).await;
    }
    let (_, today) = get(&house, "/provider", &bens).await;
    assert!(
        today.contains("People looked for") && today.contains("piano tuning") && today.contains("3 people"),
        "{today}"
    );
}

#[tokio::test]
async fn a_day_that_has_passed_is_said_and_changed() {
    let house = house().await;
    let hers = signed_in(&house, &house.world.customer("Ana").await).await;
    let save = "/favorites/searches/new?q=leak&date=2026-11-05";
    location(&house.post(save, Some(&hers), &form(&[("name", "Leaks")])).await);
    let list = async || get(&house, "/favorites?show=searches", &hers).await.1;
    assert!(list().await.contains("Stop letters") && !list().await.contains("has passed"));
    house.world.advance(SignedDuration::from_hours(10 * 24));
    // The session of ten days ago is over.
    let ana = house.world.customer("Bea").await;
    sqlx::query("UPDATE saved_searches SET user_id = $1").bind(ana.id.0).execute(house.world.owner()).await.unwrap();
    let hers = signed_in(&house, &ana).await;
    let (_, page) = get(&house, "/favorites?show=searches", &hers).await;
    assert!(page.contains("This date has passed") && !page.contains("Stop letters"), "{page}");
    let at = page.split("href=\"/favorites/searches/").nth(1).unwrap().split(['/', '"']).next().unwrap();
    let at = format!("/favorites/searches/{at}/date");
    assert!(page.contains(&format!("href=\"{at}\"")) && page.contains("Remove"), "{page}");
    assert!(get(&house, &at, &hers).await.1.contains("This date has passed."));
    for wrong in ["2026-11-05", "soon"] {
        let refused = house.post(&at, Some(&hers), &form(&[("date", wrong)])).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(text(refused).await.contains("id=\"f-date-error\""), "{wrong}");
    }
    let done = house.post(&at, Some(&hers), &form(&[("date", "2026-12-24")])).await;
    assert_eq!(location(&done), "/favorites?show=searches&said=search-dated");
    assert!(get(&house, "/favorites?show=searches", &hers).await.1.contains("free on 2026-12-24"));
}
