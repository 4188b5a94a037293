//! Keeping apart, through the whole router: what either side reads, and that nobody learns who blocked whom.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::testing::{PASSWORD, User};
use house::{House, cookie, house, text};

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

fn location(response: &Response<Body>) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap().to_owned()
}

/// The id in the first form that takes a block back.
fn which(page: &str) -> String {
    let rest = page.split("name=\"which\" value=\"").nth(1).unwrap_or_else(|| panic!("nobody is blocked: {page}"));
    rest.split('"').next().unwrap().to_owned()
}

/// A page without what differs from request to request.
fn same(page: &str) -> String {
    let nonce = page.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
    if nonce.is_empty() { page.to_owned() } else { page.replace(&nonce, "NONCE") }
}

#[tokio::test]
async fn either_side_blocks_and_the_customer_reads_the_same() {
    let house = house().await;
    let world = &house.world;
    let ana = world.customer("Ana").await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let cem = plumbing.member("Cem").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let (hers, bens) = (signed_in(&house, &ana).await, signed_in(&house, &plumbing.owner.user).await);
    let cems = signed_in(&house, &cem.user).await;
    let book = format!("/services/{}/book", leak.slug);
    let wish = |key: &str, start: &str| {
        form(&[
            ("start", start),
            ("street", "Linienstraße 1"),
            ("postal_code", "10119"),
            ("city", "Berlin"),
            ("key", key),
        ])
    };
    let one = "0199a000-0000-7000-8000-000000000001";
    let held = location(&house.post(&book, Some(&hers), &wish(one, "2026-11-03T09:00:00Z")).await);
    let booking = held.trim_end_matches("/pay").to_owned();
    assert!(get(&house, &booking, &hers).await.1.contains("Block Berlin Plumbing"));
    assert!(get(&house, &booking, &bens).await.1.contains("Block Ana Example"));

    let mut read = Vec::new();
    let business = format!("/providers/{}", plumbing.slug);
    for (who, door, list) in [
        (&hers, format!("{business}/block"), "/account/blocked"),
        (&hers, format!("{booking}/block"), "/account/blocked"),
        (&bens, format!("{booking}/block"), "/provider/blocked"),
    ] {
        assert_eq!(get(&house, &door, who).await.0, StatusCode::OK, "{door}");
        let reason = "A secret <i>reason</i>.";
        let long = house.post(&door, Some(who), &form(&[("reason", &"x".repeat(501))])).await;
        assert_eq!(long.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let done = house.post(&door, Some(who), &form(&[("reason", reason)])).await;
        assert_eq!(location(&done), format!("{list}?said=kept-apart"));
        let (_, page) = get(&house, list, who).await;
        assert!(page.contains("A secret &lt;i&gt;reason&lt;/i&gt;."), "{page}");

        let (status, asked) = get(&house, &book, &hers).await;
        assert_eq!(status, StatusCode::OK);
        let two = "0199a000-0000-7000-8000-000000000002";
        let refused = house.post(&book, Some(&hers), &wish(two, "2026-11-04T09:00:00Z")).await;
        assert_eq!(refused.status(), StatusCode::CONFLICT);
        let told = same(&text(refused).await);
        assert!(told.contains("not available to you") && asked.contains("not available to you"), "{told}");
        assert!(!told.contains("secret") && !told.contains("locked") && !asked.contains("locked"), "{told}");
        read.push((same(&asked), told));
        // Only who blocked is reminded.
        for page in [format!("/services/{}", leak.slug), business.clone()] {
            let reminded = get(&house, &page, &hers).await.1.contains("You have blocked Berlin Plumbing");
            assert_eq!(reminded, who == &hers, "{page}");
        }
        assert!(!get(&house, "/services", &hers).await.1.contains("Fix a leak"), "she does not find it");
        assert!(get(&house, "/services", &cems).await.1.contains("Fix a leak"), "others do");

        let undo = form(&[("which", &which(&page))]);
        let other = if who == &hers { &bens } else { &hers };
        for stranger in [other, &cems] {
            let list = if stranger == &hers { "/account/blocked" } else { "/provider/blocked" };
            assert_eq!(house.post(list, Some(stranger), &undo).await.status(), StatusCode::NOT_FOUND);
        }
        assert_eq!(location(&house.post(list, Some(who), &undo).await), format!("{list}?said=not-apart"));
        assert!(get(&house, &book, &hers).await.1.contains("Choose a time"));
    }
    assert!(read.windows(2).all(|pair| pair[0] == pair[1]), "nobody learns who blocked whom");

    // A member who does not manage blocks nobody; neither does somebody who only looks on.
    assert_eq!(get(&house, "/provider/blocked", &cems).await.0, StatusCode::NOT_FOUND);
    assert!(!get(&house, "/provider", &cems).await.1.contains("/provider/blocked"));
    assert!(get(&house, "/provider", &bens).await.1.contains("/provider/blocked"));
    assert_eq!(house.post(&format!("{business}/block"), Some(&bens), "").await.status(), StatusCode::CONFLICT);
    assert_eq!(house.post("/providers/no-such-one/block", Some(&hers), "").await.status(), StatusCode::NOT_FOUND);
}
