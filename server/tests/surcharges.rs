//! Weekends and nights through the whole router: said on the page of a service, at each time, and in the price before
//! anybody confirms; written in the form of a listing.
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

async fn get_as(house: &House, path: &str, cookie: &str) -> String {
    text(house.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await).await
}

async fn signed_in(house: &House, user: &User) -> String {
    let typed = [("email".to_owned(), user.email.clone()), ("password".to_owned(), PASSWORD.to_owned())];
    cookie(&house.post("/login", None, &form(&typed)).await).unwrap()
}

#[tokio::test]
async fn customers_see_what_a_time_costs_before_they_confirm() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    plumbing.owner.works(1..=7, 9, 22).await;
    let leak = house.world.service(&plumbing, |s| s.called("Fix a leak").costs(8000).dearer(25, 50)).await;
    let page = text(house.get(&format!("/services/{}", leak.slug)).await).await;
    assert!(page.contains("Visits on Saturdays and Sundays cost 25% more."));
    assert!(page.contains("Visits that start at night (20:00–06:00) cost 50% more."));

    let book = format!("/services/{}/book", leak.slug);
    let friday = text(house.get(&format!("{book}?from=2026-11-06")).await).await;
    let time = |start: &str| {
        let face = friday.split(&format!("value=\"{start}\"")).nth(1).unwrap();
        face.split("</label>").next().unwrap().to_owned()
    };
    assert!(!time("2026-11-06T12:00:00Z").contains('+'), "a Friday at noon");
    assert!(time("2026-11-06T19:00:00Z").contains("+50%"));
    assert!(time("2026-11-07T12:00:00Z").contains("+25%"));
    assert!(time("2026-11-07T19:00:00Z").contains("+75%"));

    let ana = signed_in(&house, &house.world.customer("Ana").await).await;
    let details = get_as(&house, &format!("{book}?start=2026-11-07T19:00:00Z&next=details"), &ana).await;
    for words in ["Weekend, 25%", "Night (20:00–06:00), 50%", "€20", "€40", "€140"] {
        assert!(details.contains(words), "{words}");
    }
    let chosen = text(house.get(&format!("{book}?start=2026-11-07T12:00:00Z&part=choice")).await).await;
    assert!(chosen.contains("Weekend, 25%") && chosen.contains("€100"), "while one chooses");
}

#[tokio::test]
async fn they_are_written_with_the_listing() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |s| s.called("Fix a leak").costs(8000)).await;
    sqlx::query("UPDATE services SET description = 'I listen at the wall first. Then I open what must be opened.'")
        .execute(house.world.owner())
        .await
        .unwrap();
    let ben = signed_in(&house, &plumbing.owner.user).await;
    let path = format!("/provider/services/{}", leak.slug);
    let send = async |typed: &[(&str, &str)]| {
        let actor = house.world.actor(&plumbing.owner.user).await;
        let service = edited(house.world.ctx(), &actor, &leak.slug).await.unwrap().0;
        let mut all = fields(service.listing());
        all.retain(|(name, _)| typed.iter().all(|(other, _)| other != name));
        all.push(("version".to_owned(), service.version.to_string()));
        all.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        house.post(&path, Some(&ben), &form(&all)).await
    };
    let wrong = send(&[("weekend_percent", "250"), ("night_from", "late"), ("act", "save")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(wrong).await;
    assert!(page.contains("id=\"f-weekend-percent-error\"") && page.contains("id=\"f-night-from-error\""));
    assert!(page.contains("value=\"250\""), "what was typed stays");
    let never =
        send(&[("night_percent", "30"), ("night_from", "22:00"), ("night_until", "22:00"), ("act", "submit")]).await;
    assert!(text(never).await.contains("Say when the night is over"));
    let fine = send(&[("night_until", "05:30"), ("weekend_percent", "20"), ("act", "submit")]).await;
    assert_eq!(fine.headers()["location"], format!("{path}?said=listing-live"));
    let page = text(house.get(&format!("/services/{}", leak.slug)).await).await;
    assert!(page.contains("at night (22:00–05:30) cost 30% more") && page.contains("Sundays cost 20% more"));
    let history = get_as(&house, &format!("{path}/history"), &ben).await;
    assert!(history.contains("Weekends and nights"));
}
