//! Keeping hours: who may, what is asked before visits are left outside, and that bookings follow what is saved.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::availability::{
    self, Change, Closure, Exception, Kept, Limits, Outcome, Outside, Period, agreement, change, keeping,
};
use domain::bookings::{self, BookError, Event};
use domain::catalog::{At, bookable};
use domain::kernel::{Actor, Error, MemberId, TimeRange};
use domain::testing::{Member, Provider, Service, World};
use jiff::civil::{Date, date};
use sqlx::{Connection, Executor, PgConnection};
use story::{at, go, wish};

/// A business in Berlin with an owner, a service done by everybody, and Ana who books. It is Monday, 2 November 2026,
/// ten o'clock there.
struct Scene {
    world: World,
    plumbing: Provider,
    leak: Service,
    owner: Actor,
    ana: Actor,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let owner = world.actor(&plumbing.owner.user).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    Scene { world, plumbing, leak, owner, ana }
}

impl Scene {
    async fn kept(&self, member: &Member) -> Kept {
        let keeping = keeping(self.world.ctx(), &self.owner, self.plumbing.id).await.unwrap();
        keeping.member(member.id).unwrap().clone()
    }

    /// A wish of the owner for their own week: these hours on weekdays.
    async fn week(&self, from: u16, to: u16) -> Change {
        let periods = (1..=5).map(|weekday| Period {
            weekday,
            is_break: false,
            starts: from * 60,
            ends: to * 60,
            at: At::Everywhere,
        });
        let seen = self.kept(&self.plumbing.owner).await.version();
        let limits = Limits::default();
        Change::Week { member: self.plumbing.owner.id, seen, periods: periods.collect(), limits }
    }

    async fn change(&self, who: &Actor, wanted: Change, agreed: &str) -> Result<Outcome, Error> {
        change(self.world.ctx(), who, self.plumbing.id, wanted, agreed).await
    }

    async fn book(&self, start: &str) -> Result<String, BookError> {
        let wish = wish(self.world.ctx(), &self.leak, at(start));
        let reference = bookings::book(self.world.ctx(), &self.ana, wish).await?;
        go(self.world.ctx(), &self.ana, &reference, Event::Confirm).await.unwrap();
        Ok(reference)
    }

    async fn entries(&self, action: &str) -> i64 {
        let asked = sqlx::query_scalar("SELECT count(*) FROM audit_entries WHERE action = $1").bind(action);
        asked.fetch_one(self.world.owner()).await.unwrap()
    }

    async fn starts(&self, day: Date) -> usize {
        let ctx = self.world.ctx();
        let mut conn = ctx.pool.acquire().await.unwrap();
        let service = bookable(&mut conn, self.leak.slug.as_str()).await.unwrap();
        let days = bookings::offered(ctx, &service, 60, None, day, 1).await.unwrap().days;
        days.first().map_or(0, |day| day.times.len())
    }
}

fn asked(outcome: Outcome) -> Vec<Outside> {
    match outcome {
        Outcome::Asks(outside) => outside,
        other => panic!("nothing was asked: {other:?}"),
    }
}

#[tokio::test]
async fn visits_that_would_be_outside_are_shown_before_and_stay_when_it_is_saved() {
    let scene = scene().await;
    let reference = scene.book("2026-11-03T08:00:00Z").await.unwrap();
    scene.book("2026-11-03T10:00:00Z").await.unwrap();
    let wanted = scene.week(10, 16).await;
    let outside = asked(scene.change(&scene.owner, wanted.clone(), "").await.unwrap());
    assert_eq!(outside.len(), 1, "the one at nine, not the one at eleven");
    assert_eq!((outside[0].member, outside[0].visit.start), (scene.plumbing.owner.id, at("2026-11-03T08:00:00Z")));
    assert_eq!(scene.starts(date(2026, 11, 4)).await, 15, "nothing is saved yet");
    assert_eq!(scene.entries("calendar.week_changed").await, 0);

    // A visit booked while the question was open is asked about again.
    scene.book("2026-11-04T08:00:00Z").await.unwrap();
    let again = asked(scene.change(&scene.owner, wanted.clone(), &agreement(&outside)).await.unwrap());
    assert_eq!(again.len(), 2);
    let saved = scene.change(&scene.owner, wanted, &agreement(&again)).await.unwrap();
    assert_eq!((saved, scene.entries("calendar.week_changed").await), (Outcome::Saved, 1));
    assert_eq!(scene.starts(date(2026, 11, 5)).await, 11, "from ten to four, every half hour");
    let booking = bookings::find(scene.world.ctx(), &scene.ana, &reference).await.unwrap();
    assert_eq!(booking.state, bookings::State::Confirmed, "the visit stays as agreed");
    // It was agreed to once: the next change does not ask about it again.
    let wanted = scene.week(10, 15).await;
    assert_eq!(scene.change(&scene.owner, wanted, "").await.unwrap(), Outcome::Saved);
}

#[tokio::test]
async fn two_tabs_do_not_overwrite_each_other_silently() {
    let scene = scene().await;
    let (one, other) = (scene.week(8, 12).await, scene.week(12, 18).await);
    assert_eq!(scene.change(&scene.owner, one, "").await.unwrap(), Outcome::Saved);
    assert_eq!(scene.change(&scene.owner, other, "").await.unwrap(), Outcome::Stale);
    let kept = scene.kept(&scene.plumbing.owner).await;
    assert!(kept.periods.iter().all(|period| (period.starts, period.ends) == (480, 720)));
    let region = |seen: Option<&str>, region: &str| Change::Holidays {
        seen: seen.map(str::to_owned),
        region: Some(region.to_owned()),
    };
    assert_eq!(scene.change(&scene.owner, region(None, "DE"), "").await.unwrap(), Outcome::Saved);
    assert_eq!(scene.change(&scene.owner, region(None, "DE-BE"), "").await.unwrap(), Outcome::Stale);
    assert_eq!(scene.change(&scene.owner, region(Some("DE"), "DE-BE"), "").await.unwrap(), Outcome::Saved);
    let unknown = scene.change(&scene.owner, region(Some("DE-BE"), "XX"), "").await;
    assert!(matches!(unknown, Err(Error::Invalid(wrong)) if wrong.of("holidays").is_some()));
}

#[tokio::test]
async fn members_keep_their_own_hours_and_managers_everybodys() {
    let scene = scene().await;
    let (tom, eva) = (scene.plumbing.member("Tom").await, scene.plumbing.member("Eva").await);
    let manager = scene.world.actor(&scene.plumbing.manager("Mia").await.user).await;
    let stranger = scene.world.provider("Other", "Europe/Berlin").await;
    let stranger = scene.world.actor(&stranger.owner.user).await;
    let (tom_acts, nobody) = (scene.world.actor(&tom.user).await, scene.world.visitor());
    let away = |member: MemberId, day: i8| Change::Dates {
        member,
        said: vec![Exception { date: date(2026, 11, day), open: false, hours: None }],
    };
    let everyone = || Change::Away {
        dates: Closure { first: date(2026, 11, 20), last: date(2026, 11, 22) },
        reason: String::new(),
    };
    assert_eq!(scene.change(&tom_acts, away(tom.id, 4), "").await.unwrap(), Outcome::Saved);
    assert_eq!(scene.change(&manager, away(eva.id, 4), "").await.unwrap(), Outcome::Saved);
    for (who, wanted) in [(&tom_acts, away(eva.id, 5)), (&tom_acts, everyone()), (&stranger, away(eva.id, 5))] {
        assert!(matches!(scene.change(who, wanted, "").await, Err(Error::NotFound)));
    }
    assert!(matches!(scene.change(&nobody, away(eva.id, 5), "").await, Err(Error::SignIn)));
    // A member of ours through another business of theirs: not found either.
    let through = change(scene.world.ctx(), &stranger, stranger.provider().unwrap(), away(eva.id, 5), "").await;
    assert!(matches!(through, Err(Error::NotFound)));
    let seen = keeping(scene.world.ctx(), &tom_acts, scene.plumbing.id).await.unwrap();
    assert_eq!(seen.members.iter().map(|kept| kept.id).collect::<Vec<_>>(), [tom.id]);
    let (seen, statements) = scene.world.statements(keeping(scene.world.ctx(), &manager, scene.plumbing.id)).await;
    assert_eq!((seen.unwrap().members.len(), statements.len()), (4, 1));
    assert!(matches!(keeping(scene.world.ctx(), &stranger, scene.plumbing.id).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn dates_that_differ_are_said_once_and_taken_back() {
    let scene = scene().await;
    let member = scene.plumbing.owner.id;
    let day = date(2026, 11, 4);
    let said = |open, hours| Change::Dates { member, said: vec![Exception { date: day, open, hours }] };
    let saved = async |wanted| scene.change(&scene.owner, wanted, "").await;
    assert_eq!(saved(said(true, Some((720, 840)))).await.unwrap(), Outcome::Saved);
    assert_eq!(scene.starts(day).await, 3, "twelve to two");
    let refused = async |wanted| {
        let wrong = saved(wanted).await;
        assert!(matches!(wrong, Err(Error::Invalid(wrong)) if wrong.of("dates-first").is_some()));
    };
    refused(said(true, Some((800, 900)))).await;
    // Whoever has said when they work is not away all day as well, whichever was said first.
    refused(said(false, None)).await;
    assert_eq!(scene.starts(day).await, 3);
    let other = date(2026, 11, 5);
    let elsewhere = |open, hours| Change::Dates { member, said: vec![Exception { date: other, open, hours }] };
    assert_eq!(saved(elsewhere(false, Some((720, 780)))).await.unwrap(), Outcome::Saved);
    assert_eq!(saved(elsewhere(false, None)).await.unwrap(), Outcome::Saved, "away for more of the day");
    assert_eq!(scene.starts(other).await, 0);
    refused(elsewhere(false, None)).await;
    refused(elsewhere(true, Some((900, 960)))).await;
    let kept = scene.kept(&scene.plumbing.owner).await;
    let id = kept.dated.iter().find(|dated| dated.said.hours.is_none()).unwrap().id;
    assert_eq!(saved(Change::DateBack { member, id }).await.unwrap(), Outcome::Saved);
    assert_eq!(saved(said(true, Some((900, 960)))).await.unwrap(), Outcome::Saved, "a second stretch");
    scene.book("2026-11-04T14:00:00Z").await.unwrap();
    let kept = scene.kept(&scene.plumbing.owner).await;
    let id = kept.dated.iter().find(|dated| dated.said.hours == Some((900, 960))).unwrap().id;
    assert_eq!(asked(saved(Change::DateBack { member, id }).await.unwrap()).len(), 1, "the visit was within it");
    let first = kept.dated.iter().find(|dated| dated.id != id && dated.said.date == day).unwrap().id;
    assert_eq!(saved(Change::DateBack { member, id: first }).await.unwrap(), Outcome::Saved);
    assert!(matches!(saved(Change::DateBack { member, id: first }).await, Err(Error::NotFound)), "once is enough");
    assert_eq!(scene.entries("calendar.dates_said").await, 4);
    assert_eq!(scene.entries("calendar.date_taken_back").await, 2);
}

#[tokio::test]
async fn a_business_that_is_away_says_until_when_and_comes_back() {
    let scene = scene().await;
    let tom = scene.plumbing.member("Tom").await;
    scene.book("2026-11-10T10:00:00Z").await.unwrap();
    let dates = Closure { first: date(2026, 11, 9), last: date(2026, 11, 13) };
    let wanted = Change::Away { dates, reason: "Our summer comes late.".to_owned() };
    let outside = asked(scene.change(&scene.owner, wanted.clone(), "").await.unwrap());
    assert_eq!(outside.len(), 1, "everybody's visits are looked at: {} {}", tom.id.0, outside[0].member.0);
    scene.change(&scene.owner, wanted, &agreement(&outside)).await.unwrap();
    let ctx = scene.world.ctx();
    let mut conn = ctx.pool.acquire().await.unwrap();
    let service = bookable(&mut conn, scene.leak.slug.as_str()).await.unwrap();
    let (offered, statements) =
        scene.world.statements(bookings::offered(ctx, &service, 60, None, date(2026, 11, 2), 14)).await;
    let offered = offered.unwrap();
    assert_eq!(statements.len(), 1);
    assert_eq!(
        (offered.away.len(), offered.away[0].dates, offered.away[0].reason.as_str()),
        (1, dates, "Our summer comes late.")
    );
    assert!(offered.days.iter().all(|day| day.date < dates.first || day.date > dates.last));
    // The search by date learns of it.
    scene.world.run_jobs().await;
    let days: String = sqlx::query_scalar("SELECT days::text FROM service_openings WHERE service_id = $1")
        .bind(scene.leak.id.0)
        .fetch_one(scene.world.owner())
        .await
        .unwrap();
    assert_eq!(&days[..15], "111110000000001");
    let away = keeping(ctx, &scene.owner, scene.plumbing.id).await.unwrap().away[0].id;
    assert_eq!(scene.change(&scene.owner, Change::AwayBack { id: away }, "").await.unwrap(), Outcome::Saved);
    assert!(scene.starts(date(2026, 11, 11)).await > 0);
    assert_eq!((scene.entries("calendar.away").await, scene.entries("calendar.away_taken_back").await), (1, 1));
}

#[tokio::test]
async fn holidays_are_closed_unless_somebody_works_on_them() {
    let scene = scene().await;
    scene.world.advance(jiff::SignedDuration::from_hours(24 * 30));
    let (christmas, member) = (date(2026, 12, 25), scene.plumbing.owner.id);
    assert!(scene.starts(christmas).await > 0);
    let wanted = Change::Holidays { seen: None, region: Some("DE-BE".to_owned()) };
    scene.change(&scene.owner, wanted, "").await.unwrap();
    assert_eq!(scene.starts(christmas).await, 0);
    let said = vec![Exception { date: christmas, open: true, hours: Some((600, 720)) }];
    scene.change(&scene.owner, Change::Dates { member, said }, "").await.unwrap();
    assert_eq!(scene.starts(christmas).await, 3, "ten to twelve");
    assert_eq!(scene.entries("calendar.holidays_changed").await, 1);
}

#[tokio::test]
async fn a_person_takes_on_so_many_visits_a_day_and_a_week() {
    let scene = scene().await;
    let Change::Week { member, periods, .. } = scene.week(9, 17).await else { unreachable!() };
    for (a_day, a_week) in [(Some(1), None), (None, Some(2))] {
        let limits = Limits { a_day, a_week };
        let seen = scene.kept(&scene.plumbing.owner).await.version();
        let wanted = Change::Week { member, seen, periods: periods.clone(), limits };
        assert_eq!(scene.change(&scene.owner, wanted, "").await.unwrap(), Outcome::Saved);
        if a_day.is_some() {
            scene.book("2026-11-04T09:00:00Z").await.unwrap();
            assert_eq!(scene.starts(date(2026, 11, 4)).await, 0, "one a day");
            assert!(matches!(scene.book("2026-11-04T12:00:00Z").await, Err(BookError::SlotTaken(_))));
            assert!(scene.starts(date(2026, 11, 5)).await > 0);
        } else {
            scene.book("2026-11-04T12:00:00Z").await.unwrap();
            assert_eq!(scene.starts(date(2026, 11, 6)).await, 0, "two a week: Wednesday's count on Friday");
            assert!(scene.starts(date(2026, 11, 9)).await > 0, "the week after is a new one");
        }
    }
}

#[tokio::test]
async fn of_two_who_book_at_once_the_limit_lets_one_in() {
    let scene = scene().await;
    let ben = scene.world.actor(&scene.world.customer("Ben").await).await;
    let Change::Week { member, seen, periods, .. } = scene.week(9, 17).await else { unreachable!() };
    let limits = Limits { a_day: Some(1), a_week: None };
    scene.change(&scene.owner, Change::Week { member, seen, periods, limits }, "").await.unwrap();
    let ctx = scene.world.ctx();
    let (one, other) = tokio::join!(
        bookings::book(ctx, &scene.ana, wish(ctx, &scene.leak, at("2026-11-04T09:00:00Z"))),
        bookings::book(ctx, &ben, wish(ctx, &scene.leak, at("2026-11-04T13:00:00Z"))),
    );
    assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|booked| **booked).count(), 1);
}

#[tokio::test]
async fn the_explanation_agrees_with_what_is_offered() {
    let scene = scene().await;
    let tom = scene.plumbing.member("Tom").await;
    let day = date(2026, 11, 4);
    let ctx = scene.world.ctx();
    let (asked, statements) =
        scene.world.statements(availability::questions(ctx, &scene.owner, scene.plumbing.id, day)).await;
    let asked = asked.unwrap();
    assert_eq!((statements.len(), asked.services.len(), asked.team.members.len()), (2, 1, 2));
    let why = async |member: MemberId, minute: u16| {
        let answer = availability::answer(ctx, &asked, member, scene.leak.id, (day, minute), ("", "")).await.unwrap();
        let failed = answer.verdicts.into_iter().filter(|verdict| !verdict.passed);
        failed.map(|verdict| verdict.rule).collect::<Vec<_>>()
    };
    use availability::why::Rule;
    let owner = scene.plumbing.owner.id;
    assert_eq!(why(owner, 600).await, []);
    assert_eq!(why(owner, 1000).await, [Rule::Hours]);
    assert_eq!(why(tom.id, 600).await, [Rule::Does], "he came after the service was made");
    bookings::book(ctx, &scene.ana, wish(ctx, &scene.leak, at("2026-11-04T09:00:00Z"))).await.unwrap();
    assert_eq!(why(owner, 600).await, [Rule::Taken], "being booked counts");
    let strange = availability::answer(ctx, &asked, MemberId(ctx.id()), scene.leak.id, (day, 600), ("", "")).await;
    assert!(matches!(strange, Err(Error::NotFound)));
}

/// Somebody holds the lock of the owner's calendar while a booking has had its first look and waits; what is done under
/// the lock is `meanwhile`.
async fn booked_behind(scene: &Scene, start: &str, meanwhile: &'static str) -> Result<String, BookError> {
    let mut first = PgConnection::connect(scene.world.url()).await.unwrap();
    first.execute("BEGIN").await.unwrap();
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 7))")
        .bind(scene.plumbing.owner.id.0.to_string())
        .execute(&mut first)
        .await
        .unwrap();
    let (ctx, ana) = (scene.world.ctx().clone(), scene.ana.clone());
    let wish = wish(&ctx, &scene.leak, at(start));
    let late = tokio::spawn(async move { bookings::book(&ctx, &ana, wish).await });
    let waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    while !late.is_finished() && sqlx::query_scalar::<_, i64>(waits).fetch_one(scene.world.owner()).await.unwrap() == 0
    {
        tokio::task::yield_now().await;
    }
    assert!(!late.is_finished(), "it had its first look, and waits");
    sqlx::query(meanwhile).execute(&mut first).await.unwrap();
    first.execute("COMMIT").await.unwrap();
    late.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_waits_for_a_change_of_hours_looks_again() {
    let scene = scene().await;
    // The control: when nothing changes under the lock, whoever waited gets the time.
    booked_behind(&scene, "2026-11-03T15:00:00Z", "SELECT").await.unwrap();
    let shorter = "UPDATE member_hours SET ends_min = 900";
    let refused = booked_behind(&scene, "2026-11-04T15:00:00Z", shorter).await;
    assert!(matches!(refused, Err(BookError::SlotTaken(_))), "{refused:?}");
    // Nothing but the second look stands in the way: the database itself takes that time for this member.
    let (ctx, member) = (scene.world.ctx(), scene.plumbing.owner.id);
    let hour = TimeRange::new(at("2026-11-04T15:00:00Z"), at("2026-11-04T16:00:00Z")).unwrap();
    availability::block(ctx, &scene.owner, member, hour, String::new()).await.unwrap();
    let away = "INSERT INTO provider_closures (id, provider_id, first_date, last_date)
                SELECT gen_random_uuid(), id, '2026-11-05', '2026-11-05' FROM providers";
    let refused = booked_behind(&scene, "2026-11-05T09:00:00Z", away).await;
    assert!(matches!(refused, Err(BookError::SlotTaken(_))), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_and_a_change_of_hours_at_once_know_of_each_other() {
    let scene = scene().await;
    let mut outcomes = [0; 2];
    for day in 3..=6 {
        for hour in ["13", "14", "15"] {
            let start = format!("2026-11-{day:02}T{hour}:00:00Z");
            let shorter = scene.week(9, 12).await;
            let wish = wish(scene.world.ctx(), &scene.leak, at(&start));
            let (booked, changed) = tokio::join!(
                bookings::book(scene.world.ctx(), &scene.ana, wish),
                scene.change(&scene.owner, shorter, "")
            );
            match (&booked, changed.unwrap()) {
                // The booking was first: whoever changes hours is asked about it.
                (Ok(_), Outcome::Asks(outside)) => {
                    assert!(outside.iter().any(|one| one.visit.start == at(&start)), "{start}");
                    outcomes[0] += 1;
                }
                // The change was first: the time is not offered any more.
                (Err(BookError::SlotTaken(_)), Outcome::Saved) => outcomes[1] += 1,
                other => panic!("{start}: {other:?}"),
            }
            if let Ok(reference) = booked {
                go(scene.world.ctx(), &scene.ana, &reference, Event::Cancel).await.unwrap();
            }
            let back = scene.week(9, 17).await;
            assert_eq!(scene.change(&scene.owner, back, "").await.unwrap(), Outcome::Saved);
        }
    }
    assert_eq!(outcomes.iter().sum::<i32>(), 12);
}
