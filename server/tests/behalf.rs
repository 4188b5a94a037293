//! Acting for a person, through the whole router: the banner, what is refused, and when it is over.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::http::StatusCode;
use domain::kernel::{Role, UserId};
use domain::testing::{PASSWORD, User};
use house::visit::{form, location, log_in, log_in_operator, page as get, read};
use house::{House, cookie, house, text};
use jiff::SignedDuration;

const WHY: &str = "She asked us by phone to <b>move</b> her visit.";

async fn run(house: &House, statement: &'static str, user: UserId) {
    sqlx::query(statement).bind(user.0).execute(house.world.owner()).await.unwrap();
}

async fn act(house: &House, operator: &str, person: &User) -> String {
    let answer =
        house.post(&format!("/admin/users/{}/act", person.id.0), Some(operator), &form(&[("reason", WHY)])).await;
    assert_eq!(location(&answer), "/bookings");
    cookie(&answer).unwrap()
}

struct Scene {
    house: House,
    ana: User,
    admin: User,
    /// The admin's session before they act.
    session: String,
}

async fn scene() -> Scene {
    let house = house().await;
    let ana = house.world.customer("Ana").await;
    let admin = house.world.operator("Admin", Role::Admin).await;
    let session = log_in_operator(&house, &admin).await;
    Scene { house, ana, admin, session }
}

#[tokio::test]
async fn every_page_says_so_and_a_button_ends_it() {
    let Scene { house, ana, session, .. } = scene().await;
    let person = format!("/admin/users/{}", ana.id.0);
    let page = text(get(&house, &person, &session).await).await;
    assert!(page.contains(&format!("{person}/act")) && page.contains("Act as Ana Example"), "{page}");
    let refused = house.post(&format!("{person}/act"), Some(&session), "reason=+").await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(refused).await.contains("Say why"));

    let acting = act(&house, &session, &ana).await;
    assert_ne!(acting, session, "other rights, another id");
    assert!(
        location(&get(&house, "/bookings", &session).await).starts_with("/login"),
        "the one from before opens nothing"
    );
    for path in [
        "/",
        "/services",
        "/bookings",
        "/account",
        "/services/not-there",
        "/no-such-page",
        "/provider",
        "/login/two-factor",
    ] {
        let answer = get(&house, path, &acting).await;
        if answer.status() == StatusCode::SEE_OTHER {
            continue;
        }
        let page = text(answer).await;
        for words in
            ["You act as Ana Example", "to &lt;b&gt;move&lt;/b&gt; her visit", "action=\"/account/acting/stop\""]
        {
            assert!(page.contains(words), "{path}: {words}: {page}");
        }
        assert!(!page.contains("href=\"/admin\""), "{path} names the back office");
    }
    let stopped = house.post("/account/acting/stop", Some(&acting), "").await;
    assert_eq!(location(&stopped), format!("{person}?said=act-stopped"));
    let after = cookie(&stopped).unwrap();
    assert_ne!(after, acting, "the operator's rights are back, under another id");
    let page = text(get(&house, &format!("{person}?said=act-stopped"), &after).await).await;
    assert!(page.contains("You are yourself again") && !page.contains("You act as"), "{page}");
    assert!(location(&get(&house, "/bookings", &acting).await).starts_with("/login"));
    assert_eq!(house.post("/account/acting/stop", Some(&after), "").await.status(), StatusCode::NOT_FOUND);
    // The person finds it among their logins.
    let hers = log_in(&house, &ana).await;
    let page = text(get(&house, "/account/sessions", &hers).await).await;
    assert!(page.contains("An operator acted for you") && page.contains("to &lt;b&gt;move&lt;/b&gt;"), "{page}");
    assert!(!page.contains("acts for you right now"), "it is over");
}

#[tokio::test]
async fn what_is_hers_alone_is_refused_in_words() {
    let Scene { house, ana, session, admin } = scene().await;
    let acting = act(&house, &session, &ana).await;
    for path in ["/account/sessions", "/account/privacy", "/account/security/two-factor"] {
        let answer = get(&house, path, &acting).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
        assert!(text(answer).await.contains("This is for them alone"), "{path}");
    }
    let new = "six blue teapots";
    for (path, fields) in [
        (
            "/account/security/password",
            form(&[("password", PASSWORD), ("new_password", new), ("new_password_again", new)]),
        ),
        ("/account/security/email", form(&[("email", "other@example.org"), ("password", PASSWORD)])),
        ("/account/security/two-factor/off", form(&[("password", PASSWORD)])),
        ("/account/privacy", String::new()),
        ("/account/privacy/delete", form(&[("password", PASSWORD)])),
        ("/account/sessions", form(&[("which", "others")])),
    ] {
        let answer = house.post(path, Some(&acting), &fields).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
    for path in ["/admin", "/admin/users", "/admin/audit"] {
        assert_eq!(get(&house, path, &acting).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let again = house.post(&format!("/admin/users/{}/act", admin.id.0), Some(&acting), &form(&[("reason", WHY)])).await;
    assert_eq!(again.status(), StatusCode::NOT_FOUND);
    let menu = text(get(&house, "/account", &acting).await).await;
    assert!(!menu.contains("href=\"/account/privacy\"") && !menu.contains("href=\"/account/sessions\""), "{menu}");
}

#[tokio::test]
async fn half_an_hour_is_the_end_and_nothing_is_done_in_the_wrong_name() {
    let Scene { house, ana, admin, session } = scene().await;
    let acting = act(&house, &session, &ana).await;
    house.world.advance(SignedDuration::from_mins(29));
    assert_eq!(get(&house, "/bookings", &acting).await.status(), StatusCode::OK);
    house.world.advance(SignedDuration::from_mins(1));
    let details = form(&[("first_name", "Mallory"), ("last_name", "Example"), ("zone", "UTC"), ("locale", "en")]);
    let late = house.post("/account", Some(&acting), &details).await;
    assert_eq!(location(&late), format!("/admin/users/{}?said=act-over", ana.id.0));
    let after = cookie(&late).unwrap();
    assert_ne!(after, acting, "the operator's rights are back, under another id");
    let names: Vec<String> =
        sqlx::query_scalar("SELECT first_name FROM users ORDER BY 1").fetch_all(house.world.owner()).await.unwrap();
    assert_eq!(names, ["Admin", "Ana"], "neither hers nor the operator's own details changed");
    let page = text(get(&house, &location(&late), &after).await).await;
    assert!(page.contains("was not done") && !page.contains("You act as"), "{page}");
    assert_eq!(get(&house, "/admin/users", &after).await.status(), StatusCode::OK);
    assert_eq!(admin.name, "Admin");
}

#[tokio::test]
async fn it_ends_with_whatever_it_stands_on() {
    let Scene { house, ana, admin, session } = scene().await;
    let over = format!("/admin/users/{}?said=act-over", ana.id.0);
    // The person's account is suspended; they become an operator; the operator's second factor or role is gone.
    let ways: [(&'static str, UserId); 4] = [
        ("UPDATE users SET suspended_at = now() WHERE id = $1", ana.id),
        ("INSERT INTO user_roles (user_id, role, granted_at) VALUES ($1, 'auditor', now())", ana.id),
        ("UPDATE sessions SET data = data - 'second' WHERE user_id = $1", admin.id),
        ("DELETE FROM user_roles WHERE user_id = $1", admin.id),
    ];
    let mut session = session;
    for (statement, whom) in ways {
        let acting = act(&house, &session, &ana).await;
        assert_eq!(get(&house, "/bookings", &acting).await.status(), StatusCode::OK);
        run(&house, statement, whom).await;
        let answer = get(&house, "/bookings", &acting).await;
        assert_eq!(location(&answer), over, "{statement}");
        session = cookie(&answer).unwrap();
        let page = text(get(&house, "/bookings", &session).await).await;
        assert!(!page.contains("You act as"), "{statement}");
        run(&house, "UPDATE users SET suspended_at = NULL WHERE id = $1", ana.id).await;
        run(&house, "DELETE FROM user_roles WHERE user_id = $1 AND role = 'auditor'", ana.id).await;
        run(
            &house,
            "INSERT INTO user_roles (user_id, role, granted_at) VALUES ($1, 'admin', now()) ON CONFLICT DO NOTHING",
            admin.id,
        )
        .await;
        run(&house, "UPDATE sessions SET data = data || '{\"second\": true}' WHERE user_id = $1", admin.id).await;
    }
    // The operator is suspended: nobody is there any more.
    let acting = act(&house, &session, &ana).await;
    run(&house, "UPDATE users SET suspended_at = now() WHERE id = $1", admin.id).await;
    assert!(location(&get(&house, "/bookings", &acting).await).starts_with("/login"));
    run(&house, "UPDATE users SET suspended_at = NULL WHERE id = $1", admin.id).await;
    // Logging out ends the session and the act.
    assert_eq!(location(&house.post("/logout", Some(&acting), "").await), "/?said=signed-out");
    assert!(location(&get(&house, "/bookings", &acting).await).starts_with("/login"));
    let open: i64 = sqlx::query_scalar("SELECT count(*) FROM acts_on_behalf WHERE ended_at IS NULL")
        .fetch_one(house.world.owner())
        .await
        .unwrap();
    assert_eq!(open, 0);
}

#[tokio::test]
async fn an_act_opens_nothing_in_another_session() {
    let Scene { house, ana, admin, session } = scene().await;
    let other = house.world.operator("Other", Role::Admin).await;
    let others = log_in_operator(&house, &other).await;
    act(&house, &session, &ana).await;
    run(
        &house,
        "UPDATE sessions SET data = data || (SELECT jsonb_build_object('behalf', data -> 'behalf') FROM sessions
                                             WHERE data ? 'behalf') WHERE user_id = $1",
        other.id,
    )
    .await;
    let answer = get(&house, "/bookings", &others).await;
    assert_eq!(location(&answer), "/admin?said=act-over");
    assert_eq!(admin.name, "Admin");
}

#[tokio::test]
async fn logging_in_as_somebody_else_leaves_the_act_behind() {
    let Scene { house, ana, session, .. } = scene().await;
    let acting = act(&house, &session, &ana).await;
    let eve = house.world.customer("Eve").await;
    let answer = house.post("/login", Some(&acting), &form(&[("email", &eve.email), ("password", PASSWORD)])).await;
    let hers = cookie(&answer).unwrap();
    let page = get(&house, "/account", &hers).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = text(page).await;
    assert!(page.contains("value=\"Eve\"") && !page.contains("You act as"), "{page}");
}

#[tokio::test]
async fn who_acts_costs_no_statement_more() {
    let Scene { house, ana, session, .. } = scene().await;
    let before = house.world.statements(get(&house, "/verify/heads.json", &session)).await.1;
    let acting = act(&house, &session, &ana).await;
    let after = house.world.statements(get(&house, "/verify/heads.json", &acting)).await.1;
    assert_eq!(before.len(), after.len(), "{after:?}");
}

#[tokio::test]
async fn a_booking_says_whose_hand_it_was() {
    let Scene { house, ana, session, .. } = scene().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let hers = log_in(&house, &ana).await;
    let wish = form(&[
        ("start", "2026-11-03T09:00:00Z"),
        ("street", "Linienstraße 1"),
        ("postal_code", "10119"),
        ("city", "Berlin"),
        ("key", "0195f000-0000-7000-8000-000000000001"),
    ]);
    let pay = location(&house.post(&format!("/services/{}/book", leak.slug), Some(&hers), &wish).await);
    let booking = pay.strip_suffix("/pay").unwrap().to_owned();
    let hand = "An operator of ServiceHub did this for Ana.";
    let acting = act(&house, &session, &ana).await;
    assert!(!read(&house, &booking, &acting).await.contains(hand), "what she did herself is hers");
    house.world.advance(SignedDuration::from_mins(1));
    location(&house.post(&pay, Some(&acting), "").await);
    let owner = log_in(&house, &plumbing.owner.user).await;
    for (who, session) in [("the operator", &acting), ("the business", &owner)] {
        assert_eq!(read(&house, &booking, session).await.matches(hand).count(), 1, "one of two steps, for {who}");
    }
}
