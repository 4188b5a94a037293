//! Every change of state writes an entry: the database itself is asked which transactions changed something, and
//! each of them must have written into the history as well.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::changes;
use crate::story;

use changes::{accounts, business, catalog, on_show, people};
use domain::bookings::{self, Event, Reassign, Reschedule, State};
use domain::catalog::AnswerKind;
use domain::kernel::{Actor, MemberId, Role, UserId};
use domain::reviews::{self, NewReview};
use domain::testing::{Service, World};
use jiff::SignedDuration;
use sqlx::Executor;
use story::{at, go, wish};

/// Tables that say nothing new: what is worked out from others, what is waiting to be handed on, sessions of browsers
/// (their opening and closing are entries), questions to devices that wait for an answer, when keys were used, how
/// reading a calendar went, and counters of attempts.
const DERIVED: &[&str] = &[
    "audit_head",
    "audit_personal",
    "outbox",
    "outbound_messages",
    "service_openings",
    "listings",
    "listing_ranks",
    "listing_numbers",
    "saved_search_looks",
    "unmet_searches",
    "rate_limits",
    "login_delays",
    "api_key_uses",
    "passkey_ceremonies",
    "data_exports",
    "calendar_readings",
    "_sqlx_migrations",
];

/// Notes every transaction that changes a table, by the number of the transaction.
const WATCH: &str = "
CREATE TABLE changes (xid xid8, of text, PRIMARY KEY (xid, of));
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO changes VALUES (pg_current_xact_id(), TG_TABLE_NAME) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
DO $$
DECLARE of text;
BEGIN
    FOR of IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'changes' LOOP
        EXECUTE format('CREATE TRIGGER watched AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION note_change()', of);
    END LOOP;
END $$;";

/// Tables that were changed by a transaction without an entry.
async fn silent(world: &World) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT DISTINCT of FROM changes c WHERE of <> ALL($1) AND of <> 'audit_entries'
           AND NOT EXISTS (SELECT FROM changes e WHERE e.xid = c.xid AND e.of = 'audit_entries') ORDER BY 1",
    )
    .bind(DERIVED)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

/// Every move of a booking, by people and by clocks, and a review.
async fn booked_work(
    world: &World,
    (ana, ben): (&Actor, &Actor),
    (asked, booked): (&Service, &Service),
    colleague: MemberId,
) {
    let ctx = world.ctx();
    let ben_alone = ben.memberships[0].member;
    let hold = async |service, start: &str| {
        let mut wish = wish(ctx, service, at(start));
        wish.member = Some(ben_alone);
        bookings::book(ctx, ana, wish).await.unwrap()
    };
    let reference = hold(asked, "2026-11-03T09:00:00Z").await;
    for (actor, event) in
        [(ana, Event::Confirm), (ben, Event::Accept), (ben, Event::Start), (ben, Event::Finish), (ana, Event::SignOff)]
    {
        go(ctx, actor, &reference, event).await.unwrap();
    }
    let review = NewReview {
        rating: Some(5),
        quality: Some(5),
        punctuality: Some(5),
        professionalism: Some(5),
        value: Some(5),
        title: "Dry again".to_owned(),
        body: "Came on time.".to_owned(),
    };
    reviews::write(ctx, ana, &reference, review).await.unwrap();
    let declined = hold(asked, "2026-11-03T11:00:00Z").await;
    go(ctx, ana, &declined, Event::Confirm).await.unwrap();
    go(ctx, ben, &declined, Event::Decline).await.unwrap();
    let cancelled = hold(booked, "2026-11-04T09:00:00Z").await;
    go(ctx, ana, &cancelled, Event::Confirm).await.unwrap();
    let noon = Some(at("2026-11-04T11:00:00Z"));
    let key = ctx.id::<UserId>().0;
    let moved = Reschedule { reference: cancelled.clone(), seen: None, start: noon, note: String::new(), key };
    bookings::answer(ctx, ana, &cancelled, vec!["The one in the kitchen.".to_owned()]).await.unwrap();
    bookings::reschedule(ctx, ana, moved).await.unwrap();
    let (to, note, key) = (Some(colleague), "A training.".to_owned(), ctx.id::<UserId>().0);
    let given = Reassign { reference: cancelled.clone(), seen: None, from: None, to, note, key };
    bookings::reassign(ctx, ben, given).await.unwrap();
    go(ctx, ana, &cancelled, Event::Cancel).await.unwrap();
    hold(booked, "2026-11-05T09:00:00Z").await;
    world.advance(SignedDuration::from_mins(11));
    world.run_jobs().await;
    let expired: i64 = sqlx::query_scalar("SELECT count(*) FROM bookings WHERE state = $1")
        .bind(State::Expired.name())
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(expired, 1);
}

#[tokio::test]
async fn every_change_of_state_writes_an_entry() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let colleague = plumbing.member("Tom").await;
    let asked = world.service(&plumbing, |s| s.called("Fix a leak").costs(8600).on_request()).await;
    let booked = world
        .service(&plumbing, |s| s.called("Unblock a drain").asks("Which one?", AnswerKind::Text, false, &[]))
        .await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let ben = world.actor(&plumbing.owner.user).await;
    let boss = world.operator("Boss", Role::Superadmin).await;
    let boss = world.actor(&boss).await;
    let una = world.customer("Una").await;
    world.unproved(&una).await;
    let tia = world.customer("Tia").await;
    let tiled = world.service(&plumbing, |s| s.called("Tile a wall").done_by(&[])).await;
    let vera = world.customer("Vera").await;
    world.unproved(&vera).await;
    let newcomers = (world.customer("Zoe").await, world.operator("Olivia", Role::OnboardingManager).await);
    world.owner().execute(WATCH).await.unwrap();

    people::come_and_go(&world, &ana).await;
    booked_work(&world, (&ana, &ben), (&asked, &booked), colleague.id).await;
    people::account(&world, &ana, &una).await;
    people::back_office(&world, &ana, &boss).await;
    people::blocks(&world, &ana, plumbing.id).await;
    catalog::listings(&world, &ben, &boss, &booked.slug).await;
    catalog::kept(&world, &ana, &booked.slug).await;
    business::team(&world, &ben, &tia, plumbing.id).await;
    catalog::tree(&world, &boss).await;
    business::profile(&world, &ben, plumbing.id).await;
    business::calendar(&world, &ben, &plumbing).await;
    business::hours(&world, &ben, &plumbing).await;
    business::onboarding(&world, (&newcomers.0, &newcomers.1), &plumbing).await;
    on_show::of(&world, (&ben, &boss), &tiled.slug, plumbing.owner.id).await;
    accounts::of(&world, &boss, &vera).await;
    // The last of the business, which has another address afterwards.
    business::registration(&world, (&ben, &newcomers.1), plumbing.id).await;
    // The history's own.
    domain::audit::sign_head(world.ctx()).await.unwrap().unwrap();
    domain::audit::erase_person(world.ctx(), ana.user.unwrap()).await.unwrap();

    let unwatched: Vec<String> = sqlx::query_scalar(
        "SELECT relname::text FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
           AND NOT relispartition AND relname <> 'changes' AND relname <> ALL($1)
           AND NOT EXISTS (SELECT FROM changes WHERE of = relname) ORDER BY 1",
    )
    .bind(DERIVED)
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert_eq!(unwatched, [""; 0], "nothing here changes these tables: let a use case do it, or name them in DERIVED");
    assert_eq!(silent(&world).await, [""; 0], "changed without an entry");
    // The control: a change behind the history's back is seen.
    world.owner().execute("UPDATE users SET zone = 'Europe/Lisbon'").await.unwrap();
    assert_eq!(silent(&world).await, ["users"]);
}
