//! Customers and businesses who keep apart: who can block whom, what it stops, and what it does not.

use crate::story;

use domain::bookings::{self, BookError, Event, State};
use domain::catalog::search::suggest;
use domain::catalog::{
    Pair, ReviewsAsked, Side, apart, block, blocked_by_customer, blocked_by_provider, business_to_block, provider_page,
    showcase, unblock,
};
use domain::kernel::{Error, UserId};
use domain::testing::World;
use jiff::SignedDuration;
use story::{at, go, wish};

#[tokio::test]
async fn either_side_blocks_and_nothing_new_is_booked() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let cleaning = world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let (ana, ben) = (world.actor(&world.customer("Ana").await).await, world.actor(&plumbing.owner.user).await);
    let pair = Pair { customer: ana.user.unwrap(), provider: plumbing.id };
    let book = async |start: &str| bookings::book(ctx, &ana, wish(ctx, &leak, at(start))).await;
    let agreed = book("2026-11-03T09:00:00Z").await.unwrap();

    for (who, side) in [(&ana, Side::Customer), (&ben, Side::Provider)] {
        block(ctx, who, side, pair, "Was rude.").await.unwrap();
        assert!(matches!(book("2026-11-04T09:00:00Z").await, Err(BookError::NotForYou)), "{side:?}");
        assert!(apart(ctx, pair).await.unwrap());
        let list = match side {
            Side::Customer => blocked_by_customer(ctx, &ana).await.unwrap(),
            Side::Provider => blocked_by_provider(ctx, &ben, plumbing.id).await.unwrap(),
        };
        assert_eq!((list.len(), list[0].reason.as_str()), (1, "Was rude."));
        assert_eq!(list[0].name, if side == Side::Customer { "Berlin Plumbing" } else { "Ana Example" });
        // The other side cannot take it back, nor see it.
        let (other, theirs) = match side {
            Side::Customer => (&ben, blocked_by_provider(ctx, &ben, plumbing.id).await.unwrap()),
            Side::Provider => (&ana, blocked_by_customer(ctx, &ana).await.unwrap()),
        };
        assert!(theirs.is_empty());
        assert!(matches!(unblock(ctx, other, list[0].id).await, Err(Error::NotFound)));
        // Only the one who blocked is told so on the pages.
        let (shown, heard) = world.statements(showcase(ctx, ana.user, &leak.slug, ReviewsAsked::default())).await;
        assert_eq!((shown.unwrap().service.blocked, heard.len()), (side == Side::Customer, 3));
        let page = provider_page(ctx, ana.user, &plumbing.slug, ReviewsAsked::default()).await.unwrap();
        assert_eq!(page.blocked, side == Side::Customer);
        assert!(!provider_page(ctx, None, &plumbing.slug, ReviewsAsked::default()).await.unwrap().blocked);
        assert_eq!(business_to_block(ctx, &ana, &plumbing.slug).await.unwrap().2, side == Side::Customer);
        // Another reason changes it, and there is still one.
        block(ctx, who, side, pair, "").await.unwrap();
        unblock(ctx, who, list[0].id).await.unwrap();
        assert!(matches!(unblock(ctx, who, list[0].id).await, Err(Error::NotFound)));
        assert!(!apart(ctx, pair).await.unwrap());
    }
    // What was agreed goes on, whoever blocks whom.
    block(ctx, &ana, Side::Customer, pair, "").await.unwrap();
    block(ctx, &ben, Side::Provider, pair, "").await.unwrap();
    for (who, event) in [(&ana, Event::Confirm), (&ben, Event::Start), (&ben, Event::Finish), (&ana, Event::SignOff)] {
        go(ctx, who, &agreed, event).await.unwrap();
    }
    assert_eq!(bookings::find(ctx, &ana, &agreed).await.unwrap().state, State::Completed);
    // Others are not concerned, and one block of two taken back is not enough.
    let eve = world.actor(&world.customer("Eve").await).await;
    bookings::book(ctx, &eve, wish(ctx, &leak, at("2026-11-04T09:00:00Z"))).await.unwrap();
    let sweep = world.service(&cleaning, |service| service.called("Clean a flat")).await;
    bookings::book(ctx, &ana, wish(ctx, &sweep, at("2026-11-04T11:00:00Z"))).await.unwrap();
    let mine = blocked_by_customer(ctx, &ana).await.unwrap();
    unblock(ctx, &ana, mine[0].id).await.unwrap();
    assert!(matches!(book("2026-11-05T09:00:00Z").await, Err(BookError::NotForYou)));
}

#[tokio::test]
async fn only_the_two_sides_can_block() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let (cem, dina) = (plumbing.member("Cem").await, plumbing.manager("Dina").await);
    let (ana, eve) = (world.customer("Ana").await, world.customer("Eve").await);
    let (hers, eves) = (world.actor(&ana).await, world.actor(&eve).await);
    let pair = Pair { customer: ana.id, provider: plumbing.id };
    for (who, side) in [
        (&eves, Side::Customer),
        (&eves, Side::Provider),
        (&hers, Side::Provider),
        (&world.actor(&cem.user).await, Side::Provider),
        (&world.actor(&dina.user).await, Side::Customer),
    ] {
        let refused = block(ctx, who, side, pair, "").await;
        assert!(matches!(refused, Err(Error::NotFound)), "{} {side:?}: {refused:?}", who.name);
    }
    assert!(matches!(block(ctx, &world.visitor(), Side::Customer, pair, "").await, Err(Error::SignIn)));
    let dinas = world.actor(&dina.user).await;
    let own = Pair { customer: dina.user.id, provider: plumbing.id };
    for side in [Side::Customer, Side::Provider] {
        assert!(matches!(block(ctx, &dinas, side, own, "").await, Err(Error::Conflict(_))), "{side:?}");
    }
    assert!(matches!(block(ctx, &hers, Side::Customer, pair, &"x".repeat(501)).await, Err(Error::Invalid(_))));
    assert!(matches!(blocked_by_provider(ctx, &hers, plumbing.id).await, Err(Error::NotFound)));
    assert!(matches!(blocked_by_provider(ctx, &world.actor(&cem.user).await, plumbing.id).await, Err(Error::NotFound)));
    block(ctx, &dinas, Side::Provider, pair, "").await.unwrap();
    // A colleague who may act for the business can take back what another one did.
    let ben = world.actor(&plumbing.owner.user).await;
    unblock(ctx, &ben, blocked_by_provider(ctx, &ben, plumbing.id).await.unwrap()[0].id).await.unwrap();
    let told: Vec<(String, String)> = sqlx::query_as(
        "SELECT action, capacity FROM audit_entries WHERE object_id = $1 AND action LIKE 'block.%' ORDER BY seq",
    )
    .bind(ana.id.0)
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert_eq!(told, [("block.made".into(), "provider".into()), ("block.lifted".into(), "provider".into())]);
}

/// Blocking and booking at the same moment: either the booking was first, or it is refused. Entries are numbered in the
/// order of commits, so the history tells which was first.
#[tokio::test(flavor = "multi_thread")]
async fn a_block_and_a_booking_at_once_have_an_order() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak").lasts(30)).await;
    let ben = world.actor(&plumbing.owner.user).await;
    let first = at("2026-11-03T08:00:00Z");
    let (mut booked, mut refused) = (0, 0);
    for round in 0..40_i64 {
        let ana = world.actor(&world.customer("Ana").await).await;
        let pair = Pair { customer: ana.user.unwrap(), provider: plumbing.id };
        let start =
            first + SignedDuration::from_hours(24 * (round / 10)) + SignedDuration::from_mins(30 * (round % 10));
        let (ours, command, hers) = (ctx.clone(), wish(ctx, &leak, start), ana.clone());
        let booking = tokio::spawn(async move { bookings::book(&ours, &hers, command).await });
        let (ours, owner) = (ctx.clone(), ben.clone());
        let blocking = tokio::spawn(async move { block(&ours, &owner, Side::Provider, pair, "").await });
        blocking.await.unwrap().unwrap();
        match booking.await.unwrap() {
            Ok(reference) => {
                booked += 1;
                let in_order: bool = sqlx::query_scalar(
                    "SELECT (SELECT a.seq FROM audit_entries a JOIN bookings b ON b.id = a.object_id
                             WHERE b.reference = $1 AND a.action = 'booking.held')
                          < (SELECT seq FROM audit_entries WHERE object_id = $2 AND action = 'block.made')",
                )
                .bind(&reference)
                .bind(pair.customer.0)
                .fetch_one(world.owner())
                .await
                .unwrap();
                assert!(in_order, "round {round}: booked after the block");
            }
            Err(BookError::NotForYou) => refused += 1,
            Err(other) => panic!("round {round}: {other}"),
        }
    }
    assert_eq!(booked + refused, 40);
}

/// The control, without chance: while a booking is being made the block waits, and the other way round.
#[tokio::test(flavor = "multi_thread")]
async fn each_waits_for_the_other() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let (ana, ben) = (world.actor(&world.customer("Ana").await).await, world.actor(&plumbing.owner.user).await);
    let pair = Pair { customer: ana.user.unwrap(), provider: plumbing.id };
    let waits = async || loop {
        let count: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        )
        .fetch_one(world.owner())
        .await
        .unwrap();
        if count > 0 {
            break;
        }
        tokio::task::yield_now().await;
    };
    // Somebody is in the middle of booking.
    let mut middle = ctx.pool.begin().await.unwrap();
    let met: bool = sqlx::query_scalar("SELECT kept_apart($1, $2)")
        .bind(pair.customer.0)
        .bind(pair.provider.0)
        .fetch_one(&mut *middle)
        .await
        .unwrap();
    assert!(!met);
    let (ours, owner) = (ctx.clone(), ben.clone());
    let blocking = tokio::spawn(async move { block(&ours, &owner, Side::Provider, pair, "").await });
    waits().await;
    assert!(!apart(ctx, pair).await.unwrap(), "not before the booking is made");
    middle.commit().await.unwrap();
    blocking.await.unwrap().unwrap();
    let id = blocked_by_provider(ctx, &ben, plumbing.id).await.unwrap()[0].id;
    unblock(ctx, &ben, id).await.unwrap();

    // Somebody is in the middle of blocking: the booking waits, and sees it.
    let mut middle = ctx.pool.begin().await.unwrap();
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text || $2::uuid::text, 19))")
        .bind(pair.customer.0)
        .bind(pair.provider.0)
        .execute(&mut *middle)
        .await
        .unwrap();
    let (ours, command) = (ctx.clone(), wish(ctx, &leak, at("2026-11-03T09:00:00Z")));
    let booking = tokio::spawn(async move { bookings::book(&ours, &ana, command).await });
    waits().await;
    sqlx::query(
        "INSERT INTO blocks (id, customer_id, provider_id, side, by_id, at) VALUES ($1, $2, $3, 'provider', $4, now())",
    )
    .bind(ctx.id::<uuid::Uuid>())
    .bind(pair.customer.0)
    .bind(pair.provider.0)
    .bind(ben.user.unwrap().0)
    .execute(&mut *middle)
    .await
    .unwrap();
    middle.commit().await.unwrap();
    assert!(matches!(booking.await.unwrap(), Err(BookError::NotForYou)));
}

#[tokio::test]
async fn what_is_offered_while_one_types_leaves_out_who_keeps_apart() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let drains = world.provider("Berlin Drains", "Europe/Berlin").await;
    world.service(&plumbing, |service| service.called("Berlin leak")).await;
    world.service(&drains, |service| service.called("Berlin drain")).await;
    let (ana, eve) = (world.actor(&world.customer("Ana").await).await, world.actor(&world.customer("Eve").await).await);
    let offered = async |who: Option<UserId>| {
        let (offers, said) = world.statements(suggest(ctx, who, "berlin")).await;
        assert_eq!(said.len(), 1, "{said:?}");
        let mut texts: Vec<String> = offers.unwrap().into_iter().map(|offer| offer.text).collect();
        texts.sort();
        texts
    };
    let all = ["Berlin Drains", "Berlin Plumbing", "Berlin drain", "Berlin leak"];
    assert_eq!(offered(ana.user).await, all);
    let pair = Pair { customer: ana.user.unwrap(), provider: plumbing.id };
    let owner = world.actor(&plumbing.owner.user).await;
    for (who, side) in [(&ana, Side::Customer), (&owner, Side::Provider)] {
        block(ctx, who, side, pair, "").await.unwrap();
        assert_eq!(offered(ana.user).await, ["Berlin Drains", "Berlin drain"], "{side:?}");
        for other in [None, eve.user, owner.user] {
            assert_eq!(offered(other).await, all, "others are not concerned");
        }
        let list = match side {
            Side::Customer => blocked_by_customer(ctx, who).await.unwrap(),
            Side::Provider => blocked_by_provider(ctx, who, plumbing.id).await.unwrap(),
        };
        unblock(ctx, who, list[0].id).await.unwrap();
        assert_eq!(offered(ana.user).await, all);
    }
}
