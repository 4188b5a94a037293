//! The provider portal: what waits, what comes next, and who may see it.

use domain::availability::{self, Team};
use domain::availability::{Change, Closure, change};
use domain::bookings::{self, Address, Book, Event, ListFilter, Portal, State, Wait, Words};
use domain::catalog::Choice;
use domain::catalog::completeness::{Step, completeness};
use domain::kernel::{Currency, Error, Money, Role, TimeRange, UserId};
use domain::onboarding::suspend_business;
use domain::testing::{Member, Provider, Service, User, World};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// Books and confirms a visit with a member of the business.
async fn visit(world: &World, who: &User, service: &Service, member: &Member, start: &str) -> String {
    let address = Address {
        street: "Linienstraße 1".to_owned(),
        postal_code: "10119".to_owned(),
        city: "Berlin".to_owned(),
        ..Address::default()
    };
    let wish = Book {
        service: service.slug.clone(),
        choice: Choice::default(),
        member: Some(member.id),
        start: Some(at(start)),
        address,
        note: "Ring twice.".to_owned(),
        key: Uuid::from(world.ctx().id::<UserId>()),
    };
    let customer = world.actor(who).await;
    let reference = bookings::book(world.ctx(), &customer, wish).await.expect("a booking");
    bookings::advance(world.ctx(), &customer, &reference, Event::Confirm, Words::default()).await.expect("confirmed");
    reference
}

async fn go(world: &World, who: &User, reference: &str, event: Event) {
    bookings::advance(world.ctx(), &world.actor(who).await, reference, event, Words::default()).await.expect("a move");
}

async fn seen(world: &World, who: &User, provider: &Provider) -> Portal {
    bookings::portal(world.ctx(), &world.actor(who).await, provider.id).await.expect("a portal")
}

async fn team(world: &World, who: &User, provider: &Provider) -> Result<Team, Error> {
    availability::week_of(world.ctx(), &world.actor(who).await, provider.id, date(2026, 11, 2), 7).await
}

fn references(tasks: &[bookings::Task]) -> Vec<&str> {
    tasks.iter().map(|task| task.reference.as_str()).collect()
}

#[tokio::test]
async fn the_next_visit_comes_first_and_days_are_those_of_the_business() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let ana = world.customer("Ana").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak")).await;
    // It is Monday 10:00 in Berlin.
    let later = visit(&world, &ana, &leak, &plumbing.owner, "2026-11-02T14:00:00Z").await;
    let sooner = visit(&world, &ana, &leak, &plumbing.owner, "2026-11-02T10:30:00Z").await;
    let tomorrow = visit(&world, &ana, &leak, &plumbing.owner, "2026-11-03T08:00:00Z").await;
    let week = visit(&world, &ana, &leak, &plumbing.owner, "2026-11-06T08:00:00Z").await;
    let portal = seen(&world, &plumbing.owner.user, &plumbing).await;
    assert_eq!(portal.today, date(2026, 11, 2));
    assert_eq!(references(&portal.of_today), [&sooner, &later]);
    assert_eq!(references(&portal.of_tomorrow), [&tomorrow]);
    assert_eq!((portal.business.coming, portal.waiting.len()), (4, 0));
    let next = portal.next.expect("a next visit");
    assert_eq!(
        (next.reference.as_str(), next.address.city.as_str(), next.note.as_str()),
        (sooner.as_str(), "Berlin", "Ring twice.")
    );
    // Days later the only one left is still found.
    for gone in [&sooner, &later, &tomorrow] {
        go(&world, &ana, gone, Event::Cancel).await;
    }
    let portal = seen(&world, &plumbing.owner.user, &plumbing).await;
    assert_eq!(portal.next.map(|task| task.reference), Some(week));
    assert!(portal.of_today.is_empty() && portal.of_tomorrow.is_empty());
}

#[tokio::test]
async fn what_waits_is_sorted_by_its_clock_and_leaves_when_it_is_done() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let ana = world.customer("Ana").await;
    sqlx::query("UPDATE users SET phone = '+49 30 1234567' WHERE id = $1")
        .bind(ana.id.0)
        .execute(world.owner())
        .await
        .unwrap();
    let owner = plumbing.owner.user.clone();
    let asked = world.service(&plumbing, |s| s.called("Asked first").on_request()).await;
    let instant = world.service(&plumbing, |s| s.called("At once")).await;
    let relaxed = visit(&world, &ana, &asked, &plumbing.owner, "2026-11-05T10:00:00Z").await;
    let urgent = visit(&world, &ana, &asked, &plumbing.owner, "2026-11-02T13:00:00Z").await;
    let soon = visit(&world, &ana, &instant, &plumbing.owner, "2026-11-02T09:30:00Z").await;
    let portal = seen(&world, &owner, &plumbing).await;
    let waiting: Vec<(Wait, &str)> =
        portal.waiting.iter().map(|(wait, task)| (*wait, task.reference.as_str())).collect();
    assert_eq!(waiting, [(Wait::Answer, urgent.as_str()), (Wait::Answer, relaxed.as_str())]);
    assert_eq!(portal.waiting[0].1.clock_at, Some(at("2026-11-02T11:00:00Z")));
    // Requests are not agreed: they are no visits of the day, and their customer's number stays hidden.
    assert_eq!(references(&portal.of_today), [&soon]);
    assert!(portal.waiting.iter().all(|(_, task)| task.phone.is_none()));
    assert_eq!(portal.next.and_then(|task| task.phone).as_deref(), Some("+49 30 1234567"));

    go(&world, &owner, &urgent, Event::Accept).await;
    world.advance(SignedDuration::from_mins(45));
    let portal = seen(&world, &owner, &plumbing).await;
    assert!(portal.waiting.iter().any(|(wait, task)| (*wait, &task.reference) == (Wait::Begin, &soon)));
    go(&world, &owner, &soon, Event::Start).await;
    let portal = seen(&world, &owner, &plumbing).await;
    assert!(portal.waiting.iter().any(|(wait, task)| (*wait, &task.reference) == (Wait::Finish, &soon)));
    assert_eq!(portal.next.as_ref().map(|task| task.state), Some(State::Started));
    go(&world, &owner, &soon, Event::Finish).await;
    let portal = seen(&world, &owner, &plumbing).await;
    assert_eq!(portal.waiting.len(), 1);
    assert_eq!(references(&portal.of_today), [&soon, &urgent]);
    assert_eq!(portal.next.map(|task| task.reference), Some(urgent));
}

#[tokio::test]
async fn members_see_their_own_work_and_strangers_nothing() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let other = world.provider("Other Plumbing", "Europe/Berlin").await;
    let (tom, mia) = (plumbing.member("Tom").await, plumbing.manager("Mia").await);
    let ana = world.customer("Ana").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak")).await;
    let toms = visit(&world, &ana, &leak, &tom, "2026-11-02T10:00:00Z").await;
    let owners = visit(&world, &ana, &leak, &plumbing.owner, "2026-11-02T10:00:00Z").await;

    let own = seen(&world, &tom.user, &plumbing).await;
    assert_eq!((references(&own.of_today), own.business.coming), (vec![toms.as_str()], 1));
    for manager in [&plumbing.owner.user, &mia.user] {
        let all = seen(&world, manager, &plumbing).await;
        assert_eq!((all.of_today.len(), all.business.coming, all.business.members), (2, 2, 3));
    }
    let names = |team: &Team| team.members.iter().map(|member| member.id).collect::<Vec<_>>();
    assert_eq!(names(&team(&world, &tom.user, &plumbing).await.unwrap()), [tom.id]);
    assert_eq!(team(&world, &mia.user, &plumbing).await.unwrap().members.len(), 3);

    let day = TimeRange::new(at("2026-11-02T00:00:00Z"), at("2026-11-03T00:00:00Z")).unwrap();
    let tom_acts = world.actor(&tom.user).await;
    let entries = bookings::calendar(world.ctx(), &tom_acts, plumbing.id, day).await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.reference.as_deref()).collect::<Vec<_>>(), [Some(toms.as_str())]);
    let list =
        bookings::list_of_provider(world.ctx(), &tom_acts, plumbing.id, ListFilter::Open, "", None).await.unwrap();
    assert_eq!(list.items.iter().map(|row| row.reference.as_str()).collect::<Vec<_>>(), [toms.as_str()]);
    assert!(matches!(bookings::find(world.ctx(), &tom_acts, &owners).await, Err(Error::NotFound)));

    for stranger in [&ana, &other.owner.user] {
        let actor = world.actor(stranger).await;
        assert!(matches!(bookings::portal(world.ctx(), &actor, plumbing.id).await, Err(Error::NotFound)));
        assert!(matches!(team(&world, stranger, &plumbing).await, Err(Error::NotFound)));
        assert!(matches!(bookings::calendar(world.ctx(), &actor, plumbing.id, day).await, Err(Error::NotFound)));
    }
    let nobody = world.visitor();
    assert!(matches!(bookings::portal(world.ctx(), &nobody, plumbing.id).await, Err(Error::SignIn)));
}

#[tokio::test]
async fn members_keep_their_own_calendar_and_managers_everybodys() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let tom = plumbing.member("Tom").await;
    let ana = world.customer("Ana").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak")).await;
    visit(&world, &ana, &leak, &tom, "2026-11-02T10:00:00Z").await;
    let range = |from: &str, to: &str| TimeRange::new(at(from), at(to)).unwrap();
    let block = async |who: &User, member: &Member, range: TimeRange| {
        availability::block(world.ctx(), &world.actor(who).await, member.id, range, "Dentist".to_owned()).await
    };
    let noon = range("2026-11-02T12:00:00Z", "2026-11-02T13:00:00Z");
    assert!(matches!(block(&tom.user, &plumbing.owner, noon).await, Err(Error::NotFound)));
    assert!(matches!(block(&ana, &tom, noon).await, Err(Error::NotFound)));
    let over = range("2026-11-02T10:30:00Z", "2026-11-02T12:00:00Z");
    assert!(matches!(block(&tom.user, &tom, over).await, Err(Error::Conflict(_))));
    block(&tom.user, &tom, noon).await.expect("an hour of his own");
    block(&plumbing.owner.user, &tom, range("2026-11-02T15:00:00Z", "2026-11-02T16:00:00Z")).await.expect("as owner");

    let day = range("2026-11-02T00:00:00Z", "2026-11-03T00:00:00Z");
    let owner = world.actor(&plumbing.owner.user).await;
    let entries = bookings::calendar(world.ctx(), &owner, plumbing.id, day).await.unwrap();
    let blocks: Vec<_> = entries.iter().filter(|entry| entry.kind == "blocked").collect();
    assert_eq!(blocks.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>(), ["Dentist", "Dentist"]);
    let stranger = world.actor(&ana).await;
    assert!(matches!(availability::unblock(world.ctx(), &stranger, blocks[0].id.0).await, Err(Error::NotFound)));
    availability::unblock(world.ctx(), &owner, blocks[0].id.0).await.expect("freed");
    assert!(matches!(availability::unblock(world.ctx(), &owner, blocks[0].id.0).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn hours_come_with_exceptions_and_closures() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    plumbing.owner.works(1..=5, 8, 16).await.rests(1..=5, 720, 780).await;
    sqlx::query("INSERT INTO member_exceptions (id, member_id, date, kind, starts_min, ends_min) VALUES (gen_random_uuid(), $1, '2026-11-07', 'open', 600, 720)")
        .bind(plumbing.owner.id.0)
        .execute(world.owner())
        .await
        .unwrap();
    sqlx::query("INSERT INTO provider_closures (id, provider_id, first_date, last_date) VALUES (gen_random_uuid(), $1, '2026-11-05', '2026-11-06')")
        .bind(plumbing.id.0)
        .execute(world.owner())
        .await
        .unwrap();
    let team = team(&world, &plumbing.owner.user, &plumbing).await.unwrap();
    assert_eq!(team.zone.name(), "Europe/Berlin");
    let open = |day| team.members[0].calendar.open_on(date(2026, 11, day));
    assert_eq!(open(2), [(480, 720), (780, 960)]);
    assert_eq!(open(5), []);
    assert_eq!(open(7), [(600, 720)]);
    assert_eq!(open(8), []);
}

#[tokio::test]
async fn the_portal_takes_two_statements_and_hours_one() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let actor = world.actor(&plumbing.owner.user).await;
    let (portal, heard) = world.statements(bookings::portal(world.ctx(), &actor, plumbing.id)).await;
    assert!(portal.is_ok());
    assert_eq!(heard.len(), 2, "{heard:?}");
    let (hours, heard) =
        world.statements(availability::week_of(world.ctx(), &actor, plumbing.id, date(2026, 11, 2), 7)).await;
    assert!(hours.is_ok());
    assert_eq!(heard.len(), 1, "{heard:?}");
}

/// A document of an application the business came from, accepted and good until a day.
async fn document(world: &World, provider: &Provider, kind: &str, expires_on: Option<&str>) {
    sqlx::query(
        "WITH application AS (
             INSERT INTO applications (id, reference, user_id, state, created_at, changed_at, submitted_at, provider_id)
             SELECT gen_random_uuid(), 'AP-' || p.id, $2, 'approved', $3::timestamptz, $3::timestamptz, $3::timestamptz, p.id
             FROM providers p WHERE p.id = $1 AND NOT EXISTS (SELECT FROM applications a WHERE a.provider_id = p.id)
             RETURNING id)
         INSERT INTO application_documents (id, application_id, kind, number, expires_on, state, created_at)
         SELECT gen_random_uuid(), id, $4, 'L01X', $5::text::date, 'accepted', $3::timestamptz
         FROM (SELECT id FROM application UNION SELECT id FROM applications WHERE provider_id = $1) known",
    )
    .bind(provider.id.0)
    .bind(provider.owner.user.id.0)
    .bind(world.now().to_string())
    .bind(kind)
    .bind(expires_on)
    .execute(world.owner())
    .await
    .expect("a document");
}

#[tokio::test]
async fn the_dashboard_says_what_keeps_customers_away() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let tom = plumbing.member("Tom").await;
    let owner = plumbing.owner.user.clone();
    let fine = seen(&world, &owner, &plumbing).await.business;
    assert_eq!((fine.suspended, fine.papers_over, fine.ending, fine.away), (None, false, None, None));

    // Of several documents the one that ends first, once it is within thirty days; of a kind the latest counts.
    document(&world, &plumbing, "insurance", Some("2026-11-10")).await;
    document(&world, &plumbing, "insurance", Some("2026-12-03")).await;
    document(&world, &plumbing, "identity", Some("2026-12-02")).await;
    document(&world, &plumbing, "licence", None).await;
    let ending = async || seen(&world, &owner, &plumbing).await.business.ending;
    assert_eq!(ending().await, Some(("identity".to_owned(), date(2026, 12, 2))));
    assert_eq!(seen(&world, &tom.user, &plumbing).await.business.ending, None, "for those who run it");

    let acts = world.actor(&owner).await;
    let away = Change::Away {
        dates: Closure { first: date(2026, 11, 9), last: date(2026, 11, 13) },
        reason: "At the sea.".to_owned(),
    };
    change(world.ctx(), &acts, plumbing.id, away, "").await.expect("away");
    let boss = world.actor(&world.operator("Olivia", Role::OnboardingManager).await).await;
    suspend_business(world.ctx(), &boss, &plumbing.slug, "Three visits were missed.").await.expect("suspended");
    for who in [&owner, &tom.user] {
        let business = seen(&world, who, &plumbing).await.business;
        assert_eq!(business.suspended.as_deref(), Some("Three visits were missed."));
        assert_eq!(
            business.away.map(|away| (away.back(), away.reason)),
            Some((date(2026, 11, 14), "At the sea.".to_owned()))
        );
    }
    world.advance(SignedDuration::from_hours(12 * 24));
    assert_eq!(seen(&world, &owner, &plumbing).await.business.away, None, "back again");
}

#[tokio::test]
async fn what_was_finished_this_month_is_told_by_its_price() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let tom = plumbing.member("Tom").await;
    let ana = world.customer("Ana").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").costs(5000)).await;
    let toms = visit(&world, &ana, &leak, &tom, "2026-11-02T10:00:00Z").await;
    let owners = visit(&world, &ana, &leak, &plumbing.owner, "2026-11-02T10:00:00Z").await;
    visit(&world, &ana, &leak, &tom, "2026-11-02T14:00:00Z").await;
    let euros = |minor| vec![Money::new(minor, Currency::parse("EUR").expect("a currency"))];
    let finished = async |who: &User| seen(&world, who, &plumbing).await.business.finished;
    assert_eq!(finished(&plumbing.owner.user).await, [], "agreed is not finished");
    world.advance(SignedDuration::from_hours(3));
    for (who, reference) in [(&tom.user, &toms), (&plumbing.owner.user, &owners)] {
        go(&world, who, reference, Event::Start).await;
        go(&world, who, reference, Event::Finish).await;
    }
    assert_eq!(finished(&plumbing.owner.user).await, euros(10_000));
    assert_eq!(finished(&tom.user).await, euros(5000), "members see their own");
    // On the first of the next month the count begins anew, by the clocks of the business: 23:00 UTC is midnight there.
    let month = at("2026-11-30T23:00:00Z");
    world.advance(month.duration_since(world.now()) - SignedDuration::from_secs(1));
    assert_eq!(finished(&plumbing.owner.user).await, euros(10_000));
    world.advance(SignedDuration::from_secs(1));
    assert_eq!(finished(&plumbing.owner.user).await, []);
}

#[tokio::test]
async fn facts_of_the_business_lead_to_the_next_step() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let tom = plumbing.member("Tom").await;
    let owner = plumbing.owner.user.clone();
    let next = async || {
        let facts = seen(&world, &owner, &plumbing).await.business.facts.expect("for those who run it");
        completeness(&facts).next
    };
    let run = async |sql: &'static str| {
        sqlx::query(sql).bind(plumbing.id.0).execute(world.owner()).await.expect("a change");
    };
    assert!(seen(&world, &tom.user, &plumbing).await.business.facts.is_none());
    assert_eq!(next().await, Some(Step::Write));
    world.service(&plumbing, |s| s.called("Boiler check").standing("draft")).await;
    assert_eq!(next().await, Some(Step::Offer));
    run("UPDATE services SET status = 'review' WHERE provider_id = $1").await;
    assert_eq!(next().await, Some(Step::Skills), "what waits for us is no step of theirs");
    run("UPDATE services SET status = 'live' WHERE provider_id = $1").await;
    assert_eq!(next().await, Some(Step::Picture));
    run("UPDATE members SET active = false WHERE provider_id = $1 AND role = 'member'").await;
    run("DELETE FROM service_members WHERE service_id IN (SELECT id FROM services WHERE provider_id = $1)").await;
    assert_eq!(next().await, Some(Step::Staff));
    run("DELETE FROM member_hours WHERE member_id IN (SELECT id FROM members WHERE provider_id = $1)").await;
    assert_eq!(next().await, Some(Step::Hours));
}
