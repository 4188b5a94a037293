//! `/provider/availability` and the explanation of times, through the whole router: rows without scripts, the question
//! before visits are left outside, stale forms, and what customers read.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use domain::bookings::{self, Address, Book, Event, Words};
use domain::catalog::Choice;
use domain::kernel::UserId;
use domain::testing::{Provider, Service};
use house::visit::{form, log_in as signed_in, page as get_as};
use house::{House, house, text};

const PATH: &str = "/provider/availability";

/// A business, its service, and its owner's session.
async fn business(house: &House) -> (Provider, Service, String) {
    let provider = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let service = house.world.service(&provider, |service| service.called("Fix a leak")).await;
    let owner = signed_in(house, &provider.owner.user).await;
    (provider, service, owner)
}

async fn book(house: &House, service: &Service, start: &str) -> String {
    let ctx = house.world.ctx();
    let ana = house.world.actor(&house.world.customer("Ana").await).await;
    let address = Address {
        street: "Linienstraße 1".into(),
        postal_code: "10119".into(),
        city: "Berlin".into(),
        ..Address::default()
    };
    let wish = Book {
        service: service.slug.clone(),
        choice: Choice::default(),
        member: None,
        start: Some(start.parse().unwrap()),
        address,
        note: String::new(),
        key: ctx.id::<UserId>().0,
    };
    let reference = bookings::book(ctx, &ana, wish).await.unwrap();
    bookings::advance(ctx, &ana, &reference, Event::Confirm, Words::default()).await.unwrap();
    reference
}

/// Names and values of the fields of the form for the week, as a browser without scripts would send them.
fn fields(page: &str) -> Vec<(String, String)> {
    let form = page.split("id=\"week\"").nth(1).unwrap().split("</form>").next().unwrap();
    let inputs = form.split("<input").skip(1).map(|input| input.split('>').next().unwrap());
    let attribute = |input: &str, name: &str| {
        let value = input.split(&format!(" {name}=\"")).nth(1);
        value.map(|rest| rest.split('"').next().unwrap().to_owned())
    };
    let boxes = inputs.filter(|input| attribute(input, "type").as_deref() != Some("checkbox"));
    boxes.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default()))).collect()
}

async fn send(house: &House, cookie: &str, fields: &[(String, String)], more: &[(&str, &str)]) -> Response<Body> {
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let all: Vec<(&str, &str)> = fields.chain(more.iter().copied()).collect();
    house.post(PATH, Some(cookie), &form(&all)).await
}

fn set(fields: &mut [(String, String)], name: &str, value: &str) {
    let field = fields.iter_mut().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no field {name}"));
    value.clone_into(&mut field.1);
}

#[tokio::test]
async fn rows_come_and_go_by_buttons_and_nothing_is_saved_before_save() {
    let house = house().await;
    let (_, _, owner) = business(&house).await;
    let page = text(get_as(&house, PATH, &owner).await).await;
    assert!(page.contains("Weekly hours") && page.contains("Public holidays") && page.contains("Closed"));
    let start = fields(&page);
    let added = text(send(&house, &owner, &start, &[("act", "break-1")]).await).await;
    let with_break = fields(&added);
    assert_eq!(with_break.len(), start.len() + 3, "kind, from, to");
    let removed = text(send(&house, &owner, &with_break, &[("act", "remove-2-0")]).await).await;
    let copied = fields(&removed);
    let copy = [("act", "copy"), ("copy-from", "1"), ("copy-to-6", "on")];
    let page = text(send(&house, &owner, &copied, &copy).await).await;
    assert!(page.contains("hours-6-1-from"), "Saturday has Monday's row and its break");
    let unsaved = fields(&text(get_as(&house, PATH, &owner).await).await);
    assert_eq!(unsaved, start);

    let mut typed = fields(&page);
    set(&mut typed, "hours-1-0-to", "08:00");
    let wrong = send(&house, &owner, &typed, &[("act", "save")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = text(wrong).await;
    assert!(wrong.contains("id=\"f-hours-1-0-to-error\"") && wrong.contains("value=\"08:00\""));
    set(&mut typed, "hours-1-0-to", "00:00");
    let saved = send(&house, &owner, &typed, &[("act", "save")]).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    let page = text(get_as(&house, PATH, &owner).await).await;
    assert!(page.contains("hours-6-1-from") && !page.contains("hours-2-0-from"));
    assert!(fields(&page).contains(&("hours-1-0-to".to_owned(), "00:00".to_owned())), "midnight");
}

#[tokio::test]
async fn visits_outside_are_shown_with_a_way_to_them_and_nothing_is_lost() {
    let house = house().await;
    let (_, service, owner) = business(&house).await;
    let reference = book(&house, &service, "2026-11-03T08:00:00Z").await;
    let mut typed = fields(&text(get_as(&house, PATH, &owner).await).await);
    set(&mut typed, "hours-2-0-from", "11:11");
    let question = send(&house, &owner, &typed, &[("act", "save")]).await;
    assert_eq!(question.status(), StatusCode::CONFLICT);
    let question = text(question).await;
    assert!(question.contains("1 visit is outside of the new hours"));
    assert!(question.contains(&format!("/bookings/{reference}")) && question.contains("09:00–10:00"));
    let agreed = question.split("name=\"agreed\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(question.contains("name=\"hours-2-0-from\" value=\"11:11\""));

    let back = send(&house, &owner, &typed, &[("agreed", agreed), ("act", "back")]).await;
    assert_eq!(back.status(), StatusCode::OK);
    assert!(text(back).await.contains("value=\"11:11\""), "typed, not saved");
    assert!(!text(get_as(&house, PATH, &owner).await).await.contains("value=\"11:11\""));
    let saved = send(&house, &owner, &typed, &[("agreed", agreed), ("act", "save")]).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    assert!(text(get_as(&house, PATH, &owner).await).await.contains("value=\"11:11\""));
}

#[tokio::test]
async fn a_stale_form_is_told_and_shows_both() {
    let house = house().await;
    let (_, _, owner) = business(&house).await;
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for tab in [&mut one, &mut other] {
        *tab = fields(&text(get_as(&house, PATH, &owner).await).await);
    }
    set(&mut one, "hours-1-0-from", "07:30");
    set(&mut other, "hours-1-0-from", "10:45");
    assert_eq!(send(&house, &owner, &one, &[("act", "save")]).await.status(), StatusCode::SEE_OTHER);
    let told = send(&house, &owner, &other, &[("act", "save")]).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    let told = text(told).await;
    assert!(told.contains("These hours were changed meanwhile"));
    assert!(told.contains("Monday 07:30–17:00") && told.contains("value=\"10:45\""), "both are shown");
    // Now it is meant.
    let again = send(&house, &owner, &fields(&told), &[("act", "save")]).await;
    assert_eq!(again.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn dates_are_said_with_messages_beside_their_fields() {
    let house = house().await;
    let (provider, service, owner) = business(&house).await;
    book(&house, &service, "2026-11-04T09:00:00Z").await;
    let member = provider.owner.id.0.to_string();
    let said = |more: &[(&str, &str)]| {
        let mut all = vec![("member", member.as_str())];
        all.extend(more);
        form(&all)
    };
    let path = format!("{PATH}/dates");
    let wrong = said(&[("dates-first", "2020-01-01"), ("dates-kind", "open"), ("dates-from", "x")]);
    let wrong = house.post(&path, Some(&owner), &wrong).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = text(wrong).await;
    for field in ["dates-first", "dates-from", "dates-to"] {
        assert!(wrong.contains(&format!("id=\"f-{field}-error\"")), "{field}");
    }
    let odd = said(&[("dates-first", "2026-11-04"), ("dates-kind", "zz")]);
    let odd = house.post(&path, Some(&owner), &odd).await;
    assert_eq!(odd.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(odd).await.contains("Choose one of these."));
    let leave = [("dates-first", "2026-11-04"), ("dates-last", "2026-11-06"), ("dates-kind", "closed")];
    let question = text(house.post(&path, Some(&owner), &said(&leave)).await).await;
    assert!(question.contains("1 visit is outside"));
    let agreed = question.split("name=\"agreed\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut sure = leave.to_vec();
    sure.extend([("agreed", agreed), ("act", "save")]);
    assert_eq!(house.post(&path, Some(&owner), &said(&sure)).await.status(), StatusCode::SEE_OTHER);
    let page = text(get_as(&house, PATH, &owner).await).await;
    assert_eq!(page.matches("name=\"date\" value=").count(), 3, "three days, each to be taken back");
    let date = page.split("name=\"date\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let back = format!("{PATH}/dates/remove");
    assert_eq!(house.post(&back, Some(&owner), &said(&[("date", date)])).await.status(), StatusCode::SEE_OTHER);
    let tom = signed_in(&house, &provider.member("Tom").await.user).await;
    assert_eq!(house.post(&path, Some(&tom), &said(&leave)).await.status(), StatusCode::NOT_FOUND);
    let own = text(get_as(&house, PATH, &tom).await).await;
    assert!(own.contains("Weekly hours") && !own.contains("Public holidays"), "the business is the managers'");
}

#[tokio::test]
async fn customers_read_until_when_a_business_is_away() {
    let house = house().await;
    let (_, service, owner) = business(&house).await;
    let path = format!("{PATH}/away");
    let wrong = form(&[("away-first", "2026-11-05"), ("away-back", "2026-11-05")]);
    assert_eq!(house.post(&path, Some(&owner), &wrong).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let away = form(&[
        ("away-first", "2026-11-05"),
        ("away-back", "2026-11-09"),
        ("away-reason", "We <b>rest</b> & come back."),
    ]);
    assert_eq!(house.post(&path, Some(&owner), &away).await.status(), StatusCode::SEE_OTHER);
    let times = text(house.get(&format!("/services/{}/book", service.slug)).await).await;
    assert!(times.contains("Berlin Plumbing is away from 5 Nov, back on 9 Nov"), "{times}");
    assert!(times.contains("We &lt;b&gt;rest&lt;/b&gt; &amp; come back."));
    let later = text(house.get(&format!("/services/{}/book?from=2026-11-20", service.slug)).await).await;
    assert!(!later.contains("is away"), "it touches none of these days");
    let page = text(get_as(&house, PATH, &owner).await).await;
    let id = page.split("name=\"away\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let ended = house.post(&format!("{PATH}/away/end"), Some(&owner), &form(&[("away", id)])).await;
    assert_eq!(ended.status(), StatusCode::SEE_OTHER);
    let times = text(house.get(&format!("/services/{}/book", service.slug)).await).await;
    assert!(!times.contains("is away"));
}

#[tokio::test]
async fn times_away_do_not_overlap_and_those_that_touch_are_one_to_customers() {
    let house = house().await;
    let (_, service, owner) = business(&house).await;
    let path = format!("{PATH}/away");
    let away = async |first, back| {
        let wish = form(&[("away-first", first), ("away-back", back)]);
        house.post(&path, Some(&owner), &wish).await
    };
    assert_eq!(away("2026-11-05", "2026-11-09").await.status(), StatusCode::SEE_OTHER);
    for (first, back) in [("2026-11-05", "2026-11-09"), ("2026-11-08", "2026-11-20"), ("2026-11-03", "2026-11-06")] {
        let refused = away(first, back).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{first}");
        let refused = text(refused).await;
        assert!(refused.contains("You are away from 5 November 2026 to 8 November 2026 already."), "{refused}");
    }
    assert_eq!(away("2026-11-09", "2026-11-12").await.status(), StatusCode::SEE_OTHER, "the next day is free to say");
    let times = text(house.get(&format!("/services/{}/book", service.slug)).await).await;
    assert!(times.contains("Berlin Plumbing is away from 5 Nov, back on 12 Nov"), "{times}");
}

#[tokio::test]
async fn holidays_are_chosen_from_the_list() {
    let house = house().await;
    let (_, _, owner) = business(&house).await;
    let path = format!("{PATH}/holidays");
    let chosen = form(&[("seen", ""), ("holidays", "DE-BE")]);
    assert_eq!(house.post(&path, Some(&owner), &chosen).await.status(), StatusCode::SEE_OTHER);
    let page = text(get_as(&house, PATH, &owner).await).await;
    assert!(page.contains("Friday 25 December") && page.contains("Christmas Day"));
    let stale = house.post(&path, Some(&owner), &chosen).await;
    assert_eq!(stale.status(), StatusCode::CONFLICT);
    let strange = form(&[("seen", "DE-BE"), ("holidays", "XX")]);
    assert_eq!(house.post(&path, Some(&owner), &strange).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_time_is_explained_rule_by_rule() {
    let house = house().await;
    let (provider, service, owner) = business(&house).await;
    let empty = get_as(&house, "/provider/calendar/why", &owner).await;
    assert_eq!(empty.status(), StatusCode::OK);
    let missing = get_as(&house, "/provider/calendar/why?service=x&day=x&time=x", &owner).await;
    assert_eq!(missing.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let ask =
        |at: &str| format!("/provider/calendar/why?member={}&service={}&at={at}", provider.owner.id.0, service.id.0);
    let free = text(get_as(&house, &ask("2026-11-03T10:00"), &owner).await).await;
    assert!(free.contains("Tuesday 3 November, 10:00 is free"));
    let closed = text(get_as(&house, &ask("2026-11-07T10:00"), &owner).await).await;
    assert!(closed.contains("is not free") && closed.contains("There are no hours on Saturday."));
    book(&house, &service, "2026-11-03T09:00:00Z").await;
    let taken = text(get_as(&house, &ask("2026-11-03T10:00"), &owner).await).await;
    assert!(taken.contains("A booking takes 10:00–11:00"));
    // Somebody else's people and services do not exist; hostile dates show a page.
    let other = house.world.provider("Other", "Europe/Lisbon").await;
    let other = signed_in(&house, &other.owner.user).await;
    assert_eq!(get_as(&house, &ask("2026-11-03T10:00"), &other).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    for at in ["9999-12-31T23:59", "-009999-01-01T00:00", "%00"] {
        assert_eq!(get_as(&house, &ask(at), &owner).await.status(), StatusCode::UNPROCESSABLE_ENTITY, "{at}");
    }
}

#[tokio::test]
async fn the_way_to_customers_is_said_in_bands_and_times_leave_room_for_it() {
    let house = house().await;
    let (provider, leak, owner) = business(&house).await;
    let tom = provider.member("Tom").await;
    sqlx::query("DELETE FROM service_members WHERE member_id = $1")
        .bind(tom.id.0)
        .execute(house.world.owner())
        .await
        .unwrap();
    let toms = signed_in(&house, &tom.user).await;
    let path = format!("{PATH}/travel");
    let shown = async || text(get_as(&house, PATH, &owner).await).await;
    let seen = |page: &str| {
        let part = page.split("id=\"travel\"").nth(1).unwrap().split("</form>").next().unwrap().to_owned();
        part.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let first = seen(&shown().await);
    let wish = |seen: &str, near: &str| {
        form(&[
            ("seen", seen),
            ("travel-km-1", "5"),
            ("travel-min-1", near),
            ("travel-km-2", ""),
            ("travel-min-2", "45"),
        ])
    };
    assert!(!text(get_as(&house, PATH, &toms).await).await.contains("The way to customers"));
    assert_eq!(house.post(&path, Some(&toms), &wish(&first, "15")).await.status(), StatusCode::NOT_FOUND);
    let wrong = house.post(&path, Some(&owner), &wish(&first, "soon")).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = text(wrong).await;
    assert!(
        wrong.contains("id=\"f-travel-min-1-error\"")
            && wrong.contains("value=\"soon\"")
            && wrong.contains("value=\"45\"")
    );
    let before = text(house.get(&format!("/services/{}/book", leak.slug)).await).await;
    assert!(!before.contains("Your postal code"), "who does not count with it does not ask");
    assert_eq!(house.post(&path, Some(&owner), &wish(&first, "15")).await.status(), StatusCode::SEE_OTHER);
    let saved = shown().await;
    assert!(
        saved.contains("name=\"travel-min-1\"") && saved.contains("value=\"15\"") && saved.contains("value=\"45\"")
    );
    // Another window still has the form of before.
    let stale = house.post(&path, Some(&owner), &wish(&first, "20")).await;
    assert_eq!(stale.status(), StatusCode::CONFLICT);
    let stale = text(stale).await;
    assert!(stale.contains("Somebody changed this meanwhile") && stale.contains("value=\"15\""));
    assert_eq!(seen(&stale), seen(&saved), "and goes on from what is saved now");

    // Customers say where, and the times leave room; the way and the place travel along.
    sqlx::query("UPDATE services SET radius_km = 5 WHERE id = $1")
        .bind(leak.id.0)
        .execute(house.world.owner())
        .await
        .unwrap();
    book(&house, &leak, "2026-11-03T10:00:00Z").await;
    let there = format!("/services/{}/book?from=2026-11-03", leak.slug);
    let offers = async |place: &str, time: &str| {
        let page = text(house.get(&format!("{there}{place}")).await).await;
        assert!(page.contains("Your postal code"));
        page.contains(&format!("value=\"2026-11-03T{time}:00Z\""))
    };
    assert!(offers("", "11:30").await, "the visit ends at eleven, and a quarter of an hour is reserved");
    let assumed = text(house.get(&there).await).await;
    assert!(assumed.contains("for somebody near Berlin Plumbing: 15 minutes for the way"), "what is assumed is said");
    let unknown = text(house.get(&format!("{there}&city=Nowhere")).await).await;
    assert!(unknown.contains("We do not know that place.") && unknown.contains("15 minutes for the way"));
    assert!(!offers("&postal_code=10115&city=Berlin", "11:00").await);
    assert!(
        offers("&postal_code=10115&city=Berlin", "11:30").await,
        "a quarter of an hour there, and one from the other"
    );
    sqlx::query("UPDATE services SET radius_km = 6 WHERE id = $1")
        .bind(leak.id.0)
        .execute(house.world.owner())
        .await
        .unwrap();
    assert!(!offers("&postal_code=10115&city=Farther", "11:30").await, "45 minutes do not fit");
    assert!(offers("&postal_code=10115&city=Farther", "12:00").await);
    let details = format!("{there}&postal_code=10115&city=Farther&start=2026-11-03T12:00:00Z&next=details");
    let customer = signed_in(&house, &house.world.customer("Eve").await).await;
    let page = text(get_as(&house, &details, &customer).await).await;
    assert!(page.contains("value=\"10115\"") && page.contains("postal_code=10115&amp;city=Farther"));
    let late =
        form(&[("start", "2026-11-03T11:30:00Z"), ("street", "Weg 1"), ("postal_code", "10115"), ("city", "Farther")]);
    let refused = house.post(&format!("/services/{}/book", leak.slug), Some(&customer), &late).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert!(text(refused).await.contains("too near for the way to you"));

    // The portal: the calendar shows the way, and why a time is not free names it.
    let calendar = text(get_as(&house, "/provider/calendar?date=2026-11-03", &owner).await).await;
    assert!(calendar.contains("15 min way there and back") && calendar.contains("cal-way"), "drawn, and in words");
    let ask = |place: &str| {
        let (member, service) = (provider.owner.id.0, leak.id.0);
        format!("/provider/calendar/why?member={member}&service={service}&at=2026-11-03T12:30{place}")
    };
    let near = text(get_as(&house, &ask(""), &owner).await).await;
    assert!(near.contains("12:30 is free") && near.contains("the shortest way is counted, 15 minutes"));
    let far = text(get_as(&house, &ask("&postal_code=10115&city=Farther"), &owner).await).await;
    assert!(far.contains("The way takes 45 minutes, there and back, and 10:45–12:15 is taken."));
    assert!(far.contains("That place is not known") && far.contains("value=\"10115\""), "and keeps what was typed");
}
