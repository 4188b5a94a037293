//! Searches that found nothing: counted without anybody's name, shown to businesses that might offer it.

use domain::catalog::search::{SearchQuery, search};
use domain::catalog::{FEWEST, Unmet, count_unmet, forget_unmet, unmet_near};
use domain::kernel::Error;
use domain::testing::World;
use jiff::SignedDuration;

async fn look(world: &World, pairs: &[(&str, &str)], times: i64) {
    let query = SearchQuery::read(pairs.iter().copied());
    for _ in 0..times {
        let results = search(world.ctx(), &query).await.expect("an answer");
        count_unmet(world.ctx(), &query, &results).await.expect("counted");
    }
}

#[tokio::test]
async fn businesses_learn_what_people_near_them_did_not_find() {
    let world = World::new().await;
    let ctx = world.ctx();
    let berlin = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let lisbon = world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
    for (provider, city) in [(&berlin, "Berlin"), (&lisbon, "Lisbon")] {
        sqlx::query("UPDATE providers SET city = $2 WHERE id = $1")
            .bind(provider.id.0)
            .bind(city)
            .execute(world.owner())
            .await
            .expect("there");
        sqlx::query(
            "INSERT INTO places (name, country, lat, lng) VALUES ($1, 'DE', 52.5, 13.4) ON CONFLICT DO NOTHING",
        )
        .bind(city)
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
    let wanted = |words: &str, place: &str, times| Unmet { words: words.to_owned(), place: place.to_owned(), times };
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
    assert_eq!(columns, ["category_id", "day", "place", "times", "words"]);
    world.advance(SignedDuration::from_hours(24 * 31));
    assert!(unmet_near(ctx, &ben, berlin.id).await.expect("his").is_empty());
    assert_eq!(forget_unmet(ctx).await.expect("a database"), 3);
}
