//! The tree of categories as operators keep it: addresses, order, branches, merging, fields; counts and searches follow.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::catalog::FieldKind;
use domain::catalog::categories::{
    self, CategoryText, FieldText, Towards, TypedCategory, TypedField, add, category, change, merge, moved,
    remove_field, save_field, shift, shift_field, tree,
};
use domain::catalog::search::{SearchQuery, search};
use domain::kernel::{Actor, CategoryId, Error, Role};
use domain::testing::World;
use sqlx::Executor;

fn text(name: &str, slug: &str, parent: Option<CategoryId>) -> CategoryText {
    let parent = parent.map(|parent| parent.0.to_string()).unwrap_or_default();
    let (blurb, keywords, tint, picture) = ("", "", "plumbing", "");
    CategoryText::parse(TypedCategory { name, slug, parent: &parent, blurb, keywords, tint, picture, hidden: false })
        .unwrap()
}

fn field(label: &str, kind: &str, options: &str) -> FieldText {
    FieldText::parse(TypedField { label, kind, unit: "m²", options, required: true, searchable: true }).unwrap()
}

fn refused<T>(answer: Result<T, Error>, words: &str) {
    match answer {
        Err(Error::Conflict(said)) => assert!(said.contains(words), "{said}"),
        Err(Error::Invalid(errors)) => assert!(errors.iter().any(|(_, said)| said.contains(words)), "{errors:?}"),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was done: {words}"),
    }
}

/// A world with services in the categories every story has, `home` and `plumbing` on it, and an admin.
async fn scene() -> (World, Actor, CategoryId, CategoryId) {
    let world = World::new().await;
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    for title in ["Fix a leak", "Unblock a drain"] {
        world.service(&business, |service| service.called(title)).await;
    }
    world.service(&business, |service| service.called("Resting").standing("paused")).await;
    let admin = world.actor(&world.operator("Boss", Role::Admin).await).await;
    let branches = tree(world.ctx(), &admin).await.unwrap();
    let named = |slug: &str| branches.iter().find(|branch| branch.slug == slug).unwrap().id;
    let (home, plumbing) = (named("home"), named("plumbing"));
    (world, admin, home, plumbing)
}

async fn counts(world: &World, admin: &Actor) -> Vec<(String, u32)> {
    let branches = tree(world.ctx(), admin).await.unwrap();
    branches.into_iter().map(|branch| (branch.slug, branch.services)).collect()
}

/// How many services a list of a category shows.
async fn shown(world: &World, slug: &str) -> usize {
    let query = SearchQuery::read([("category", slug)]);
    search(world.ctx(), &query).await.unwrap().page.items.len()
}

async fn version(world: &World, admin: &Actor, id: CategoryId) -> i32 {
    category(world.ctx(), admin, id).await.unwrap().branch.version
}

fn counted(pairs: &[(&str, u32)]) -> Vec<(String, u32)> {
    pairs.iter().map(|(slug, count)| ((*slug).to_owned(), *count)).collect()
}

#[tokio::test]
async fn a_category_that_moves_takes_its_services_and_counts_along() {
    let (world, admin, home, plumbing) = scene().await;
    let ctx = world.ctx();
    assert_eq!(counts(&world, &admin).await, counted(&[("home", 2), ("plumbing", 2)]));
    let water = add(ctx, &admin, text("Water & pipes", "", None)).await.unwrap();
    assert_eq!(counts(&world, &admin).await[2], ("water-pipes".to_owned(), 0));

    let now = version(&world, &admin, plumbing).await;
    change(ctx, &admin, plumbing, now, text("Plumbing", "plumbing", Some(water))).await.unwrap();
    assert_eq!(counts(&world, &admin).await, counted(&[("home", 0), ("water-pipes", 2), ("plumbing", 2)]));
    assert_eq!(
        (shown(&world, "home").await, shown(&world, "water-pipes").await, shown(&world, "plumbing").await),
        (0, 2, 2)
    );
    let now = version(&world, &admin, plumbing).await;
    change(ctx, &admin, plumbing, now, text("Plumbing", "plumbing", None)).await.unwrap();
    assert_eq!(counts(&world, &admin).await, counted(&[("home", 0), ("water-pipes", 0), ("plumbing", 2)]));
    assert_eq!((shown(&world, "water-pipes").await, shown(&world, "plumbing").await), (0, 2));

    // Two levels, and no circles.
    let now = version(&world, &admin, plumbing).await;
    change(ctx, &admin, plumbing, now, text("Plumbing", "plumbing", Some(home))).await.unwrap();
    refused(add(ctx, &admin, text("Deep", "deep", Some(plumbing))).await, "two levels");
    let now = version(&world, &admin, home).await;
    refused(change(ctx, &admin, home, now, text("Home", "home", Some(water))).await, "branches of its own");
    refused(change(ctx, &admin, home, now, text("Home", "home", Some(home))).await, "itself");
}

#[tokio::test]
async fn a_new_name_keeps_the_address_and_a_new_address_is_led_to() {
    let (world, admin, home, plumbing) = scene().await;
    let ctx = world.ctx();
    let now = version(&world, &admin, plumbing).await;
    change(ctx, &admin, plumbing, now, text("Pipes and taps", "", Some(home))).await.unwrap();
    assert_eq!(category(ctx, &admin, plumbing).await.unwrap().branch.slug, "plumbing");
    let found = search(ctx, &SearchQuery::read([("q", "taps")])).await.unwrap();
    assert_eq!(found.page.items.len(), 2, "found by the new name");
    change(ctx, &admin, plumbing, now + 1, text("Pipes and taps", "taps", Some(home))).await.unwrap();
    assert_eq!(moved(ctx, "plumbing").await.unwrap().as_deref(), Some("taps"));
    assert_eq!(moved(ctx, "nowhere").await.unwrap(), None);
    refused(add(ctx, &admin, text("Other", "plumbing", None)).await, "has or had this address");
    refused(add(ctx, &admin, text("Other", "taps", None)).await, "has or had this address");
    // And back again: no address leads to itself.
    change(ctx, &admin, plumbing, now + 2, text("Plumbing", "plumbing", Some(home))).await.unwrap();
    assert_eq!(moved(ctx, "plumbing").await.unwrap(), None);
    assert_eq!(moved(ctx, "taps").await.unwrap().as_deref(), Some("plumbing"));
}

#[tokio::test]
async fn merging_moves_services_fields_and_addresses_and_what_comes_late() {
    let (world, admin, home, plumbing) = scene().await;
    let ctx = world.ctx();
    let water = add(ctx, &admin, text("Water", "water", None)).await.unwrap();
    let drains = add(ctx, &admin, text("Drains", "drains", Some(water))).await.unwrap();
    let now = version(&world, &admin, plumbing).await;
    save_field(ctx, &admin, (plumbing, now), None, field("Largest flat", "number", "")).await.unwrap();
    refused(merge(ctx, &admin, plumbing, now, Some(drains)).await, "Somebody changed");
    refused(merge(ctx, &admin, plumbing, now + 1, Some(plumbing)).await, "another");
    refused(merge(ctx, &admin, plumbing, now + 1, None).await, "Choose");
    refused(merge(ctx, &admin, home, 1, Some(drains)).await, "branches");

    assert_eq!(merge(ctx, &admin, plumbing, now + 1, Some(drains)).await.unwrap(), 3, "the paused one, too");
    assert_eq!(counts(&world, &admin).await, counted(&[("home", 0), ("water", 2), ("drains", 2)]));
    assert_eq!((shown(&world, "home").await, shown(&world, "drains").await, shown(&world, "water").await), (0, 2, 2));
    assert_eq!(moved(ctx, "plumbing").await.unwrap().as_deref(), Some("drains"));
    assert_eq!(category(ctx, &admin, drains).await.unwrap().fields[0].label, "Largest flat");
    assert!(matches!(category(ctx, &admin, plumbing).await, Err(Error::NotFound)));
    // A draft that still names the old one ends up in the new one.
    world
        .owner()
        .execute(
            sqlx::query(
                "UPDATE services SET category_id = $1, top_category_id = $1, status = 'live' WHERE title = 'Resting'",
            )
            .bind(plumbing.0),
        )
        .await
        .unwrap();
    assert_eq!(counts(&world, &admin).await, counted(&[("home", 0), ("water", 3), ("drains", 3)]));
    // A whole branch goes into another one at the top.
    let now = version(&world, &admin, water).await;
    merge(ctx, &admin, water, now, Some(home)).await.unwrap();
    assert_eq!(counts(&world, &admin).await, counted(&[("home", 3), ("drains", 3)]));
    assert_eq!(shown(&world, "home").await, 3);
}

#[tokio::test]
async fn order_is_moved_by_one_and_a_stale_form_is_told() {
    let (world, admin, home, plumbing) = scene().await;
    let ctx = world.ctx();
    for name in ["Second", "Third"] {
        add(ctx, &admin, text(name, "", None)).await.unwrap();
    }
    let tops = async || -> Vec<String> {
        let branches = tree(ctx, &admin).await.unwrap();
        branches.into_iter().filter(|branch| branch.parent.is_none()).map(|branch| branch.slug).collect()
    };
    assert_eq!(tops().await, ["home", "second", "third"]);
    shift(ctx, &admin, home, Towards::Down).await.unwrap();
    shift(ctx, &admin, home, Towards::Down).await.unwrap();
    shift(ctx, &admin, home, Towards::Down).await.unwrap();
    assert_eq!(tops().await, ["second", "third", "home"]);
    shift(ctx, &admin, home, Towards::Up).await.unwrap();
    assert_eq!(tops().await, ["second", "home", "third"]);

    let now = version(&world, &admin, plumbing).await;
    change(ctx, &admin, plumbing, now, text("First said", "", Some(home))).await.unwrap();
    refused(change(ctx, &admin, plumbing, now, text("Second said", "", Some(home))).await, "Somebody changed");
    assert_eq!(category(ctx, &admin, plumbing).await.unwrap().branch.name, "First said");
}

#[tokio::test]
async fn fields_are_asked_for_in_order_and_keep_what_services_say() {
    let (world, admin, home, plumbing) = scene().await;
    let ctx = world.ctx();
    save_field(ctx, &admin, (home, 1), None, field("Insured", "yes_no", "")).await.unwrap();
    save_field(ctx, &admin, (plumbing, 1), None, field("Largest flat", "number", "")).await.unwrap();
    save_field(ctx, &admin, (plumbing, 2), None, field("Metal", "choice", "Copper\nSteel\nCopper")).await.unwrap();
    refused(save_field(ctx, &admin, (plumbing, 2), None, field("Late", "text", "")).await, "Somebody changed");
    let fields = category(ctx, &admin, plumbing).await.unwrap().fields;
    assert_eq!((fields[0].unit.as_str(), fields[1].options.len(), fields[1].unit.as_str()), ("m²", 2, ""));
    shift_field(ctx, &admin, plumbing, fields[1].id, Towards::Up).await.unwrap();
    let shelves = categories::shelves(ctx).await.unwrap();
    assert_eq!(
        shelves.asked(plumbing).iter().map(|field| field.label.as_str()).collect::<Vec<_>>(),
        ["Insured", "Metal", "Largest flat"]
    );

    world
        .owner()
        .execute(sqlx::query("INSERT INTO service_fields SELECT id, $1, 'Steel' FROM services").bind(fields[1].id))
        .await
        .unwrap();
    refused(
        save_field(ctx, &admin, (plumbing, 3), Some(fields[1].id), field("Metal", "text", "")).await,
        "filled it in",
    );
    save_field(ctx, &admin, (plumbing, 3), Some(fields[1].id), field("Which metal", "choice", "Steel\nTin"))
        .await
        .unwrap();
    let field = &category(ctx, &admin, plumbing).await.unwrap().fields[0];
    assert_eq!((field.label.as_str(), field.kind, field.used), ("Which metal", FieldKind::Choice, 3));
    remove_field(ctx, &admin, (plumbing, 4), field.id).await.unwrap();
    assert_eq!(category(ctx, &admin, plumbing).await.unwrap().fields.len(), 1);
}

#[tokio::test]
async fn a_hidden_category_is_in_no_menu_and_its_services_are_still_found() {
    let (world, admin, home, plumbing) = scene().await;
    let ctx = world.ctx();
    let mut hidden = text("Plumbing", "", Some(home));
    hidden.hidden = true;
    change(ctx, &admin, plumbing, 1, hidden).await.unwrap();
    let front = domain::catalog::home(ctx, None).await.unwrap();
    assert!(front.categories.iter().all(|category| category.slug != "plumbing"));
    assert!(front.categories.iter().any(|category| category.slug == "home"));
    assert_eq!(shown(&world, "plumbing").await, 2);
}

#[tokio::test]
async fn admins_only_and_two_statements_at_most() {
    let (world, admin, _, plumbing) = scene().await;
    let ctx = world.ctx();
    for role in [Role::OpsManager, Role::OnboardingManager, Role::Auditor] {
        let other = world.actor(&world.operator(role.title(), role).await).await;
        assert!(matches!(tree(ctx, &other).await, Err(Error::NotFound)));
        assert!(matches!(add(ctx, &other, text("X", "", None)).await, Err(Error::NotFound)));
        assert!(matches!(change(ctx, &other, plumbing, 1, text("X", "", None)).await, Err(Error::NotFound)));
        assert!(matches!(merge(ctx, &other, plumbing, 1, None).await, Err(Error::NotFound)));
        assert!(matches!(shift(ctx, &other, plumbing, Towards::Up).await, Err(Error::NotFound)));
        assert!(matches!(
            save_field(ctx, &other, (plumbing, 1), None, field("X", "text", "")).await,
            Err(Error::NotFound)
        ));
    }
    assert!(matches!(tree(ctx, &world.visitor()).await, Err(Error::SignIn)));
    let boss = world.actor(&world.operator("Top", Role::Superadmin).await).await;
    tree(ctx, &boss).await.unwrap();
    let (_, said) = world.statements(tree(ctx, &admin)).await;
    assert_eq!(said.len(), 1, "{said:?}");
    let (_, said) = world.statements(category(ctx, &admin, plumbing)).await;
    assert_eq!(said.len(), 2, "{said:?}");
}
