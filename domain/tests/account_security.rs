//! Passwords, links, devices, the second factor: through the use cases, with a clock that can be moved.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::accounts::operators::{end_sessions, restore, suspend};
use domain::accounts::{
    Account, Credentials, HalfWay, LogInError, Visit, change_password, end_other_sessions, end_session,
    forgot_password, log_in, profile, prove, reset_password, reset_works, second_factor, send_verification, sessions,
};
use domain::kernel::{Actor, Error, Role};
use domain::testing::{PASSWORD, User, World};
use jiff::SignedDuration;
use totp_rs::{Algorithm, Secret, TOTP};

const NEW: &str = "seven green umbrellas";

fn visit(device: &str) -> Visit {
    Visit {
        agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0".to_owned(),
        device: Some(device.to_owned()),
        ..Visit::default()
    }
}

async fn try_password(world: &World, person: &User, password: &str, device: &str) -> Result<bool, LogInError> {
    let credentials = Credentials::parse(&person.email, password).unwrap();
    log_in(world.ctx(), &world.visitor(), credentials, &visit(device)).await.map(|account| account.two_factor)
}

/// The last mail to somebody, as text.
async fn last_mail(world: &World, to: &str) -> String {
    sqlx::query_scalar("SELECT text FROM outbound_messages WHERE recipient = $1 ORDER BY id DESC LIMIT 1")
        .bind(to)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

async fn mails(world: &World) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM outbound_messages").fetch_one(world.owner()).await.unwrap()
}

/// The secret part of the link in a mail.
fn secret(mail: &str, path: &str) -> String {
    let rest = mail.split(path).nth(1).unwrap_or_else(|| panic!("no {path} in {mail}"));
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

fn code(secret: &str, world: &World) -> String {
    let bytes = Secret::Encoded(secret.to_owned()).to_bytes().unwrap();
    let app = TOTP::new(Algorithm::SHA1, 6, 1, 30, bytes, None, "x".to_owned()).unwrap();
    app.generate(world.ctx().clock.now().as_second().unsigned_abs())
}

async fn enrolled(world: &World, actor: &Actor) -> (String, Vec<String>) {
    let offer = second_factor::offer(world.ctx(), actor).await.unwrap();
    let recovery =
        second_factor::confirm(world.ctx(), actor, &code(&offer.secret, world), PASSWORD.to_owned()).await.unwrap();
    (offer.secret, recovery)
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_once() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    forgot_password(world.ctx(), &world.visitor(), " ANA@example.org").await.unwrap();
    forgot_password(world.ctx(), &world.visitor(), "nobody@example.org").await.unwrap();
    assert_eq!(mails(&world).await, 0, "looking is the job's work");
    world.run_jobs().await;
    assert_eq!(mails(&world).await, 1, "nobody gets a mail for nobody's address");
    let first = secret(&last_mail(&world, &ana.email).await, "/password/reset/");
    forgot_password(world.ctx(), &world.visitor(), &ana.email).await.unwrap();
    world.run_jobs().await;
    let second = secret(&last_mail(&world, &ana.email).await, "/password/reset/");
    assert!(!reset_works(world.ctx(), &first).await.unwrap(), "a newer link makes the older one worthless");
    assert!(reset_works(world.ctx(), &second).await.unwrap());

    // What was wrong with the password is said, and the link still works.
    let wrong = reset_password(world.ctx(), &world.visitor(), &second, ("short", "short")).await;
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    let tries = (0..20).map(|_| {
        let (ctx, visitor, second) = (world.ctx().clone(), world.visitor(), second.clone());
        tokio::spawn(async move { reset_password(&ctx, &visitor, &second, (NEW, NEW)).await.is_ok() })
    });
    let mut right = 0;
    for task in tries.collect::<Vec<_>>() {
        right += usize::from(task.await.unwrap());
    }
    assert_eq!(right, 1, "one of twenty");
    assert!(!reset_works(world.ctx(), &second).await.unwrap());
    assert!(matches!(try_password(&world, &ana, PASSWORD, "a").await, Err(LogInError::Refused)));
    assert!(!try_password(&world, &ana, NEW, "a").await.unwrap());
}

#[tokio::test]
async fn a_link_grows_old_and_dies_with_a_change() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let actor = world.actor(&ana).await;
    forgot_password(world.ctx(), &world.visitor(), &ana.email).await.unwrap();
    world.run_jobs().await;
    let link = secret(&last_mail(&world, &ana.email).await, "/password/reset/");
    let stored: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT hash FROM account_links").fetch_all(world.owner()).await.unwrap();
    assert!(stored.iter().all(|hash| hash != link.as_bytes()), "only the hash is kept");
    world.advance(SignedDuration::from_mins(59));
    assert!(reset_works(world.ctx(), &link).await.unwrap());
    change_password(world.ctx(), &actor, PASSWORD.to_owned(), (NEW, NEW)).await.unwrap();
    assert!(!reset_works(world.ctx(), &link).await.unwrap(), "a changed password ends it");

    forgot_password(world.ctx(), &world.visitor(), &ana.email).await.unwrap();
    world.run_jobs().await;
    let link = secret(&last_mail(&world, &ana.email).await, "/password/reset/");
    world.advance(SignedDuration::from_mins(60));
    assert!(!reset_works(world.ctx(), &link).await.unwrap(), "an hour is enough");
}

#[tokio::test]
async fn an_address_is_proved_by_its_mail() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    world.unproved(&ana).await;
    let actor = world.actor(&ana).await;
    send_verification(world.ctx(), &actor).await.unwrap();
    let link = secret(&last_mail(&world, &ana.email).await, "/verify-email/");
    assert!(!profile(world.ctx(), &actor).await.unwrap().email_verified);
    prove(world.ctx(), &world.visitor(), &link).await.unwrap();
    assert!(profile(world.ctx(), &actor).await.unwrap().email_verified);
    assert!(matches!(prove(world.ctx(), &world.visitor(), &link).await, Err(Error::Conflict(_))), "once");

    // Another address: nothing changes until its own link is opened.
    let ask = domain::accounts::ask_for_address;
    let wrong = ask(world.ctx(), &actor, "ana@new.example", "not mine".to_owned()).await;
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    ask(world.ctx(), &actor, "Ana@New.example", PASSWORD.to_owned()).await.unwrap();
    assert_eq!(profile(world.ctx(), &actor).await.unwrap().email, ana.email);
    let link = secret(&last_mail(&world, "ana@new.example").await, "/verify-email/");
    prove(world.ctx(), &world.visitor(), &link).await.unwrap();
    assert_eq!(profile(world.ctx(), &actor).await.unwrap().email, "ana@new.example");
    let heard = world.mail_to(&ana.email).await;
    for words in ["asked to use another address", "was changed"] {
        assert!(heard.iter().any(|mail| mail.text.contains(words)), "the old address hears of it: {words}");
    }

    // Somebody else's address: they are told, and whoever asked learns nothing.
    let ben = world.customer("Ben").await;
    ask(world.ctx(), &actor, &ben.email, PASSWORD.to_owned()).await.unwrap();
    assert!(last_mail(&world, &ben.email).await.contains("already"));
    let waits = profile(world.ctx(), &actor).await.unwrap().new_email;
    assert_eq!(waits.as_deref(), Some(&*ben.email), "as for an address nobody has");
    for _ in 0..5 {
        ask(world.ctx(), &actor, &ben.email, PASSWORD.to_owned()).await.unwrap();
    }
    assert_eq!(world.mail_to(&ben.email).await.len(), 3, "and nobody's mailbox is filled");
    world.advance(SignedDuration::from_hours(24));
    ask(world.ctx(), &actor, &ben.email, PASSWORD.to_owned()).await.unwrap();
    assert_eq!(world.mail_to(&ben.email).await.len(), 4);
}

#[tokio::test]
async fn guessing_slows_down_and_leaves_the_owner_alone() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    try_password(&world, &ana, PASSWORD, "own browser").await.unwrap();
    for _ in 0..6 {
        assert!(matches!(try_password(&world, &ana, "guess", "stranger").await, Err(LogInError::Refused)));
    }
    let mut waits = Vec::new();
    for _ in 0..12 {
        match try_password(&world, &ana, "guess", "stranger").await {
            Err(LogInError::Delayed { seconds }) => {
                waits.push(seconds);
                let by = SignedDuration::from_secs(seconds.cast_signed());
                world.advance(by);
            }
            Err(LogInError::Refused) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(waits.len() >= 5 && waits.is_sorted(), "every failure doubles the wait: {waits:?}");
    for _ in 0..30 {
        let _ = try_password(&world, &ana, "guess", "stranger").await;
        world.advance(SignedDuration::from_secs(900));
    }
    assert!(matches!(try_password(&world, &ana, "guess", "stranger").await, Err(LogInError::Refused)));
    let delayed = try_password(&world, &ana, PASSWORD, "another browser").await;
    assert!(matches!(delayed, Err(LogInError::Delayed { seconds }) if seconds <= 900), "{delayed:?}");
    // The browser she has used before has an allowance of its own.
    assert!(try_password(&world, &ana, PASSWORD, "own browser").await.is_ok());
    // Nobody learns from the waiting whether there is an account.
    let nobody = User { email: "nobody@example.org".to_owned(), ..ana.clone() };
    let mut refused = 0;
    while let Err(LogInError::Refused) = try_password(&world, &nobody, "guess", "other").await {
        refused += 1;
    }
    assert!(refused <= 30, "unknown accounts slow down alike: {refused}");
}

#[tokio::test]
async fn a_new_browser_is_told_of_by_mail() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    try_password(&world, &ana, PASSWORD, "first").await.unwrap();
    assert_eq!(mails(&world).await, 0, "the first one is no surprise");
    try_password(&world, &ana, PASSWORD, "first").await.unwrap();
    assert_eq!(mails(&world).await, 0);
    try_password(&world, &ana, PASSWORD, "second").await.unwrap();
    assert!(last_mail(&world, &ana.email).await.contains("Firefox on Linux"));
    // A reset forgets all browsers: exactly then a new one matters.
    world.advance(SignedDuration::from_secs(1));
    forgot_password(world.ctx(), &world.visitor(), &ana.email).await.unwrap();
    world.run_jobs().await;
    let link = secret(&last_mail(&world, &ana.email).await, "/password/reset/");
    reset_password(world.ctx(), &world.visitor(), &link, (NEW, NEW)).await.unwrap();
    world.advance(SignedDuration::from_secs(1));
    try_password(&world, &ana, NEW, "third").await.unwrap();
    assert!(last_mail(&world, &ana.email).await.contains("Firefox on Linux"));
    let (_, attempts) = sessions(world.ctx(), &world.actor(&ana).await).await.unwrap();
    assert_eq!(attempts.iter().filter(|attempt| attempt.outcome == "opened").count(), 4);
}

#[tokio::test]
async fn no_code_opens_twice() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let actor = world.actor(&ana).await;
    let wrong = second_factor::confirm(world.ctx(), &actor, "000000", PASSWORD.to_owned()).await;
    assert!(wrong.is_err(), "nothing was offered yet");
    let (secret, recovery) = enrolled(&world, &actor).await;
    assert_eq!(recovery.len(), 10);
    let kept: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT sealed FROM totp_secrets").fetch_all(world.owner()).await.unwrap();
    let plain = Secret::Encoded(secret.clone()).to_bytes().unwrap();
    assert!(kept.iter().all(|sealed| !sealed.windows(plain.len()).any(|part| part == plain)), "encrypted at rest");
    assert!(try_password(&world, &ana, PASSWORD, "a").await.unwrap(), "the password alone opens nothing now");

    let same = code(&secret, &world);
    let half = world.half_way(&ana).await;
    let show = |typed: String| {
        let (ctx, visitor) = (world.ctx().clone(), world.visitor());
        async move { second_factor::show(&ctx, &visitor, half, &typed, &visit("a")).await }
    };
    assert!(show(same).await.is_err(), "the code that confirmed it is used up");
    world.advance(SignedDuration::from_secs(30));
    let next = code(&secret, &world);
    let mut right = 0;
    for task in (0..20).map(|_| tokio::spawn(show(next.clone()))).collect::<Vec<_>>() {
        right += usize::from(task.await.unwrap().is_ok());
    }
    assert_eq!(right, 1, "one of twenty");
    // After so many wrong ones the next has to wait; recovery codes open once each.
    world.advance(SignedDuration::from_hours(1));
    assert!(show(recovery[0].to_uppercase()).await.is_ok());
    assert!(matches!(show(recovery[0].clone()).await, Err(LogInError::Refused)));
    assert_eq!(profile(world.ctx(), &actor).await.unwrap().recovery_codes, 9);
    let renewed = second_factor::new_recovery_codes(world.ctx(), &actor, PASSWORD.to_owned()).await.unwrap();
    assert!(show(recovery[1].clone()).await.is_err(), "older ones are worthless");
    assert!(show(renewed[0].clone()).await.is_ok());
    assert!(second_factor::remove(world.ctx(), &actor, "guess".to_owned()).await.is_err());
    second_factor::remove(world.ctx(), &actor, PASSWORD.to_owned()).await.unwrap();
    assert!(!try_password(&world, &ana, PASSWORD, "a").await.unwrap());
}

#[tokio::test]
async fn sessions_are_ended_by_their_owner_only() {
    let world = World::new().await;
    let (ana, ben) = (world.customer("Ana").await, world.customer("Ben").await);
    let (hers, his) = (world.actor(&ana).await, world.actor(&ben).await);
    for (person, count) in [(&ana, 3), (&ben, 1)] {
        sqlx::query(
            "INSERT INTO sessions (id_hash, user_id, data, created, last_seen, expires)
             SELECT sha256((n || $1::text)::bytea), $1, '{}', $2, $2, $2 + interval '1 day' FROM generate_series(1, $3) n",
        )
        .bind(person.id.0)
        .bind(jiff_sqlx::Timestamp::from(world.ctx().clock.now()))
        .bind(count)
        .execute(world.owner())
        .await
        .unwrap();
    }
    let (devices, _) = sessions(world.ctx(), &hers).await.unwrap();
    assert_eq!(devices.len(), 3);
    assert!(
        matches!(end_session(world.ctx(), &his, devices[0].id, PASSWORD.to_owned()).await, Err(Error::NotFound)),
        "not his"
    );
    let guess = end_session(world.ctx(), &hers, devices[0].id, "a guess".to_owned()).await;
    assert!(matches!(guess, Err(Error::Invalid(_))), "an open session alone ends no others");
    end_session(world.ctx(), &hers, devices[0].id, PASSWORD.to_owned()).await.unwrap();
    let this = Actor { session: Some(devices[1].id), ..hers.clone() };
    assert!(end_other_sessions(world.ctx(), &this, "a guess".to_owned()).await.is_err());
    assert_eq!(end_other_sessions(world.ctx(), &this, PASSWORD.to_owned()).await.unwrap(), 1);
    assert_eq!(sessions(world.ctx(), &hers).await.unwrap().0.len(), 1);
    assert_eq!(sessions(world.ctx(), &his).await.unwrap().0.len(), 1);
    assert!(matches!(sessions(world.ctx(), &world.visitor()).await, Err(Error::SignIn)));
}

/// Both steps; the first one as long ago as `half`.
async fn second_step(world: &World, half: HalfWay, typed: &str) -> Result<Account, LogInError> {
    second_factor::show(world.ctx(), &world.visitor(), half, typed, &visit("a")).await
}

#[tokio::test]
async fn a_first_step_does_not_outlive_what_ends_all_sessions() {
    let world = World::new().await;
    let ctx = world.ctx();
    let (ana, boss) = (world.customer("Ana").await, world.operator("Boss", Role::Admin).await);
    let (actor, boss) = (world.actor(&ana).await, world.actor(&boss).await);
    let (app, recovery) = enrolled(&world, &actor).await;
    let first = async || {
        let credentials = Credentials::parse(&ana.email, PASSWORD).unwrap();
        let account = log_in(ctx, &world.visitor(), credentials, &visit("a")).await.unwrap();
        HalfWay { user: account.id, round: account.round }
    };
    let half = first().await;
    suspend(ctx, &boss, ana.id, ("Three visits were not paid.", "")).await.unwrap();
    restore(ctx, &boss, ana.id, "A mistake.").await.unwrap();
    assert!(matches!(second_step(&world, half, &recovery[0]).await, Err(LogInError::Over)), "a suspension");
    let half = first().await;
    end_sessions(ctx, &boss, ana.id).await.unwrap();
    assert!(matches!(second_step(&world, half, &recovery[0]).await, Err(LogInError::Over)), "logged out everywhere");
    let half = first().await;
    assert!(second_step(&world, half, &recovery[0]).await.is_ok(), "the control, and the code is not used up");
    let half = first().await;
    change_password(ctx, &actor, PASSWORD.to_owned(), (NEW, NEW)).await.unwrap();
    world.advance(SignedDuration::from_secs(60));
    let late = second_step(&world, half, &code(&app, &world)).await;
    assert!(matches!(late, Err(LogInError::Over)), "another password: {late:?}");
}

#[tokio::test]
async fn why_an_account_is_suspended_takes_both_steps() {
    let world = World::new().await;
    let ctx = world.ctx();
    let (ana, boss) = (world.customer("Ana").await, world.operator("Boss", Role::Admin).await);
    let (_, recovery) = enrolled(&world, &world.actor(&ana).await).await;
    suspend(ctx, &world.actor(&boss).await, ana.id, ("Three visits were not paid.", "")).await.unwrap();
    assert!(try_password(&world, &ana, PASSWORD, "a").await.unwrap(), "the password alone says nothing of it");
    let half = world.half_way(&ana).await;
    let wrong = second_step(&world, half, "aaaaa-aaaaa").await;
    assert!(matches!(wrong, Err(LogInError::Refused)), "nor does a wrong code: {wrong:?}");
    match second_step(&world, half, &recovery[0]).await {
        Err(LogInError::Suspended { why, .. }) => assert_eq!(why.reason, "Three visits were not paid."),
        other => panic!("{other:?}"),
    }
    assert!(matches!(second_step(&world, half, &recovery[0]).await, Err(LogInError::Refused)), "the code is used up");
}

/// The password is looked at before the transaction that opens something: what changes in between counts.
#[tokio::test]
async fn a_login_that_was_looked_at_before_a_change_opens_nothing() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    for change in ["round = round + 1", "round = round + 1, suspended_at = now()"] {
        let mut change_first = world.owner().begin().await.unwrap();
        sqlx::query("SELECT FROM users WHERE id = $1 FOR UPDATE")
            .bind(ana.id.0)
            .execute(&mut *change_first)
            .await
            .unwrap();
        let (ctx, visitor) = (world.ctx().clone(), world.visitor());
        let credentials = Credentials::parse(&ana.email, PASSWORD).unwrap();
        let login = tokio::spawn(async move { log_in(&ctx, &visitor, credentials, &visit("a")).await });
        // Until it stands before the row.
        let waiting = "SELECT count(*) > 0 FROM pg_locks l JOIN pg_stat_activity a USING (pid)
                       WHERE NOT l.granted AND a.datname = current_database()";
        while !sqlx::query_scalar::<_, bool>(waiting).fetch_one(world.owner()).await.unwrap() {
            assert!(!login.is_finished(), "it asks nobody");
        }
        let change = format!("UPDATE users SET {change} WHERE id = $1");
        sqlx::query(sqlx::AssertSqlSafe(change)).bind(ana.id.0).execute(&mut *change_first).await.unwrap();
        change_first.commit().await.unwrap();
        let late = login.await.unwrap();
        assert!(matches!(late, Err(LogInError::Refused)), "{late:?}");
    }
    let opened = "SELECT count(*) FROM audit_entries WHERE action = 'session.opened'";
    assert_eq!(sqlx::query_scalar::<_, i64>(opened).fetch_one(world.owner()).await.unwrap(), 0);
}

#[tokio::test]
async fn who_has_the_password_does_not_delay_the_owners_codes() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let (_, recovery) = enrolled(&world, &world.actor(&ana).await).await;
    let half = world.half_way(&ana).await;
    assert!(second_step(&world, half, &recovery[0]).await.is_ok(), "the browser is known from now on");
    let show = async |typed: &str, device: &str| {
        second_factor::show(world.ctx(), &world.visitor(), half, typed, &visit(device)).await
    };
    for _ in 0..9 {
        assert!(show("000000", "stranger").await.is_err());
    }
    assert!(matches!(show(&recovery[1], "stranger").await, Err(LogInError::Delayed { .. })));
    assert!(matches!(show(&recovery[1], "another").await, Err(LogInError::Delayed { .. })), "any other browser");
    assert!(show(&recovery[1], "a").await.is_ok(), "not the owner's");
    for _ in 0..9 {
        let _ = show("000000", "a").await;
    }
    assert!(matches!(show(&recovery[2], "a").await, Err(LogInError::Delayed { .. })), "which has bounds of its own");
}
