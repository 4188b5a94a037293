//! Two owners who go at the same moment leave one. And a control: without the lock in the database, the same two leave
//! none, so the test can fail.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::kernel::Error;
use domain::team;
use domain::testing::{Provider, World};
use sqlx::{Connection, Executor, PgConnection};

const OWNERS: &str =
    "SELECT count(*) FROM members WHERE role = 'owner' AND active AND user_id IS NOT NULL AND provider_id = $1";

async fn owners(world: &World, business: &Provider) -> i64 {
    sqlx::query_scalar(OWNERS).bind(business.id.0).fetch_one(world.owner()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_owners_who_leave_at_once_leave_one() {
    let world = World::new().await;
    for round in 0..20 {
        let business = world.provider(&format!("Business {round}"), "Europe/Berlin").await;
        let other = business.owner_too(&format!("Other {round}")).await;
        let (ben, cem) = (world.actor(&business.owner.user).await, world.actor(&other.user).await);
        let ctx = world.ctx();
        // Each by another way: leaving, being removed, losing the role.
        let answers: [Result<(), Error>; 2] = match round % 3 {
            0 => tokio::join!(team::leave(ctx, &ben, business.id), team::leave(ctx, &cem, business.id)).into(),
            1 => tokio::join!(
                team::remove(ctx, &ben, business.id, other.id),
                team::change_role(ctx, &cem, business.id, business.owner.id, (None, "member"))
            )
            .into(),
            _ => tokio::join!(team::deactivate(ctx, &ben, business.id, other.id), team::leave(ctx, &ben, business.id))
                .into(),
        };
        assert_eq!(owners(&world, &business).await, 1, "round {round}: {answers:?}");
        let refused = answers.iter().filter(|answer| matches!(answer, Err(Error::Conflict(_)))).count();
        assert_eq!(refused, 1, "round {round}: {answers:?}");
    }
}

/// Two transactions side by side, in the worst order: both have changed their own row before either commits.
async fn side_by_side(world: &World, business: &Provider, rows: [uuid::Uuid; 2]) {
    let mut first = PgConnection::connect(world.url()).await.unwrap();
    let mut second = PgConnection::connect(world.url()).await.unwrap();
    let leave = |id: uuid::Uuid| sqlx::query("UPDATE members SET role = 'member' WHERE id = $1").bind(id);
    first.execute("BEGIN").await.unwrap();
    second.execute("BEGIN").await.unwrap();
    leave(rows[0]).execute(&mut first).await.unwrap();
    let late = tokio::spawn(async move {
        let done = leave(rows[1]).execute(&mut second).await;
        let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
        second.execute(end).await.unwrap();
    });
    // The second either waits for the first or is through already; both are looked for, nobody sleeps.
    let waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while !late.is_finished() && sqlx::query_scalar::<_, i64>(waits).fetch_one(world.owner()).await.unwrap() == 0 {
        tokio::task::yield_now().await;
    }
    first.execute("COMMIT").await.unwrap();
    late.await.unwrap();
    assert!(owners(world, business).await < 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_waits_for_the_first_and_without_the_lock_nobody_is_left() {
    let world = World::new().await;
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let other = business.owner_too("Cem").await;
    side_by_side(&world, &business, [business.owner.id.0, other.id.0]).await;
    assert_eq!(owners(&world, &business).await, 1);

    let body: String = sqlx::query_scalar("SELECT pg_get_functiondef('keep_an_owner'::regproc)")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let lock = "PERFORM FROM providers WHERE id = OLD.provider_id FOR NO KEY UPDATE;";
    assert!(body.contains(lock));
    world.owner().execute(sqlx::AssertSqlSafe(body.replace(lock, ""))).await.unwrap();
    let business = world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
    let other = business.owner_too("Dina").await;
    side_by_side(&world, &business, [business.owner.id.0, other.id.0]).await;
    assert_eq!(owners(&world, &business).await, 0, "the control");
}
