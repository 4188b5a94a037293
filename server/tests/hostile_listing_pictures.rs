//! Files nobody should be able to hang on the wall, through the door of listings: none is taken, and each is told why
//! beside the field.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::album;
use crate::house;

use album::sending::{bytes, get_as, send_to, signed_in};
use album::{hostile, jpeg, quarters};
use axum::http::StatusCode;
use house::{House, house_with, settings, text};

async fn kept(house: &House) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM pictures").fetch_one(house.world.owner()).await.unwrap()
}

#[tokio::test]
async fn no_hostile_picture_is_taken_by_a_listing() {
    let mut settings = settings();
    settings.rate_limits = false;
    let house = house_with(settings, Vec::new()).await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let session = signed_in(&house, &plumbing.owner.user).await;
    let path = format!("/provider/services/{}/pictures", leak.slug);
    let corpus = hostile::all();
    assert!(corpus.len() >= 40, "{} are too few", corpus.len());

    let mut wrong = Vec::new();
    for (what, file, words) in &corpus {
        let answer = send_to(&house, &session, &path, ("tap.jpg", "image/jpeg", file)).await;
        let status = answer.status();
        let page = text(answer).await;
        let beside = page.split("id=\"f-picture-error\"").nth(1).and_then(|rest| rest.split("</p>").next());
        // Pictures of services are larger than faces: some of the corpus are too small before they are anything else.
        let told = beside.is_some_and(|beside| beside.contains(words) || beside.contains("too small"));
        if status != StatusCode::UNPROCESSABLE_ENTITY || !told {
            wrong.push(format!("{what}: {status}, beside the field: {beside:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!(kept(&house).await, 0, "nothing of them is kept");

    // The control: a good one is taken, in three widths of four to three.
    let good = jpeg(&quarters(1600, 900));
    let answer = send_to(&house, &session, &path, ("tap.jpg", "image/jpeg", &good)).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(kept(&house).await, 1);
    let page = text(get_as(&house, &path, &session).await).await;
    let key = page.split("/pictures/photo-").nth(1).unwrap().split('-').next().unwrap().to_owned();
    for width in [400_u32, 800, 1200] {
        let file = bytes(house.get(&format!("/pictures/photo-{key}-{width}.jpg")).await).await;
        let picture = image::load_from_memory(&file).unwrap();
        assert_eq!((picture.width(), picture.height()), (width, width * 3 / 4));
    }
}
