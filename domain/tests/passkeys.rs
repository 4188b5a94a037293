//! Passkeys: adding, logging in, the second step, and everything that must not work, with a device made of software.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::accounts::passkeys::{self, Added, Challenge, add, start_adding, start_log_in, start_second_step};
use domain::accounts::{
    Account, Credentials, LogInError, Visit, log_in, operators, profile, second_factor, sessions, sweep,
};
use domain::kernel::{Actor, Error, Role};
use domain::testing::{Authenticator, PASSWORD, User, World};
use jiff::SignedDuration;

const HERE: &str = "http://localhost:3000";

fn visit(device: &str) -> Visit {
    Visit {
        agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0".to_owned(),
        device: Some(device.to_owned()),
        ..Visit::default()
    }
}

async fn question(world: &World, actor: &Actor) -> Challenge {
    start_adding(world.ctx(), actor, "Laptop", PASSWORD.to_owned()).await.unwrap()
}

/// A device with a passkey for somebody.
async fn device(world: &World, actor: &Actor) -> (Authenticator, Added) {
    // Passkeys are listed in the order of their making.
    world.advance(SignedDuration::from_secs(1));
    let mut device = Authenticator::at(HERE);
    let challenge = question(world, actor).await;
    let added = add(world.ctx(), actor, &challenge.ceremony, &device.create(&challenge.options)).await.unwrap();
    (device, added)
}

async fn enter(world: &World, ceremony: &str, answer: &str) -> Result<Account, LogInError> {
    passkeys::log_in(world.ctx(), &world.visitor(), ceremony, answer, &visit("a")).await
}

/// Logs in with a device, from question to answer, after whatever wait earlier failures cost.
async fn log_in_with(world: &World, device: &mut Authenticator) -> Result<Account, LogInError> {
    world.advance(SignedDuration::from_mins(16));
    let challenge = start_log_in(world.ctx()).await.unwrap();
    enter(world, &challenge.ceremony, &device.get(&challenge.options)).await
}

async fn by_password(world: &World, person: &User, device: &str) -> Result<Account, LogInError> {
    let credentials = Credentials::parse(&person.email, PASSWORD).unwrap();
    log_in(world.ctx(), &world.visitor(), credentials, &visit(device)).await
}

fn refused(outcome: &Result<Account, LogInError>) -> bool {
    matches!(outcome, Err(LogInError::Refused))
}

#[tokio::test]
async fn the_first_passkey_is_a_second_factor_and_brings_recovery_codes() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let actor = world.actor(&ana).await;
    assert!(!by_password(&world, &ana, "a").await.unwrap().two_factor);
    let wrong = start_adding(world.ctx(), &actor, "Laptop", "a guess".to_owned()).await;
    assert!(matches!(wrong, Err(Error::Invalid(_))), "an open session alone adds nothing");
    for name in ["", "  ", &"x".repeat(81)] {
        assert!(start_adding(world.ctx(), &actor, name, PASSWORD.to_owned()).await.is_err(), "{name:?}");
    }

    let challenge = question(&world, &actor).await;
    let options = &challenge.options["publicKey"];
    assert_eq!(options["rp"]["id"], "localhost");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(options["authenticatorSelection"]["residentKey"], "preferred");
    let mut laptop = Authenticator::at(HERE);
    let answer = laptop.create(&challenge.options);
    let added = add(world.ctx(), &actor, &challenge.ceremony, &answer).await.unwrap();
    assert_eq!(added.recovery.len(), 10, "as with an app");
    assert!(add(world.ctx(), &actor, &challenge.ceremony, &answer).await.is_err(), "a question is answered once");
    assert!(world.mail_to(&ana.email).await.iter().any(|mail| mail.text.contains("“Laptop” was added")));

    let own = passkeys::list(world.ctx(), &actor).await.unwrap();
    assert_eq!((own.len(), own[0].name.as_str(), own[0].last_used), (1, "Laptop", None));
    assert!(by_password(&world, &ana, "a").await.unwrap().two_factor, "the password alone opens nothing now");
    let shown = profile(world.ctx(), &actor).await.unwrap();
    assert_eq!((shown.two_factor, shown.recovery_codes), (false, 10));
    let kept: Vec<Vec<u8>> = sqlx::query_scalar("SELECT sealed FROM passkeys").fetch_all(world.owner()).await.unwrap();
    assert!(kept.iter().all(|sealed| !String::from_utf8_lossy(sealed).contains("cred")), "encrypted at rest");

    // The second one is nothing new; the same device does not get another for this account.
    let (_, second) = device(&world, &actor).await;
    assert!(second.recovery.is_empty());
    let again = question(&world, &actor).await;
    assert_eq!(again.options["publicKey"]["excludeCredentials"].as_array().unwrap().len(), 2);
    let refused = add(world.ctx(), &actor, &again.ceremony, &laptop.create(&again.options)).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
}

#[tokio::test]
async fn a_passkey_opens_an_account_by_itself() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let actor = world.actor(&ana).await;
    let (mut laptop, _) = device(&world, &actor).await;
    let challenge = start_log_in(world.ctx()).await.unwrap();
    assert_eq!(challenge.options["publicKey"]["allowCredentials"].as_array().unwrap().len(), 0, "nobody is named");
    assert!(challenge.options.get("mediation").is_none(), "people press a button for it");
    let answer = laptop.get(&challenge.options);
    let endless = format!("{answer}{}", " ".repeat(16 << 10));
    assert!(refused(&enter(&world, &challenge.ceremony, &endless).await), "too long to be one, and not even read");
    let account = enter(&world, &challenge.ceremony, &answer).await.unwrap();
    assert_eq!((account.id, account.two_factor), (ana.id, false), "it was both steps");
    assert!(passkeys::list(world.ctx(), &actor).await.unwrap()[0].last_used.is_some());
    let attempts = |outcome: &'static str| {
        let (ctx, actor) = (world.ctx().clone(), actor.clone());
        async move { sessions(&ctx, &actor).await.unwrap().1.iter().filter(|one| one.outcome == outcome).count() }
    };
    assert_eq!((attempts("opened").await, attempts("passkey").await), (1, 0));

    assert!(refused(&enter(&world, &challenge.ceremony, &answer).await), "the same answer once more");
    let other = start_log_in(world.ctx()).await.unwrap();
    assert!(refused(&enter(&world, &other.ceremony, &answer).await), "the same answer to another question");
    assert!(refused(&enter(&world, &other.ceremony, &laptop.get(&other.options)).await), "a wrong answer uses it up");
    for nonsense in ["", "{}", "null", "[1]", "{\"id\":\"x\"}"] {
        assert!(refused(&enter(&world, &other.ceremony, nonsense).await), "{nonsense}");
    }
    assert_eq!((attempts("opened").await, attempts("passkey").await), (1, 3), "its owner sees who tried");

    // A browser that was not seen before is told of by mail, as with a password.
    let challenge = start_log_in(world.ctx()).await.unwrap();
    let answer = laptop.get(&challenge.options);
    passkeys::log_in(world.ctx(), &world.visitor(), &challenge.ceremony, &answer, &visit("another")).await.unwrap();
    assert!(world.mail_to(&ana.email).await.iter().any(|mail| mail.text.contains("Firefox on Linux")));
}

#[tokio::test]
async fn what_is_wrong_about_an_answer_is_found() {
    let world = World::new().await;
    let (ana, ben) = (world.customer("Ana").await, world.customer("Ben").await);
    let (mut hers, _) = device(&world, &world.actor(&ana).await).await;
    let (mut his, _) = device(&world, &world.actor(&ben).await).await;

    for origin in
        ["https://evil.example", "http://localhost:3001", "https://localhost:3000", "http://hub.localhost:3000"]
    {
        hers.origin = origin.to_owned();
        assert!(refused(&log_in_with(&world, &mut hers).await), "from {origin}");
    }
    hers.origin = HERE.to_owned();
    hers.verifies = false;
    assert!(refused(&log_in_with(&world, &mut hers).await), "a device that does not make sure of its owner");
    hers.verifies = true;
    hers.claim(Some(ben.id.0.as_bytes()));
    assert!(refused(&log_in_with(&world, &mut hers).await), "her key in his name");
    hers.claim(None);
    assert!(refused(&log_in_with(&world, &mut hers).await), "in nobody's name");
    hers.claim(Some(ana.id.0.as_bytes()));
    let stranger = log_in_with(&world, &mut Authenticator::at(HERE)).await;
    assert!(refused(&stranger), "a key nobody has added: {stranger:?}");
    assert!(log_in_with(&world, &mut hers).await.is_ok(), "and nothing of that keeps her out");

    // Ben's passkey in Ana's second step, an answer to another kind of question, somebody else's question.
    let step = start_second_step(world.ctx(), ana.id).await.unwrap();
    assert_eq!(step.options["publicKey"]["allowCredentials"].as_array().unwrap().len(), 1);
    let half = world.half_way(&ana).await;
    let second = |ceremony: String, answer: String| {
        let (ctx, visitor) = (world.ctx().clone(), world.visitor());
        async move { passkeys::second_step(&ctx, &visitor, half, (&ceremony, &answer), &visit("a")).await }
    };
    assert!(refused(&second(step.ceremony.clone(), his.get(&step.options)).await));
    let step = start_second_step(world.ctx(), ana.id).await.unwrap();
    assert!(refused(&enter(&world, &step.ceremony, &hers.get(&step.options)).await));
    let alone = start_log_in(world.ctx()).await.unwrap();
    assert!(refused(&second(alone.ceremony, hers.get(&alone.options)).await));
    let bens = start_second_step(world.ctx(), ben.id).await.unwrap();
    assert!(refused(&second(bens.ceremony, hers.get(&bens.options)).await));
    let right = start_second_step(world.ctx(), ana.id).await.unwrap();
    assert!(second(right.ceremony, hers.get(&right.options)).await.is_ok());

    // A key that is somebody's already is nobody else's.
    let actor = world.actor(&ana).await;
    let mine = question(&world, &actor).await;
    let taken = add(world.ctx(), &actor, &mine.ceremony, &his.create(&mine.options)).await;
    assert!(matches!(taken, Err(Error::Conflict(_))), "{taken:?}");
    let bens = world.actor(&ben).await;
    let mine = question(&world, &actor).await;
    let stolen = add(world.ctx(), &bens, &mine.ceremony, &Authenticator::at(HERE).create(&mine.options)).await;
    assert!(matches!(stolen, Err(Error::Conflict(_))), "her question is not his: {stolen:?}");
    let mine = question(&world, &actor).await;
    let elsewhere =
        add(world.ctx(), &actor, &mine.ceremony, &Authenticator::at("https://evil.example").create(&mine.options))
            .await;
    assert!(matches!(elsewhere, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn questions_grow_old_and_are_swept_away() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let actor = world.actor(&ana).await;
    let (mut laptop, _) = device(&world, &actor).await;
    let challenge = start_log_in(world.ctx()).await.unwrap();
    world.advance(SignedDuration::from_secs(299));
    assert!(enter(&world, &challenge.ceremony, &laptop.get(&challenge.options)).await.is_ok());
    let challenge = start_log_in(world.ctx()).await.unwrap();
    let adding = question(&world, &actor).await;
    world.advance(SignedDuration::from_mins(5));
    assert!(refused(&enter(&world, &challenge.ceremony, &laptop.get(&challenge.options)).await));
    let late = add(world.ctx(), &actor, &adding.ceremony, &Authenticator::at(HERE).create(&adding.options)).await;
    assert!(matches!(late, Err(Error::Conflict(_))));
    let left = "SELECT count(*) FROM passkey_ceremonies";
    world.advance(SignedDuration::from_secs(1));
    assert_eq!(sqlx::query_scalar::<_, i64>(left).fetch_one(world.owner()).await.unwrap(), 2);
    sweep(world.ctx()).await.unwrap();
    assert_eq!(sqlx::query_scalar::<_, i64>(left).fetch_one(world.owner()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_counter_that_goes_back_is_a_copied_key() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let actor = world.actor(&ana).await;
    let mut key = Authenticator::at(HERE);
    key.counter = 10;
    let challenge = question(&world, &actor).await;
    add(world.ctx(), &actor, &challenge.ceremony, &key.create(&challenge.options)).await.unwrap();
    assert!(log_in_with(&world, &mut key).await.is_ok());
    assert!(log_in_with(&world, &mut key).await.is_ok());
    key.counter = 10;
    assert!(refused(&log_in_with(&world, &mut key).await), "eleven was before");
    key.counter = 11;
    assert!(refused(&log_in_with(&world, &mut key).await), "and twelve too");
    assert!(log_in_with(&world, &mut key).await.is_ok(), "the right one goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_many_answers_at_the_same_moment_opens() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let (mut laptop, _) = device(&world, &world.actor(&ana).await).await;
    let challenge = start_log_in(world.ctx()).await.unwrap();
    let answer = laptop.get(&challenge.options);
    let tries = (0..20).map(|_| {
        let (ctx, visitor, ceremony, answer) =
            (world.ctx().clone(), world.visitor(), challenge.ceremony.clone(), answer.clone());
        tokio::spawn(async move { passkeys::log_in(&ctx, &visitor, &ceremony, &answer, &visit("a")).await.is_ok() })
    });
    let mut right = 0;
    for task in tries.collect::<Vec<_>>() {
        right += usize::from(task.await.unwrap());
    }
    assert_eq!(right, 1, "one of twenty");

    // Two questions answered with the same count: the key was copied, and one of them is too many.
    let actor = world.actor(&world.customer("Ben").await).await;
    let mut key = Authenticator::at(HERE);
    key.counter = 5;
    let adding = question(&world, &actor).await;
    add(world.ctx(), &actor, &adding.ceremony, &key.create(&adding.options)).await.unwrap();
    let mut tasks = Vec::new();
    for _ in 0..2 {
        let question = start_log_in(world.ctx()).await.unwrap();
        let (ctx, visitor, answer) = (world.ctx().clone(), world.visitor(), key.get(&question.options));
        key.counter = 5;
        tasks.push(
            async move { passkeys::log_in(&ctx, &visitor, &question.ceremony, &answer, &visit("b")).await.is_ok() },
        );
    }
    let tasks: Vec<_> = tasks.into_iter().map(tokio::spawn).collect();
    let mut right = 0;
    for task in tasks {
        right += usize::from(task.await.unwrap());
    }
    assert_eq!(right, 1, "one of two");
}

#[tokio::test]
async fn a_removed_passkey_opens_nothing_and_the_last_takes_the_codes_along() {
    let world = World::new().await;
    let (ana, ben) = (world.customer("Ana").await, world.customer("Ben").await);
    let (actor, his) = (world.actor(&ana).await, world.actor(&ben).await);
    let (mut laptop, added) = device(&world, &actor).await;
    let (mut phone, _) = device(&world, &actor).await;
    let own = passkeys::list(world.ctx(), &actor).await.unwrap();
    let ctx = world.ctx();
    assert!(matches!(passkeys::rename(ctx, &his, own[0].id, "Mine").await, Err(Error::NotFound)));
    assert!(matches!(passkeys::remove(ctx, &his, own[0].id, PASSWORD.to_owned()).await, Err(Error::NotFound)));
    passkeys::rename(ctx, &actor, own[1].id, " The  phone ").await.unwrap();
    assert_eq!(passkeys::find(ctx, &actor, own[1].id).await.unwrap().name, "The phone");

    let waiting = start_log_in(ctx).await.unwrap();
    let answer = laptop.get(&waiting.options);
    assert!(passkeys::remove(ctx, &actor, own[0].id, "a guess".to_owned()).await.is_err());
    passkeys::remove(ctx, &actor, own[0].id, PASSWORD.to_owned()).await.unwrap();
    assert!(world.mail_to(&ana.email).await.iter().any(|mail| mail.text.contains("“Laptop” was removed")));
    assert!(refused(&enter(&world, &waiting.ceremony, &answer).await), "removed between question and answer");
    assert!(log_in_with(&world, &mut phone).await.is_ok());
    // A recovery code stands in for a lost passkey.
    assert!(by_password(&world, &ana, "a").await.unwrap().two_factor);
    let half = world.half_way(&ana).await;
    assert!(second_factor::show(ctx, &world.visitor(), half, &added.recovery[0], &visit("a")).await.is_ok());
    passkeys::remove(ctx, &actor, own[1].id, PASSWORD.to_owned()).await.unwrap();
    assert!(!by_password(&world, &ana, "a").await.unwrap().two_factor, "the password alone opens it again");
    assert_eq!(profile(ctx, &actor).await.unwrap().recovery_codes, 0);
    assert!(refused(&log_in_with(&world, &mut phone).await));
}

#[tokio::test]
async fn operators_keep_one_second_factor_and_suspended_people_stay_out() {
    let world = World::new().await;
    let ctx = world.ctx();
    let boss = world.operator("Boss", Role::Superadmin).await;
    let actor = world.actor(&boss).await;
    device(&world, &actor).await;
    let only = passkeys::list(ctx, &actor).await.unwrap()[0].id;
    let kept = passkeys::remove(ctx, &actor, only, PASSWORD.to_owned()).await;
    assert!(matches!(kept, Err(Error::Conflict(_))), "{kept:?}");
    assert_eq!(passkeys::list(ctx, &actor).await.unwrap().len(), 1, "and it is still there");
    device(&world, &actor).await;
    passkeys::remove(ctx, &actor, only, PASSWORD.to_owned()).await.unwrap();

    let ana = world.customer("Ana").await;
    let (mut laptop, _) = device(&world, &world.actor(&ana).await).await;
    operators::suspend(ctx, &actor, ana.id, ("Three visits were not paid.", "")).await.unwrap();
    let outcome = log_in_with(&world, &mut laptop).await;
    let Err(LogInError::Suspended { user, why }) = outcome else { panic!("{outcome:?}") };
    assert_eq!(
        (user, why.reason.as_str()),
        (ana.id, "Three visits were not paid."),
        "she reads why, as at the other door"
    );
}

#[tokio::test]
async fn guessing_with_passkeys_slows_down_as_with_passwords() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let (mut laptop, _) = device(&world, &world.actor(&ana).await).await;
    log_in_with(&world, &mut laptop).await.unwrap();
    laptop.verifies = false;
    let mut waits = 0;
    for _ in 0..8 {
        let challenge = start_log_in(world.ctx()).await.unwrap();
        let answer = laptop.get(&challenge.options);
        let outcome =
            passkeys::log_in(world.ctx(), &world.visitor(), &challenge.ceremony, &answer, &visit("stranger")).await;
        waits += usize::from(matches!(outcome, Err(LogInError::Delayed { .. })));
    }
    assert!(waits > 0, "eight are not free");
    laptop.verifies = true;
    assert!(log_in_with(&world, &mut laptop).await.is_ok(), "her own browser counts for itself");
}

#[tokio::test]
async fn where_browsers_have_no_passkeys_none_are_asked_for() {
    let world = World::new().await;
    let actor = world.actor(&world.customer("Ana").await).await;
    let ctx = domain::kernel::Context { public_url: "http://127.0.0.1:3000".into(), ..world.ctx().clone() };
    assert_eq!(passkeys::origin(&ctx), None);
    assert!(matches!(start_log_in(&ctx).await, Err(Error::Conflict(_))));
    assert!(matches!(start_adding(&ctx, &actor, "Laptop", PASSWORD.to_owned()).await, Err(Error::Conflict(_))));
}
