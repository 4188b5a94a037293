//! Registering, signing in, signing out.

use domain::accounts::{
    Credentials, Intent, LogInError, Registered, Registration, Typed, Visit, demo, log_in, log_out, register,
};
use domain::kernel::{Error, UserId, Zone};
use domain::testing::{PASSWORD, User, World};
use jiff::SignedDuration;
use std::time::{Duration, Instant};

const SECRET: &str = "tea at five o'clock";

fn typed() -> Typed<'static> {
    Typed {
        first_name: "Ana",
        last_name: "Lima",
        email: "Ana@Example.org",
        phone: "+49 (30) 90-18 20",
        password: SECRET,
        password_again: SECRET,
        intent: "customer",
    }
}

fn registration(typed: &Typed<'_>) -> Registration {
    Registration::parse(typed, Zone::utc()).expect("as it should be")
}

fn complaints(typed: &Typed<'_>) -> Vec<String> {
    match Registration::parse(typed, Zone::utc()) {
        Err(Error::Invalid(errors)) => errors.iter().map(|(field, _)| field.to_owned()).collect(),
        Ok(_) => Vec::new(),
        Err(other) => panic!("{other}"),
    }
}

async fn roles(world: &World, user: UserId) -> Vec<String> {
    sqlx::query_scalar("SELECT role FROM user_roles WHERE user_id = $1 ORDER BY role")
        .bind(user)
        .fetch_all(world.owner())
        .await
        .expect("as it should be")
}

/// Action, reason and object of all entries, oldest first.
async fn history(world: &World) -> Vec<(String, Option<String>, uuid::Uuid)> {
    sqlx::query_as("SELECT action, detail ->> 'why', object_id FROM audit_entries ORDER BY seq")
        .fetch_all(world.owner())
        .await
        .expect("as it should be")
}

#[test]
fn what_is_typed_is_cleaned() {
    let read = registration(&Typed { first_name: "  Ana   María ", ..typed() });
    assert_eq!(read.first_name, "Ana María");
    assert_eq!(read.email.as_str(), "ana@example.org");
    assert_eq!(read.phone.as_deref(), Some("+4930901820"));
    assert_eq!(registration(&Typed { phone: " ", ..typed() }).phone, None);
    assert!(!format!("{read:?}").contains(SECRET), "a secret must not reach a log");
}

#[test]
fn every_field_has_its_own_message() {
    assert_eq!(complaints(&Typed::default()), ["intent", "first_name", "last_name", "email", "password"]);
    assert_eq!(complaints(&Typed { password_again: "something else", ..typed() }), ["password_again"]);
    assert_eq!(complaints(&Typed { phone: "call me", ..typed() }), ["phone"]);
    assert_eq!(complaints(&Typed { phone: "+1", ..typed() }), ["phone"]);
    let long = "x".repeat(81);
    assert_eq!(complaints(&Typed { first_name: &long, ..typed() }), ["first_name"]);
    assert_eq!(complaints(&Typed { password: "Ana Lima 12", ..typed() }), ["password"]);
}

#[test]
fn nobody_registers_as_an_operator() {
    for role in ["admin", "superadmin", "ops_manager", "onboarding_manager", "system", "Customer", "", "customer,admin"]
    {
        assert_eq!(complaints(&Typed { intent: role, ..typed() }), ["intent"], "{role}");
    }
}

#[tokio::test]
async fn an_account_is_made_with_the_roles_of_its_intent() {
    let world = World::new().await;
    let as_customer = register(world.ctx(), &world.visitor(), registration(&typed())).await.unwrap();
    let Registered::New(ana) = as_customer else { panic!("{as_customer:?}") };
    assert_eq!(roles(&world, ana).await, ["customer"]);

    let typed = Typed { email: "tom@example.org", intent: "provider", ..typed() };
    let as_provider = register(world.ctx(), &world.visitor(), registration(&typed)).await.unwrap();
    let Registered::New(tom) = as_provider else { panic!("{as_provider:?}") };
    assert_eq!(roles(&world, tom).await, ["customer", "provider"]);

    let hash: String = sqlx::query_scalar("SELECT password_hash FROM users WHERE id = $1")
        .bind(ana)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    assert_eq!(
        history(&world).await,
        [("user.registered".to_owned(), None, ana.0), ("user.registered".to_owned(), None, tom.0)]
    );
}

#[tokio::test]
async fn a_known_address_changes_nothing() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let again = Typed { email: "ANA@example.ORG", first_name: "Mallory", intent: "provider", ..typed() };
    let outcome = register(world.ctx(), &world.visitor(), registration(&again)).await.unwrap();
    assert_eq!(outcome, Registered::Known);
    let name: String = sqlx::query_scalar("SELECT first_name FROM users").fetch_one(world.owner()).await.unwrap();
    assert_eq!((name.as_str(), roles(&world, ana.id).await), ("Ana", vec!["customer".to_owned()]));
    let still = Credentials::parse(&ana.email, PASSWORD).unwrap();
    assert!(log_in(world.ctx(), &world.visitor(), still, &Visit::default()).await.is_ok());
    let new = Credentials::parse(&ana.email, SECRET).unwrap();
    assert!(matches!(log_in(world.ctx(), &world.visitor(), new, &Visit::default()).await, Err(LogInError::Refused)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_registrations_of_one_address_one_succeeds() {
    let world = World::new().await;
    let attempts = (0..8).map(|_| {
        let (ctx, actor) = (world.ctx().clone(), world.visitor());
        tokio::spawn(async move { register(&ctx, &actor, registration(&typed())).await.unwrap() })
    });
    let attempts: Vec<_> = attempts.collect();
    let mut new = 0;
    for attempt in attempts {
        if matches!(attempt.await.unwrap(), Registered::New(_)) {
            new += 1;
        }
    }
    let users: i64 = sqlx::query_scalar("SELECT count(*) FROM users").fetch_one(world.owner()).await.unwrap();
    assert_eq!((new, users), (1, 1));
}

#[tokio::test]
async fn the_right_password_signs_in_however_the_address_is_written() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let account = log_in(
        world.ctx(),
        &world.visitor(),
        Credentials::parse(" ANA@Example.org ", PASSWORD).unwrap(),
        &Visit::default(),
    )
    .await
    .unwrap();
    assert_eq!((account.id, account.first_name.as_str()), (ana.id, "Ana"));
    log_out(world.ctx(), &world.actor(&ana).await).await.unwrap();
    log_out(world.ctx(), &world.visitor()).await.unwrap();
    let entries = history(&world).await;
    assert_eq!(entries, [("session.opened".to_owned(), None, ana.id.0), ("session.closed".to_owned(), None, ana.id.0)]);
    let actors: Vec<Option<UserId>> =
        sqlx::query_scalar("SELECT actor_id FROM audit_entries ORDER BY seq").fetch_all(world.owner()).await.unwrap();
    assert_eq!(actors, [Some(ana.id), Some(ana.id)]);
}

#[tokio::test]
async fn wrong_password_and_unknown_address_are_one_answer_and_two_records() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    for (email, password) in [
        (ana.email.as_str(), "not the password"),
        ("nobody@example.org", PASSWORD),
        (&ana.email, &PASSWORD.to_uppercase()),
    ] {
        let refused =
            log_in(world.ctx(), &world.visitor(), Credentials::parse(email, password).unwrap(), &Visit::default())
                .await;
        assert!(matches!(refused, Err(LogInError::Refused)), "{email}");
    }
    let why: Vec<_> =
        history(&world).await.into_iter().map(|(action, why, object)| (action, why.unwrap(), object)).collect();
    let failed = |why: &str, object| ("session.failed".to_owned(), why.to_owned(), object);
    assert_eq!(why, [failed("password", ana.id.0), failed("unknown", uuid::Uuid::nil()), failed("password", ana.id.0)]);
}

#[tokio::test]
async fn a_suspended_account_is_told_so_after_the_right_password_only() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    sqlx::query("UPDATE users SET suspended_at = now(), suspended_reason = 'Three visits were not paid.'")
        .execute(world.owner())
        .await
        .unwrap();
    let wrong = log_in(
        world.ctx(),
        &world.visitor(),
        Credentials::parse(&ana.email, "not the password").unwrap(),
        &Visit::default(),
    )
    .await;
    assert!(matches!(wrong, Err(LogInError::Refused)));
    let right =
        log_in(world.ctx(), &world.visitor(), Credentials::parse(&ana.email, PASSWORD).unwrap(), &Visit::default())
            .await;
    assert!(matches!(right, Err(LogInError::Suspended { why, .. }) if why.reason == "Three visits were not paid."));
}

/// By design: both ways look up once, verify once and record once. What is measured is the best of several
/// runs, and the bounds are wide, so that a busy machine does not decide; without the verification the
/// difference would be twentyfold.
#[tokio::test]
async fn an_unknown_address_takes_as_long_as_a_known_one() {
    let world = World::new().await;
    register(world.ctx(), &world.visitor(), registration(&typed())).await.unwrap();
    let mut best = [Duration::MAX; 2];
    let mut said = [Vec::new(), Vec::new()];
    for _ in 0..10 {
        for (place, email) in ["ana@example.org", "nobody@example.org"].into_iter().enumerate() {
            let credentials = Credentials::parse(email, "not the password").unwrap();
            let began = Instant::now();
            let (refused, statements) =
                world.statements(log_in(world.ctx(), &world.visitor(), credentials, &Visit::default())).await;
            best[place] = best[place].min(began.elapsed());
            said[place] = statements;
            assert!(matches!(refused, Err(LogInError::Refused)));
            // Failures slow the next one down.
            world.advance(SignedDuration::from_mins(20));
        }
    }
    assert_eq!(said[0], said[1], "the same statements");
    let ratio = best[0].as_secs_f64() / best[1].as_secs_f64();
    assert!((0.2..5.0).contains(&ratio), "known {:?}, unknown {:?}", best[0], best[1]);
}

#[tokio::test]
async fn demo_logins_are_shown_where_they_exist_only() {
    let world = World::new().await;
    assert_eq!(demo::logins(world.ctx()).await.unwrap(), []);
    let login = demo::LOGINS[0];
    let typed = Typed { email: login.1, ..typed() };
    register(world.ctx(), &world.visitor(), registration(&typed)).await.unwrap();
    assert_eq!(demo::logins(world.ctx()).await.unwrap(), [login]);
    assert_eq!(Intent::parse(Intent::Provider.name()), Some(Intent::Provider));
}

#[tokio::test]
async fn who_logs_in_beside_somebody_else_at_one_address_does_not_wait() {
    let world = World::new().await;
    let (ana, ben) = (world.customer("Ana").await, world.customer("Ben").await);
    let enter = async |person: &User| {
        let credentials = Credentials::parse(&person.email, PASSWORD).unwrap();
        log_in(world.ctx(), &world.visitor(), credentials, &Visit::default()).await
    };
    enter(&ana).await.unwrap();
    // Ben's request looked at the clock first and came to the count second.
    world.advance(SignedDuration::from_millis(-5));
    enter(&ben).await.unwrap();
}
