//! Prices per unit, from and on request through the whole router: the page of a service, lists, booking, the form.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::catalog::listing::{edited, fields};
use domain::testing::{PASSWORD, User};
use house::{House, cookie, house, text};

fn form(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

async fn get_as(house: &House, path: &str, cookie: &str) -> String {
    text(house.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await).await
}

async fn signed_in(house: &House, user: &User) -> String {
    let typed = pairs(&[("email", &user.email), ("password", PASSWORD)]);
    cookie(&house.post("/login", None, &form(&typed)).await).unwrap()
}

#[tokio::test]
async fn people_say_how_many_and_see_what_they_cost() {
    let house = house().await;
    let shine = house.world.provider("Window Shine", "Europe/Berlin").await;
    let windows = house.world.service(&shine, |s| s.called("Windows").per("window", 900, (4, 30), 10)).await;
    let page = text(house.get(&format!("/services/{}", windows.slug)).await).await;
    assert!(page.contains("€9") && page.contains("per window") && page.contains("1 h 40 min to 6 h"));
    assert!(text(house.get("/services").await).await.contains("€9 per window"));
    let book = format!("/services/{}/book", windows.slug);
    let page = text(house.get(&book).await).await;
    assert!(page.contains("name=\"count\"") && page.contains("4 × window at €9") && page.contains("€36"));
    let page = text(house.get(&format!("{book}?count=12")).await).await;
    assert!(page.contains("12 × window at €9") && page.contains("€108"));
    for count in ["3", "31", "many"] {
        let wrong = house.get(&format!("{book}?count={count}")).await;
        assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text(wrong).await.contains("id=\"f-count-error\""), "{count}");
    }
    let ana = signed_in(&house, &house.world.customer("Ana").await).await;
    let details = get_as(&house, &format!("{book}?count=12&start=2026-11-03T09:00:00Z&next=details"), &ana).await;
    assert!(details.contains("name=\"count\" value=\"12\"") && details.contains("€108"));
    let wish = pairs(&[
        ("count", "12"),
        ("start", "2026-11-03T09:00:00Z"),
        ("street", "Linienstraße 1"),
        ("postal_code", "10119"),
        ("city", "Berlin"),
    ]);
    let held = house.post(&book, Some(&ana), &form(&wish)).await;
    assert_eq!(held.status(), StatusCode::SEE_OTHER);
    let confirm = get_as(&house, held.headers()["location"].to_str().unwrap(), &ana).await;
    assert!(confirm.contains("12 × window at €9") && confirm.contains("€108"));
}

#[tokio::test]
async fn a_price_from_says_so_and_is_booked_as_it_stands() {
    let house = house().await;
    let shine = house.world.provider("Window Shine", "Europe/Berlin").await;
    let front = house.world.service(&shine, |s| s.called("Whole front").costs_from(20_000)).await;
    let page = text(house.get(&format!("/services/{}", front.slug)).await).await;
    assert!(page.contains("from ") && page.contains("€200"));
    let book = text(house.get(&format!("/services/{}/book", front.slug)).await).await;
    assert!(book.contains("Whole front") && book.contains("€200"));
}

#[tokio::test]
async fn what_has_no_price_yet_leads_to_the_business_and_not_to_a_form() {
    let house = house().await;
    let shine = house.world.provider("Window Shine", "Europe/Berlin").await;
    let roof = house.world.service(&shine, |s| s.called("Conservatory").on_quote()).await;
    let path = format!("/services/{}", roof.slug);
    let page = text(house.get(&path).await).await;
    assert!(page.contains("Price on request") && page.contains(&format!("/providers/{}", shine.slug)));
    assert!(!page.contains(&format!("{path}/book")) && !page.contains("\"offers\""));
    assert!(text(house.get("/services").await).await.contains("Price on request"));
    let book = house.get(&format!("{path}/book")).await;
    assert_eq!(book.status(), StatusCode::OK);
    let page = text(book).await;
    assert!(page.contains("The price comes first") && !page.contains("name=\"start\""));
    let ana = signed_in(&house, &house.world.customer("Ana").await).await;
    let refused = house.post(&format!("{path}/book"), Some(&ana), "start=2026-11-03T09:00:00Z").await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert!(text(refused).await.contains("The price comes first"));
}

#[tokio::test]
async fn the_form_asks_what_the_price_needs() {
    let house = house().await;
    let shine = house.world.provider("Window Shine", "Europe/Berlin").await;
    let windows = house.world.service(&shine, |s| s.called("Windows").costs(8000)).await;
    let ben = signed_in(&house, &shine.owner.user).await;
    let path = format!("/provider/services/{}", windows.slug);
    let send = async |typed: &[(&str, &str)]| {
        let actor = house.world.actor(&shine.owner.user).await;
        let service = edited(house.world.ctx(), &actor, &windows.slug).await.unwrap().0;
        let mut all = fields(service.listing());
        all.retain(|(name, _)| typed.iter().all(|(other, _)| other != name));
        all.push(("version".to_owned(), service.version.to_string()));
        all.extend(pairs(typed));
        house.post(&path, Some(&ben), &form(&all)).await
    };
    let unit = text(send(&[("pricing", "unit"), ("act", "refresh")]).await).await;
    assert!(unit.contains("name=\"unit_name\"") && unit.contains("Price of one"));
    let quote = text(send(&[("pricing", "quote"), ("act", "refresh")]).await).await;
    assert!(quote.contains("the price is named on request") && !quote.contains("name=\"price\""));
    let wrong = send(&[("pricing", "unit"), ("unit_least", "0"), ("act", "save")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(wrong).await.contains("id=\"f-unit-least-error\""));
    let saved = send(&[("pricing", "unit"), ("unit_name", "window"), ("unit_least", "4"), ("act", "save")]).await;
    assert_eq!(saved.headers()["location"], format!("{path}?said=draft-saved"));
    let preview = get_as(&house, &format!("{path}/preview"), &ben).await;
    assert!(preview.contains("per window"));
    let list = get_as(&house, "/provider/services", &ben).await;
    assert!(list.contains("€80"), "customers still see one price");
}
