//! The pages of services, businesses, the front page and the map for search engines: what they show, what
//! they keep to themselves, and what they cost.

use domain::catalog::{
    Listed, Place, ReviewsAsked, Sitemap, Status, home, provider_page, showcase, sitemap, sitemap_part,
};
use domain::kernel::{Error, Zone};
use domain::testing::{Service, User, World};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::Executor;
use uuid::Uuid;

const PRAISE: &str = "Came on time, found the leak in ten minutes, and left the kitchen cleaner than before.";

/// A published review, `ago` before now. Its booking need not exist for what is tested here.
async fn review(world: &World, who: &User, service: &Service, rating: i16, ago: SignedDuration, body: &str) -> Uuid {
    let id: Uuid = world.ctx().id();
    let mut tx = world.owner().begin().await.expect("as it should be");
    tx.execute("SET LOCAL session_replication_role = replica").await.expect("as it should be");
    sqlx::query(
        "INSERT INTO reviews (id, booking_id, service_id, provider_id, customer_id, rating, quality, punctuality,
                              professionalism, value, title, body, created_at)
         SELECT $1, $1, s.id, s.provider_id, $2, $3, 5, 4, 3, $3, 'A headline', $4, $5 FROM services s WHERE s.id = $6",
    )
    .bind(id)
    .bind(who.id)
    .bind(rating)
    .bind(body)
    .bind((world.now() - ago).to_sqlx())
    .bind(service.id)
    .execute(&mut *tx)
    .await
    .expect("as it should be");
    tx.commit().await.expect("as it should be");
    let sums = [
        "UPDATE services SET rating_sum = rating_sum + $2, rating_count = rating_count + 1 WHERE id = $1",
        "UPDATE providers SET rating_sum = rating_sum + $2, rating_count = rating_count + 1
         WHERE id = (SELECT provider_id FROM services WHERE id = $1)",
    ];
    for sql in sums {
        sqlx::query(sql).bind(service.id).bind(rating).execute(world.owner()).await.expect("as it should be");
    }
    id
}

async fn picture(world: &World, service: &Service, position: i32, key: &str) {
    sqlx::query("INSERT INTO service_pictures (service_id, position, key, alt, colour) VALUES ($1, $2, $3, 'A hand and a tap', '#d8e4f5')")
        .bind(service.id)
        .bind(position)
        .bind(key)
        .execute(world.owner())
        .await
        .expect("as it should be");
}

async fn free_at(world: &World, service: &Service, next: Timestamp) {
    sqlx::query(
        "INSERT INTO service_openings (service_id, base_date, days, next_free, refreshed_at)
         VALUES ($1, '2026-11-02', B'1', $2, $3)
         ON CONFLICT (service_id) DO UPDATE SET next_free = excluded.next_free",
    )
    .bind(service.id)
    .bind(next.to_sqlx())
    .bind(world.now().to_sqlx())
    .execute(world.owner())
    .await
    .expect("as it should be");
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

#[tokio::test]
async fn a_service_shows_everything_in_three_statements() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let tom = plumbing.member("Tom").await;
    let leak = world
        .service(&plumbing, |s| {
            s.called("Fix a leak").package("premium", 9000, 120).package("basic", 5000, 60).extra("Parts", 1000, 15)
        })
        .await;
    let boiler = world.service(&plumbing, |s| s.called("Boiler check")).await;
    world.service(&plumbing, |s| s.called("A secret").standing("draft")).await;
    picture(&world, &leak, 1, "second").await;
    picture(&world, &leak, 0, "first").await;
    free_at(&world, &leak, world.now() + hours(3)).await;
    let ana = world.customer("Ana").await;
    review(&world, &ana, &leak, 4, hours(1), PRAISE).await;

    let (shown, heard) = world.statements(showcase(world.ctx(), None, &leak.slug, ReviewsAsked::default())).await;
    let shown = shown.expect("as it should be");
    assert_eq!(heard.len(), 3, "{heard:?}");
    let service = &shown.service;
    assert_eq!(
        (service.priced.title.as_str(), service.status, service.place),
        ("Fix a leak", Status::Live, Place::Customer)
    );
    let prices: Vec<i64> = service.priced.packages.iter().map(|package| package.price.minor).collect();
    assert_eq!((prices, service.priced.extras.len()), (vec![5000, 9000], 1));
    let keys: Vec<&str> = service.pictures.iter().map(|picture| picture.key.as_str()).collect();
    assert_eq!(keys, ["first", "second"]);
    assert!(service.members.iter().any(|member| member.id == tom.id));
    assert_eq!((service.category.1.as_str(), service.top_category.1.as_str()), ("Plumbing", "Home"));
    assert_eq!(service.next_free, Some(world.now() + hours(3)));
    assert_eq!((service.rating, service.reviews), (Some(4.0), 1));
    assert!(service.provider.verified_at.is_some());
    assert_eq!(shown.reviews.page.items[0].author, "Ana E.");
    let similar: Vec<&str> = shown.similar.iter().map(|hit| hit.slug.as_str()).collect();
    assert_eq!(similar, [boiler.slug.as_str()], "neither itself nor a draft");

    // A free time that has passed is none.
    world.advance(hours(4));
    let later = showcase(world.ctx(), None, &leak.slug, ReviewsAsked::default()).await.expect("as it should be");
    assert_eq!(later.service.next_free, None);
}

#[tokio::test]
async fn drafts_are_hidden_and_what_rests_still_has_its_page() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let mut slugs = Vec::new();
    for status in ["draft", "paused", "archived"] {
        slugs.push(world.service(&plumbing, |s| s.called(status).standing(status)).await.slug);
    }
    let found = |slug: String| {
        let ctx = world.ctx();
        async move { showcase(ctx, None, &slug, ReviewsAsked::default()).await.map(|shown| shown.service.status) }
    };
    assert!(matches!(found(slugs[0].clone()).await, Err(Error::NotFound)));
    assert_eq!(found(slugs[1].clone()).await.expect("as it should be"), Status::Paused);
    assert_eq!(found(slugs[2].clone()).await.expect("as it should be"), Status::Archived);
    for hostile in ["", "\0", "nobody", "' OR 1=1 --", &"x".repeat(5000), "ñ/../..", "%00"] {
        assert!(matches!(found(hostile.to_owned()).await, Err(Error::NotFound)), "{hostile:?}");
        let page = provider_page(world.ctx(), None, hostile, ReviewsAsked::default()).await;
        assert!(matches!(page, Err(Error::NotFound)), "{hostile:?}");
    }
    let page =
        provider_page(world.ctx(), None, &plumbing.slug, ReviewsAsked::default()).await.expect("as it should be");
    assert!(page.services.is_empty(), "nothing of it can be booked");
}

#[tokio::test]
async fn pages_of_reviews_have_no_gaps() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak")).await;
    let boiler = world.service(&plumbing, |s| s.called("Boiler check")).await;
    let ana = world.customer("Ana").await;
    let mut written = Vec::new();
    for number in 0..20_i64 {
        // Two of each instant, so that time alone does not tell them apart.
        let rating = i16::try_from(number % 5 + 1).expect("as it should be");
        written.push(review(&world, &ana, &leak, rating, hours(number / 2), "Fine.").await);
    }
    review(&world, &ana, &boiler, 1, hours(0), "Another service.").await;

    let mut seen = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let asked = ReviewsAsked::read(None, after.as_deref());
        assert_eq!(asked.after.is_some(), after.is_some());
        let reviews = showcase(world.ctx(), None, &leak.slug, asked).await.expect("as it should be").reviews;
        assert_eq!(reviews.opinion.spread, [4; 5], "whatever page it is");
        seen.extend(reviews.page.items.iter().map(|review| (review.at, review.id.0)));
        match reviews.page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let mut ordered = seen.clone();
    ordered.sort_by(|a, b| b.cmp(a));
    assert_eq!(seen, ordered, "latest first");
    let mut ids: Vec<Uuid> = seen.into_iter().map(|(_, id)| id).collect();
    ids.sort();
    written.sort();
    assert_eq!(ids, written);

    let fives = showcase(world.ctx(), None, &leak.slug, ReviewsAsked::read(Some("5"), None))
        .await
        .expect("as it should be")
        .reviews;
    assert!(fives.page.items.len() == 4 && fives.page.items.iter().all(|review| review.rating == 5));
    assert_eq!((fives.opinion.weighed, fives.opinion.quality, fives.opinion.value), (20, 5.0, 3.0));

    let (page, heard) =
        world.statements(provider_page(world.ctx(), None, &plumbing.slug, ReviewsAsked::default())).await;
    let page = page.expect("as it should be");
    assert_eq!(heard.len(), 3, "{heard:?}");
    assert_eq!((page.reviews.opinion.weighed, page.services.len(), page.team.len()), (21, 2, 1));
    assert!(page.team[0].owner);
}

#[tokio::test]
async fn addresses_may_say_anything_about_reviews() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak")).await;
    let nil = Uuid::nil();
    let cursors = [
        "",
        "~",
        "\0",
        "x~y",
        &format!("9223372036854775807~{nil}"),
        &format!("-9223372036854775808~{nil}"),
        &format!("253402207200000000~{nil}"),
        &format!("0~{nil}"),
        &"9".repeat(9999),
    ]
    .map(str::to_owned);
    for after in cursors {
        for stars in ["0", "5", "999", "-1", "\0", "five"] {
            let asked = ReviewsAsked::read(Some(stars), Some(&after));
            let shown = showcase(world.ctx(), None, &leak.slug, asked).await;
            assert!(shown.is_ok(), "{stars:?} {after:?}: {shown:?}");
        }
    }
}

#[tokio::test]
async fn the_front_page_shows_what_is_free_near_the_viewer() {
    let world = World::new().await;
    let berlin = Zone::parse("Europe/Berlin").expect("as it should be");
    let (empty, heard) = world.statements(home(world.ctx(), Some(&berlin))).await;
    let empty = empty.expect("as it should be");
    assert_eq!(heard.len(), 3, "{heard:?}");
    assert!(empty.free.is_empty() && empty.categories.is_empty() && empty.voices.is_empty());

    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak")).await;
    let boiler = world.service(&plumbing, |s| s.called("Boiler check")).await;
    let past = world.service(&plumbing, |s| s.called("Too late")).await;
    let far = world.service(&plumbing, |s| s.called("Much later")).await;
    let drawing = world.service(&plumbing, |s| s.called("A drawing").delivered_in(3)).await;
    free_at(&world, &leak, world.now() + hours(30)).await;
    free_at(&world, &boiler, world.now() + hours(5)).await;
    free_at(&world, &past, world.now() - hours(1)).await;
    free_at(&world, &far, world.now() + hours(24 * 8)).await;
    free_at(&world, &drawing, world.now() + hours(1)).await;
    let ana = world.customer("Ana").await;
    review(&world, &ana, &leak, 5, hours(2), PRAISE).await;
    review(&world, &ana, &leak, 5, hours(1), "Short.").await;
    review(&world, &ana, &boiler, 4, hours(1), PRAISE).await;

    let page = home(world.ctx(), Some(&berlin)).await.expect("as it should be");
    let free: Vec<&str> = page.free.iter().map(|hit| hit.title.as_str()).collect();
    assert_eq!(free, ["Boiler check"], "one of each branch, the soonest visit of this week");
    assert!(!page.near, "one is too few to be called near");
    assert_eq!(page.categories.len(), 2);
    assert_eq!(page.voices.iter().map(|voice| voice.body.as_str()).collect::<Vec<_>>(), [PRAISE]);

    // More branches with something free in this zone are near; other zones see them as they are.
    for number in 1..=4_u128 {
        let top = Uuid::from_u128(number);
        sqlx::query("INSERT INTO categories (id, slug, name, position) VALUES ($1, $2, $2, 9)")
            .bind(top)
            .bind(format!("branch-{number}"))
            .execute(world.owner())
            .await
            .expect("as it should be");
        let service = world.service(&plumbing, |s| s.called("More")).await;
        sqlx::query("UPDATE services SET category_id = $2, top_category_id = $2 WHERE id = $1")
            .bind(service.id)
            .bind(top)
            .execute(world.owner())
            .await
            .expect("as it should be");
        free_at(&world, &service, world.now() + hours(10)).await;
    }
    let (page, heard) = world.statements(home(world.ctx(), Some(&berlin))).await;
    let page = page.expect("as it should be");
    assert_eq!((page.near, page.free.len(), heard.len()), (true, 5, 3));
    let lisbon = Zone::parse("Europe/Lisbon").expect("as it should be");
    let page = home(world.ctx(), Some(&lisbon)).await.expect("as it should be");
    assert_eq!((page.near, page.free.len()), (false, 5));
    assert_eq!(home(world.ctx(), None).await.expect("as it should be").free.len(), 5);
}

#[tokio::test]
async fn the_map_lists_public_pages_and_is_parted_when_large() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let mut live = Vec::new();
    for number in 0..5 {
        live.push(world.service(&plumbing, |s| s.called(&format!("Work {number}"))).await.slug);
    }
    let draft = world.service(&plumbing, |s| s.standing("draft")).await;
    live.sort();
    let Sitemap::Whole(pages) = sitemap(world.ctx(), 100).await.expect("as it should be") else {
        panic!("few pages in parts")
    };
    assert_eq!(pages.len(), 5 + 1 + 2);
    assert!(pages.contains(&(Listed::Provider, plumbing.slug.clone())));
    assert!(!pages.iter().any(|(_, slug)| *slug == draft.slug));

    let Sitemap::Parts(parts) = sitemap(world.ctx(), 2).await.expect("as it should be") else {
        panic!("many pages in one")
    };
    let mut found = Vec::new();
    for (listed, from) in parts.iter().filter(|(listed, _)| *listed == Listed::Service) {
        let slugs = sitemap_part(world.ctx(), *listed, from, 2).await.expect("as it should be");
        assert!(slugs.len() <= 2);
        found.extend(slugs);
    }
    assert_eq!(found, live);
    assert!(matches!(sitemap_part(world.ctx(), Listed::Service, "\0", 2).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn customers_read_when_a_business_is_away() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak")).await;
    let told = async || {
        let (shown, said) = world.statements(showcase(world.ctx(), None, &leak.slug, ReviewsAsked::default())).await;
        assert_eq!(said.len(), 3, "{said:?}");
        let page = provider_page(world.ctx(), None, &plumbing.slug, ReviewsAsked::default()).await.expect("a page");
        let away = shown.expect("a page").service.away;
        assert_eq!(page.away, away, "both pages say the same");
        away.map(|away| (away.on(page.today), away.back(), away.reason))
    };
    assert_eq!(told().await, None);
    sqlx::query("INSERT INTO provider_closures (id, provider_id, first_date, last_date, reason) VALUES (gen_random_uuid(), $1, '2026-11-03', '2026-11-06', 'At the sea.')")
        .bind(plumbing.id.0)
        .execute(world.owner())
        .await
        .expect("as it should be");
    let back = date(2026, 11, 7);
    assert_eq!(told().await, Some((false, back, "At the sea.".to_owned())));
    // It is Monday 10:00 in Berlin; there the next day begins at 23:00 UTC.
    world.advance(hours(13));
    assert_eq!(told().await, Some((false, back, "At the sea.".to_owned())));
    world.advance(hours(2));
    assert_eq!(told().await, Some((true, back, "At the sea.".to_owned())));
    world.advance(hours(4 * 24));
    assert_eq!(told().await, None);
}
