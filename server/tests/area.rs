//! The address of a booking, through the whole router: what is asked, what is said about places too far away, and where
//! the address is shown.

use crate::house;

use axum::http::StatusCode;
use domain::catalog::{import_places, read_places};
use house::visit::{form, location, log_in, read};
use house::{house, text};

const LIST: &str = "country,postal_code,name,lat,lng,zone\nDE,10178,Berlin,52.529,13.405,Europe/Berlin\n\
                    DE,14467,Potsdam,52.4,13.06,\nPT,1200,Lisbon,38.72,-9.14,\n";

#[tokio::test]
async fn places_too_far_away_are_named_and_nothing_typed_is_lost() {
    let house = house().await;
    let world = &house.world;
    import_places(world.ctx(), &world.system(), read_places(LIST).unwrap(), |_, _| ()).await.unwrap();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    sqlx::query("UPDATE services SET radius_km = 12").execute(world.owner()).await.unwrap();
    let owner = log_in(&house, &plumbing.owner.user).await;
    let ana = log_in(&house, &world.customer("Ana").await).await;
    let door = format!("/services/{}/book", leak.slug);

    let details = read(&house, &format!("{door}?start=2026-11-03T09:00:00Z&next=details"), &ana).await;
    assert!(details.contains("State or region") && details.contains("<option value=\"PT\">Portugal<"));
    assert!(details.contains("<option value=\"DE\" selected>Germany<"), "that of the business: {details}");

    let wish = |country: &str, code: &str, key: &str| {
        form(&[
            ("start", "2026-11-03T09:00:00Z"),
            ("street", "Weg <1>"),
            ("postal_code", code),
            ("city", "Somewhere"),
            ("region", "Brandenburg"),
            ("country", country),
            ("note", "Ring twice."),
            ("key", key),
        ])
    };
    let far = house.post(&door, Some(&ana), &wish("DE", "14467", "0199a000-0000-7000-8000-000000000001")).await;
    assert_eq!(far.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let far = text(far).await;
    assert!(far.contains("id=\"f-postal-code-error\""), "{far}");
    assert!(far.contains("27 km from Berlin Plumbing, who goes up to 12 km."), "{far}");
    assert!(far.contains("/services?category=plumbing&amp;lat=52.4&amp;lng=13.06"), "others who may come: {far}");
    for typed in
        ["Weg &lt;1&gt;", "value=\"14467\"", "value=\"Brandenburg\"", "Ring twice.", "value=\"2026-11-03T09:00:00Z\""]
    {
        assert!(far.contains(typed), "{typed} is lost: {far}");
    }
    let abroad = house.post(&door, Some(&ana), &wish("PT", "9999", "0199a000-0000-7000-8000-000000000002")).await;
    assert_eq!(abroad.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let abroad = text(abroad).await;
    assert!(abroad.contains("id=\"f-country-error\"") && abroad.contains("works in Germany"), "{abroad}");
    assert!(abroad.contains("<option value=\"PT\" selected>Portugal<") && abroad.contains("place=Somewhere"));

    // Nearby, and then a code nobody knows.
    let near = house.post(&door, Some(&ana), &wish("DE", "10178", "0199a000-0000-7000-8000-000000000003")).await;
    let pay = location(&near);
    let line = "10178 Somewhere, Brandenburg, Germany";
    assert!(read(&house, &pay, &ana).await.contains(line));
    house.post(&pay, Some(&ana), "").await;
    let booking = pay.trim_end_matches("/pay");
    let seen = read(&house, booking, &owner).await;
    assert!(seen.contains(line) && !seen.contains("do not know this postal code"), "{seen}");
    assert!(read(&house, "/provider", &owner).await.contains(line), "today, with the way there");
    let file = read(&house, &format!("{booking}/calendar.ics"), &ana).await.replace("\r\n ", "");
    assert!(file.contains("Brandenburg\\, Germany"), "{file}");

    let other = wish("", "99999", "0199a000-0000-7000-8000-000000000004").replace("03T09", "05T09");
    let pay = location(&house.post(&door, Some(&ana), &other).await);
    assert!(read(&house, &pay, &ana).await.contains("We do not know this postal code. Berlin Plumbing is told so."));
    house.post(&pay, Some(&ana), "").await;
    let seen = read(&house, pay.trim_end_matches("/pay"), &owner).await;
    assert!(seen.contains("We do not know this postal code, so nobody has checked how far it is."), "{seen}");
}

#[tokio::test]
async fn a_visit_that_goes_nowhere_asks_for_no_address() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let call = house.world.service(&plumbing, |service| service.called("Ask a plumber")).await;
    sqlx::query("UPDATE services SET place = 'remote'").execute(house.world.owner()).await.unwrap();
    let ana = log_in(&house, &house.world.customer("Ana").await).await;
    let details = format!("/services/{}/book?start=2026-11-03T09:00:00Z&next=details", call.slug);
    let page = read(&house, &details, &ana).await;
    assert!(page.contains("name=\"note\"") && !page.contains("name=\"country\"") && !page.contains("name=\"street\""));
    let wish = form(&[("start", "2026-11-03T09:00:00Z")]);
    let held = house.post(&format!("/services/{}/book", call.slug), Some(&ana), &wish).await;
    assert!(location(&held).ends_with("/pay"));
}
