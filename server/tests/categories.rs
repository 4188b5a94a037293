//! The tree of categories in the back office, and former addresses, through the whole router, as browsers without scripts use them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::http::StatusCode;
use domain::kernel::Role;
use house::visit::{form, location, log_in_operator, read};
use house::{House, house, text};

async fn admin(house: &House) -> String {
    log_in_operator(house, &house.world.operator("Boss", Role::Admin).await).await
}

/// What services say in the fields of their category stands on their pages; they are not asked by any form yet.
async fn said_on_the_page(house: &House) {
    let statements = [
        "INSERT INTO category_fields (id, category_id, label, kind, unit)
         SELECT gen_random_uuid(), id, 'Longest pipe', 'number', 'm' FROM categories WHERE slug IN ('home', 'pipes')",
        "INSERT INTO service_fields SELECT s.id, f.id, '40' FROM services s, category_fields f WHERE f.label = 'Longest pipe'",
    ];
    for statement in statements {
        sqlx::query(statement).execute(house.world.owner()).await.unwrap();
    }
    let slug: String = sqlx::query_scalar("SELECT slug FROM services").fetch_one(house.world.owner()).await.unwrap();
    let shown = text(house.get(&format!("/services/{slug}")).await).await;
    assert!(shown.contains("At a glance") && shown.contains("Longest pipe") && shown.contains("40 m"));
    assert_eq!(shown.matches("Longest pipe").count(), 1, "those of other categories say nothing here");
}

#[tokio::test]
async fn an_admin_keeps_the_tree_and_former_addresses_lead_on() {
    let house = house().await;
    let world = &house.world;
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    world.service(&business, |service| service.called("Fix a leak")).await;
    let admin = admin(&house).await;
    let category = |name: &str, slug: &str, version: &str| {
        form(&[("name", name), ("slug", slug), ("parent", ""), ("tint", "plumbing"), ("version", version)])
    };
    let answer = house.post("/admin/categories/new", Some(&admin), &category("", "No Good", "")).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(answer).await.contains("value=\"No Good\""));
    let made = location(&house.post("/admin/categories/new", Some(&admin), &category("Water", "", "")).await);
    let base = made.strip_suffix("?said=saved").unwrap().to_owned();
    assert!(read(&house, "/admin/categories", &admin).await.contains("Water"));
    location(&house.post(&base, Some(&admin), &category("Water & pipes", "pipes", "1")).await);
    let old = house.get("/categories/water?sort=price").await;
    assert_eq!(old.status(), StatusCode::MOVED_PERMANENTLY);
    assert_eq!(old.headers()["location"], "/categories/pipes?sort=price");
    assert_eq!(house.get("/categories/pipes").await.status(), StatusCode::OK);
    assert_eq!(house.get("/categories/nowhere").await.status(), StatusCode::NOT_FOUND);

    // Two tabs: the second is told, sees both, and can save again.
    let stale = house.post(&base, Some(&admin), &category("Wet things", "pipes", "1")).await;
    assert_eq!(stale.status(), StatusCode::CONFLICT);
    let shown = text(stale).await;
    assert!(
        shown.contains("How it is now")
            && shown.contains("Wet things")
            && shown.contains("name=\"version\" value=\"2\"")
    );
    location(&house.post(&base, Some(&admin), &category("Wet things", "pipes", "2")).await);

    let field =
        form(&[("act", "save"), ("label", "Largest flat"), ("kind", "number"), ("unit", "m²"), ("version", "3")]);
    location(&house.post(&format!("{base}/fields"), Some(&admin), &field).await);
    assert!(read(&house, &base, &admin).await.contains("Largest flat"));
    said_on_the_page(&house).await;
    let home: String = sqlx::query_scalar("SELECT id::text FROM categories WHERE slug = 'home'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert!(read(&house, &format!("{base}/merge"), &admin).await.contains("It cannot be undone."));
    let answer = house.post(&format!("{base}/merge"), Some(&admin), "version=4").await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let to = location(
        &house.post(&format!("{base}/merge"), Some(&admin), &form(&[("version", "4"), ("into", &home)])).await,
    );
    assert_eq!(to, format!("/admin/categories/{home}?said=category-merged"));
    assert_eq!(house.get("/categories/water").await.headers()["location"], "/categories/home");
    assert_eq!(house.get("/categories/pipes").await.headers()["location"], "/categories/home");
    location(&house.post(&format!("/admin/categories/{home}/shift"), Some(&admin), "towards=up").await);
}
