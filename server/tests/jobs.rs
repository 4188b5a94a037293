//! Background jobs: a worker that is killed in the middle of a job loses nothing.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::process;

use std::time::Duration;

use domain::testing::World;
use process::{Folder, Running, program};
use server::jobs::{self, Recovery};
use sqlx::Executor;
use tokio::sync::watch;

const FAR_TOO_LONG: Duration = Duration::from_secs(60);

async fn world() -> World {
    let world = World::new().await;
    server::database::migrate(&world.url().parse().unwrap()).await.unwrap();
    world
}

async fn enqueue(world: &World, task: &str) {
    sqlx::query("SELECT graphile_worker.add_job($1)").bind(task).execute(&world.ctx().pool).await.unwrap();
}

/// Asks until the answer is `wanted`.
async fn until(world: &World, question: &'static str, wanted: i64) {
    tokio::time::timeout(FAR_TOO_LONG, async {
        while sqlx::query_scalar::<_, i64>(question).fetch_one(world.owner()).await.unwrap() != wanted {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap_or_else(|_| panic!("never {wanted}: {question}"));
}

const WAITING: &str = "SELECT count(*) FROM graphile_worker._private_jobs";
const TAKEN: &str = "SELECT count(*) FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL";

#[tokio::test(flavor = "multi_thread")]
async fn jobs_are_done_and_a_worker_ends_when_asked() {
    let world = world().await;
    enqueue(&world, "housekeeping").await;
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(jobs::run(world.ctx().clone(), Recovery::default(), stopped));
    until(&world, WAITING, 0).await;
    stop.send(true).unwrap();
    tokio::time::timeout(FAR_TOO_LONG, worker).await.expect("the worker ends").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_in_the_middle_of_a_job_loses_nothing() {
    let world = world().await;
    // The job waits here, as long as we like.
    let mut blocker = world.owner().begin().await.unwrap();
    blocker.execute("LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE").await.unwrap();
    // The key it signs with is kept where it runs.
    let folder = Folder::new();
    let mut command = program(&["worker", "--database-url", world.url()]);
    let mut killed = Running::start(command.current_dir(folder.path()));
    killed.hear("working");
    enqueue(&world, "housekeeping").await;
    until(&world, TAKEN, 1).await;
    killed.end("-KILL");
    blocker.rollback().await.unwrap();
    assert_eq!(sqlx::query_scalar::<_, i64>(TAKEN).fetch_one(world.owner()).await.unwrap(), 1, "still the dead one's");

    let (stop, stopped) = watch::channel(false);
    let quick = Recovery { heartbeat: Duration::from_millis(100), silence: Duration::from_secs(1) };
    let worker = tokio::spawn(jobs::run(world.ctx().clone(), quick, stopped));
    until(&world, WAITING, 0).await;
    stop.send(true).unwrap();
    worker.await.unwrap();
}
