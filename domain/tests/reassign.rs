//! Giving visits to somebody else of the business: who may, to whom, what it keeps, who hears of it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::availability::{Claim, State as Taken, reserve_all};
use domain::bookings::{self, Event, Reassign, ReassignError, Reschedule, State, Wait, ahead_of, life};
use domain::kernel::{Actor, Context, Error, MemberId, Role, TimeRange, UserId};
use domain::team;
use domain::testing::{Mail, Member, Provider, Service, World};
use jiff::SignedDuration;
use story::{at, go, wish};

const TEN: &str = "2026-11-04T09:00:00Z";
const NOON: &str = "2026-11-04T11:00:00Z";

/// A plumber with two colleagues, and a customer with a confirmed visit of the plumber's on Wednesday at ten in Berlin.
struct Scene {
    world: World,
    plumbing: Provider,
    leak: Service,
    tom: Member,
    mia: Member,
    ana: Actor,
    ben: Actor,
    reference: String,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let (tom, mia) = (plumbing.member("Tom").await, plumbing.manager("Mia").await);
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").buffers(0, 30)).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let ben = world.actor(&plumbing.owner.user).await;
    let reference = confirmed(world.ctx(), &ana, &leak, plumbing.owner.id, TEN).await;
    Scene { world, plumbing, leak, tom, mia, ana, ben, reference }
}

async fn confirmed(ctx: &Context, who: &Actor, service: &Service, member: MemberId, start: &str) -> String {
    let reference = held(ctx, who, service, member, start).await;
    go(ctx, who, &reference, Event::Confirm).await.unwrap();
    reference
}

async fn held(ctx: &Context, who: &Actor, service: &Service, member: MemberId, start: &str) -> String {
    let mut wish = wish(ctx, service, at(start));
    wish.member = Some(member);
    bookings::book(ctx, who, wish).await.unwrap()
}

fn to(ctx: &Context, reference: &str, member: MemberId) -> Reassign {
    Reassign {
        reference: reference.to_owned(),
        seen: None,
        from: None,
        to: Some(member),
        note: "Ben has a training.".to_owned(),
        key: ctx.id::<UserId>().0,
    }
}

impl Scene {
    async fn give(&self, who: &Actor, member: MemberId) -> Result<(), ReassignError> {
        let ctx = self.world.ctx();
        bookings::reassign(ctx, who, to(ctx, &self.reference, member)).await
    }

    async fn whose(&self) -> MemberId {
        bookings::find(self.world.ctx(), &self.ana, &self.reference).await.unwrap().member
    }

    /// What is in somebody's way, as the page says it.
    async fn against(&self, member: MemberId) -> Vec<String> {
        let page = bookings::givable(self.world.ctx(), &self.ben, &self.reference).await.unwrap();
        page.others.into_iter().find(|other| other.id == member).unwrap().against
    }

    /// The page and the deed say the same: it is in the way, and the visit stays where it is.
    async fn refuses(&self, member: MemberId, words: &str) {
        let said = self.against(member).await;
        assert!(said.iter().any(|one| one.contains(words)), "{words}: {said:?}");
        match self.give(&self.ben, member).await {
            Err(ReassignError::NotFree { against, .. }) => assert_eq!(against, said),
            other => panic!("{words}: {other:?}"),
        }
        assert_eq!(self.whose().await, self.plumbing.owner.id, "{words}");
        assert_eq!(taken(&self.world, &self.reference).await.len(), 1, "{words}");
    }
}

/// Live reservations of a booking: whose, state, visit, and what is kept free after it.
async fn taken(world: &World, reference: &str) -> Vec<(uuid::Uuid, String, i64, i64)> {
    sqlx::query_as(
        "SELECT r.member_id, r.state, extract(epoch FROM r.visit_starts)::bigint,
            extract(epoch FROM upper(r.during) - r.visit_ends)::bigint
         FROM reservations r JOIN bookings b ON b.id = r.booking_id WHERE b.reference = $1 AND r.state <> 'released'",
    )
    .bind(reference)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

fn conflict(done: Result<(), ReassignError>) -> String {
    match done {
        Err(ReassignError::Refused(Error::Conflict(words))) => words,
        other => panic!("{other:?}"),
    }
}

fn complaint(done: Result<(), ReassignError>, field: &str) -> String {
    match done {
        Err(ReassignError::Refused(Error::Invalid(told))) => told.of(field).unwrap_or_default().to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_visit_is_given_with_its_time_and_price_and_its_history_says_to_whom() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let before = bookings::find(ctx, &scene.ana, &scene.reference).await.unwrap();
    let (page, statements) = world.statements(bookings::givable(ctx, &scene.ben, &scene.reference)).await;
    assert_eq!(statements.len(), 3, "{statements:?}");
    let others: Vec<_> = page.unwrap().others.into_iter().map(|other| (other.name, other.against.len())).collect();
    assert_eq!(others, [("Tom".to_owned(), 0), ("Mia".to_owned(), 0)]);
    scene.give(&scene.ben, scene.tom.id).await.unwrap();
    let after = bookings::find(ctx, &scene.ana, &scene.reference).await.unwrap();
    assert_eq!((after.member, after.member_name.as_str()), (scene.tom.id, "Tom"));
    assert_eq!((after.state, after.visit, after.total), (State::Confirmed, before.visit, before.total));
    assert_eq!((after.clock_at, after.agreed_start), (before.clock_at, None));
    let last = after.history.last().unwrap();
    let names = Some(("Berlin Plumbing owner".to_owned(), "Tom".to_owned()));
    assert_eq!((last.event.as_str(), &last.given, last.note.as_str()), ("reassign", &names, "Ben has a training."));
    let ten = at(TEN).as_second();
    assert_eq!(taken(world, &scene.reference).await, [(scene.tom.id.0, "confirmed".to_owned(), ten, 1800)]);
    // The one's time is free again, the other's is not.
    let eve = world.actor(&world.customer("Eve").await).await;
    confirmed(ctx, &eve, &scene.leak, scene.plumbing.owner.id, TEN).await;
    let mut his = wish(ctx, &scene.leak, at(TEN));
    his.member = Some(scene.tom.id);
    assert!(bookings::book(ctx, &eve, his).await.is_err());
    let entry: (String, String, serde_json::Value) =
        sqlx::query_as("SELECT capacity, object_kind, detail FROM audit_entries WHERE action = 'booking.reassigned'")
            .fetch_one(world.owner())
            .await
            .unwrap();
    assert_eq!((entry.0.as_str(), entry.1.as_str()), ("provider", "booking"));
    assert_eq!(entry.2["to"], scene.tom.id.0.to_string());
    let reason: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_personal WHERE content::text LIKE '%a training%'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(reason, 1, "the reason is with the entry");
}

#[tokio::test]
async fn whatever_is_in_a_colleagues_way_is_said_and_holds() {
    let scene = scene().await;
    let (ctx, world, tom) = (scene.world.ctx(), &scene.world, &scene.tom);
    let eve = world.actor(&world.customer("Eve").await).await;
    // A visit of his into which the free time after this one would reach.
    let near = confirmed(ctx, &eve, &scene.leak, tom.id, "2026-11-04T10:00:00Z").await;
    scene.refuses(tom.id, "minutes before and 30 after").await;
    go(ctx, &eve, &near, Event::Cancel).await.unwrap();
    let lying = confirmed(ctx, &eve, &scene.leak, tom.id, "2026-11-04T08:30:00Z").await;
    scene.refuses(tom.id, "A booking takes 09:30–11:00").await;
    go(ctx, &eve, &lying, Event::Cancel).await.unwrap();
    // A hold of a checkout keeps him for ten minutes.
    held(ctx, &eve, &scene.leak, tom.id, TEN).await;
    scene.refuses(tom.id, "A booking takes").await;
    world.advance(SignedDuration::from_mins(11));
    world.run_jobs().await;
    let range = TimeRange::new(at("2026-11-04T09:15:00Z"), at("2026-11-04T09:45:00Z")).unwrap();
    let blocked = Claim {
        member: tom.id,
        booking: None,
        state: Taken::Blocked,
        during: range,
        visit: range,
        expires_at: None,
        note: String::new(),
    };
    reserve_all(ctx, &mut world.ctx().pool.acquire().await.unwrap(), &[blocked]).await.unwrap();
    scene.refuses(tom.id, "Blocked time takes").await;
    sqlx::query("DELETE FROM reservations WHERE state = 'blocked'").execute(world.owner()).await.unwrap();
    tom.rests(3..=3, 10 * 60 + 30, 11 * 60).await;
    scene.refuses(tom.id, "into a break").await;
    tom.works(3..=3, 12, 17).await;
    scene.refuses(tom.id, "does not fit into the hours of Wednesday").await;
    tom.works(1..=5, 9, 17).await;
    sqlx::query("UPDATE members SET most_a_day = 1 WHERE id = $1").bind(tom.id.0).execute(world.owner()).await.unwrap();
    let one = confirmed(ctx, &eve, &scene.leak, tom.id, "2026-11-04T14:00:00Z").await;
    scene.refuses(tom.id, "1 of 1 visits that day").await;
    go(ctx, &eve, &one, Event::Cancel).await.unwrap();
    sqlx::query("DELETE FROM service_members WHERE member_id = $1")
        .bind(tom.id.0)
        .execute(world.owner())
        .await
        .unwrap();
    scene.refuses(tom.id, "do not do this service").await;
    team::deactivate(ctx, &scene.ben, scene.plumbing.id, scene.mia.id).await.unwrap();
    scene.refuses(scene.mia.id, "cannot be booked at present").await;
}

#[tokio::test]
async fn what_was_asked_when_the_time_was_chosen_is_not_asked_again() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    // Off his grid, closer than the notice, farther than the horizon, and of a service that is not on offer any more.
    sqlx::query(
        "UPDATE services SET slot_interval_min = 120, min_notice_min = 20000, horizon_days = 1, status = 'paused'",
    )
    .execute(world.owner())
    .await
    .unwrap();
    assert_eq!(scene.against(scene.tom.id).await, Vec::<String>::new());
    world.advance(SignedDuration::from_hours(48) - SignedDuration::from_mins(181));
    scene.give(&scene.ben, scene.tom.id).await.unwrap();
    // When its time has come it can only be moved.
    world.advance(SignedDuration::from_hours(4));
    let booking = bookings::find(ctx, &scene.ben, &scene.reference).await.unwrap();
    assert!(booking.visit.unwrap().0 <= world.now() && booking.state == State::Confirmed);
    assert!(conflict(scene.give(&scene.ben, scene.mia.id).await).contains("Move it to another time first"));
    let page = bookings::givable(ctx, &scene.ben, &scene.reference).await;
    assert!(matches!(page, Err(Error::Conflict(words)) if words.contains("has come")));
}

#[tokio::test]
async fn a_customer_is_not_sent_to_themselves_and_strangers_to_nobody() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    sqlx::query("UPDATE members SET user_id = $2 WHERE id = $1")
        .bind(scene.tom.id.0)
        .bind(scene.ana.user.unwrap().0)
        .execute(world.owner())
        .await
        .unwrap();
    scene.refuses(scene.tom.id, "booked this visit themselves").await;
    let rival = world.provider("Other Plumbing", "Europe/Berlin").await;
    for stranger in [rival.owner.id, ctx.id()] {
        assert!(complaint(scene.give(&scene.ben, stranger).await, "member").contains("who works here"));
    }
    assert!(complaint(scene.give(&scene.ben, scene.plumbing.owner.id).await, "member").contains("theirs already"));
    team::remove(ctx, &scene.ben, scene.plumbing.id, scene.mia.id).await.unwrap();
    assert!(complaint(scene.give(&scene.ben, scene.mia.id).await, "member").contains("who works here"));
    let nothing = Reassign { to: None, note: "  ".to_owned(), ..to(ctx, &scene.reference, scene.mia.id) };
    let Err(ReassignError::Refused(Error::Invalid(told))) = bookings::reassign(ctx, &scene.ben, nothing).await else {
        panic!("no complaint")
    };
    assert!(told.of("member").is_some() && told.of("note").is_some());
    let long = Reassign { note: "x".repeat(2001), ..to(ctx, &scene.reference, scene.mia.id) };
    assert!(complaint(bookings::reassign(ctx, &scene.ben, long).await, "note").contains("2,000"));
}

/// Every state × everybody: those who run the business give what the table of life lists, nobody else gives anything.
#[tokio::test]
async fn only_who_runs_the_business_gives_and_only_what_is_asked_or_agreed() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let rival = world.provider("Other Plumbing", "Europe/Berlin").await;
    let assigned = scene.plumbing.member("Lea").await;
    let everybody = [
        ("the owner", scene.ben.clone(), None),
        ("a manager", world.actor(&scene.mia.user).await, None),
        ("the member who does it", world.actor(&assigned.user).await, Some(false)),
        ("a colleague", world.actor(&scene.tom.user).await, Some(true)),
        ("the customer", scene.ana.clone(), Some(false)),
        ("another customer", world.actor(&world.customer("Eve").await).await, Some(true)),
        ("another business", world.actor(&rival.owner.user).await, Some(true)),
        ("operations", world.actor(&world.operator("Ops", Role::OpsManager).await).await, Some(false)),
        ("the checkers", world.actor(&world.operator("Che", Role::OnboardingManager).await).await, Some(true)),
        ("nobody", world.visitor(), None),
    ];
    for state in State::ALL.iter().copied() {
        for (name, actor, knows_not) in &everybody {
            sqlx::query(
                "UPDATE bookings SET state = $2, member_id = $3, clock_at = now() + interval '100 years' WHERE reference = $1",
            )
            .bind(&scene.reference)
            .bind(state.name())
            .bind(assigned.id.0)
            .execute(world.owner())
            .await
            .unwrap();
            sqlx::query("UPDATE reservations SET state = 'released'").execute(world.owner()).await.unwrap();
            let done = scene.give(actor, scene.tom.id).await;
            let row = life::find(state, Event::Reassign, bookings::Capacity::Provider);
            let cell = format!("{name} when {}", state.name());
            match (knows_not, row, done) {
                (None, Some(_), Ok(())) if actor.user.is_some() => {
                    assert_eq!(scene.whose().await, scene.tom.id, "{cell}")
                }
                (None, None, Err(ReassignError::Refused(Error::Conflict(_)))) if actor.user.is_some() => {}
                (None, _, Err(ReassignError::Refused(Error::SignIn))) => assert!(actor.user.is_none(), "{cell}"),
                (Some(false), _, Err(ReassignError::Refused(Error::Forbidden(_)))) => {}
                (Some(true), _, Err(ReassignError::Refused(Error::NotFound))) => {}
                (_, _, done) => panic!("{cell}: {done:?}, the table says {row:?}"),
            }
            let after = scene.whose().await;
            let gave = knows_not.is_none() && actor.user.is_some() && row.is_some();
            assert_eq!(after == scene.tom.id, gave, "{cell}");
        }
    }
    let pressed = go(ctx, &scene.ben, &scene.reference, Event::Reassign).await;
    assert!(matches!(pressed, Err(Error::Conflict(_))), "{pressed:?}");
}

#[tokio::test]
async fn forms_that_come_twice_or_late_are_told() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let once = to(ctx, &scene.reference, scene.tom.id);
    bookings::reassign(ctx, &scene.ben, once.clone()).await.unwrap();
    scene.give(&scene.ben, scene.mia.id).await.unwrap();
    // The repetition answers what it did, and gives nothing.
    bookings::reassign(ctx, &scene.ben, once.clone()).await.unwrap();
    assert_eq!(scene.whose().await, scene.mia.id);
    let other = Reassign { to: Some(scene.plumbing.owner.id), ..once.clone() };
    assert!(conflict(bookings::reassign(ctx, &scene.ben, other).await).contains("done its work already"));
    // A form that gave and one that moves are different forms, even under one key.
    let start = Some(at(NOON));
    let note = String::new();
    let moving = Reschedule { reference: scene.reference.clone(), seen: None, start, note, key: once.key };
    assert!(bookings::reschedule(ctx, &scene.ben, moving).await.is_err());
    let late = Reassign { from: Some(scene.tom.id), ..to(ctx, &scene.reference, scene.plumbing.owner.id) };
    assert!(conflict(bookings::reassign(ctx, &scene.ben, late).await).contains("while you were choosing"));
    let moved = Reassign { seen: Some(at(NOON)), ..to(ctx, &scene.reference, scene.plumbing.owner.id) };
    assert!(conflict(bookings::reassign(ctx, &scene.ben, moved).await).contains("moved this visit"));
    let pressed = go(ctx, &scene.ben, &scene.reference, Event::Reassign).await;
    assert!(matches!(pressed, Err(Error::Invalid(told)) if told.of("member").is_some()));
    let history = bookings::find(ctx, &scene.ana, &scene.reference).await.unwrap().history;
    assert_eq!(history.iter().filter(|entry| entry.given.is_some()).count(), 2);
}

#[tokio::test]
async fn a_request_stays_one_and_its_answer_is_due_when_it_was() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let ask = world.service(&scene.plumbing, |s| s.called("Ask first").on_request()).await;
    let reference = held(ctx, &scene.ana, &ask, scene.plumbing.owner.id, "2026-11-10T09:00:00Z").await;
    go(ctx, &scene.ana, &reference, Event::Confirm).await.unwrap();
    let due = bookings::find(ctx, &scene.ana, &reference).await.unwrap().clock_at;
    world.advance(SignedDuration::from_hours(3));
    bookings::reassign(ctx, &scene.ben, to(ctx, &reference, scene.tom.id)).await.unwrap();
    let booking = bookings::find(ctx, &scene.ana, &reference).await.unwrap();
    assert_eq!((booking.state, booking.clock_at), (State::Requested, due));
    assert_eq!(taken(world, &reference).await[0].1, "pending");
    let tom = world.actor(&scene.tom.user).await;
    assert_eq!(go(ctx, &tom, &reference, Event::Accept).await.unwrap(), State::Confirmed);
    // Nobody was invited to what was only asked for, so nobody is uninvited.
    let his = world.mail_to(&scene.plumbing.owner.user.email).await;
    let given = his.iter().find(|mail| mail.kind == "bookings.given").unwrap();
    assert!(given.calendar.is_empty() && given.text.contains("to Tom"), "{}", given.text);
}

fn value<'m>(mail: &'m Mail, property: &str) -> &'m str {
    let line = |line: &'m str| line.strip_prefix(property)?.strip_prefix(':');
    mail.calendar.split("\r\n").find_map(line).unwrap_or_else(|| panic!("no {property}: {}", mail.calendar))
}

#[tokio::test]
async fn everybody_concerned_gets_one_letter_with_the_appointment_as_it_is_for_them() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    world.advance(SignedDuration::from_mins(1));
    let mia = world.actor(&scene.mia.user).await;
    scene.give(&mia, scene.tom.id).await.unwrap();
    let last = async |email: &str| world.mail_to(email).await.pop().unwrap();
    let owner = &scene.plumbing.owner.user;
    let (hers, old, new) = (last("ana@example.org").await, last(&owner.email).await, last(&scene.tom.user.email).await);
    for (mail, method, subject) in [
        (&hers, "REQUEST", "Tom does it: Fix a leak, Wednesday 4 November, 10:00"),
        (&new, "REQUEST", "Given to Tom: Fix a leak, Wednesday 4 November, 10:00"),
        (&old, "CANCEL", "Taken over by Tom: Fix a leak, Wednesday 4 November, 10:00"),
    ] {
        assert_eq!((mail.kind.as_str(), mail.subject.as_str()), ("bookings.given", subject));
        assert_eq!(value(mail, "METHOD"), method, "{subject}");
        assert_eq!(value(mail, "UID"), format!("{}@servicehub", scene.reference));
        assert_eq!(value(mail, "SEQUENCE"), "2", "one more than what was agreed");
        assert!(
            mail.text.contains("Ben has a training.") && mail.text.contains("Mia of Berlin Plumbing gave"),
            "{}",
            mail.text
        );
        assert!(!mail.text.contains("You wrote"), "{}", mail.text);
    }
    assert_eq!(value(&old, "STATUS"), "CANCELLED");
    assert!(hers.text.contains("in place of Berlin Plumbing owner") && hers.text.contains("With Tom, Berlin Plumbing"));
    assert!(
        !old.calendar.contains("URL") && old.text.contains("/provider/calendar") && !old.text.contains("/bookings/")
    );
    assert!(world.mail_to(&scene.mia.user.email).await.is_empty(), "who did it knows");
    let html: Vec<String> = sqlx::query_scalar("SELECT html FROM outbound_messages WHERE kind = 'bookings.given'")
        .fetch_all(world.owner())
        .await
        .unwrap();
    assert!(html.len() == 3 && html.iter().all(|html| html.contains("Ben has a training.")));
    // What happens later goes to whoever does it now, with the next number.
    world.advance(SignedDuration::from_mins(1));
    go(ctx, &scene.ana, &scene.reference, Event::Cancel).await.unwrap();
    let his = last(&scene.tom.user.email).await;
    assert_eq!((value(&his, "METHOD"), value(&his, "SEQUENCE")), ("CANCEL", "3"));
    assert_eq!(last(&owner.email).await.kind, "bookings.given");
}

#[tokio::test]
async fn owners_are_written_to_in_place_of_people_without_a_login_and_once() {
    let scene = scene().await;
    let world = &scene.world;
    sqlx::query("UPDATE members SET user_id = NULL, role = 'member' WHERE id <> $1")
        .bind(scene.plumbing.owner.id.0)
        .execute(world.owner())
        .await
        .unwrap();
    let owner = &scene.plumbing.owner.user.email;
    let given = async || world.mail_to(owner).await.into_iter().filter(|mail| mail.kind == "bookings.given").collect();
    for (n, member) in [(1, &scene.tom), (2, &scene.mia)] {
        world.advance(SignedDuration::from_mins(1));
        scene.give(&scene.ben, member.id).await.unwrap();
        let mails: Vec<Mail> = given().await;
        assert_eq!(mails.len(), n, "one letter for each time, though it was theirs before or they stand for both");
        assert_eq!(value(&mails[n - 1], "METHOD"), "REQUEST");
    }
}

#[tokio::test]
async fn visits_of_whoever_has_left_wait_for_somebody_and_find_one() {
    let scene = scene().await;
    let (ctx, world, business) = (scene.world.ctx(), &scene.world, scene.plumbing.id);
    let his = confirmed(ctx, &scene.ana, &scene.leak, scene.tom.id, NOON).await;
    let ask = world.service(&scene.plumbing, |s| s.called("Ask first").on_request()).await;
    let asked = held(ctx, &scene.ana, &ask, scene.tom.id, "2026-11-05T09:00:00Z").await;
    go(ctx, &scene.ana, &asked, Event::Confirm).await.unwrap();
    let ahead = ahead_of(ctx, &scene.ben, business, scene.tom.id).await.unwrap();
    let ways: Vec<_> = ahead.iter().map(|one| (one.reference.as_str(), one.givable)).collect();
    assert_eq!(ways, [(his.as_str(), true), (asked.as_str(), true)]);
    let waits = async |reference: &str| {
        let portal = bookings::portal(ctx, &scene.ben, business).await.unwrap();
        portal.waiting.iter().find(|(_, task)| task.reference == reference).map(|(wait, _)| *wait)
    };
    assert_eq!((waits(&his).await, waits(&asked).await), (None, Some(Wait::Answer)));
    team::remove(ctx, &scene.ben, business, scene.tom.id).await.unwrap();
    assert_eq!((waits(&his).await, waits(&asked).await), (Some(Wait::Person), Some(Wait::Person)));
    let refused = go(ctx, &scene.ben, &asked, Event::Accept).await;
    assert!(matches!(refused, Err(Error::Conflict(words)) if words.contains("Give the visit to somebody else")));
    for reference in [&his, &asked] {
        bookings::reassign(ctx, &scene.ben, to(ctx, reference, scene.mia.id)).await.unwrap();
    }
    assert_eq!((waits(&his).await, waits(&asked).await), (None, Some(Wait::Answer)));
    assert!(ahead_of(ctx, &scene.ben, business, scene.tom.id).await.unwrap().is_empty());
    // Whoever has left hears nothing more; the owner was told in his place.
    assert!(world.mail_to(&scene.tom.user.email).await.iter().all(|mail| mail.kind != "bookings.given"));
    let told = world.mail_to(&scene.plumbing.owner.user.email).await;
    assert_eq!(told.iter().filter(|mail| mail.kind == "bookings.given").count(), 2);
}

#[tokio::test]
async fn a_visit_that_is_not_begun_for_a_rest_waits_as_well_and_what_is_over_does_not() {
    let scene = scene().await;
    let (ctx, world, business) = (scene.world.ctx(), &scene.world, scene.plumbing.id);
    let his = confirmed(ctx, &scene.ana, &scene.leak, scene.tom.id, NOON).await;
    team::deactivate(ctx, &scene.ben, business, scene.tom.id).await.unwrap();
    let portal = bookings::portal(ctx, &scene.ben, business).await.unwrap();
    assert!(portal.waiting.iter().any(|(wait, task)| (*wait, &task.reference) == (Wait::Person, &his)));
    world.advance(at(NOON).duration_since(world.now()));
    let portal = bookings::portal(ctx, &scene.ben, business).await.unwrap();
    assert!(
        portal.waiting.iter().any(|(wait, task)| (*wait, &task.reference) == (Wait::Begin, &his)),
        "too late to give"
    );
    let ahead = ahead_of(ctx, &scene.ben, business, scene.tom.id).await.unwrap();
    assert!(ahead.iter().all(|one| !one.givable), "{ahead:?}");
}
