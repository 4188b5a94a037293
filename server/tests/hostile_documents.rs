//! Files nobody should be able to hand in as a document, through both doors of documents: none is taken, each is told why
//! beside the field, and none costs what a good picture may cost, in memory and in time of the processor. Alone in its
//! process, because both are those of the whole process.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod album;
mod house;

use album::cost::{Cost, cost};
use album::sending::{send_with, signed_in};
use album::{chunk, header, hostile, png_of, zeros};
use axum::http::StatusCode;
use domain::testing::{Provider, User};
use house::{House, house_with, settings, text};
use std::time::Duration;

/// What one of them may cost beyond what the process takes anyway, with what is sent itself (11 MiB at most, a few times).
const MOST: u64 = 50 << 20;
/// So many files of the corpus are smaller than a document has to be, and refused for that before anything decodes them.
const SMALL: usize = 22;
/// The tick in which the kernel tells time of the processor, twice: less cannot be told apart.
const TICKS: Duration = Duration::from_millis(20);

async fn kept(house: &House) -> i64 {
    let count =
        "SELECT (SELECT count(*) FROM application_documents) + (SELECT count(*) FROM application_document_files)";
    sqlx::query_scalar(count).fetch_one(house.world.owner()).await.unwrap()
}

/// A business that has shown documents before.
async fn approved(house: &House, business: &Provider) {
    let id: uuid::Uuid = house.world.ctx().id();
    sqlx::query(
        "INSERT INTO applications (id, reference, user_id, state, provider_id, submitted_at, created_at, changed_at)
         VALUES ($1, 'AP-TEST', $2, 'approved', $3, now(), now(), now())",
    )
    .bind(id)
    .bind(business.owner.user.id.0)
    .bind(business.id.0)
    .execute(house.world.owner())
    .await
    .unwrap();
}

/// Hands a file in; the answer's status, what stands beside the field, and what it cost.
async fn hand_in(house: &House, session: &str, path: &str, file: &[u8]) -> (StatusCode, Option<String>, Cost) {
    let fields = [("kind", "identity"), ("number", "L01X00T47"), ("expires_on", "2027-06-30")];
    let sent = ("document", ("passport.jpg", "image/jpeg", file));
    let (answer, cost) = cost(send_with(house, session, path, &fields, sent)).await;
    let status = answer.status();
    let page = text(answer).await;
    let beside = page.split("id=\"f-document-error\"").nth(1).and_then(|rest| rest.split("</p>").next());
    (status, beside.map(str::to_owned), cost)
}

#[tokio::test]
async fn no_hostile_document_is_taken() {
    let mut settings = settings();
    settings.rate_limits = false;
    let house = house_with(settings, Vec::new()).await;
    let ana: User = house.world.customer("Ana").await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    approved(&house, &plumbing).await;
    let doors = [
        ("/provider/apply/documents", signed_in(&house, &ana).await),
        ("/provider/documents", signed_in(&house, &plumbing.owner.user).await),
    ];
    // The measure: the largest picture that is taken, which the first request may cost as well.
    let pixels = chunk(b"IDAT", &zeros(5000 * (3 * 6000 + 1)));
    let large = png_of(&[header(6000, 5000, 8, 2), pixels, chunk(b"IEND", b"")]);
    let mut honest = Duration::MAX;
    for (path, session) in &doors {
        let (status, beside, cost) = hand_in(&house, session, path, &large).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{path}: {beside:?}");
        assert!(cost.height > MOST, "the meter sees 30 million pixels: {} MB", cost.height >> 20);
        honest = honest.min(cost.processor);
    }
    assert!(honest > TICKS * 4, "the clock sees 30 million pixels: {honest:?}");
    let good = kept(&house).await;
    assert_eq!(good, 8, "two documents in three widths each");

    let corpus = hostile::all();
    assert!(corpus.len() >= 40, "{} are too few", corpus.len());
    for (path, session) in &doors {
        let (mut wrong, mut small) = (Vec::new(), 0);
        for (what, file, words) in &corpus {
            let (status, beside, cost) = hand_in(&house, session, path, file).await;
            let told = beside.as_deref().is_some_and(|beside| beside.contains(words));
            // A bomb is told as one, whatever its size.
            let bomb = what.contains("MB")
                || what.contains("million")
                || what.contains("says")
                || what.contains("hundred texts");
            let too_small = !told && !bomb && beside.as_deref().is_some_and(|beside| beside.contains("too small"));
            small += usize::from(too_small);
            let dear = cost.height > MOST || cost.processor > honest / 4 + TICKS;
            if status != StatusCode::UNPROCESSABLE_ENTITY || !(told || too_small) || dear {
                wrong.push(format!(
                    "{what}: {status}, {} MB, {:?} (a good one: {honest:?}), beside the field: {beside:?}",
                    cost.height >> 20,
                    cost.processor
                ));
            }
        }
        assert!(wrong.is_empty(), "{path}\n{}", wrong.join("\n"));
        assert!(small <= SMALL, "{path}: {small} of {} were only too small", corpus.len());
    }
    assert_eq!(kept(&house).await, good, "nothing of them is kept");
}
