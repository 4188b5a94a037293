//! Files nobody should be able to hang on the wall, through the whole router: none is taken, each is told why beside the
//! field, and none costs much memory or a part of the processor's time a good one costs. Alone in its process, because both are
//! those of the whole process.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod album;
mod house;

use album::cost::cost;
use album::sending::{send, signed_in};
use album::{chunk, header, hostile, png_of, zeros};
use axum::http::StatusCode;
use house::{House, house_with, settings, text};
use std::time::Duration;

/// What one of them may cost beyond what the process takes anyway, with what is sent itself (11 MiB at most, a few times).
const MOST: u64 = 50 << 20;
/// The tick in which the kernel tells time of the processor, twice: less cannot be told apart.
const TICKS: Duration = Duration::from_millis(20);

async fn kept(house: &House) -> i64 {
    let count = "SELECT (SELECT count(*) FROM pictures) + (SELECT count(*) FROM users WHERE picture IS NOT NULL)";
    sqlx::query_scalar(count).fetch_one(house.world.owner()).await.unwrap()
}

#[tokio::test]
async fn no_hostile_picture_is_taken() {
    let mut settings = settings();
    settings.rate_limits = false;
    let house = house_with(settings, Vec::new()).await;
    let ana = house.world.customer("Ana").await;
    let session = signed_in(&house, &ana).await;
    let corpus = hostile::all();
    assert!(corpus.len() >= 40, "{} are too few", corpus.len());
    // The measure: the largest picture that is taken. It pays for what is set up once, too.
    let pixels = chunk(b"IDAT", &zeros(5000 * (3 * 6000 + 1)));
    let large = png_of(&[header(6000, 5000, 8, 2), pixels, chunk(b"IEND", b"")]);
    let (answer, honest) = cost(send(&house, &session, "large.png", "image/png", &large)).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(honest.height > MOST, "30 million pixels take more than {} MB", honest.height >> 20);
    assert!(honest.height < 200 << 20, "and not more than they must: {} MB", honest.height >> 20);
    assert!(honest.processor > TICKS * 4, "the clock sees them: {:?}", honest.processor);
    assert_eq!(kept(&house).await, 2);

    let mut wrong = Vec::new();
    for (what, file, words) in &corpus {
        // Neither the name nor the kind a browser claims is believed.
        let (answer, cost) = cost(send(&house, &session, "me.jpg", "image/jpeg", file)).await;
        let status = answer.status();
        let page = text(answer).await;
        let beside = page.split("id=\"f-picture-error\"").nth(1).and_then(|rest| rest.split("</p>").next());
        let told = beside.is_some_and(|beside| beside.contains(words));
        let dear = cost.height > MOST || cost.processor > honest.processor / 4 + TICKS;
        if status != StatusCode::UNPROCESSABLE_ENTITY || !told || dear {
            wrong.push(format!("{what}: {status}, {cost:?} (a good one: {honest:?}), beside the field: {beside:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!(kept(&house).await, 2, "nothing of them is kept");
}
