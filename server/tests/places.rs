//! `/provider/places` and hours that name a place, through the whole router.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::http::StatusCode;
use domain::catalog::{import_places, read_places};
use house::visit::{form, log_in as signed_in, page as get_as};
use house::{house, text};

const PATH: &str = "/provider/places";
const HOURS: &str = "/provider/availability";
const LIST: &str = "country,postal_code,name,lat,lng,zone\nDE,,Berlin,52.52,13.405,Europe/Berlin\n\
                    DE,14467,Potsdam,52.4,13.06,\nDE,,Potsdam,52.4,13.06,Europe/Berlin\n";

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_business_adds_changes_and_removes_places_and_hours_name_them() {
    let house = house().await;
    let world = &house.world;
    import_places(world.ctx(), &world.system(), read_places(LIST).unwrap(), |_, _| ()).await.unwrap();
    let provider = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&provider, |service| service.called("Fix a leak")).await;
    sqlx::query("UPDATE services SET lat = 52.52, lng = 13.405").execute(world.owner()).await.unwrap();
    sqlx::query("UPDATE providers SET country = 'DE'").execute(world.owner()).await.unwrap();
    let owner = signed_in(&house, &provider.owner.user).await;
    let tom = signed_in(&house, &provider.member("Tom").await.user).await;
    let book = format!("/services/{}/book?from=2026-11-03", leak.slug);

    // With one place nothing is asked anywhere.
    assert!(!text(get_as(&house, HOURS, &owner).await).await.contains("Monday, where"));
    assert!(!text(house.get(&book).await).await.contains("Your postal code"));
    assert_eq!(get_as(&house, PATH, &tom).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(house.post(&format!("{PATH}/new"), Some(&tom), "name=x").await.status(), StatusCode::NOT_FOUND);

    let wish = |name: &str, city: &str, radius: &str| {
        form(&[("seen", ""), ("name", name), ("city", city), ("postal_code", ""), ("radius_km", radius)])
    };
    let wrong = house.post(&format!("{PATH}/new"), Some(&owner), &wish("", "Atlantis", "far")).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = text(wrong).await;
    assert!(wrong.contains("id=\"f-name-error\"") && wrong.contains("Give kilometres from 1 to 500."));
    assert!(wrong.contains("value=\"Atlantis\"") && wrong.contains("value=\"far\""), "typed values stay");
    let nowhere = house.post(&format!("{PATH}/new"), Some(&owner), &wish("Lake", "Atlantis", "10")).await;
    assert_eq!(nowhere.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(nowhere).await.contains("We do not know this place."));
    let added = house.post(&format!("{PATH}/new"), Some(&owner), &wish("Lake", "Potsdam", "10")).await;
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
    let twice = house.post(&format!("{PATH}/new"), Some(&owner), &wish("lake", "Potsdam", "10")).await;
    assert_eq!(twice.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let list = text(get_as(&house, PATH, &owner).await).await;
    assert!(list.contains("Lake") && list.contains("Potsdam, 10 km around it"));
    let here = format!(
        "{PATH}/{}",
        list.split(&format!("href=\"{PATH}/"))
            .skip(1)
            .find(|part| part.contains("Change"))
            .unwrap()
            .split('"')
            .next()
            .unwrap()
    );

    // Two windows: the second one is told.
    let seen = hidden(&text(get_as(&house, &here, &owner).await).await, "seen");
    let again = |seen: &str, radius: &str| {
        form(&[("seen", seen), ("name", "Lake"), ("city", "Potsdam"), ("postal_code", "14467"), ("radius_km", radius)])
    };
    assert_eq!(house.post(&here, Some(&owner), &again(&seen, "15")).await.status(), StatusCode::SEE_OTHER);
    let stale = house.post(&here, Some(&owner), &again(&seen, "25")).await;
    assert_eq!(stale.status(), StatusCode::CONFLICT);
    assert!(text(stale).await.contains("value=\"15\""), "what is saved now is shown");

    // Tuesday's hours are those of the lake.
    let page = text(get_as(&house, HOURS, &owner).await).await;
    assert!(page.contains("Tuesday, where") && page.contains("(main place)"));
    let id = here.rsplit('/').next().unwrap().to_owned();
    let (member, week) = (provider.owner.id.0.to_string(), hidden(&page, "seen"));
    let rows = [("hours-2-0-kind", "open"), ("hours-2-0-from", "09:00"), ("hours-2-0-to", "12:00")];
    let sent = |at: &str, seen: &str| {
        let mut fields = vec![("member", member.as_str()), ("seen", seen), ("act", "save"), ("hours-2-0-at", at)];
        fields.extend(rows);
        form(&fields)
    };
    let strange = house.post(HOURS, Some(&owner), &sent("the moon", &week)).await;
    assert_eq!(strange.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let unknown = house.post(HOURS, Some(&owner), &sent(&member, &week)).await;
    assert_eq!(unknown.status(), StatusCode::UNPROCESSABLE_ENTITY, "an id that is no place of theirs");
    assert_eq!(house.post(HOURS, Some(&owner), &sent(&id, &week)).await.status(), StatusCode::SEE_OTHER);
    let page = text(get_as(&house, HOURS, &owner).await).await;
    assert!(page.contains(&format!("value=\"{id}\" selected")), "and says so again");

    // Customers: asked where, and offered what holds there.
    let offers = async |place: &str| {
        let page = text(house.get(&format!("{book}{place}")).await).await;
        assert!(page.contains("Your postal code"));
        page.contains("value=\"2026-11-03T08:00:00Z\"")
    };
    assert!(offers("").await && offers("&postal_code=14467&city=Potsdam").await);
    assert!(!offers("&city=Berlin").await, "nobody is in Berlin on Tuesday");
    let why = format!("/provider/calendar/why?member={member}&service={}&at=2026-11-03T09:00&city=Berlin", leak.id.0);
    assert!(text(get_as(&house, &why, &owner).await).await.contains("The hours at that time are for another place."));

    // It goes once no hours name it.
    let question = text(get_as(&house, &format!("{here}/remove"), &owner).await).await;
    assert!(question.contains("Weekly hours still name this place") && !question.contains("Remove the place"));
    assert_eq!(house.post(&format!("{here}/remove"), Some(&owner), "").await.status(), StatusCode::CONFLICT);
    let week = hidden(&text(get_as(&house, HOURS, &owner).await).await, "seen");
    assert_eq!(house.post(HOURS, Some(&owner), &sent("", &week)).await.status(), StatusCode::SEE_OTHER);
    assert!(text(get_as(&house, &format!("{here}/remove"), &owner).await).await.contains("Remove the place"));
    assert_eq!(house.post(&format!("{here}/remove"), Some(&owner), "").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(get_as(&house, &here, &owner).await.status(), StatusCode::NOT_FOUND);
    assert!(!text(house.get(&book).await).await.contains("Your postal code"));
}
