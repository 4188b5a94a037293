//! What a thief gets who knows the password, holds an open session, or tries many times at once: no more than that.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::accounts::{
    Credentials, LogInError, Visit, ask_for_address, change_password, forgot_password, log_in, passkeys, proof_works,
    reset_password, second_factor,
};
use domain::kernel::{Actor, Context, Error, Sealer};
use domain::testing::{PASSWORD, User, World};
use jiff::SignedDuration;
use totp_rs::{Algorithm, Secret, TOTP};

const NEW: &str = "seven green umbrellas";

async fn last_mail(world: &World, to: &str) -> String {
    sqlx::query_scalar("SELECT text FROM outbound_messages WHERE recipient = $1 ORDER BY id DESC LIMIT 1")
        .bind(to)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// The secret part of the link in a mail.
fn secret(mail: &str, path: &str) -> String {
    let rest = mail.split(path).nth(1).unwrap_or_else(|| panic!("no {path} in {mail}"));
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

/// Whether somebody got a mail with these words.
async fn heard(world: &World, to: &User, words: &str) -> bool {
    world.mail_to(&to.email).await.iter().any(|mail| mail.text.contains(words))
}

async fn reset(world: &World, person: &User) {
    // The mails of an instant are in no order.
    world.advance(SignedDuration::from_secs(1));
    forgot_password(world.ctx(), &world.visitor(), &person.email).await.unwrap();
    world.run_jobs().await;
    let link = secret(&last_mail(world, &person.email).await, "/password/reset/");
    reset_password(world.ctx(), &world.visitor(), &link, (NEW, NEW)).await.unwrap();
}

fn code(secret: &str, world: &World) -> String {
    let bytes = Secret::Encoded(secret.to_owned()).to_bytes().unwrap();
    let app = TOTP::new(Algorithm::SHA1, 6, 1, 30, bytes, None, "x".to_owned()).unwrap();
    app.generate(world.ctx().clock.now().as_second().unsigned_abs())
}

async fn count(world: &World, question: &'static str) -> i64 {
    sqlx::query_scalar(question).fetch_one(world.owner()).await.unwrap()
}

#[tokio::test]
async fn a_pending_change_of_address_dies_with_a_new_password() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let thief = world.actor(&ana).await;
    for round in 0..2 {
        let password = if round == 0 { PASSWORD } else { NEW };
        world.advance(SignedDuration::from_secs(1));
        ask_for_address(world.ctx(), &thief, "thief@elsewhere.example", password.to_owned()).await.unwrap();
        let link = secret(&last_mail(&world, "thief@elsewhere.example").await, "/verify-email/");
        assert!(proof_works(world.ctx(), &link).await.unwrap());
        assert!(heard(&world, &ana, "asked to use another address").await, "the old address hears of it when asked");
        if round == 0 {
            reset(&world, &ana).await;
        } else {
            let other = "eight red lanterns";
            change_password(world.ctx(), &thief, NEW.to_owned(), (other, other)).await.unwrap();
        }
        assert!(!proof_works(world.ctx(), &link).await.unwrap(), "a new password ends it");
    }
}

#[tokio::test]
async fn a_session_alone_changes_no_second_factor() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let actor = world.actor(&ana).await;
    let offer = second_factor::offer(world.ctx(), &actor).await.unwrap();
    let wrong = || "not hers at all".to_owned();
    let refused = |done: Result<Vec<String>, Error>| matches!(done, Err(Error::Invalid(_)));
    let right = code(&offer.secret, &world);
    assert!(refused(second_factor::confirm(world.ctx(), &actor, &right, wrong()).await));
    second_factor::confirm(world.ctx(), &actor, &right, PASSWORD.to_owned()).await.unwrap();
    assert!(heard(&world, &ana, "turned on").await);
    assert!(refused(second_factor::new_recovery_codes(world.ctx(), &actor, wrong()).await));
    second_factor::new_recovery_codes(world.ctx(), &actor, PASSWORD.to_owned()).await.unwrap();
    assert!(heard(&world, &ana, "recovery codes").await);
    assert!(matches!(second_factor::remove(world.ctx(), &actor, wrong()).await, Err(Error::Invalid(_))));
    second_factor::remove(world.ctx(), &actor, PASSWORD.to_owned()).await.unwrap();
    assert!(heard(&world, &ana, "turned off").await);
}

#[tokio::test]
async fn many_tries_at_one_moment_share_no_look_at_the_wait() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let tries = (0..40).map(|_| {
        let (ctx, visitor) = (world.ctx().clone(), world.visitor());
        let credentials = Credentials::parse(&ana.email, "a wrong guess").unwrap();
        tokio::spawn(async move { log_in(&ctx, &visitor, credentials, &Visit::default()).await })
    });
    let (mut refused, mut delayed) = (0, 0);
    for task in tries.collect::<Vec<_>>() {
        match task.await.unwrap() {
            Err(LogInError::Refused) => refused += 1,
            Err(LogInError::Delayed { .. }) => delayed += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(refused <= 6 && delayed >= 34, "{refused} were checked, {delayed} had to wait");

    let actor = world.actor(&ana).await;
    let offer = second_factor::offer(world.ctx(), &actor).await.unwrap();
    second_factor::confirm(world.ctx(), &actor, &code(&offer.secret, &world), PASSWORD.to_owned()).await.unwrap();
    let half = world.half_way(&ana).await;
    let tries = (0..40).map(|number| {
        let (ctx, visitor) = (world.ctx().clone(), world.visitor());
        let typed = format!("{number:06}");
        tokio::spawn(async move { second_factor::show(&ctx, &visitor, half, &typed, &Visit::default()).await })
    });
    for task in tries.collect::<Vec<_>>() {
        let _ = task.await.unwrap();
    }
    let checked = count(&world, "SELECT count(*) FROM sign_ins WHERE outcome = 'code'").await;
    assert!(checked <= 6, "{checked} codes were looked at");
}

#[tokio::test]
async fn inside_an_account_guessing_slows_down_too() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let thief: Actor = world.actor(&ana).await;
    let mut said = Vec::new();
    for number in 0..8 {
        let done = match number % 3 {
            0 => change_password(world.ctx(), &thief, "a guess".to_owned(), (NEW, NEW)).await,
            1 => ask_for_address(world.ctx(), &thief, "thief@elsewhere.example", "a guess".to_owned()).await,
            _ => second_factor::remove(world.ctx(), &thief, "a guess".to_owned()).await,
        };
        let Err(Error::Invalid(errors)) = done else { panic!("a guess did something") };
        said.extend(errors.iter().filter(|(field, _)| *field == "password").map(|(_, words)| words.to_owned()));
    }
    let waits = said.iter().filter(|words| words.contains("Try again in")).count();
    assert!(waits >= 2, "after five the next has to wait, whichever form is used: {said:?}");
    let still = change_password(world.ctx(), &thief, PASSWORD.to_owned(), (NEW, NEW)).await;
    assert!(still.is_err(), "the right one has to wait as well, so nobody learns that it is right");
    world.advance(SignedDuration::from_mins(16));
    change_password(world.ctx(), &thief, PASSWORD.to_owned(), (NEW, NEW)).await.unwrap();
}

#[tokio::test]
async fn the_copy_of_a_browsers_secret_dies_at_the_next_login() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let enter = async |device: &str, fresh: &str| {
        let credentials = Credentials::parse(&ana.email, PASSWORD).unwrap();
        let visit = Visit { device: Some(device.to_owned()), fresh: Some(fresh.to_owned()), ..Visit::default() };
        log_in(world.ctx(), &world.visitor(), credentials, &visit).await.unwrap();
        count(&world, "SELECT count(*) FROM outbound_messages").await
    };
    assert_eq!(enter("none yet", "first").await, 0);
    assert_eq!(enter("first", "second").await, 0, "known, and known by another secret from now on");
    assert_eq!(count(&world, "SELECT count(*) FROM known_devices").await, 1);
    assert_eq!(enter("first", "of the thief").await, 1, "the old secret is a stranger's, and is told of");
    assert_eq!(enter("second", "third").await, 1, "her own goes on");
}

#[tokio::test]
async fn the_history_says_with_what_a_session_was_opened_and_what_had_to_wait() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let enter = async |password: &str| {
        let credentials = Credentials::parse(&ana.email, password).unwrap();
        log_in(world.ctx(), &world.visitor(), credentials, &Visit::default()).await
    };
    enter(PASSWORD).await.unwrap();
    let actor = world.actor(&ana).await;
    let offer = second_factor::offer(world.ctx(), &actor).await.unwrap();
    let first = code(&offer.secret, &world);
    let recovery = second_factor::confirm(world.ctx(), &actor, &first, PASSWORD.to_owned()).await.unwrap();
    world.advance(SignedDuration::from_secs(30));
    let half = world.half_way(&ana).await;
    let show =
        async |typed: String| second_factor::show(world.ctx(), &world.visitor(), half, &typed, &Visit::default()).await;
    show(code(&offer.secret, &world)).await.unwrap();
    show(recovery[0].clone()).await.unwrap();
    for _ in 0..8 {
        let _ = enter("a wrong guess").await;
        let _ = show("000000".to_owned()).await;
    }
    let opened: Vec<serde_json::Value> = sqlx::query_scalar(
        "SELECT detail -> 'factors' FROM audit_entries WHERE action = 'session.opened' ORDER BY seq",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert_eq!(
        opened,
        [
            serde_json::json!(["password"]),
            serde_json::json!(["password", "code"]),
            serde_json::json!(["password", "recovery"])
        ]
    );
    let waited = "SELECT count(*) FROM audit_entries WHERE action = 'session.failed' AND detail ->> 'why' = 'delayed'";
    assert_eq!(count(&world, waited).await, 4, "of eight each, two had to wait");
    assert_eq!(count(&world, "SELECT count(*) FROM sign_ins WHERE outcome = 'delayed'").await, 4);
}

#[tokio::test]
async fn keys_and_hashes_are_renewed_without_anybody_noticing() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let actor = world.actor(&ana).await;
    let offer = second_factor::offer(world.ctx(), &actor).await.unwrap();
    second_factor::confirm(world.ctx(), &actor, &code(&offer.secret, &world), PASSWORD.to_owned()).await.unwrap();
    // The people of a world have cheap hashes; the first login makes a proper one of it, the second leaves it.
    let hash = async || -> String {
        let hash = sqlx::query_scalar("SELECT password_hash FROM users WHERE id = $1").bind(ana.id.0);
        hash.fetch_one(world.owner()).await.unwrap()
    };
    let cheap = hash().await;
    let mut seen = Vec::new();
    for _ in 0..2 {
        let credentials = Credentials::parse(&ana.email, PASSWORD).unwrap();
        log_in(world.ctx(), &world.visitor(), credentials, &Visit::default()).await.unwrap();
        seen.push(hash().await);
    }
    assert!(cheap.contains("m=8,t=1") && seen[0].contains("m=19456,t=2,p=1"), "{cheap} became {}", seen[0]);
    assert_eq!(seen[0], seen[1]);

    // The installation gets a new key: the old one opens until the hour's sweep has sealed everything anew.
    let renewed = Context { sealer: Sealer::renewed(&[8; 32], &[[7; 32]]), ..world.ctx().clone() };
    let alone = Context { sealer: Sealer::new(&[8; 32]), ..world.ctx().clone() };
    let show = async |ctx: &Context| {
        world.advance(SignedDuration::from_secs(60));
        let typed = code(&offer.secret, &world);
        second_factor::show(ctx, &world.visitor(), world.half_way(&ana).await, &typed, &Visit::default()).await
    };
    assert!(show(&renewed).await.is_ok());
    assert!(show(&alone).await.is_err(), "the new key alone does not open it yet");
    domain::accounts::sweep(&renewed).await.unwrap();
    assert!(show(&alone).await.is_ok(), "the old key can be thrown away");
    let entries = "SELECT (detail ->> 'secrets')::bigint FROM audit_entries WHERE action = 'second_factor.resealed'";
    assert_eq!(count(&world, entries).await, 1);
}

#[tokio::test]
async fn whoever_registers_a_strangers_address_keeps_nothing_of_it() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    world.unproved(&ana).await;
    let thief = world.actor(&ana).await;
    let refused = second_factor::offer(world.ctx(), &thief).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "a factor would lock the owner out");
    let refused = passkeys::start_adding(world.ctx(), &thief, "Mine", PASSWORD.to_owned()).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "and so would a passkey");
    // However it got there: a factor, a passkey and a key of a program from before anybody proved the address.
    for statement in [
        "INSERT INTO totp_secrets (user_id, sealed, created_at, confirmed_at) SELECT id, 'x', created_at, created_at FROM users",
        "INSERT INTO passkeys (id, user_id, name, credential_hash, sealed, created_at)
         SELECT gen_random_uuid(), id, 'mine', sha256('x'), 'x', created_at FROM users",
        "INSERT INTO recovery_codes (user_id, hash) SELECT id, sha256('x') FROM users",
        "INSERT INTO api_keys (id, user_id, name, prefix, hash, scopes, created_at, form_key)
         SELECT gen_random_uuid(), id, 'mine', 'x', sha256('x'), '{calendar:read}', created_at, gen_random_uuid() FROM users",
        "INSERT INTO sessions (id_hash, user_id, data, created, last_seen, expires)
         SELECT sha256('y'), id, '{}', created_at, created_at, created_at + interval '9 days' FROM users",
    ] {
        sqlx::query(statement).execute(world.owner()).await.unwrap();
    }
    reset(&world, &ana).await;
    for left in [
        "SELECT count(*) FROM totp_secrets",
        "SELECT count(*) FROM passkeys",
        "SELECT count(*) FROM recovery_codes",
        "SELECT count(*) FROM sessions",
        "SELECT count(*) FROM known_devices",
        "SELECT count(*) FROM api_keys WHERE revoked_at IS NULL",
    ] {
        assert_eq!(count(&world, left).await, 0, "{left}");
    }
    let credentials = Credentials::parse(&ana.email, NEW).unwrap();
    let entered = log_in(world.ctx(), &world.visitor(), credentials, &Visit::default()).await.unwrap();
    assert!(!entered.two_factor, "the owner is in");

    // Now the address is proved: a factor stays, mail alone does not take it away.
    let offer = second_factor::offer(world.ctx(), &thief).await.unwrap();
    second_factor::confirm(world.ctx(), &thief, &code(&offer.secret, &world), NEW.to_owned()).await.unwrap();
    world.advance(SignedDuration::from_secs(1));
    forgot_password(world.ctx(), &world.visitor(), &ana.email).await.unwrap();
    world.run_jobs().await;
    let link = secret(&last_mail(&world, &ana.email).await, "/password/reset/");
    let other = "eight red lanterns";
    reset_password(world.ctx(), &world.visitor(), &link, (other, other)).await.unwrap();
    assert_eq!(count(&world, "SELECT count(*) FROM totp_secrets WHERE confirmed_at IS NOT NULL").await, 1);
}

#[tokio::test]
async fn what_is_kept_for_a_time_goes_after_it() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    forgot_password(world.ctx(), &world.visitor(), &ana.email).await.unwrap();
    forgot_password(world.ctx(), &world.visitor(), "nobody@example.org").await.unwrap();
    world.run_jobs().await;
    for password in [PASSWORD, "a wrong guess"] {
        let credentials = Credentials::parse(&ana.email, password).unwrap();
        let visit = Visit { fresh: Some("a browser".to_owned()), ..Visit::default() };
        let _ = log_in(world.ctx(), &world.visitor(), credentials, &visit).await;
    }
    let rows = async |of: &'static str| count(&world, of).await;
    let (links, waits) = ("SELECT count(*) FROM account_links", "SELECT count(*) FROM login_delays");
    let (logins, devices) = ("SELECT count(*) FROM sign_ins", "SELECT count(*) FROM known_devices");
    assert_eq!([rows(links).await, rows(logins).await, rows(devices).await], [1, 2, 1]);
    assert!(rows(waits).await > 0);
    world.advance(SignedDuration::from_hours(25));
    domain::accounts::sweep(world.ctx()).await.unwrap();
    assert_eq!([rows(links).await, rows(waits).await], [0, 0], "a day");
    assert_eq!([rows(logins).await, rows(devices).await], [2, 1]);
    world.advance(SignedDuration::from_hours(366 * 24));
    domain::accounts::sweep(world.ctx()).await.unwrap();
    assert_eq!([rows(logins).await, rows(devices).await], [0, 1], "a year");
    world.advance(SignedDuration::from_hours(40 * 24));
    domain::accounts::sweep(world.ctx()).await.unwrap();
    assert_eq!(rows(devices).await, 0, "four hundred days unused");
}
