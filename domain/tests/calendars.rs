//! Calendars kept elsewhere: busy there is busy here, and never at the cost of a booking.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::accounts::privacy::delete_account;
use domain::bookings::{self, Event};
use domain::calendars::{
    FeedKind, Health, MOST_SOURCES, Source, TASK_READ, add_source, enqueue_due, feeds, make_feed, read_source,
    remove_source, sources, stale_sources,
};
use domain::kernel::fetch::Unfetched;
use domain::kernel::{Actor, Context, Error, MemberId, TimeRange};
use domain::testing::{Elsewhere, PASSWORD, Provider, World};
use jiff::SignedDuration;
use std::sync::Arc;
use story::{at, go, wish};

const ADDRESS: &str = "https://calendar.example/ana%40example.org/private-5ecret/basic.ics";
/// Live reservations of one member that overlap: asked of the rows, not of the constraint.
const OVERLAPS: &str = "SELECT count(*) FROM reservations a JOIN reservations b
    ON a.member_id = b.member_id AND a.id < b.id AND a.during && b.during
    WHERE a.state <> 'released' AND b.state <> 'released'";

struct Scene {
    world: World,
    ctx: Context,
    elsewhere: Arc<Elsewhere>,
    business: Provider,
    owner: Actor,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let elsewhere = Arc::new(Elsewhere::default());
    let ctx = Context { calendars: elsewhere.clone(), ..world.ctx().clone() };
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let owner = world.actor(&business.owner.user).await;
    Scene { world, ctx, elsewhere, business, owner }
}

impl Scene {
    async fn add(&self) -> Source {
        add_source(&self.ctx, &self.owner, Some(self.business.owner.id), ("Private", ADDRESS)).await.unwrap();
        self.source().await
    }

    async fn source(&self) -> Source {
        sources(&self.ctx, &self.owner, self.business.id).await.unwrap().sources.remove(0)
    }

    async fn read(&self) -> Source {
        read_source(&self.ctx, self.source().await.id).await.unwrap();
        self.source().await
    }

    /// What is taken by calendars elsewhere.
    async fn imported(&self) -> Vec<String> {
        let day = SignedDuration::from_hours(200 * 24);
        let range = TimeRange::new(self.world.now() - day, self.world.now() + day).unwrap();
        let entries = bookings::calendar(&self.ctx, &self.owner, self.business.id, range).await.unwrap();
        let imported = entries.into_iter().filter(|entry| entry.kind == "imported");
        imported
            .map(|entry| {
                assert_eq!((entry.title.as_str(), entry.reference), ("", None), "busy, and no word more");
                format!("{}-{}", entry.starts.strftime("%m-%d %H:%M"), entry.ends.strftime("%H:%M"))
            })
            .collect()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(self.world.owner()).await.unwrap()
    }
}

#[tokio::test]
async fn busy_there_is_busy_here_and_nothing_else_is_known() {
    let scene = scene().await;
    let leak = scene.world.service(&scene.business, |service| service.called("Fix a leak")).await;
    assert_eq!(scene.add().await.health(scene.world.now()), Health::Waiting);
    scene.elsewhere.says(&[
        "DTSTART:20261103T090000Z\r\nDTEND:20261103T110000Z",
        "DTSTART:20261104T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2",
        "DTSTART:20270601T100000Z\r\nDURATION:PT1H",
    ]);
    let source = scene.read().await;
    assert_eq!((source.health(scene.world.now()), source.busy, source.unread), (Health::Fine, 3, 0));
    assert_eq!(scene.imported().await, ["11-03 09:00-11:00", "11-04 10:00-11:00", "11-11 10:00-11:00"]);
    let ana = scene.world.actor(&scene.world.customer("Ana").await).await;
    let taken = bookings::book(&scene.ctx, &ana, wish(&scene.ctx, &leak, at("2026-11-03T10:00:00Z"))).await;
    assert!(taken.is_err(), "nobody books what is busy");
    bookings::book(&scene.ctx, &ana, wish(&scene.ctx, &leak, at("2026-11-03T12:00:00Z"))).await.unwrap();

    // The same again changes nothing, and says nothing to the history.
    let entries = "SELECT count(*) FROM audit_entries WHERE action = 'calendar.imported'";
    assert_eq!(scene.count(entries).await, 1);
    scene.read().await;
    assert_eq!(scene.count(entries).await, 1);
    // What is not said any more is given back, and leaves nothing behind.
    scene.elsewhere.says(&["DTSTART:20261104T100000Z\r\nDURATION:PT1H"]);
    scene.read().await;
    assert_eq!(scene.imported().await, ["11-04 10:00-11:00"]);
    assert_eq!(scene.count("SELECT count(*) FROM reservations WHERE source_id IS NOT NULL").await, 1);

    for secret in ["surgery", "5ecret", "private-", "example.org/private"] {
        let tables: Vec<String> = sqlx::query_scalar(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
        )
        .fetch_all(scene.world.owner())
        .await
        .unwrap();
        for table in tables {
            let asked = format!("SELECT count(*) FROM {table} t WHERE t::text ILIKE '%' || $1 || '%'");
            let asked = sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(asked)).bind(secret);
            assert_eq!(asked.fetch_one(scene.world.owner()).await.unwrap(), 0, "{secret} in {table}");
        }
    }
}

#[tokio::test]
async fn a_booking_stays_and_the_two_are_told_of() {
    let scene = scene().await;
    let leak = scene.world.service(&scene.business, |service| service.called("Fix a leak")).await;
    let ana = scene.world.actor(&scene.world.customer("Ana").await).await;
    let reference =
        bookings::book(&scene.ctx, &ana, wish(&scene.ctx, &leak, at("2026-11-03T10:00:00Z"))).await.unwrap();
    go(&scene.ctx, &ana, &reference, Event::Confirm).await.unwrap();
    scene.add().await;
    scene.elsewhere.says(&["DTSTART:20261103T080000Z\r\nDTEND:20261103T150000Z"]);
    let source = scene.read().await;
    assert_eq!(source.conflicts.len(), 1);
    assert_eq!(source.conflicts[0].start, at("2026-11-03T10:00:00Z"));
    assert_eq!(scene.count(OVERLAPS).await, 0);
    let around = scene.imported().await;
    assert_eq!(around.len(), 2, "the time around it is taken: {around:?}");
    assert!(around[0].starts_with("11-03 08:00") && around[1].ends_with("15:00"), "{around:?}");
    assert_eq!(bookings::find(&scene.ctx, &ana, &reference).await.unwrap().state, bookings::State::Confirmed);
    // When the booking goes, its time is busy too.
    go(&scene.ctx, &ana, &reference, Event::Cancel).await.unwrap();
    assert!(scene.read().await.conflicts.is_empty());
    assert_eq!(scene.imported().await, ["11-03 08:00-15:00"]);
}

#[tokio::test]
async fn two_calendars_share_a_day_and_ended_holds_are_no_obstacle() {
    let scene = scene().await;
    let leak = scene.world.service(&scene.business, |service| service.called("Fix a leak")).await;
    let ana = scene.world.actor(&scene.world.customer("Ana").await).await;
    bookings::book(&scene.ctx, &ana, wish(&scene.ctx, &leak, at("2026-11-03T10:00:00Z"))).await.unwrap();
    scene.world.advance(SignedDuration::from_mins(11));
    let first = scene.add().await;
    scene.elsewhere.says(&["DTSTART:20261103T090000Z\r\nDURATION:PT3H"]);
    assert!(scene.read().await.conflicts.is_empty());
    add_source(&scene.ctx, &scene.owner, Some(scene.business.owner.id), ("Work", ADDRESS)).await.unwrap();
    let all = sources(&scene.ctx, &scene.owner, scene.business.id).await.unwrap().sources;
    let second = all.into_iter().find(|source| source.id != first.id).unwrap();
    scene.elsewhere.says(&["DTSTART:20261103T100000Z\r\nDURATION:PT3H"]);
    read_source(&scene.ctx, second.id).await.unwrap();
    assert_eq!(scene.imported().await, ["11-03 09:00-12:00", "11-03 12:00-13:00"]);
    assert_eq!(scene.count(OVERLAPS).await, 0);
    remove_source(&scene.ctx, &scene.owner, first.id).await.unwrap();
    read_source(&scene.ctx, second.id).await.unwrap();
    assert_eq!(scene.imported().await, ["11-03 10:00-13:00"]);
    assert_eq!(scene.count("SELECT count(*) FROM calendar_readings").await, 1);
    read_source(&scene.ctx, first.id).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_and_booking_at_once_never_overlap() {
    let scene = scene().await;
    let leak = scene.world.service(&scene.business, |service| service.called("Fix a leak")).await;
    let source = scene.add().await;
    for day in 3..7 {
        let mut tasks = tokio::task::JoinSet::new();
        for hour in 9..15 {
            let ctx = scene.ctx.clone();
            let ana = scene.world.actor(&scene.world.customer(&format!("Ana{day}x{hour}")).await).await;
            let wish = wish(&ctx, &leak, at(&format!("2026-11-0{day}T{hour:02}:00:00Z")));
            tasks.spawn(async move { bookings::book(&ctx, &ana, wish).await.map(drop).map_err(|_| ()) });
            let ctx = scene.ctx.clone();
            let busy = format!("DTSTART:2026110{day}T{hour:02}0000Z\r\nDURATION:PT90M");
            scene.elsewhere.says(&[&busy]);
            tasks.spawn(async move { read_source(&ctx, source.id).await.map_err(|error| panic!("{error}")) });
        }
        let done = tasks.join_all().await;
        assert!(done.iter().any(Result::is_ok));
    }
    assert_eq!(scene.count(OVERLAPS).await, 0);
    assert!(scene.count("SELECT count(*) FROM bookings").await > 0);
}

#[tokio::test]
async fn a_calendar_that_cannot_be_read_says_why_and_since_when() {
    let scene = scene().await;
    scene.add().await;
    scene.elsewhere.says(&["DTSTART:20261103T090000Z\r\nDURATION:PT1H", "DTSTART:soon"]);
    assert_eq!(scene.read().await.unread, 1);
    let begun = scene.world.now();
    scene.elsewhere.fails(Unfetched::Status(404));
    scene.world.advance(SignedDuration::from_mins(15));
    let failing = scene.read().await;
    assert_eq!(failing.failing, Some((scene.world.now(), "status 404".to_owned())));
    assert_eq!((failing.health(scene.world.now()), failing.read_at), (Health::Failing, Some(begun)));
    scene.elsewhere.fails(Unfetched::TooSlow);
    scene.world.advance(SignedDuration::from_hours(24));
    let stale = scene.read().await;
    assert_eq!(stale.failing.clone().unwrap().1, "slow", "the latest reason");
    assert_eq!(stale.failing.as_ref().unwrap().0, begun + SignedDuration::from_mins(15), "since the first time");
    assert_eq!(stale.health(scene.world.now()), Health::Stale);
    assert_eq!(scene.imported().await, ["11-03 09:00-10:00"], "what it told before still holds");
    scene.elsewhere.says(&[]);
    let fine = scene.read().await;
    assert_eq!((fine.health(scene.world.now()), fine.failing), (Health::Fine, None));
    assert!(scene.imported().await.is_empty());
    let crumbs: Vec<String> = (0..2100)
        .map(|n| {
            format!(
                "DTSTART:{}\r\nDURATION:PT1M",
                (scene.world.now() + SignedDuration::from_mins(n * 3)).strftime("%Y%m%dT%H%M%SZ")
            )
        })
        .collect();
    scene.elsewhere.says(&crumbs.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(scene.read().await.failing.unwrap().1, "too much");
}

#[tokio::test]
async fn a_calendar_that_grew_old_is_told_once_for_each_time() {
    let scene = scene().await;
    let (world, business) = (&scene.world, &scene.business);
    let stale = async |who: &Actor| stale_sources(&scene.ctx, who, business.id).await.unwrap();
    let letters = async |email: &str| {
        let mails = world.mail_to(email).await;
        mails.into_iter().filter(|mail| mail.kind == "calendars.stale").collect::<Vec<_>>()
    };
    let owner = &business.owner.user.email;
    scene.add().await;
    scene.elsewhere.says(&[]);
    scene.read().await;
    scene.elsewhere.fails(Unfetched::Status(404));
    world.advance(SignedDuration::from_hours(24));
    scene.read().await;
    assert!(stale(&scene.owner).await.is_empty() && letters(owner).await.is_empty(), "a day and not a second more");
    world.advance(SignedDuration::from_mins(15));
    scene.read().await;
    assert_eq!(stale(&scene.owner).await, [("Private".to_owned(), "Berlin Plumbing owner".to_owned())]);
    let portal = bookings::portal(&scene.ctx, &scene.owner, business.id).await.unwrap();
    assert_eq!(portal.business.stale_calendars.len(), 1);
    let told = letters(owner).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains("“Private” at calendar.example") && told[0].text.contains("Copy its address again"));
    assert_eq!(told[0].path(), "/provider/calendar/sources");
    // Again and again it cannot be read: nobody is told again.
    for _ in 0..3 {
        world.advance(SignedDuration::from_hours(9));
        scene.read().await;
    }
    assert_eq!(letters(owner).await.len(), 1);
    assert_eq!(scene.count("SELECT count(*) FROM audit_entries WHERE action = 'calendar.source_stale'").await, 1);
    // Read well, it is fresh; and another time it grows old is another letter.
    scene.elsewhere.says(&[]);
    scene.read().await;
    assert!(stale(&scene.owner).await.is_empty());
    scene.elsewhere.fails(Unfetched::TooSlow);
    for _ in 0..2 {
        world.advance(SignedDuration::from_hours(25));
        scene.read().await;
    }
    assert_eq!(letters(owner).await.len(), 2);
}

#[tokio::test]
async fn of_people_without_a_login_those_who_manage_are_told() {
    let scene = scene().await;
    let (world, business) = (&scene.world, &scene.business);
    let (max, tia) = (business.manager("Max").await, business.member("Tia").await);
    let uwe = domain::team::add(&scene.ctx, &scene.owner, business.id, "Uwe").await.unwrap();
    add_source(&scene.ctx, &scene.owner, Some(uwe), ("Football", ADDRESS)).await.unwrap();
    scene.elsewhere.fails(Unfetched::TooSlow);
    scene.read().await;
    world.advance(SignedDuration::from_hours(25));
    scene.read().await;
    for (who, told) in [(&business.owner, 1), (&max, 1), (&tia, 0)] {
        let mails = world.mail_to(&who.user.email).await;
        let stale: Vec<_> = mails.iter().filter(|mail| mail.kind == "calendars.stale").collect();
        assert_eq!(stale.len(), told, "{}", who.user.email);
        assert!(stale.iter().all(|mail| mail.text.contains("The calendar of Uwe, “Football”")));
    }
    // Tia sees her own calendars only, and neither does anybody from elsewhere see these.
    let tia = world.actor(&tia.user).await;
    assert!(stale_sources(&scene.ctx, &tia, business.id).await.unwrap().is_empty());
    let eve = world.actor(&world.customer("Eve").await).await;
    assert!(matches!(stale_sources(&scene.ctx, &eve, business.id).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn every_quarter_of_an_hour_a_job_is_made() {
    let scene = scene().await;
    assert_eq!(enqueue_due(&scene.ctx, 50).await.unwrap(), 0);
    let source = scene.add().await;
    assert_eq!(enqueue_due(&scene.ctx, 50).await.unwrap(), 1, "a new one at once");
    assert_eq!(enqueue_due(&scene.ctx, 50).await.unwrap(), 0);
    assert_eq!(scene.world.waiting_jobs().await, 1);
    scene.elsewhere.says(&["DTSTART:20261103T090000Z\r\nDURATION:PT1H"]);
    let payload = serde_json::json!({ "source": source.id });
    domain::jobs::run(&scene.ctx, TASK_READ, &payload).await.unwrap();
    assert_eq!(scene.imported().await.len(), 1);
    scene.world.advance(SignedDuration::from_mins(14));
    assert_eq!(enqueue_due(&scene.ctx, 50).await.unwrap(), 0);
    scene.world.advance(SignedDuration::from_mins(1));
    domain::jobs::sweep(&scene.ctx).await.unwrap();
    assert_eq!(scene.world.waiting_jobs().await, 2);
    // What nobody could read for a day is asked for less often.
    scene.elsewhere.fails(Unfetched::Unreachable);
    read_source(&scene.ctx, source.id).await.unwrap();
    scene.world.advance(SignedDuration::from_hours(25));
    assert_eq!(enqueue_due(&scene.ctx, 50).await.unwrap(), 1);
    scene.world.advance(SignedDuration::from_mins(59));
    assert_eq!(enqueue_due(&scene.ctx, 50).await.unwrap(), 0);
    scene.world.advance(SignedDuration::from_mins(1));
    assert_eq!(enqueue_due(&scene.ctx, 50).await.unwrap(), 1);
}

#[tokio::test]
async fn calendars_are_kept_by_their_people() {
    let scene = scene().await;
    let (cem, dina) = (scene.business.member("Cem").await, scene.business.manager("Dina").await);
    let stranger = scene.world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
    let (cems, dinas) = (scene.world.actor(&cem.user).await, scene.world.actor(&dina.user).await);
    let others = scene.world.actor(&stranger.owner.user).await;
    let add =
        async |who: &Actor, member: MemberId| add_source(&scene.ctx, who, Some(member), ("Private", ADDRESS)).await;
    assert!(matches!(add(&others, cem.id).await, Err(Error::NotFound)));
    assert!(matches!(add(&cems, dina.id).await, Err(Error::NotFound)));
    assert!(matches!(add(&scene.world.visitor(), cem.id).await, Err(Error::SignIn)));
    add(&cems, cem.id).await.unwrap();
    add(&dinas, cem.id).await.unwrap();
    add(&dinas, dina.id).await.unwrap();
    let seen = async |who: &Actor| sources(&scene.ctx, who, scene.business.id).await.map(|all| all.sources.len());
    assert_eq!((seen(&cems).await.unwrap(), seen(&dinas).await.unwrap()), (2, 3));
    assert!(matches!(seen(&others).await, Err(Error::NotFound)));
    let (_, said) = scene.world.statements(sources(&scene.ctx, &dinas, scene.business.id)).await;
    assert_eq!(said.len(), 2, "{said:?}");
    let hers = sources(&scene.ctx, &dinas, scene.business.id).await.unwrap().sources;
    let hers = hers.iter().find(|source| source.member == dina.id).unwrap().id;
    for who in [&cems, &others] {
        assert!(matches!(remove_source(&scene.ctx, who, hers).await, Err(Error::NotFound)));
    }
    remove_source(&scene.ctx, &dinas, hers).await.unwrap();
    for _ in 2..MOST_SOURCES {
        add(&cems, cem.id).await.unwrap();
    }
    assert!(matches!(add(&cems, cem.id).await, Err(Error::Conflict(_))), "enough");
    let wrong = add_source(&scene.ctx, &cems, None, (" ", "http://127.0.0.1/")).await;
    let Err(Error::Invalid(errors)) = wrong else { panic!("{wrong:?}") };
    assert!(["member", "name", "address"].iter().all(|field| errors.of(field).is_some()), "{errors:?}");
    add_source(&scene.ctx, &dinas, Some(dina.id), ("Mine", "webcal://calendar.example/x")).await.unwrap();
    let all = sources(&scene.ctx, &dinas, scene.business.id).await.unwrap().sources;
    assert!(all.iter().all(|source| source.host == "calendar.example"));
}

#[tokio::test]
async fn whoever_leaves_takes_their_calendars_along() {
    let scene = scene().await;
    scene.add().await;
    scene.elsewhere.says(&["DTSTART:20261103T090000Z\r\nDURATION:PT1H"]);
    let source = scene.read().await;
    make_feed(&scene.ctx, &scene.owner, FeedKind::Work).await.unwrap();
    assert_eq!(feeds(&scene.ctx, &scene.owner).await.unwrap().len(), 1);
    delete_account(&scene.ctx, &scene.owner, PASSWORD.to_owned()).await.unwrap();
    let left = "SELECT (SELECT count(*) FROM calendar_feeds) + (SELECT count(*) FROM calendar_sources)
        + (SELECT count(*) FROM calendar_readings)";
    assert_eq!(scene.count(left).await, 0);
    // A job that was on its way finds nothing to do.
    read_source(&scene.ctx, source.id).await.unwrap();
}

#[tokio::test]
async fn who_leaves_a_business_leaves_no_calendar_there_and_who_rests_has_theirs_removed_for_them() {
    let scene = scene().await;
    let (cem, dina) = (scene.business.member("Cem").await, scene.business.member("Dina").await);
    scene.elsewhere.says(&["DTSTART:20261103T090000Z\r\nDURATION:PT1H"]);
    for member in [&cem, &dina] {
        add_source(&scene.ctx, &scene.owner, Some(member.id), ("Private", ADDRESS)).await.unwrap();
    }
    for source in sources(&scene.ctx, &scene.owner, scene.business.id).await.unwrap().sources {
        read_source(&scene.ctx, source.id).await.unwrap();
    }
    assert_eq!(scene.imported().await.len(), 2);
    domain::team::remove(&scene.ctx, &scene.owner, scene.business.id, cem.id).await.unwrap();
    let left = sources(&scene.ctx, &scene.owner, scene.business.id).await.unwrap().sources;
    assert_eq!(left.iter().map(|source| source.member).collect::<Vec<_>>(), [dina.id], "the address is gone with him");
    assert_eq!(scene.imported().await.len(), 1, "and so is what it kept");
    domain::team::deactivate(&scene.ctx, &scene.owner, scene.business.id, dina.id).await.unwrap();
    remove_source(&scene.ctx, &scene.owner, left[0].id).await.unwrap();
    assert!(scene.imported().await.is_empty());
    let gone = add_source(&scene.ctx, &scene.owner, Some(cem.id), ("Private", ADDRESS)).await;
    assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
}
