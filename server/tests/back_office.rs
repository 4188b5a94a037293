//! The back office and the two steps of signing in, through the whole router, as browsers use them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::accounts::second_factor;
use domain::kernel::Role;
use domain::testing::{PASSWORD, User};
use house::{House, cookie, house, text};
use jiff::SignedDuration;
use totp_rs::{Algorithm, Secret, TOTP};

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn location(response: &Response<Body>) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap().to_owned()
}

async fn get_as(house: &House, path: &str, cookie: &str) -> Response<Body> {
    house.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
}

/// The app on somebody's phone.
struct App(String);

impl App {
    async fn set_up(house: &House, user: &User) -> Self {
        let (ctx, actor) = (house.world.ctx(), house.world.actor(user).await);
        let app = Self(second_factor::offer(ctx, &actor).await.unwrap().secret);
        second_factor::confirm(ctx, &actor, &app.code(house), PASSWORD.to_owned()).await.unwrap();
        house.world.advance(SignedDuration::from_secs(60));
        app
    }

    fn code(&self, house: &House) -> String {
        let bytes = Secret::Encoded(self.0.clone()).to_bytes().unwrap();
        let app = TOTP::new(Algorithm::SHA1, 6, 1, 30, bytes, None, "x".to_owned()).unwrap();
        app.generate(house.world.now().as_second().unsigned_abs())
    }
}

/// The first step; the cookie afterwards.
async fn password(house: &House, user: &User) -> (String, String) {
    let response = house.post("/login", None, &form(&[("email", &user.email), ("password", PASSWORD)])).await;
    (location(&response), cookie(&response).unwrap())
}

/// Both steps.
async fn awake(house: &House, user: &User) -> String {
    let app = App::set_up(house, user).await;
    let (to, half) = password(house, user).await;
    assert_eq!(to, "/login/two-factor");
    let response = house.post("/login/two-factor", Some(&half), &form(&[("code", &app.code(house))])).await;
    assert_eq!(location(&response), "/login?said=signed%2Din");
    cookie(&response).unwrap()
}

async fn count(house: &House, question: &'static str) -> i64 {
    sqlx::query_scalar(question).fetch_one(house.world.owner()).await.unwrap()
}

#[tokio::test]
async fn operators_sleep_until_both_steps_are_done() {
    let house = house().await;
    let boss = house.world.operator("Boss", Role::Superadmin).await;
    let (_, asleep) = password(&house, &boss).await;
    assert_eq!(location(&get_as(&house, "/admin", &asleep).await), "/account/security");
    let awake = awake(&house, &boss).await;
    assert_eq!(get_as(&house, "/admin", &awake).await.status(), StatusCode::OK);
    // Setting the factor up has ended the session that was open without it.
    assert!(location(&get_as(&house, "/admin", &asleep).await).starts_with("/login"));
    // The first step alone is nobody's session.
    let (_, half) = password(&house, &boss).await;
    assert!(location(&get_as(&house, "/admin", &half).await).starts_with("/login"));
    assert!(location(&get_as(&house, "/account", &half).await).starts_with("/login"));
    // And it does not wait for ever.
    house.world.advance(SignedDuration::from_mins(10));
    let late = house.post("/login/two-factor", Some(&half), &form(&[("code", "000000")])).await;
    assert_eq!(location(&late), "/login");
}

#[tokio::test]
async fn an_invitation_is_for_one_address_once_and_can_be_taken_back() {
    let house = house().await;
    let boss = house.world.operator("Boss", Role::Superadmin).await;
    let (ana, ben) = (house.world.customer("Ana").await, house.world.customer("Ben").await);
    let boss = awake(&house, &boss).await;
    let ((_, mut hers), (_, his)) = (password(&house, &ana).await, password(&house, &ben).await);
    let invite = async |to: &User| {
        let wish = form(&[("email", &to.email), ("role", "auditor")]);
        let sent = house.post("/admin/users/invitations", Some(&boss), &wish).await;
        assert_eq!(location(&sent), "/admin/users/invitations?said=invited");
        let mail = house.world.mail_to(&to.email).await.pop().unwrap().text;
        let rest = mail.split("/invitation/").nth(1).unwrap().to_owned();
        let secret = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect::<String>();
        format!("/invitation/{secret}")
    };
    let link = invite(&ana).await;
    let page = text(house.get(&link).await).await;
    assert!(page.contains("Auditor") && page.contains("Log in and accept"), "{page}");
    let visitor = house.post(&link, None, "").await;
    assert!(location(&visitor).starts_with("/login"), "one must be somebody");
    assert_eq!(house.post(&link, Some(&his), "").await.status(), StatusCode::CONFLICT, "for another address");
    let joined = house.post(&link, Some(&hers), "").await;
    assert_eq!(location(&joined), "/account/security?said=joined");
    let old = std::mem::replace(&mut hers, cookie(&joined).unwrap());
    assert_ne!(old, hers, "another id");
    assert!(location(&get_as(&house, "/account", &old).await).starts_with("/login"), "the former one opens nothing");
    assert_eq!(get_as(&house, "/account", &hers).await.status(), StatusCode::OK);
    assert_eq!(house.post(&link, Some(&hers), "").await.status(), StatusCode::CONFLICT, "once");
    assert_eq!(house.get(&link).await.status(), StatusCode::CONFLICT);

    let link = invite(&ben).await;
    let waiting = "SELECT id::text FROM operator_invitations WHERE accepted_at IS NULL AND revoked_at IS NULL";
    let id: String = sqlx::query_scalar(waiting).fetch_one(house.world.owner()).await.unwrap();
    let back = house.post("/admin/users/invitations", Some(&boss), &form(&[("revoke", &id)])).await;
    assert_eq!(location(&back), "/admin/users/invitations?said=invitation-revoked");
    assert_eq!(house.post(&link, Some(&his), "").await.status(), StatusCode::CONFLICT, "taken back");
    let again = house.post("/admin/users/invitations", Some(&boss), &form(&[("revoke", &id)])).await;
    assert_eq!(again.status(), StatusCode::NOT_FOUND, "it does not wait any more");
    assert_eq!(count(&house, "SELECT count(*) FROM user_roles WHERE role = 'auditor'").await, 1);

    // Nobody else gives roles, whatever they send.
    let wish = form(&[("email", "eve@example.org"), ("role", "superadmin")]);
    assert_eq!(house.post("/admin/users/invitations", Some(&his), &wish).await.status(), StatusCode::NOT_FOUND);
    let wish = form(&[("email", "eve@example.org"), ("role", "system")]);
    let refused = house.post("/admin/users/invitations", Some(&boss), &wish).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn who_is_suspended_between_the_two_steps_stays_outside() {
    let house = house().await;
    let boss = house.world.operator("Boss", Role::Admin).await;
    let ana = house.world.customer("Ana").await;
    let boss = awake(&house, &boss).await;
    let app = App::set_up(&house, &ana).await;
    let (_, half) = password(&house, &ana).await;
    let person = format!("/admin/users/{}", ana.id.0);
    let reason = form(&[("reason", "Three visits were not paid.")]);
    location(&house.post(&format!("{person}/suspend"), Some(&boss), &reason).await);

    let code = form(&[("code", &app.code(&house))]);
    let over = house.post("/login/two-factor", Some(&half), &code).await;
    assert_eq!(location(&over), "/login", "a first step from before the suspension is none");
    // With both steps the person reads why, and with the password alone nobody does.
    let (to, half) = password(&house, &ana).await;
    assert_eq!(to, "/login/two-factor");
    assert!(!text(get_as(&house, &to, &half).await).await.contains("Three visits"));
    let appeal = form(&[("appeal", "It was not me.")]);
    assert_eq!(location(&house.post("/account/appeal", Some(&half), &appeal).await), "/login");
    let refused = house.post("/login/two-factor", Some(&half), &code).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let session = cookie(&refused).unwrap_or(half);
    assert!(text(refused).await.contains("Three visits were not paid."), "the reason is for the person");
    assert!(location(&get_as(&house, "/account", &session).await).starts_with("/login"));
    assert_eq!(
        count(&house, "SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email LIKE 'ana%'")
            .await,
        0
    );

    // Restored, she begins anew: nothing was opened meanwhile.
    location(&house.post(&format!("{person}/restore"), Some(&boss), "").await);
    assert!(location(&get_as(&house, "/account", &session).await).starts_with("/login"));
    house.world.advance(SignedDuration::from_secs(60));
    let (_, half) = password(&house, &ana).await;
    let code = form(&[("code", &app.code(&house))]);
    let opened = house.post("/login/two-factor", Some(&half), &code).await;
    assert!(location(&opened).starts_with("/login?said="));
    // What was told stays readable for the person, and for nobody else.
    let account = text(get_as(&house, "/account", &cookie(&opened).unwrap()).await).await;
    assert!(account.contains("When your account was suspended") && account.contains("Three visits were not paid."));
    assert!(!account.contains("Boss Example"), "who decided it is not told");
    assert!(!text(get_as(&house, "/account", &boss).await).await.contains("When your account was suspended"));
}

#[tokio::test]
async fn an_operator_logs_somebody_out_everywhere() {
    let house = house().await;
    let boss = house.world.operator("Boss", Role::Admin).await;
    let ana = house.world.customer("Ana").await;
    let boss = awake(&house, &boss).await;
    let sessions = [password(&house, &ana).await.1, password(&house, &ana).await.1];
    for session in &sessions {
        assert_eq!(get_as(&house, "/account", session).await.status(), StatusCode::OK);
    }
    location(&house.post(&format!("/admin/users/{}/log-out", ana.id.0), Some(&boss), "").await);
    for session in &sessions {
        assert!(location(&get_as(&house, "/account", session).await).starts_with("/login"));
    }
    assert_eq!(get_as(&house, "/admin", &boss).await.status(), StatusCode::OK, "the operator goes on");
}

#[tokio::test]
async fn what_an_operator_is_refused_is_written_down() {
    let house = house().await;
    let ops = house.world.operator("Opal", Role::OpsManager).await;
    let (ana, ben) = (house.world.customer("Ana").await, house.world.customer("Ben").await);
    let (hers, opal) = (password(&house, &ana).await.1, awake(&house, &ops).await);
    let act = format!("/admin/users/{}/suspend", ben.id.0);
    let reason = form(&[("reason", "I do not like him.")]);
    assert_eq!(house.post(&act, Some(&hers), &reason).await.status(), StatusCode::NOT_FOUND);
    let written = "SELECT count(*) FROM audit_entries WHERE action = 'operator.refused'";
    assert_eq!(count(&house, written).await, 0, "others have a line in the log");
    assert_eq!(house.post(&act, Some(&opal), &reason).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(get_as(&house, "/admin/audit", &opal).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(get_as(&house, "/admin/users", &opal).await.status(), StatusCode::OK, "what is allowed is not");
    let entries: Vec<(String, uuid::Uuid, String, String)> = sqlx::query_as(
        "SELECT capacity, actor_id, detail ->> 'method', detail ->> 'route' FROM audit_entries
         WHERE action = 'operator.refused' ORDER BY seq",
    )
    .fetch_all(house.world.owner())
    .await
    .unwrap();
    let by = |method: &str, route: &str| ("ops_manager".to_owned(), ops.id.0, method.to_owned(), route.to_owned());
    assert_eq!(entries, [by("POST", "/admin/users/{id}/suspend"), by("GET", "/admin/audit")]);
}

#[tokio::test]
async fn a_rise_of_rights_changes_the_id_of_a_session() {
    let house = house().await;
    let ana = house.world.customer("Ana").await;
    let app = App::set_up(&house, &ana).await;
    let (_, half) = password(&house, &ana).await;
    let opened = house.post("/login/two-factor", Some(&half), &form(&[("code", &app.code(&house))])).await;
    let session = cookie(&opened).unwrap();
    assert_ne!(session, half, "the second step");
    assert!(location(&get_as(&house, "/account", &half).await).starts_with("/login"));

    let new = "seven green umbrellas";
    let wish = form(&[("password", PASSWORD), ("new_password", new), ("new_password_again", new)]);
    let changed = house.post("/account/security/password", Some(&session), &wish).await;
    let (session, old) = (cookie(&changed).unwrap(), session);
    assert_ne!(session, old, "another password");
    assert!(location(&get_as(&house, "/account", &old).await).starts_with("/login"));

    // A role that is given while the session, with its second factor shown, is open: its id has no part in it.
    let given = "INSERT INTO user_roles (user_id, role, granted_at) VALUES ($1, 'auditor', now())";
    sqlx::query(given).bind(ana.id.0).execute(house.world.owner()).await.unwrap();
    let audit = get_as(&house, "/admin/audit", &session).await;
    assert_eq!(audit.status(), StatusCode::OK);
    let (session, old) = (cookie(&audit).unwrap(), session);
    assert_ne!(session, old, "a role");
    assert!(location(&get_as(&house, "/admin/audit", &old).await).starts_with("/login"));
    let again = get_as(&house, "/admin/audit", &session).await;
    assert_eq!((again.status(), cookie(&again)), (StatusCode::OK, None), "once for each");

    // Fewer rights need no other id.
    sqlx::query("DELETE FROM user_roles WHERE role = 'auditor'").execute(house.world.owner()).await.unwrap();
    let less = get_as(&house, "/account", &session).await;
    assert_eq!((less.status(), cookie(&less)), (StatusCode::OK, None));
}

#[tokio::test]
async fn who_becomes_an_operator_is_logged_out_everywhere_else() {
    let house = house().await;
    let boss = house.world.operator("Boss", Role::Superadmin).await;
    let ana = house.world.customer("Ana").await;
    let (boss, app) = (awake(&house, &boss).await, App::set_up(&house, &ana).await);
    let mut sessions = Vec::new();
    for _ in 0..2 {
        house.world.advance(SignedDuration::from_secs(60));
        let (_, half) = password(&house, &ana).await;
        let opened = house.post("/login/two-factor", Some(&half), &form(&[("code", &app.code(&house))])).await;
        sessions.push(cookie(&opened).unwrap());
    }
    let wish = form(&[("email", &ana.email), ("role", "auditor")]);
    location(&house.post("/admin/users/invitations", Some(&boss), &wish).await);
    let link = house.world.mail_to(&ana.email).await.pop().unwrap().path();
    let joined = house.post(&link, Some(&sessions[0]), "").await;
    let here = cookie(&joined).unwrap();
    assert_eq!(get_as(&house, "/admin/audit", &here).await.status(), StatusCode::OK);
    for old in &sessions {
        assert!(location(&get_as(&house, "/admin/audit", old).await).starts_with("/login"));
    }
}

#[tokio::test]
async fn a_lost_second_factor_is_taken_away_in_the_open() {
    let house = house().await;
    let world = &house.world;
    let (boss, admin) = (world.operator("Boss", Role::Superadmin).await, world.operator("Admin", Role::Admin).await);
    let (ana, opal) = (world.customer("Ana").await, world.operator("Opal", Role::OpsManager).await);
    let (bosss, admins, opals) = (awake(&house, &boss).await, awake(&house, &admin).await, awake(&house, &opal).await);
    let hers = awake(&house, &ana).await;
    let path = |person: &User| format!("/admin/users/{}/second-factor", person.id.0);
    let reason = form(&[("reason", "You showed us your passport.")]);

    for stranger in [&hers, &opals] {
        assert_eq!(house.post(&path(&ana), Some(stranger), &reason).await.status(), StatusCode::NOT_FOUND);
    }
    let unsaid = house.post(&path(&ana), Some(&admins), "reason=").await;
    assert_eq!(unsaid.status(), StatusCode::UNPROCESSABLE_ENTITY);
    for (whose, by, why) in [
        (&opal, &admins, "an operator's is a superadmin's to take"),
        (&boss, &admins, "above their own"),
        (&boss, &bosss, "their own"),
    ] {
        assert_eq!(house.post(&path(whose), Some(by), &reason).await.status(), StatusCode::CONFLICT, "{why}");
    }

    assert!(text(get_as(&house, &format!("/admin/users/{}", ana.id.0), &admins).await).await.contains(&path(&ana)));
    let done = house.post(&path(&ana), Some(&admins), &reason).await;
    assert_eq!(location(&done), format!("/admin/users/{}?said=factor-cleared", ana.id.0));
    assert!(location(&get_as(&house, "/account", &hers).await).starts_with("/login"), "logged out");
    let mail = world.mail_to(&ana.email).await.pop().unwrap();
    assert!(mail.text.contains("You showed us your passport."), "{}", mail.text);
    assert_eq!(password(&house, &ana).await.0, "/login?said=signed%2Din", "the password alone opens it");
    let left = "SELECT (SELECT count(*) FROM recovery_codes r JOIN users u ON u.id = r.user_id WHERE u.email LIKE 'ana%')
                     + (SELECT count(*) FROM totp_secrets t JOIN users u ON u.id = t.user_id WHERE u.email LIKE 'ana%')";
    assert_eq!(count(&house, left).await, 0);
    let again = house.post(&path(&ana), Some(&admins), &reason).await;
    assert_eq!(again.status(), StatusCode::CONFLICT, "once");
    location(&house.post(&path(&opal), Some(&bosss), &reason).await);
    let written = "SELECT count(*) FROM audit_entries WHERE action = 'second_factor.cleared'";
    assert_eq!(count(&house, written).await, 2);
}
