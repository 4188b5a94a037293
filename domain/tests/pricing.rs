//! Prices per unit, from, and on request: written, put on show, listed, booked.

use crate::story;

use domain::bookings::{self, Book, BookError, Event};
use domain::catalog::listing::{Beginning, Chosen, SaveError, approve, begin, edited, for_review, save, submit};
use domain::catalog::{Choice, Kind, Pricing, ReviewsAsked, Unit, showcase};
use domain::kernel::{Actor, Error, Role};
use domain::testing::{Provider, World};
use story::{at, go, wish};

struct Scene {
    world: World,
    shine: Provider,
    ana: Actor,
    ben: Actor,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let shine = world.provider("Window Shine", "Europe/Berlin").await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let ben = world.actor(&shine.owner.user).await;
    Scene { world, shine, ana, ben }
}

#[tokio::test]
async fn windows_are_counted_when_they_are_booked() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let windows = scene.world.service(&scene.shine, |s| s.called("Windows").per("window", 900, (4, 30), 10)).await;
    let counted = |count| Book {
        choice: Choice { count, ..Choice::default() },
        ..wish(ctx, &windows, at("2026-11-03T09:00:00Z"))
    };
    for count in [3, 31] {
        let Err(BookError::Refused(Error::Invalid(wrong))) =
            bookings::book(ctx, &scene.ana, counted(Some(count))).await
        else {
            panic!("{count} were taken")
        };
        assert!(wrong.of("count").is_some());
    }
    let reference = bookings::book(ctx, &scene.ana, counted(Some(12))).await.unwrap();
    go(ctx, &scene.ana, &reference, Event::Confirm).await.unwrap();
    let booking = bookings::find(ctx, &scene.ana, &reference).await.unwrap();
    assert_eq!((booking.total.minor, booking.lines[0].label.as_str()), (10_800, "12 × window at €9"));
    let (from, to) = booking.visit.unwrap();
    assert_eq!(to.duration_since(from).as_mins(), 60 + 120, "each takes ten minutes more");
}

#[tokio::test]
async fn lists_say_how_a_price_is_meant_and_put_unnamed_ones_last() {
    let scene = scene().await;
    for (title, price) in [("Windows", "unit"), ("Façade", "from"), ("Conservatory", "quote"), ("Door", "fixed")] {
        scene
            .world
            .service(&scene.shine, |s| {
                let service = s.called(title);
                match price {
                    "unit" => service.per("window", 900, (4, 30), 10),
                    "from" => service.costs_from(20_000),
                    "quote" => service.on_quote(),
                    _ => service.costs(3000),
                }
            })
            .await;
    }
    let listed: Vec<(String, String, bool)> =
        sqlx::query_as("SELECT pricing, unit, price_from FROM listings ORDER BY price_cents")
            .fetch_all(scene.world.owner())
            .await
            .unwrap();
    let row = |pricing: &str, unit: &str, from| (pricing.to_owned(), unit.to_owned(), from);
    assert_eq!(
        listed,
        [row("unit", "window", false), row("fixed", "", false), row("from", "", true), row("quote", "", false)]
    );
}

#[tokio::test]
async fn nothing_is_booked_before_a_price_is_named() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let roof = scene.world.service(&scene.shine, |s| s.called("Conservatory").on_quote()).await;
    let refused = bookings::book(ctx, &scene.ana, wish(ctx, &roof, at("2026-11-03T09:00:00Z"))).await;
    let Err(BookError::Refused(Error::Conflict(words))) = refused else { panic!("{refused:?}") };
    assert!(words.contains("named on request"));
    let held: i64 = sqlx::query_scalar("SELECT count(*) FROM bookings").fetch_one(scene.world.owner()).await.unwrap();
    assert_eq!(held, 0);
}

#[tokio::test]
async fn each_way_to_price_goes_from_the_form_to_the_page_and_back() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    scene.world.service(&scene.shine, |s| s.called("Anything")).await;
    let category = sqlx::query_scalar("SELECT id FROM categories WHERE slug = 'plumbing'")
        .fetch_one(scene.world.owner())
        .await
        .unwrap();
    let boss = scene.world.actor(&scene.world.operator("Boss", Role::Admin).await).await;
    for pricing in [Pricing::Unit, Pricing::From, Pricing::Quote] {
        let title = format!("Windows, {}", pricing.name());
        let beginning = Beginning { title, category: domain::kernel::CategoryId(category), kind: Kind::Visit, pricing };
        let slug = begin(ctx, &scene.ben, scene.shine.id, beginning, None).await.unwrap();
        let now = async || edited(ctx, &scene.ben, &slug).await.unwrap().0;
        let write = async |price: Option<i64>, name: &str| {
            let service = now().await;
            let mut listing = service.listing().clone();
            listing.summary = "Clear again within the hour.".to_owned();
            listing.description = "A ladder, two buckets, and rainwater: nothing else touches your panes.".to_owned();
            listing.price_minor = price;
            listing.unit = Unit { name: name.to_owned(), least: 4, most: 30, minutes: 10 };
            save(ctx, &scene.ben, &service, service.version, listing).await.unwrap();
            submit(ctx, &scene.ben, &now().await).await
        };
        if pricing != Pricing::Quote {
            let poor = write(None, "").await;
            assert!(matches!(poor, Err(SaveError::Other(Error::Invalid(_)))), "{pricing:?} lacks a price");
        }
        write((pricing != Pricing::Quote).then_some(900), "window").await.unwrap();
        let (review, _) = for_review(ctx, &boss, &slug).await.unwrap();
        let written = review.service.listing().clone();
        approve(ctx, &boss, Chosen { service: review.service.id, version: review.service.version }).await.unwrap();
        assert_eq!(now().await.live, written, "the rows say what was written");
        let shown = showcase(ctx, None, &slug, ReviewsAsked::default()).await.unwrap().service.priced;
        assert_eq!((shown.pricing, shown.from_price().1), (pricing, pricing == Pricing::From));
        assert_eq!(shown.unit.name, "window");
    }
}
