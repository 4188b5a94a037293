//! Pictures of people: where a new one is shown, what becomes of the old one, and who else has it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::accounts::privacy::{ask_for_copy, copies, delete_account, download};
use domain::accounts::{change_picture, profile, remove_picture};
use domain::kernel::workshop::Workshop;
use domain::kernel::{Actor, Context, Error};
use domain::pictures;
use domain::testing::{PASSWORD, World};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::{Cursor, Read};

/// A picture of one colour.
fn plain(red: u8) -> Vec<u8> {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(80, 80, Rgb([red, 90, 90])));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

async fn key(ctx: &Context, actor: &Actor) -> Option<String> {
    profile(ctx, actor).await.unwrap().picture
}

/// Pictures and files that are kept.
async fn kept(world: &World) -> (i64, i64) {
    sqlx::query_as("SELECT (SELECT count(*) FROM pictures), (SELECT count(*) FROM picture_files)")
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// What the history says was done.
async fn history(world: &World) -> Vec<String> {
    let done = "SELECT action FROM audit_entries WHERE action LIKE 'user.picture%' ORDER BY seq";
    sqlx::query_scalar(done).fetch_all(world.owner()).await.unwrap()
}

#[tokio::test]
async fn a_new_picture_takes_the_place_of_the_old_one() {
    let world = World::new().await;
    let ctx = world.ctx();
    let ana = world.actor(&world.customer("Ana").await).await;
    assert_eq!(key(ctx, &ana).await, None);
    change_picture(ctx, &ana, &plain(10)).await.unwrap();
    let first = key(ctx, &ana).await.unwrap();
    assert_eq!(kept(&world).await, (1, 3));
    change_picture(ctx, &ana, &plain(10)).await.unwrap();
    assert_eq!(key(ctx, &ana).await.as_ref(), Some(&first), "the same content has the same name");
    change_picture(ctx, &ana, &plain(200)).await.unwrap();
    assert_ne!(key(ctx, &ana).await, Some(first));
    assert_eq!(kept(&world).await, (1, 3), "the old one is gone");
    let refused = change_picture(ctx, &ana, b"no picture").await;
    assert!(matches!(refused, Err(Error::Invalid(errors)) if errors.of("picture").is_some()));
    assert_eq!(kept(&world).await, (1, 3));
    remove_picture(ctx, &ana).await.unwrap();
    remove_picture(ctx, &ana).await.unwrap();
    assert_eq!((kept(&world).await, key(ctx, &ana).await), ((0, 0), None));
    // What changes nothing writes nothing.
    assert_eq!(history(&world).await, ["user.picture_changed", "user.picture_changed", "user.picture_removed"]);
}

#[tokio::test]
async fn a_picture_two_people_chose_stays_until_both_let_go() {
    let world = World::new().await;
    let ctx = world.ctx();
    let ana = world.actor(&world.customer("Ana").await).await;
    let ben = world.actor(&world.customer("Ben").await).await;
    for actor in [&ana, &ben] {
        change_picture(ctx, actor, &plain(10)).await.unwrap();
    }
    assert_eq!(kept(&world).await, (1, 3));
    remove_picture(ctx, &ana).await.unwrap();
    let name = format!("{}-96.jpg", key(ctx, &ben).await.unwrap());
    assert!(pictures::print(ctx, &name).await.is_ok(), "Ben still has it");
    remove_picture(ctx, &ben).await.unwrap();
    assert!(matches!(pictures::print(ctx, &name).await, Err(Error::NotFound)));
}

/// Everybody swaps between the same two pictures at once: nobody is left with one that is not there.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_loses_a_picture_that_somebody_else_lets_go() {
    let world = World::new().await;
    let mut people = Vec::new();
    for name in ["Ana", "Ben", "Cem", "Dina"] {
        people.push(world.actor(&world.customer(name).await).await);
    }
    let files = [plain(10), plain(200)];
    for round in 0..6 {
        let swaps = people.iter().enumerate().map(|(number, actor)| {
            let (ctx, actor, file) = (world.ctx().clone(), actor.clone(), files[(round + number) % 2].clone());
            tokio::spawn(async move { change_picture(&ctx, &actor, &file).await })
        });
        for swap in swaps.collect::<Vec<_>>() {
            swap.await.unwrap().unwrap();
        }
        for actor in &people {
            let name = format!("{}-384.jpg", key(world.ctx(), actor).await.unwrap());
            assert!(pictures::print(world.ctx(), &name).await.is_ok(), "round {round}");
        }
        assert_eq!(kept(&world).await, (2, 6));
    }
}

#[tokio::test]
async fn who_does_the_work_is_shown_with_the_new_picture() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let cem = plumbing.member("Cem").await;
    sqlx::query("UPDATE members SET picture = 'drawn' WHERE id = $1")
        .bind(cem.id.0)
        .execute(world.owner())
        .await
        .unwrap();
    let faces = async || -> Vec<(String, Option<String>)> {
        let all = "SELECT 'business', picture FROM providers UNION ALL SELECT name, picture FROM members ORDER BY 1";
        sqlx::query_as(all).fetch_all(world.owner()).await.unwrap()
    };
    let owner = world.actor(&plumbing.owner.user).await;
    change_picture(ctx, &owner, &plain(10)).await.unwrap();
    change_picture(ctx, &world.actor(&cem.user).await, &plain(20)).await.unwrap();
    let hers = key(ctx, &owner).await;
    let sole: bool = sqlx::query_scalar("SELECT kind = 'sole' FROM providers").fetch_one(world.owner()).await.unwrap();
    for (name, picture) in faces().await {
        let expected = match name.as_str() {
            "Cem" => Some("drawn".to_owned()),
            "business" if !sole => None,
            _ => hers.clone(),
        };
        assert_eq!(picture, expected, "{name}");
    }
    remove_picture(ctx, &owner).await.unwrap();
    assert!(faces().await.iter().all(|(name, picture)| (name == "Cem") == picture.is_some()), "gone everywhere");
    assert_eq!(kept(&world).await, (1, 3), "Cem's own is left");
}

#[tokio::test]
async fn a_copy_holds_the_picture_and_who_is_forgotten_takes_it_along() {
    let world = World::new().await;
    let ctx = world.ctx();
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let owner = world.actor(&business.owner.user).await;
    change_picture(ctx, &owner, &plain(10)).await.unwrap();
    let name = format!("{}-384.jpg", key(ctx, &owner).await.unwrap());
    ask_for_copy(ctx, &owner).await.unwrap();
    world.run_jobs().await;
    let copy = copies(ctx, &owner).await.unwrap()[0].id;
    let mut zip = zip::ZipArchive::new(Cursor::new(download(ctx, &owner, copy).await.unwrap())).unwrap();
    let mut picture = Vec::new();
    zip.by_name("picture.jpg").unwrap().read_to_end(&mut picture).unwrap();
    assert_eq!(picture, pictures::print(ctx, &name).await.unwrap(), "the largest print");

    delete_account(ctx, &owner, PASSWORD.to_owned()).await.unwrap();
    assert_eq!(kept(&world).await, (0, 0));
    let words: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_personal p WHERE p::text LIKE '%photo-%'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(words, 0, "the history has forgotten its name");
}

#[tokio::test]
async fn a_crowd_with_cameras_is_asked_to_come_again() {
    let world = World::new().await;
    let ctx = Context { workshop: Workshop::with(0, 0), ..world.ctx().clone() };
    let ana = world.actor(&world.customer("Ana").await).await;
    let busy = change_picture(&ctx, &ana, &plain(10)).await;
    assert!(matches!(busy, Err(Error::Unavailable(_))), "{busy:?}");
    let empty = change_picture(&ctx, &ana, b"").await;
    assert!(matches!(empty, Err(Error::Invalid(_))), "what needs no work is told at once");
}
