//! Searches that found nothing: counted without anybody's name, shown to businesses that might offer it.

use domain::catalog::search::{SearchQuery, search};
use domain::catalog::{FEWEST, Unmet, count_unmet, forget_unmet, unmet_near};
use domain::kernel::{Actor, Error};
use domain::testing::World;
use jiff::SignedDuration;
use std::net::{IpAddr, Ipv4Addr};

/// Somebody without an account, each in a network of their own.
fn somebody(world: &World, number: u8) -> Actor {
    Actor::visitor(IpAddr::V4(Ipv4Addr::new(203, 0, 113, number)), world.visitor().request)
}

async fn looks(world: &World, who: &Actor, pairs: &[(&str, &str)]) {
    let query = SearchQuery::read(pairs.iter().copied());
    let results = search(world.ctx(), &query).await.expect("an answer");
    count_unmet(world.ctx(), who, &query, &results).await.expect("counted");
}

/// So many people look for the same.
async fn look(world: &World, pairs: &[(&str, &str)], people: i64) {
    for number in 0..people {
        looks(world, &somebody(world, u8::try_from(number).expect("few")), pairs).await;
    }
}

#[tokio::test]
async fn businesses_learn_what_people_near_them_did_not_find() {
    let world = World::new().await;
    let ctx = world.ctx();
    let berlin = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let lisbon = world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
    for (provider, city, country, at) in
        [(&berlin, "Berlin", "DE", (52.52, 13.405)), (&lisbon, "Lisbon", "PT", (38.72, -9.14))]
    {
        sqlx::query("UPDATE providers SET city = $2, country = $3, lat = $4, lng = $5 WHERE id = $1")
            .bind(provider.id.0)
            .bind(city)
            .bind(country)
            .bind(at.0)
            .bind(at.1)
            .execute(world.owner())
            .await
            .expect("there");
        sqlx::query("INSERT INTO places (name, country, lat, lng) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
            .bind(city)
            .bind(country)
            .bind(at.0)
            .bind(at.1)
            .execute(world.owner())
            .await
            .expect("new");
    }
    world.service(&berlin, |service| service.called("Fix a leak")).await;
    let (ben, lia) = (world.actor(&berlin.owner.user).await, world.actor(&lisbon.owner.user).await);
    look(&world, &[("q", "Piano-Tuning"), ("place", "Berlin")], FEWEST + 1).await;
    look(&world, &[("q", "zither tuning"), ("place", "Berlin")], FEWEST - 1).await;
    look(&world, &[("q", "call +49 30 901820"), ("place", "Berlin")], FEWEST).await;
    look(&world, &[("q", "leak")], FEWEST).await;
    let wanted = |words: &str, place: &str, people| Unmet { words: words.to_owned(), place: place.to_owned(), people };
    let (near, heard) = world.statements(unmet_near(ctx, &ben, berlin.id)).await;
    assert_eq!(near.expect("his"), [wanted("piano tuning", "Berlin", 4)]);
    assert_eq!(heard.len(), 1);
    assert!(unmet_near(ctx, &lia, lisbon.id).await.expect("hers").is_empty(), "not near her");
    assert!(matches!(unmet_near(ctx, &lia, berlin.id).await, Err(Error::NotFound)));
    assert!(matches!(unmet_near(ctx, &world.visitor(), berlin.id).await, Err(Error::SignIn)));
    // Without a town it counts for those who do such work.
    let category: String =
        sqlx::query_scalar("SELECT c.slug FROM categories c JOIN services s ON s.category_id = c.id")
            .fetch_one(world.owner())
            .await
            .expect("one");
    look(&world, &[("q", "gold taps"), ("category", &category)], FEWEST).await;
    assert!(unmet_near(ctx, &ben, berlin.id).await.expect("his").contains(&wanted("gold taps", "", 3)));
    assert!(unmet_near(ctx, &lia, lisbon.id).await.expect("hers").is_empty());
    // Who looked is nowhere, and after a month it is forgotten.
    let columns: Vec<String> = sqlx::query_scalar(
        "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'unmet_searches' ORDER BY 1",
    )
    .fetch_all(world.owner())
    .await
    .expect("a table");
    assert_eq!(columns, ["category_id", "day", "place", "seekers", "times", "words"]);
    world.advance(SignedDuration::from_hours(24 * 31));
    assert!(unmet_near(ctx, &ben, berlin.id).await.expect("his").is_empty());
    assert_eq!(forget_unmet(ctx).await.expect("a database"), 3);
}

#[tokio::test]
async fn one_person_counts_once_and_cannot_be_told_from_what_is_kept() {
    let world = World::new().await;
    let ctx = world.ctx();
    let berlin = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    world.service(&berlin, |service| service.called("Fix a leak")).await;
    sqlx::query(
        "INSERT INTO places (name, country, lat, lng) VALUES ('Berlin', 'DE', 52.52, 13.405) ON CONFLICT DO NOTHING",
    )
    .execute(world.owner())
    .await
    .expect("new");
    let ben = world.actor(&berlin.owner.user).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let wish = [("q", "Erika Mustermann"), ("place", "Berlin")];
    // One person, with and without an account, day after day, is nobody's news.
    for _ in 0..4 {
        for who in [&ana, &somebody(&world, 9)] {
            for _ in 0..3 {
                looks(&world, who, &wish).await;
            }
        }
        world.advance(SignedDuration::from_hours(24));
    }
    assert_eq!(unmet_near(ctx, &ben, berlin.id).await.expect("his"), []);
    // A household shares a network of the sixth version, whatever its machines are called.
    for machine in 1..9 {
        let address = IpAddr::V6(std::net::Ipv6Addr::new(0x2001, 0xdb8, 7, 7, 0, 0, 0, machine));
        looks(&world, &Actor::visitor(address, world.visitor().request), &wish).await;
    }
    let near = unmet_near(ctx, &ben, berlin.id).await.expect("his");
    assert_eq!(near.iter().map(|one| one.people).collect::<Vec<_>>(), [3], "two and a household");
    let kept: Vec<Vec<u8>> = sqlx::query_scalar("SELECT DISTINCT unnest(seekers) FROM unmet_searches")
        .fetch_all(world.owner())
        .await
        .expect("hashes");
    looks(&world, &ana, &[("q", "zither"), ("place", "Berlin")]).await;
    let other: Vec<Vec<u8>> = sqlx::query_scalar("SELECT unnest(seekers) FROM unmet_searches WHERE words = 'zither'")
        .fetch_all(world.owner())
        .await
        .expect("hashes");
    assert!(kept.iter().all(|one| !other.contains(one)), "nobody is the same person for other words");
}

#[tokio::test]
async fn near_is_what_a_business_reaches() {
    let world = World::new().await;
    let ctx = world.ctx();
    let berlin = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&berlin, |service| service.called("Fix a leak")).await;
    // Potsdam is 26 kilometres away, Leipzig 150.
    sqlx::raw_sql(
        "INSERT INTO places (name, country, lat, lng) VALUES ('Potsdam', 'DE', 52.40, 13.06), ('Leipzig', 'DE', 51.34, 12.37)
         ON CONFLICT DO NOTHING",
    )
    .execute(world.owner())
    .await
    .expect("new");
    let ben = world.actor(&berlin.owner.user).await;
    for town in ["Potsdam", "Leipzig"] {
        look(&world, &[("q", "organ tuning"), ("place", town)], FEWEST).await;
    }
    let towns = async |km: i32| -> Vec<String> {
        sqlx::query("UPDATE services SET radius_km = $2 WHERE id = $1")
            .bind(leak.id.0)
            .bind(km)
            .execute(world.owner())
            .await
            .expect("in range");
        let near = unmet_near(ctx, &ben, berlin.id).await.expect("his");
        near.into_iter().map(|one| one.place).collect()
    };
    assert_eq!(towns(5).await, Vec::<String>::new());
    assert_eq!(towns(30).await, ["Potsdam"]);
    assert_eq!(towns(200).await, ["Leipzig", "Potsdam"]);
}
