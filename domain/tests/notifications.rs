//! Outgoing mail and short messages: written with the change, handed over once, forgotten when they are gone.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use async_trait::async_trait;
use domain::kernel::post::{Handed, OutgoingEmail, OutgoingSms, Post, Undelivered};
use domain::kernel::{Context, Email, Error, OutboundId, UserId, write};
use domain::notifications::{self, Channel, Letter, Outcome};
use domain::testing::World;
use jiff::SignedDuration;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// A post outside of the house that does what it is told, and remembers what it was given.
#[derive(Debug, Default)]
struct Outside {
    answers: Mutex<VecDeque<Undelivered>>,
    carried: Mutex<Vec<(OutboundId, String, String, String)>>,
}

impl Outside {
    fn says(answers: impl IntoIterator<Item = Undelivered>) -> Arc<Self> {
        Arc::new(Self { answers: Mutex::new(answers.into_iter().collect()), carried: Mutex::default() })
    }

    fn carry(&self, id: OutboundId, to: &str, subject: &str, text: &str) -> Result<Handed, Undelivered> {
        self.carried.lock().unwrap().push((id, to.to_owned(), subject.to_owned(), text.to_owned()));
        self.answers.lock().unwrap().pop_front().map_or(Ok(Handed::Over), Err)
    }

    fn count(&self) -> usize {
        self.carried.lock().unwrap().len()
    }
}

#[async_trait]
impl Post for Outside {
    fn keeps(&self) -> bool {
        false
    }

    async fn email(&self, email: &OutgoingEmail) -> Result<Handed, Undelivered> {
        self.carry(email.id, email.to.as_str(), &email.subject, &email.text)
    }

    async fn sms(&self, sms: &OutgoingSms) -> Result<Handed, Undelivered> {
        self.carry(sms.id, &sms.to, "", &sms.text)
    }
}

/// A post that never tells what became of a message.
#[derive(Debug)]
struct Silent;

#[async_trait]
impl Post for Silent {
    fn keeps(&self) -> bool {
        false
    }

    async fn email(&self, _: &OutgoingEmail) -> Result<Handed, Undelivered> {
        std::future::pending().await
    }

    async fn sms(&self, _: &OutgoingSms) -> Result<Handed, Undelivered> {
        std::future::pending().await
    }
}

const SECRET: &str = "https://hub.example/verify-email/s3cret";

fn letter() -> Letter {
    Letter::new("Confirm your address").greeting("Hello Ana,").paragraph("One step.").button("Confirm", SECRET)
}

async fn write_letter(world: &World, user: Option<UserId>, letter: Letter) -> Result<(), Error> {
    let ctx = world.ctx().clone();
    write(world.ctx(), &world.visitor(), move |tx| {
        let (ctx, letter) = (ctx.clone(), letter.clone());
        Box::pin(async move {
            let to = Email::parse("ana@example.org").unwrap();
            notifications::email(tx, &ctx, &to, user, "accounts.verify_email", &letter).await
        })
    })
    .await
}

async fn write_sms(world: &World, to: &'static str, text: String) -> Result<(), Error> {
    let ctx = world.ctx().clone();
    write(world.ctx(), &world.visitor(), move |tx| {
        let (ctx, text) = (ctx.clone(), text.clone());
        Box::pin(async move { notifications::sms(tx, &ctx, to, None, "accounts.code", &text).await })
    })
    .await
}

/// The one message of a world, as its row stands.
#[derive(Debug, sqlx::FromRow)]
struct Stored {
    id: OutboundId,
    recipient: String,
    subject: String,
    text: String,
    html: String,
    sent: bool,
    failed: bool,
    attempts: i32,
    last_error: Option<String>,
}

async fn stored(world: &World) -> Stored {
    sqlx::query_as(
        "SELECT id, recipient, subject, text, html, sent_at IS NOT NULL AS sent, failed_at IS NOT NULL AS failed,
            attempts, last_error FROM outbound_messages",
    )
    .fetch_one(world.owner())
    .await
    .unwrap()
}

fn outside(world: &World, post: &Arc<Outside>) -> Context {
    Context { post: post.clone(), ..world.ctx().clone() }
}

/// Sends what is due; how many messages were tried.
async fn send(ctx: &Context) -> usize {
    notifications::send_due(ctx).await.unwrap()
}

#[tokio::test]
async fn a_letter_commits_with_its_change_or_not_at_all() {
    let world = World::new().await;
    let ctx = world.ctx().clone();
    let undone: Result<(), Error> = write(world.ctx(), &world.visitor(), move |tx| {
        let ctx = ctx.clone();
        Box::pin(async move {
            let to = Email::parse("ana@example.org").unwrap();
            notifications::email(tx, &ctx, &to, None, "accounts.verify_email", &letter()).await?;
            Err(Error::Conflict("somebody was faster".to_owned()))
        })
    })
    .await;
    assert!(undone.is_err());
    assert!(world.mail_to("ana@example.org").await.is_empty());
    assert_eq!(world.waiting_jobs().await, 0);

    write_letter(&world, None, letter()).await.unwrap();
    assert_eq!((world.waiting_jobs().await, world.run_jobs().await), (1, 1));
    let mail = world.mail_to("ana@example.org").await;
    assert_eq!((mail.len(), mail[0].kind.as_str()), (1, "accounts.verify_email"));
    assert_eq!(mail[0].path(), "/verify-email/s3cret");
}

#[tokio::test]
async fn a_letter_without_a_way_stays_unwritten() {
    let world = World::new().await;
    let done = write_letter(&world, None, Letter::new("Hello").button("Go", "/login")).await;
    assert!(matches!(done, Err(Error::Internal(_))), "{done:?}");
    assert!(world.mail_to("ana@example.org").await.is_empty());
}

#[tokio::test]
async fn in_development_messages_stay_to_be_looked_at() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    write_letter(&world, Some(ana.id), letter()).await.unwrap();
    world.run_jobs().await;
    let page = notifications::list(world.ctx(), "", None).await.unwrap();
    assert_eq!(page.items[0].outcome, Outcome::Sent(world.now()));
    let message = notifications::find(world.ctx(), page.items[0].id).await.unwrap();
    assert_eq!((message.user, message.attempts), (Some(ana.id), 1));
    assert!(message.text.contains(SECRET) && message.html.contains(SECRET));
}

#[tokio::test]
async fn what_has_left_is_emptied() {
    let world = World::new().await;
    write_letter(&world, None, letter()).await.unwrap();
    let post = Outside::says([]);
    let before = stored(&world).await;
    assert_eq!(send(&outside(&world, &post)).await, 1);
    let after = stored(&world).await;
    assert!(after.sent && !after.failed && after.last_error.is_none(), "{after:?}");
    let left = format!("{}{}{}{}", after.recipient, after.subject, after.text, after.html);
    assert_eq!(left, "");
    let carried = post.carried.lock().unwrap();
    assert_eq!(
        (carried[0].0, carried[0].1.as_str(), carried[0].2.as_str()),
        (before.id, "ana@example.org", "Confirm your address")
    );
    assert!(carried[0].3.contains(SECRET));
}

#[tokio::test(flavor = "multi_thread")]
async fn however_many_send_each_message_leaves_once() {
    let world = World::new().await;
    for number in 0..30 {
        write_letter(&world, None, Letter::new(&format!("Letter {number}"))).await.unwrap();
    }
    let post = Outside::says([]);
    let senders: Vec<_> = (0..6)
        .map(|_| {
            let ctx = outside(&world, &post);
            tokio::spawn(async move {
                let mut tried = 0;
                loop {
                    match send(&ctx).await {
                        0 => return tried,
                        some => tried += some,
                    }
                }
            })
        })
        .collect();
    let mut tried = 0;
    for sender in senders {
        tried += sender.await.unwrap();
    }
    let mut carried: Vec<OutboundId> = post.carried.lock().unwrap().iter().map(|(id, ..)| *id).collect();
    carried.sort_by_key(|id| id.0);
    carried.dedup();
    assert_eq!((tried, post.count(), carried.len()), (30, 30, 30));
    assert_eq!((world.waiting_jobs().await, send(&outside(&world, &post)).await), (0, 0));
}

#[tokio::test]
async fn what_did_not_leave_is_tried_again_and_told() {
    let world = World::new().await;
    write_letter(&world, None, letter()).await.unwrap();
    let post = Outside::says([Undelivered::Later("451 not now, ana@example.org".to_owned())]);
    let ctx = outside(&world, &post);
    assert_eq!(send(&ctx).await, 1);
    let row = stored(&world).await;
    assert_eq!((row.sent, row.failed, row.attempts), (false, false, 1));
    assert_eq!(row.last_error.as_deref(), Some("451 not now, (recipient)"));
    assert!(row.text.contains(SECRET), "it is still needed");

    world.advance(SignedDuration::from_secs(1));
    assert_eq!(send(&ctx).await, 0, "not at once");
    world.advance(SignedDuration::from_secs(1));
    assert_eq!(send(&ctx).await, 1);
    let row = stored(&world).await;
    assert_eq!((row.sent, row.attempts, row.last_error), (true, 2, None));
    let carried = post.carried.lock().unwrap();
    assert_eq!(carried[0], carried[1], "the same message with the same id");
}

#[tokio::test]
async fn what_can_never_arrive_is_given_up_and_emptied() {
    let world = World::new().await;
    write_letter(&world, None, letter()).await.unwrap();
    let post = Outside::says([Undelivered::Never("550 no such user".to_owned())]);
    let ctx = outside(&world, &post);
    assert_eq!((send(&ctx).await, send(&ctx).await), (1, 0));
    let row = stored(&world).await;
    assert_eq!((post.count(), row.sent, row.failed), (1, false, true));
    assert_eq!(
        (row.last_error.as_deref(), row.text.as_str(), row.recipient.as_str()),
        (Some("550 no such user"), "", "")
    );
}

#[tokio::test]
async fn one_that_cannot_leave_keeps_no_other_waiting() {
    let world = World::new().await;
    for number in 0..3 {
        write_letter(&world, None, Letter::new(&format!("Letter {number}"))).await.unwrap();
    }
    let post = Outside::says([Undelivered::Later("nobody answers".to_owned())]);
    assert_eq!(send(&outside(&world, &post)).await, 3);
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM outbound_messages WHERE sent_at IS NOT NULL")
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(left, 2);
}

#[tokio::test]
async fn who_dies_while_sending_leaves_it_to_another() {
    let world = World::new().await;
    write_letter(&world, None, letter()).await.unwrap();
    let silent = Context { post: Arc::new(Silent), ..world.ctx().clone() };
    let dying = tokio::spawn(async move { send(&silent).await });
    while stored(&world).await.attempts == 0 {
        tokio::task::yield_now().await;
    }
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());
    let post = Outside::says([]);
    let ctx = outside(&world, &post);
    world.advance(SignedDuration::from_secs(119));
    assert_eq!(send(&ctx).await, 0, "the first may still be at it");
    world.advance(SignedDuration::from_secs(1));
    assert_eq!(send(&ctx).await, 1);
    let row = stored(&world).await;
    assert_eq!((row.sent, row.attempts, post.count()), (true, 2, 1));
}

#[tokio::test]
async fn after_a_day_nobody_tries_any_more() {
    let world = World::new().await;
    write_letter(&world, None, letter()).await.unwrap();
    let away = || Undelivered::Later("nobody answers".to_owned());
    let post = Outside::says([away(), away()]);
    let ctx = outside(&world, &post);
    world.advance(SignedDuration::from_mins(24 * 60 - 1));
    assert_eq!(send(&ctx).await, 1);
    assert!(!stored(&world).await.failed);
    world.advance(SignedDuration::from_mins(1));
    assert_eq!(send(&ctx).await, 1);
    let row = stored(&world).await;
    assert!(row.failed && row.text.is_empty(), "{row:?}");
}

#[tokio::test]
async fn short_messages_go_to_international_numbers() {
    let world = World::new().await;
    let refused = write_sms(&world, "030 901820", "Your code is 123456".to_owned()).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    write_sms(&world, "+49 30 901820", "Your code\u{7} is\n\n\n123456".to_owned()).await.unwrap();
    assert_eq!(world.mail_to("+4930901820").await[0].text, "Your code is\n123456");
    write_sms(&world, "+49 30 901821", "ä".repeat(2000)).await.unwrap();
    let long = world.mail_to("+4930901821").await[0].text.clone();
    assert_eq!((long.chars().count(), long.ends_with("ä…")), (notifications::LONGEST_SMS, true));
    let rows = notifications::list(world.ctx(), "+4930901820", None).await.unwrap().items;
    assert_eq!((rows.len(), rows[0].channel, rows[0].title.as_str()), (1, Channel::Sms, "Your code is\n123456"));
}

#[tokio::test]
async fn messages_are_found_by_their_words_page_by_page() {
    let world = World::new().await;
    for number in 0..25 {
        world.advance(SignedDuration::from_secs(i64::from(number % 2)));
        write_letter(&world, None, Letter::new(&format!("Letter {number:02}"))).await.unwrap();
    }
    let mut titles = Vec::new();
    let mut after = None;
    loop {
        let page = notifications::list(world.ctx(), "LETTER", after.as_deref()).await.unwrap();
        assert_eq!(page.continued, after.is_some());
        titles.extend(page.items.into_iter().map(|row| row.title));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), 25);
    let one = notifications::list(world.ctx(), "letter 07", Some("tampered")).await.unwrap();
    assert_eq!((one.items.len(), one.continued, one.next), (1, false, None));
    assert!(notifications::list(world.ctx(), "100%_", None).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn nobody_looks_at_mail_that_leaves_the_house() {
    let world = World::new().await;
    write_letter(&world, None, letter()).await.unwrap();
    let ctx = outside(&world, &Outside::says([]));
    assert!(matches!(notifications::list(&ctx, "", None).await, Err(Error::NotFound)));
    assert!(matches!(notifications::find(&ctx, stored(&world).await.id).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn what_nobody_sends_leaves_no_secret_behind() {
    let world = World::new().await;
    write_letter(&world, None, letter()).await.unwrap();
    world.advance(SignedDuration::from_hours(36));
    notifications::forget(world.ctx()).await.unwrap();
    assert!(stored(&world).await.text.contains(SECRET), "it may just be late");
    world.advance(SignedDuration::from_secs(1));
    notifications::forget(world.ctx()).await.unwrap();
    let row = stored(&world).await;
    assert_eq!((row.failed, row.text.as_str(), row.last_error.as_deref()), (true, "", Some("nobody sent it in time")));
}

#[tokio::test]
async fn old_messages_are_forgotten() {
    let world = World::new().await;
    write_letter(&world, None, letter()).await.unwrap();
    world.advance(SignedDuration::from_hours(29 * 24));
    write_letter(&world, None, letter()).await.unwrap();
    world.advance(SignedDuration::from_hours(25));
    assert_eq!(notifications::forget(world.ctx()).await.unwrap(), 1);
    assert_eq!(notifications::list(world.ctx(), "", None).await.unwrap().items.len(), 1);
}
