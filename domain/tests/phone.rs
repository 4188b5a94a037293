//! Telephone numbers are proved with six digits: once, for ten minutes, for five tries, and not too many of them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::accounts::phone::{ask_for_code, confirm_phone, phone};
use domain::accounts::{TypedProfile, profile, save_profile};
use domain::kernel::{Actor, Error};
use domain::testing::World;
use jiff::SignedDuration;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const NUMBER: &str = "+4930901820";

async fn has_number(world: &World, actor: &Actor, number: &str) {
    let typed =
        TypedProfile { first_name: "Ana", last_name: "Lima", phone: number, zone: "Europe/Berlin", locale: "en" };
    save_profile(world.ctx(), actor, typed).await.unwrap();
}

/// Somebody with a number.
async fn somebody(world: &World, name: &str, number: &str) -> Actor {
    let actor = world.actor(&world.customer(name).await).await;
    has_number(world, &actor, number).await;
    actor
}

/// The digits of the latest message to a number.
async fn code(world: &World, number: &str) -> String {
    let texts = world.mail_to(number).await;
    let text = &texts.last().unwrap_or_else(|| panic!("nothing was sent to {number}")).text;
    text.strip_prefix("ServiceHub: ").unwrap()[..6].to_owned()
}

/// Six digits that are not the code.
fn another(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

async fn count(world: &World, asked: &'static str) -> i64 {
    sqlx::query_scalar(asked).fetch_one(world.owner()).await.unwrap()
}

/// How many of these asks, all at once, got a code; whoever did not was told to come back.
async fn at_once(world: &World, actors: impl IntoIterator<Item = Actor>) -> usize {
    let ask = |actor: Actor| {
        let ctx = world.ctx().clone();
        tokio::spawn(async move { ask_for_code(&ctx, &actor).await })
    };
    let mut sent = 0;
    for task in actors.into_iter().map(ask).collect::<Vec<_>>() {
        match task.await.unwrap() {
            Ok(()) => sent += 1,
            Err(Error::TooMany { retry_after }) => assert!((1..=86_400).contains(&retry_after), "{retry_after}"),
            Err(error) => panic!("{error}"),
        }
    }
    sent
}

#[tokio::test]
async fn a_number_is_confirmed_with_its_code_once() {
    let world = World::new().await;
    let ana = somebody(&world, "Ana", "+49 30 901820").await;
    ask_for_code(world.ctx(), &ana).await.unwrap();
    let digits = code(&world, NUMBER).await;
    let before = phone(world.ctx(), &ana).await.unwrap();
    assert_eq!((before.number.as_deref(), before.confirmed), (Some(NUMBER), None));
    assert_eq!(before.code.unwrap().tries_left, 5);

    for typed in ["", "12345", "1234567", "twelve"] {
        assert!(matches!(confirm_phone(world.ctx(), &ana, typed).await, Err(Error::Invalid(_))), "{typed}");
    }
    let spaced = format!(" {} {} ", &digits[..3], &digits[3..]);
    confirm_phone(world.ctx(), &ana, &spaced).await.unwrap();
    let after = phone(world.ctx(), &ana).await.unwrap();
    assert_eq!(after.confirmed, Some(world.now()));
    assert!(after.code.is_none() && profile(world.ctx(), &ana).await.unwrap().phone_verified);
    assert!(matches!(confirm_phone(world.ctx(), &ana, &digits).await, Err(Error::Invalid(_))), "once");
    assert!(matches!(ask_for_code(world.ctx(), &ana).await, Err(Error::Conflict(_))), "it is confirmed already");

    // Saving the same number keeps the mark, another one takes it away.
    has_number(&world, &ana, "+49 (30) 90-18-20").await;
    assert!(profile(world.ctx(), &ana).await.unwrap().phone_verified);
    has_number(&world, &ana, "+49 30 901821").await;
    assert!(!profile(world.ctx(), &ana).await.unwrap().phone_verified);
}

#[tokio::test]
async fn nothing_that_is_kept_can_be_read() {
    let world = World::new().await;
    let (ana, ben) = (somebody(&world, "Ana", NUMBER).await, somebody(&world, "Ben", NUMBER).await);
    ask_for_code(world.ctx(), &ana).await.unwrap();
    let digits = code(&world, NUMBER).await;
    let tables = "SELECT array_agg(row) FROM (SELECT phone_codes::text AS row FROM phone_codes
                  UNION ALL SELECT phone_budgets::text FROM phone_budgets) rows";
    let rows: Vec<String> = sqlx::query_scalar(tables).fetch_one(world.owner()).await.unwrap();
    assert_eq!(rows.len(), 6);
    let hash: Vec<u8> = sqlx::query_scalar("SELECT hash FROM phone_codes").fetch_one(world.owner()).await.unwrap();
    assert!(!rows.iter().any(|row| row.contains(&format!(",{digits},")) || row.contains(&hex(digits.as_bytes()))));
    let budgets = rows.iter().filter(|row| row.starts_with("(number") || row.starts_with("(address"));
    for row in budgets {
        assert!(!row.contains("4930901820") && !row.contains(&hex(NUMBER.as_bytes())) && !row.contains("203.0.113"));
    }
    // Whoever has the database and tries all million codes finds none, because they have not got the key.
    let guesses = "SELECT count(*) FROM generate_series(0, 999999) n, phone_codes c
                   WHERE c.hash IN (sha256(lpad(n::text, 6, '0')::bytea), sha256((c.phone || lpad(n::text, 6, '0'))::bytea))";
    assert_eq!(count(&world, guesses).await, 0);

    // The hash belongs to one person: moved to somebody else's row, the code opens nothing.
    world.advance(SignedDuration::from_secs(1));
    ask_for_code(world.ctx(), &ben).await.unwrap();
    sqlx::query("UPDATE phone_codes SET hash = $1").bind(hash).execute(world.owner()).await.unwrap();
    assert!(confirm_phone(world.ctx(), &ben, &digits).await.is_err());
    confirm_phone(world.ctx(), &ana, &digits).await.unwrap();
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_code_grows_old_and_a_newer_one_ends_it() {
    let world = World::new().await;
    let ana = somebody(&world, "Ana", NUMBER).await;
    ask_for_code(world.ctx(), &ana).await.unwrap();
    let first = code(&world, NUMBER).await;
    world.advance(SignedDuration::from_mins(10));
    assert!(phone(world.ctx(), &ana).await.unwrap().code.is_none());
    assert!(matches!(confirm_phone(world.ctx(), &ana, &first).await, Err(Error::Invalid(_))), "ten minutes are over");

    ask_for_code(world.ctx(), &ana).await.unwrap();
    let second = code(&world, NUMBER).await;
    world.advance(SignedDuration::from_secs(1));
    ask_for_code(world.ctx(), &ana).await.unwrap();
    let third = code(&world, NUMBER).await;
    assert_ne!(second, third);
    assert!(confirm_phone(world.ctx(), &ana, &second).await.is_err(), "a newer one was sent");
    world.advance(SignedDuration::from_secs(599));
    confirm_phone(world.ctx(), &ana, &third).await.unwrap();
}

#[tokio::test]
async fn a_code_dies_with_the_number_it_was_sent_to() {
    let world = World::new().await;
    let ana = somebody(&world, "Ana", NUMBER).await;
    ask_for_code(world.ctx(), &ana).await.unwrap();
    let digits = code(&world, NUMBER).await;
    has_number(&world, &ana, "+49 30 901821").await;
    assert_eq!(count(&world, "SELECT count(*) FROM phone_codes").await, 0);
    has_number(&world, &ana, NUMBER).await;
    assert!(confirm_phone(world.ctx(), &ana, &digits).await.is_err(), "it does not come back");

    for number in ["", "030 901820"] {
        has_number(&world, &ana, number).await;
        assert!(matches!(ask_for_code(world.ctx(), &ana).await, Err(Error::Conflict(_))), "{number:?}");
    }
    assert!(matches!(ask_for_code(world.ctx(), &world.visitor()).await, Err(Error::SignIn)));
}

#[tokio::test(flavor = "multi_thread")]
async fn five_tries_and_one_success_however_many_at_once() {
    let world = World::new().await;
    let ana = somebody(&world, "Ana", NUMBER).await;
    ask_for_code(world.ctx(), &ana).await.unwrap();
    let right = code(&world, NUMBER).await;
    let try_twenty = async |typed: &str| {
        let tries = (0..20).map(|_| {
            let (ctx, ana, typed) = (world.ctx().clone(), ana.clone(), typed.to_owned());
            tokio::spawn(async move { confirm_phone(&ctx, &ana, &typed).await.is_ok() })
        });
        let mut opened = 0;
        for task in tries.collect::<Vec<_>>() {
            opened += usize::from(task.await.unwrap());
        }
        opened
    };
    assert_eq!(try_twenty(&another(&right)).await, 0);
    let wrong = "SELECT count(*) FROM audit_entries WHERE action = 'phone.code_wrong'";
    assert_eq!(count(&world, wrong).await, 5, "only five were looked at");
    assert!(phone(world.ctx(), &ana).await.unwrap().code.is_none());
    assert!(confirm_phone(world.ctx(), &ana, &right).await.is_err(), "the right one comes too late");

    world.advance(SignedDuration::from_secs(1));
    ask_for_code(world.ctx(), &ana).await.unwrap();
    let right = code(&world, NUMBER).await;
    for left in ["4 tries are left", "3 tries are left", "2 tries are left", "One try is left"] {
        let Err(Error::Invalid(errors)) = confirm_phone(world.ctx(), &ana, &another(&right)).await else {
            panic!("a wrong code was taken");
        };
        assert!(errors.of("code").unwrap().contains(left), "{errors:?}");
    }
    assert_eq!(try_twenty(&right).await, 1, "the last try is good, once");
    let confirmed = "SELECT count(*) FROM audit_entries WHERE action = 'phone.confirmed'";
    assert_eq!(count(&world, confirmed).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_gets_three_codes_an_hour_and_six_a_day() {
    let world = World::new().await;
    let ana = somebody(&world, "Ana", NUMBER).await;
    // Somebody else who typed her number uses up the same allowance.
    let ben = somebody(&world, "Ben", NUMBER).await;
    let both = || (0..20).map(|n| if n % 2 == 0 { ana.clone() } else { ben.clone() });
    assert_eq!(at_once(&world, both()).await, 3);
    assert_eq!(world.mail_to(NUMBER).await.len(), 3);
    let Err(Error::TooMany { retry_after }) = ask_for_code(world.ctx(), &ana).await else { panic!("a fourth one") };
    assert_eq!(retry_after, 3600);
    world.advance(SignedDuration::from_secs(3599));
    assert_eq!(at_once(&world, both()).await, 0);
    world.advance(SignedDuration::from_secs(1));
    assert_eq!(at_once(&world, both()).await, 3);
    world.advance(SignedDuration::from_hours(1));
    assert_eq!(at_once(&world, both()).await, 0, "six a day");
    let Err(Error::TooMany { retry_after }) = ask_for_code(world.ctx(), &ana).await else { panic!("a seventh one") };
    assert_eq!(retry_after, 22 * 3600);
    world.advance(SignedDuration::from_hours(22));
    assert_eq!(at_once(&world, both()).await, 3);
    assert_eq!(world.mail_to(NUMBER).await.len(), 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_gets_ten_codes_a_day_for_whatever_numbers() {
    let world = World::new().await;
    let ana = somebody(&world, "Ana", NUMBER).await;
    let mut sent = 0;
    for number in 0..6 {
        has_number(&world, &ana, &format!("+351 21 100 00{number:02}")).await;
        sent += at_once(&world, vec![ana.clone(); 4]).await;
    }
    assert_eq!(sent, 10);
    // What is refused costs others nothing.
    let spent = "SELECT sum(spent) FROM phone_budgets WHERE kind IN ('address_day', 'country_hour')";
    assert_eq!(count(&world, spent).await, 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_gets_twenty_codes_a_day() {
    let world = World::new().await;
    let mut people = Vec::new();
    for number in 0..25 {
        people.push(somebody(&world, "Ana", &format!("+351 21 100 00{number:02}")).await);
    }
    assert_eq!(at_once(&world, people.clone()).await, 20);
    // Of an IPv6 address the network counts: one household has all that begin alike.
    let home = |n: u16| Ipv6Addr::new(0x2001, 0xdb8, 7, 7, n, 0, 0, 1);
    let at_home = people.iter().zip(0..).map(|(who, n)| Actor { address: IpAddr::V6(home(n)), ..who.clone() });
    assert_eq!(at_once(&world, at_home).await, 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_gets_two_hundred_codes_an_hour() {
    let world = World::new().await;
    let mut people = Vec::new();
    for number in 0..205_u8 {
        let actor = somebody(&world, "Ana", &format!("+351 21 100 {:04}", u16::from(number))).await;
        people.push(Actor { address: IpAddr::V4(Ipv4Addr::new(198, 51, 100, number)), ..actor });
    }
    assert_eq!(at_once(&world, people).await, 200);
    let abroad = somebody(&world, "Ben", NUMBER).await;
    ask_for_code(world.ctx(), &abroad).await.unwrap();
    world.advance(SignedDuration::from_hours(24));
    domain::accounts::sweep(world.ctx()).await.unwrap();
    assert_eq!(count(&world, "SELECT count(*) FROM phone_budgets").await, 0, "windows that are over are forgotten");
    assert_eq!(count(&world, "SELECT count(*) FROM phone_codes").await, 0);
}
