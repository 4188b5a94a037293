//! Moving by pointing: what the calendar's script works with, the question before a visit is moved, forms that an address
//! fills, and visits that are moved before hours change. All of it through the whole router, and without scripts.
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

const TEN: &str = "2026-11-04T09:00:00Z";
const NOON: &str = "2026-11-04T11:00:00Z";
const CALENDAR: &str = "/provider/calendar?view=week&date=2026-11-02";
const HOURS: &str = "/provider/availability";

async fn book(house: &House, name: &str, service: &Service, start: &str) -> String {
    let ctx = house.world.ctx();
    let actor = house.world.actor(&house.world.customer(name).await).await;
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
    let reference = bookings::book(ctx, &actor, wish).await.unwrap();
    bookings::advance(ctx, &actor, &reference, Event::Confirm, Words::default()).await.unwrap();
    reference
}

/// A plumber in Berlin with a visit of an hour on Wednesday at ten, and the session of the owner.
struct Scene {
    house: House,
    plumbing: Provider,
    leak: Service,
    ben: String,
    reference: String,
}

async fn scene() -> Scene {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |s| s.called("Fix a leak").bookable(120, 60)).await;
    let reference = book(&house, "Ana", &leak, TEN).await;
    let ben = signed_in(&house, &plumbing.owner.user).await;
    Scene { house, plumbing, leak, ben, reference }
}

impl Scene {
    async fn page(&self, path: &str) -> String {
        let page = get_as(&self.house, path, &self.ben).await;
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        text(page).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response<Body> {
        self.house.post(path, Some(&self.ben), &form(fields)).await
    }

    fn reschedule(&self) -> String {
        format!("/bookings/{}/reschedule", self.reference)
    }

    /// The question whether to move the visit there.
    async fn question(&self, start: &str, more: &[(&str, &str)]) -> String {
        let fields: Vec<(&str, &str)> = [("start", start)].into_iter().chain(more.iter().copied()).collect();
        self.page(&format!("{}?{}", self.reschedule(), form(&fields))).await
    }
}

fn hidden(page: &str, name: &str) -> String {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name}: {page}"));
    rest.split('"').next().unwrap().replace("&amp;", "&")
}

fn location(answer: &Response<Body>) -> String {
    answer.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_visit_is_asked_about_before_it_is_moved_and_one_comes_back() {
    let scene = scene().await;
    let page = scene.question(NOON, &[("next", CALENDAR)]).await;
    for words in ["Move to Wednesday, 4 Nov, 12:00?", "At present: Wednesday, 4 Nov, 10:00–11:00.", "A word for Ana"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("The customer is told at once"));
    assert_eq!((hidden(&page, "start").as_str(), hidden(&page, "seen").as_str()), (NOON, TEN));
    // In place of the calendar: the same question without the page around it, and nothing moved by asking.
    let part = scene.question(NOON, &[("next", CALENDAR), ("part", "question")]).await;
    assert!(part.contains("id=\"move-title\"") && !part.contains("<html") && !part.contains("<h1"));
    assert!(scene.page(&format!("/bookings/{}", scene.reference)).await.contains("10:00–11:00"));
    let (key, seen, next) = (hidden(&part, "key"), hidden(&part, "seen"), hidden(&part, "next"));
    assert_eq!(next, CALENDAR);
    let fields = [("key", &*key), ("seen", &*seen), ("start", NOON), ("next", &*next)];
    let done = scene.post(&scene.reschedule(), &fields).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(&done), format!("{CALENDAR}&said=visit-moved"));
    assert!(scene.page(&location(&done)).await.contains("12:00–13:00"));
    // The way back stays with us.
    let page = scene.question(TEN, &[("next", "https://evil.example/")]).await;
    assert!(!page.contains("evil.example"));
    let fields = [("seen", NOON), ("start", TEN), ("next", "//evil.example")];
    let done = scene.post(&scene.reschedule(), &fields).await;
    assert_eq!(location(&done), format!("/bookings/{}?said=visit-moved", scene.reference));
}

#[tokio::test]
async fn a_time_that_is_not_free_says_why_and_what_is() {
    let scene = scene().await;
    book(&scene.house, "Eve", &scene.leak, NOON).await;
    let taken = scene.question(NOON, &[]).await;
    assert!(taken.contains("is not free") && taken.contains("A booking takes 12:00–13:00"), "{taken}");
    assert!(taken.contains("These are free") && !taken.contains(&format!("value=\"{NOON}\"")));
    let night = scene.question("2026-11-04T02:00:00Z", &[]).await;
    assert!(night.contains("does not fit into the hours of Wednesday"), "{night}");
    assert!(scene.question("2026-11-04T09:07:00Z", &[]).await.contains("the nearest beginnings are"));
    assert!(scene.question(TEN, &[]).await.contains("The visit is at that time already."));
    assert!(scene.question("2020-01-01T09:00:00Z", &[]).await.contains("That time is over."));
    for hostile in ["9999-12-31T22:00:00Z", "-009998-01-01T00:00:00Z", "nonsense", ""] {
        let path = format!("{}?start={hostile}", scene.reschedule());
        let page = get_as(&scene.house, &path, &scene.ben).await;
        assert!(!page.status().is_server_error(), "{hostile}: {}", page.status());
    }
    // Sent all the same, it stays where it stands, and the way back is not lost.
    let refused = scene.post(&scene.reschedule(), &[("seen", TEN), ("start", NOON), ("next", CALENDAR)]).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert_eq!(hidden(&text(refused).await, "next"), CALENDAR);
    let stranger = signed_in(&scene.house, &scene.house.world.customer("Zoe").await).await;
    let path = format!("{}?start={NOON}&part=question", scene.reschedule());
    assert_eq!(get_as(&scene.house, &path, &stranger).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn asking_about_a_time_takes_few_statements() {
    let scene = scene().await;
    let ctx = scene.house.world.ctx();
    let actor = scene.house.world.actor(&scene.plumbing.owner.user).await;
    let asked = bookings::move_to(ctx, &actor, &scene.reference, NOON.parse().unwrap());
    let (asked, statements) = scene.house.world.statements(asked).await;
    assert!(asked.unwrap().against.is_empty());
    assert_eq!(statements.len(), 3, "{statements:?}");
}

#[tokio::test]
async fn the_calendar_carries_what_is_dragged_and_the_instants_of_its_rows() {
    let scene = scene().await;
    let back = "%2Fprovider%2Fcalendar%3Fview%3Dweek%26date%3D2026%2D11%2D02";
    let page = scene.page(CALENDAR).await;
    assert!(page.contains(&format!("data-move=\"{}?next={back}\" data-by=\"start\"", scene.reschedule())), "{page}");
    let midnight = "2026-11-03T23:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second();
    assert!(page.contains(&format!("data-date=\"2026-11-04\" data-lane=\"\" data-instants=\"0:{midnight}\"")));
    assert!(page.contains("data-hint") && page.contains("Drag a visit"));
    // Without scripts: each hour to come is a link, and so is each day; what is over cannot be blocked.
    let member = scene.plumbing.owner.id.0;
    let day = format!("{}&amp;on=2026-11-04&amp;for={member}", CALENDAR.replace('&', "&amp;"));
    assert!(page.contains(&format!("href=\"{day}&amp;from=14:00&amp;to=15:00#block-time\"")), "{page}");
    assert!(page.contains(&format!("href=\"{day}#block-time\"")));
    let gone = scene.page("/provider/calendar?view=day&date=2026-10-20").await;
    assert!(!gone.contains("cal-block") && !gone.contains("data-block"));
    // The night clocks change has rows that do not follow each other.
    let night = scene.page("/provider/calendar?view=day&date=2027-03-28").await;
    let change = "2027-03-28T01:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second();
    assert!(night.contains(&format!(" 180:{change}\"")), "{night}");
    assert!(!scene.page("/provider/calendar?view=month&date=2026-11-01").await.contains("data-instants"));
}

#[tokio::test]
async fn an_address_fills_the_forms_that_block_time() {
    let scene = scene().await;
    let tom = scene.plumbing.member("Tom").await;
    let wish = format!("{CALENDAR}&on=2026-11-05&from=14:15&to=15:45&for={}", tom.id.0);
    let page = scene.page(&wish).await;
    for value in ["value=\"2026-11-05\"", "value=\"14:15\"", "value=\"15:45\""] {
        assert!(page.contains(value), "{value}");
    }
    assert!(page.contains(&format!("value=\"{}\" selected", tom.id.0)), "{page}");
    let member = scene.plumbing.owner.id.0.to_string();
    let block = [("member", &*member), ("day", "2026-11-05"), ("from", "14:00"), ("to", "15:00"), ("view", "week")];
    assert_eq!(scene.post("/provider/calendar", &block).await.status(), StatusCode::SEE_OTHER);
    let page = scene.page("/provider/calendar?view=week&date=2026-11-05").await;
    let id = hidden(&page, "block");
    assert!(page.contains(&format!("data-by=\"hours\" data-place=\"#block-{id}\"")));
    let moved = format!("{CALENDAR}&block={id}&on=2026-11-06&from=09:00&to=10:30");
    let page = scene.page(&moved).await;
    let form = page.split(&format!("id=\"block-{id}\"")).nth(1).unwrap().split("</details>").next().unwrap();
    for value in ["open", "value=\"2026-11-06\"", "value=\"09:00\"", "value=\"10:30\""] {
        assert!(form.contains(value), "{value}: {form}");
    }
    for hostile in ["&on=x&from=99:99&to=%00&for=me", "&on=9999-12-31&from=10:00", "&block=x&on=2026-11-06"] {
        scene.page(&format!("{CALENDAR}{hostile}")).await;
    }
}

/// Names and values of the hidden fields of the form that saves the change.
fn waiting(question: &str) -> Vec<(String, String)> {
    let form = question.split("</form>").find(|form| form.contains("name=\"agreed\"")).unwrap();
    let form = form.rsplit("<form").next().unwrap();
    let attribute = |input: &str, name: &str| {
        let value = input.split(&format!(" {name}=\"")).nth(1)?;
        Some(value.split('"').next()?.replace("&amp;", "&"))
    };
    let inputs = form.split("<input").skip(1);
    inputs
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default())))
        .collect()
}

#[tokio::test]
async fn visits_are_moved_from_the_warning_and_the_change_waits() {
    let scene = scene().await;
    book(&scene.house, "Eve", &scene.leak, NOON).await;
    let away = [("away-first", "2026-11-04"), ("away-back", "2026-11-05"), ("away-reason", "We <b>rest</b> & read.")];
    let asked = scene.post(&format!("{HOURS}/away"), &away).await;
    assert_eq!(asked.status(), StatusCode::CONFLICT);
    let mut page = text(asked).await;
    for left in ["2 visits are outside of the new hours", "1 visit is outside of the new hours"] {
        assert!(page.contains(left), "{left}: {page}");
        // The first visit of the list, moved by one click to the first time that is proposed.
        let row = page.split("class=\"outside-visit\"").nth(1).unwrap();
        let to = row.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let start = row.split("name=\"start\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert!(!start.starts_with("2026-11-04"), "not on the day they are away: {start}");
        let (key, seen, next) = (hidden(row, "key"), hidden(row, "seen"), hidden(row, "next"));
        let fields = [("key", &*key), ("seen", &*seen), ("start", &*start), ("next", &*next)];
        let done = scene.post(&to, &fields).await;
        assert_eq!(done.status(), StatusCode::SEE_OTHER);
        assert!(location(&done).starts_with(&format!("{HOURS}?waiting=")), "{}", location(&done));
        page = scene.page(&location(&done)).await;
        assert!(page.contains("Both sides are told"));
    }
    assert!(page.contains("No visit is outside of the new hours any more") && page.contains("Save the new hours"));
    let fields = waiting(&page);
    let reason = ("away-reason".to_owned(), "We &lt;b>rest&lt;/b> & read.".to_owned());
    assert!(fields.contains(&reason) || page.contains("We &lt;b&gt;rest&lt;/b&gt; &amp; read."), "{fields:?}");
    assert!(!scene.page(HOURS).await.contains("name=\"away\""), "asking and moving saves nothing");
    let saved = scene.post(&format!("{HOURS}/away"), &[away.as_slice(), &[("act", "save")]].concat()).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    assert!(scene.page(HOURS).await.contains("name=\"away\""));
}

#[tokio::test]
async fn proposals_lie_within_the_new_hours_and_the_week_that_was_typed_comes_back() {
    let scene = scene().await;
    let page = scene.page(HOURS).await;
    let member = hidden(&page, "member");
    let seen = hidden(&page, "seen");
    // From now on Wednesdays only, from 13 to 15.
    let week = [
        ("member", &*member),
        ("seen", &*seen),
        ("hours-3-0-kind", "open"),
        ("hours-3-0-from", "13:00"),
        ("hours-3-0-to", "15:00"),
        ("a-day", "3"),
        ("act", "save"),
    ];
    let asked = scene.post(HOURS, &week).await;
    assert_eq!(asked.status(), StatusCode::CONFLICT);
    let question = text(asked).await;
    let starts: Vec<&str> =
        question.split("name=\"start\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(starts.len(), 3, "{question}");
    for start in &starts {
        let at = start.parse::<jiff::Timestamp>().unwrap().to_zoned(jiff::tz::TimeZone::get("Europe/Berlin").unwrap());
        assert_eq!(at.weekday(), jiff::civil::Weekday::Wednesday, "{start}");
        assert!((13..15).contains(&at.hour()), "{start}");
    }
    let back = hidden(&question, "next");
    // The other way: any time, on the page for it, and back again.
    assert!(question.contains(&format!("{}?next=%2Fprovider%2Favailability%3Fwaiting%3D", scene.reschedule())));
    let waits = scene.page(&back).await;
    assert!(waits.contains("1 visit is outside of the new hours"));
    let mut fields = waiting(&waits);
    for (name, value) in [("hours-3-0-from", "13:00"), ("a-day", "3"), ("seen", &*seen)] {
        assert!(fields.contains(&(name.to_owned(), value.to_owned())), "{name}: {fields:?}");
    }
    fields.push(("act".to_owned(), "back".to_owned()));
    let sent: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let typed = scene.post(HOURS, &sent).await;
    assert_eq!(typed.status(), StatusCode::OK);
    assert!(text(typed).await.contains("value=\"13:00\""));
    // It waits in this session alone, under this name alone, and not for ever.
    let tom = scene.plumbing.member("Tom").await;
    let other = signed_in(&scene.house, &tom.user).await;
    assert_eq!(location(&get_as(&scene.house, &back, &other).await), HOURS);
    assert_eq!(location(&get_as(&scene.house, &format!("{HOURS}?waiting=x"), &scene.ben).await), HOURS);
    let agreed = hidden(&question, "agreed");
    let sure = [week.as_slice(), &[("agreed", &*agreed)]].concat();
    assert_eq!(scene.post(HOURS, &sure).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(&get_as(&scene.house, &back, &scene.ben).await), HOURS, "saved: nothing waits");
}

#[tokio::test]
async fn the_question_about_hours_takes_few_statements() {
    let scene = scene().await;
    book(&scene.house, "Eve", &scene.leak, NOON).await;
    let world = &scene.house.world;
    let (ctx, actor) = (world.ctx(), world.actor(&scene.plumbing.owner.user).await);
    let range = domain::kernel::TimeRange::new(TEN.parse().unwrap(), "2026-11-05T00:00:00Z".parse().unwrap()).unwrap();
    let entries = bookings::calendar(ctx, &actor, scene.plumbing.id, range).await.unwrap();
    let entries: Vec<_> = entries.iter().collect();
    let (times, statements) = world.statements(bookings::new_times(ctx, &entries, |_, _, _| true)).await;
    let times = times.unwrap();
    assert_eq!((times.len(), statements.len()), (2, 2), "one service, whatever the number of visits: {statements:?}");
    let mut firsts: Vec<_> = times.values().filter_map(|times| times.first()).collect();
    firsts.dedup();
    assert_eq!(firsts.len(), 2, "no two visits are told the same time first");
    let none = bookings::new_times(ctx, &entries, |_, _, _| false).await.unwrap();
    assert!(none.values().all(Vec::is_empty), "nothing fits, nothing is proposed");
}
