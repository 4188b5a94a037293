//! Files nobody should be able to hang on the wall, through the whole router: none is taken, each is told why beside the
//! field, and none costs much memory. Alone in its process, because the memory is that of the whole process.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod album;
mod house;

use album::sending::{send, signed_in};
use album::{chunk, header, hostile, png_of, zeros};
use axum::http::StatusCode;
use house::{House, house_with, settings, text};
use std::fs;

/// What one of them may cost beyond what the process takes anyway, with what is sent itself (11 MiB at most, a few times).
const MOST: u64 = 50 << 20;

/// A line of `/proc/self/status`, in bytes.
fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|text| text.strip_prefix(line)).unwrap();
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
}

/// How much a piece of work took at its height, beyond what was taken before.
async fn height<T>(work: impl Future<Output = T>) -> (T, u64) {
    // Sets the height back to where things stand now.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = memory("VmRSS");
    let done = work.await;
    (done, memory("VmHWM").saturating_sub(before))
}

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
    // The first request pays for what is set up once.
    send(&house, &session, "a.jpg", "image/jpeg", b"").await;

    let mut wrong = Vec::new();
    for (what, file, words) in &corpus {
        // Neither the name nor the kind a browser claims is believed.
        let (answer, height) = height(send(&house, &session, "me.jpg", "image/jpeg", file)).await;
        let status = answer.status();
        let page = text(answer).await;
        let beside = page.split("id=\"f-picture-error\"").nth(1).and_then(|rest| rest.split("</p>").next());
        let told = beside.is_some_and(|beside| beside.contains(words));
        if status != StatusCode::UNPROCESSABLE_ENTITY || !told || height > MOST {
            wrong.push(format!("{what}: {status}, {} MB, beside the field: {beside:?}", height >> 20));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!(kept(&house).await, 0, "nothing of them is kept");

    // The control: the meter sees a large picture, and a large picture is taken.
    let pixels = chunk(b"IDAT", &zeros(5000 * (3 * 6000 + 1)));
    let large = png_of(&[header(6000, 5000, 8, 2), pixels, chunk(b"IEND", b"")]);
    let (answer, height) = height(send(&house, &session, "large.png", "image/png", &large)).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(height > MOST, "30 million pixels take more than {} MB", height >> 20);
    assert!(height < 200 << 20, "and not more than they must: {} MB", height >> 20);
    assert_eq!(kept(&house).await, 2);
}
