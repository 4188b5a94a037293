//! People hang up (T2, T3): requests aborted at random points leave no connection inside a
//! transaction, and no write half-done.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use std::time::Duration;

use app::request::{Failure, PageRequest};
use axum::routing::post;
use domain::kernel::{Error, write};
use house::wire::{exchange, send_and_hang_up, status};
use house::{House, house_with, serve, settings};

const ABORTED: usize = 10_000;
const AT_ONCE: usize = 50;
const AFTERWARDS: usize = 1_000;
const WRITE: &str = "POST /test/pair HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// Writes two rows that belong together, with a pause between them for hanging up in.
async fn pair(page: PageRequest) -> Result<(), Failure> {
    write(page.ctx(), page.actor(), |tx| {
        Box::pin(async move {
            let name = tx.actor().request.0.to_string();
            for half in ["left", "right"] {
                sqlx::query("INSERT INTO rate_limits (kind, subject, spent, expires) VALUES ($1, $2, 0, now())")
                    .bind(half)
                    .bind(&name)
                    .execute(tx.conn())
                    .await?;
            }
            Ok::<_, Error>(())
        })
    })
    .await?;
    Ok(())
}

async fn count(house: &House, question: &'static str) -> i64 {
    sqlx::query_scalar(question).fetch_one(house.world.owner()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_aborted_writes_leave_nothing_behind() {
    let settings = settings();
    let house = house_with(settings.clone(), vec![("/test/pair", post(pair))]).await;
    let served = serve(house.app.clone(), &settings).await;
    let address = served.address;

    let abort: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let chance = house.world.ctx().chance.clone();
            tokio::spawn(async move {
                for _ in 0..ABORTED / AT_ONCE {
                    // Up to 16 ms: from before the first byte is read until after the answer.
                    let [high, low] = chance.bytes::<2>();
                    let patience = Duration::from_micros(u64::from(u16::from_be_bytes([high, low]) / 4));
                    send_and_hang_up(address, WRITE, patience).await;
                }
            })
        })
        .collect();
    for task in abort {
        task.await.unwrap();
    }

    let mut fine = 0;
    for _ in 0..AFTERWARDS {
        fine += usize::from(status(&exchange(address, WRITE).await) == 200);
    }
    assert_eq!(fine, AFTERWARDS);
    let stuck = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    assert_eq!(count(&house, stuck).await, 0);
    let halves = "SELECT count(*) FROM (SELECT FROM rate_limits GROUP BY subject HAVING count(*) <> 2) AS half";
    assert_eq!(count(&house, halves).await, 0);
    let written = count(&house, "SELECT count(*) / 2 FROM rate_limits").await;
    let all = i64::try_from(ABORTED + AFTERWARDS).unwrap();
    assert!(written > 1_500 && written < all, "{written} of {all} were written: the aborts fell on both sides");
}
