//! The provider portal, through the whole router: who gets in, and the calendar's forms.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::testing::{PASSWORD, Provider, User};
use house::{House, cookie, house, text};

const PAGES: [&str; 3] = ["/provider", "/provider/bookings", "/provider/calendar"];

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn get_as(house: &House, path: &str, cookie: &str) -> Response<Body> {
    house.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
}

async fn signed_in(house: &House, user: &User) -> String {
    let credentials = form(&[("email", &user.email), ("password", PASSWORD)]);
    cookie(&house.post("/login", None, &credentials).await).unwrap()
}

async fn brightside(house: &House) -> Provider {
    house.world.provider("Brightside", "Europe/Lisbon").await
}

/// A block of an hour on the Tuesday of the world's first week, from this hour.
async fn block(house: &House, cookie: &str, member: &str, from: &str, to: &str) -> Response<Body> {
    let wish = [
        ("member", member),
        ("day", "2026-11-03"),
        ("from", from),
        ("to", to),
        ("note", "Dentist & co"),
        ("view", "day"),
    ];
    house.post("/provider/calendar", Some(cookie), &form(&wish)).await
}

#[tokio::test]
async fn the_portal_is_for_people_who_work_somewhere() {
    let house = house().await;
    let provider = brightside(&house).await;
    let owner = signed_in(&house, &provider.owner.user).await;
    let customer = signed_in(&house, &house.world.customer("Ana").await).await;
    for path in PAGES {
        let nobody = house.get(path).await;
        assert_eq!(nobody.status(), StatusCode::SEE_OTHER, "{path}");
        assert!(nobody.headers()["location"].to_str().unwrap().starts_with("/login?next=%2Fprovider"), "{path}");
        let page = get_as(&house, path, &customer).await;
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        let page = text(page).await;
        assert!(page.contains("Your login does not") && !page.contains("Block time"), "{path}");
        assert!(text(get_as(&house, path, &owner).await).await.contains("Provider portal"), "{path}");
    }
}

#[tokio::test]
async fn the_foot_of_a_page_leads_nobody_to_closed_rooms() {
    let house = house().await;
    let provider = brightside(&house).await;
    let owner = signed_in(&house, &provider.owner.user).await;
    let customer = signed_in(&house, &house.world.customer("Ana").await).await;
    let foot = async |cookie: &str| {
        let page = text(get_as(&house, "/services", cookie).await).await;
        page.split("<footer").nth(1).unwrap().to_owned()
    };
    for (who, works) in [("", false), (&customer, false), (&owner, true)] {
        let foot = foot(who).await;
        for room in ["/provider/calendar", "/provider/bookings"] {
            assert_eq!(foot.contains(&format!("href=\"{room}\"")), works, "{room}: {foot}");
        }
        assert_eq!(foot.contains("Become a provider"), !works, "{foot}");
    }
}

#[tokio::test]
async fn time_is_blocked_once_shown_and_given_back() {
    let house = house().await;
    let provider = brightside(&house).await;
    let member = provider.owner.id.0.to_string();
    let cookie = signed_in(&house, &provider.owner.user).await;
    let done = block(&house, &cookie, &member, "12:00", "13:00").await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let there = done.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(there, "/provider/calendar?view=day&date=2026-11-03&said=blocked");
    let page = text(get_as(&house, &there, &cookie).await).await;
    assert!(page.contains("Dentist &amp; co") && page.contains("12:00–13:00"));

    let again = block(&house, &cookie, &member, "12:30", "14:00").await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    let page = text(again).await;
    assert!(page.contains("There is a booking or another block in that time."));
    assert!(
        page.contains("id=\"f-from-error\"")
            && page.contains("value=\"12:30\"")
            && page.contains("value=\"Dentist &amp; co\"")
    );

    let id = page.split("name=\"block\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let stranger = house.world.provider("Other", "Europe/Lisbon").await;
    let other = signed_in(&house, &stranger.owner.user).await;
    let free = form(&[("block", id), ("view", "day"), ("shown", "2026-11-03")]);
    let refused = house.post("/provider/calendar/unblock", Some(&other), &free).await;
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    let freed = house.post("/provider/calendar/unblock", Some(&cookie), &free).await;
    assert_eq!(freed.status(), StatusCode::SEE_OTHER);
    let page = text(get_as(&house, "/provider/calendar?date=2026-11-03", &cookie).await).await;
    assert!(!page.contains("Dentist"));
}

#[tokio::test]
async fn what_cannot_be_blocked_is_said_beside_its_field() {
    let house = house().await;
    let provider = brightside(&house).await;
    let tom = provider.member("Tom").await;
    let cookie = signed_in(&house, &tom.user).await;
    let wrong = [("day", "2020-01-01"), ("from", "noon"), ("to", "")];
    let refused = house.post("/provider/calendar", Some(&cookie), &form(&wrong)).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(refused).await;
    for field in ["day", "from", "to"] {
        assert!(page.contains(&format!("id=\"f-{field}-error\"")), "{field}");
    }
    let backwards = block(&house, &cookie, &tom.id.0.to_string(), "13:00", "12:00").await;
    assert!(text(backwards).await.contains("The end comes after the beginning"));
    let over = [("day", "2026-11-02"), ("from", "07:00"), ("to", "08:00")];
    let over = house.post("/provider/calendar", Some(&cookie), &form(&over)).await;
    assert!(text(over).await.contains("That time is over."));
    // Midnight as an end is the end of the day; a calendar of somebody else does not exist.
    assert_eq!(block(&house, &cookie, &tom.id.0.to_string(), "22:00", "00:00").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        block(&house, &cookie, &provider.owner.id.0.to_string(), "12:00", "13:00").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn hostile_addresses_show_a_page_within_reach() {
    let house = house().await;
    let provider = brightside(&house).await;
    let cookie = signed_in(&house, &provider.owner.user).await;
    for query in ["date=0001-01-01", "date=9999-12-31&view=day", "date=x&member=y&view=z&block=%00", "date=2026-10-25"]
    {
        let page = get_as(&house, &format!("/provider/calendar?{query}"), &cookie).await;
        assert_eq!(page.status(), StatusCode::OK, "{query}");
    }
    for query in ["show=x&after=%00~y", "words=%25%27%3B--", "after=1~00000000000000000000000000000000"] {
        let page = get_as(&house, &format!("/provider/bookings?{query}"), &cookie).await;
        assert_eq!(page.status(), StatusCode::OK, "{query}");
    }
}

#[tokio::test]
async fn a_block_is_moved_or_stays_where_it_was() {
    let house = house().await;
    let provider = brightside(&house).await;
    let member = provider.owner.id.0.to_string();
    let cookie = signed_in(&house, &provider.owner.user).await;
    for (from, to) in [("12:00", "13:00"), ("15:00", "16:00")] {
        assert_eq!(block(&house, &cookie, &member, from, to).await.status(), StatusCode::SEE_OTHER);
    }
    let there = "/provider/calendar?view=day&date=2026-11-03";
    let page = text(get_as(&house, there, &cookie).await).await;
    let id = page.split("name=\"block\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let names = ["day", "from", "to"].map(|field| format!("{field}-{id}"));
    let wish = |day: &str, from: &str, to: &str| {
        form(&[
            ("block", &id),
            ("view", "day"),
            ("shown", "2026-11-03"),
            (&names[0], day),
            (&names[1], from),
            (&names[2], to),
        ])
    };
    let path = "/provider/calendar/move";
    let taken = house.post(path, Some(&cookie), &wish("2026-11-03", "15:30", "16:30")).await;
    assert_eq!(taken.status(), StatusCode::CONFLICT);
    let page = text(taken).await;
    assert!(page.contains(&format!("id=\"f-from-{id}-error\"")) && page.contains("value=\"15:30\""));
    assert!(page.contains("12:00–13:00"), "it stays where it was");
    let wrong = house.post(path, Some(&cookie), &wish("2026-11-03", "x", "")).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let stranger = house.world.provider("Other", "Europe/Lisbon").await;
    let other = signed_in(&house, &stranger.owner.user).await;
    let refused = house.post(path, Some(&other), &wish("2026-11-04", "09:00", "10:00")).await;
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    // Onto a part of its own old time: that is no conflict.
    let moved = house.post(path, Some(&cookie), &wish("2026-11-03", "12:30", "13:30")).await;
    assert_eq!(moved.status(), StatusCode::SEE_OTHER);
    let page = text(get_as(&house, there, &cookie).await).await;
    assert!(page.contains("12:30–13:30") && page.contains("Dentist &amp; co") && !page.contains("12:00–13:00"));
}

#[tokio::test]
async fn months_and_agendas_show_what_stands_in_them() {
    let house = house().await;
    let provider = brightside(&house).await;
    let tom = provider.member("Tom").await;
    let member = provider.owner.id.0.to_string();
    let cookie = signed_in(&house, &provider.owner.user).await;
    block(&house, &cookie, &member, "12:00", "13:00").await;
    for view in ["month", "agenda"] {
        let all = text(get_as(&house, &format!("/provider/calendar?view={view}&date=2026-11-02"), &cookie).await).await;
        assert!(all.contains("12:00") && all.contains("Dentist &amp; co"), "{view}");
        let whose = format!("/provider/calendar?view={view}&date=2026-11-02&member={}", tom.id.0);
        let toms = text(get_as(&house, &whose, &cookie).await).await;
        assert!(!toms.contains("Dentist"), "{view} of somebody else");
        assert!(toms.contains(&format!("view={view}&amp;date=")), "the filter stays when one turns the page");
    }
    let month = text(get_as(&house, "/provider/calendar?view=month&date=2026-11-02", &cookie).await).await;
    assert_eq!(month.matches("class=\"month-number\"").count(), 42, "26 October to 6 December");
    assert!(month.contains("November 2026") && month.contains("Tuesday 3 November, 1 entry"));
    let empty = text(get_as(&house, "/provider/calendar?view=agenda&date=2027-06-01", &cookie).await).await;
    assert!(empty.contains("Nothing planned"));
}

#[tokio::test]
async fn the_dashboard_tells_how_the_business_stands_in_three_statements() {
    let house = house().await;
    let provider = brightside(&house).await;
    let tom = provider.member("Tom").await;
    let (owner, toms) = (signed_in(&house, &provider.owner.user).await, signed_in(&house, &tom.user).await);
    // One statement says who asks.
    let (page, said) = house.world.statements(get_as(&house, "/provider", &owner)).await;
    let page = text(page).await;
    assert_eq!(said.len(), 1 + 3, "{said:?}");
    assert!(page.contains("Ready for customers") && page.contains("Write your first service"));
    assert!(page.contains("Value of finished visits") && page.contains("not what was paid"));
    assert!(!page.contains("suspended") && !page.contains("You are away"));
    assert!(!text(get_as(&house, "/provider", &toms).await).await.contains("Ready for customers"), "not his to do");
    let run = async |sql: &'static str| {
        sqlx::query(sql).bind(provider.id.0).execute(house.world.owner()).await.unwrap();
    };
    run("INSERT INTO provider_closures (id, provider_id, first_date, last_date, reason)
         VALUES (gen_random_uuid(), $1, '2026-11-02', '2026-11-06', 'At the <sea>.')")
    .await;
    let page = text(get_as(&house, "/provider", &owner).await).await;
    assert!(page.contains("You are away until Saturday 7 November"));
    let leak = house.world.service(&provider, |service| service.called("Fix a leak")).await;
    for path in [format!("/services/{}", leak.slug), format!("/providers/{}", provider.slug)] {
        let page = text(house.get(&path).await).await;
        assert!(page.contains("Brightside is away until 7 Nov") && page.contains("At the &lt;sea&gt;."), "{path}");
    }
    run("UPDATE providers SET suspended_at = now(), suspended_reason = 'Three <visits> were missed.' WHERE id = $1")
        .await;
    for cookie in [&owner, &toms] {
        let page = text(get_as(&house, "/provider", cookie).await).await;
        assert!(page.contains("Your business is suspended") && page.contains("Three &lt;visits&gt; were missed."));
    }
    // Customers learn that nothing can be booked, not why, and not when it is back from the sea.
    for path in [format!("/services/{}", leak.slug), format!("/providers/{}", provider.slug)] {
        let page = text(house.get(&path).await).await;
        assert!(!page.contains("is away until") && !page.contains("missed"), "{path}");
    }
}
