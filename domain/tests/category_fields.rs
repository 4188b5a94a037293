//! What services say in the fields of their category: drafted, looked at, on show, kept in the history; and categories
//! that are not offered any more.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::catalog::categories::{
    CategoryText, FieldText, TypedCategory, TypedField, add, category, change, merge, save_field, shelves, tree,
};
use domain::catalog::listing::{
    Beginning, Chosen, Edited, Listing, SaveError, Saved, Told, Typed, approve, begin, duplicate, edited, fields,
    for_review, history, preview, read, read_told, save, submit, told_apart, told_field,
};
use domain::catalog::{FieldKind, Kind, Pricing, ReviewsAsked, showcase};
use domain::kernel::{Actor, CategoryId, Error, FieldErrors, Role};
use domain::testing::{Provider, World};
use uuid::Uuid;

/// A business with a live service in `plumbing`, which asks for a method (needed), a size and a metal.
struct Scene {
    world: World,
    business: Provider,
    ben: Actor,
    boss: Actor,
    slug: String,
    home: CategoryId,
    plumbing: CategoryId,
    method: Uuid,
    size: Uuid,
    metal: Uuid,
}

fn field(label: &str, kind: &str, required: bool) -> FieldText {
    let options = if kind == "choice" { "Copper\nSteel" } else { "" };
    FieldText::parse(TypedField { label, kind, unit: "m²", options, required, searchable: true }).unwrap()
}

fn text(name: &str, parent: Option<CategoryId>, hidden: bool) -> CategoryText {
    let parent = parent.map(|parent| parent.0.to_string()).unwrap_or_default();
    let (slug, blurb, keywords, tint, picture) = ("", "", "", "plumbing", "");
    CategoryText::parse(TypedCategory { name, slug, parent: &parent, blurb, keywords, tint, picture, hidden }).unwrap()
}

async fn scene() -> Scene {
    let world = World::new().await;
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&business, |service| service.called("Fix a leak")).await;
    sqlx::query("UPDATE services SET description = 'I listen at the wall first, and open only what has to be opened.'")
        .execute(world.owner())
        .await
        .unwrap();
    let ben = world.actor(&business.owner.user).await;
    let boss = world.actor(&world.operator("Boss", Role::Admin).await).await;
    let ctx = world.ctx();
    let branches = tree(ctx, &boss).await.unwrap();
    let named = |slug: &str| branches.iter().find(|branch| branch.slug == slug).unwrap().id;
    let (home, plumbing) = (named("home"), named("plumbing"));
    save_field(ctx, &boss, (home, 1), None, field("Method", "text", true)).await.unwrap();
    save_field(ctx, &boss, (plumbing, 1), None, field("Largest flat", "number", false)).await.unwrap();
    save_field(ctx, &boss, (plumbing, 2), None, field("Metal", "choice", false)).await.unwrap();
    let asked: Vec<Uuid> = shelves(ctx).await.unwrap().asked(plumbing).iter().map(|field| field.id).collect();
    let [method, size, metal] = asked[..] else { panic!("{asked:?}") };
    Scene { slug: leak.slug, world, business, ben, boss, home, plumbing, method, size, metal }
}

impl Scene {
    async fn now(&self) -> Edited {
        edited(self.world.ctx(), &self.ben, &self.slug).await.unwrap().0
    }

    /// Saves what `change` makes of the text.
    async fn write(&self, change: impl FnOnce(&mut Listing)) -> Result<Edited, SaveError> {
        let service = self.now().await;
        let mut listing = service.listing().clone();
        change(&mut listing);
        save(self.world.ctx(), &self.ben, &service, service.version, listing).await?;
        Ok(self.now().await)
    }

    /// Saves what a form with these answers says, as a browser sends it.
    async fn answer(&self, answers: &[(Uuid, &str)]) -> Edited {
        let (service, shelves) = edited(self.world.ctx(), &self.ben, &self.slug).await.unwrap();
        let mut sent = fields(service.listing());
        for (id, value) in answers {
            sent.retain(|(name, _)| *name != told_field(*id));
            sent.push((told_field(*id), (*value).to_owned()));
        }
        let typed = Typed(sent);
        let (mut listing, mut wrong) = read(&typed, service.listing());
        let asked = shelves.asked(listing.category);
        read_told(&typed, &asked, &mut listing, &mut wrong);
        assert!(wrong.is_empty(), "{wrong:?}");
        save(self.world.ctx(), &self.ben, &service, service.version, listing).await.unwrap();
        self.now().await
    }

    async fn hand_in(&self) -> Result<Saved, SaveError> {
        submit(self.world.ctx(), &self.ben, &self.now().await).await
    }

    async fn approve(&self) {
        let (review, _) = for_review(self.world.ctx(), &self.boss, &self.slug).await.unwrap();
        let chosen = Chosen { service: review.service.id, version: review.service.version };
        approve(self.world.ctx(), &self.boss, chosen).await.unwrap();
    }

    /// What customers read, as "label: value".
    async fn shown(&self) -> Vec<String> {
        let shown = showcase(self.world.ctx(), None, &self.slug, ReviewsAsked::default()).await.unwrap();
        shown.service.told.into_iter().map(|(label, value)| format!("{label}: {value}")).collect()
    }
}

fn complaints(answer: Result<impl Sized, SaveError>) -> FieldErrors {
    match answer {
        Err(SaveError::Other(Error::Invalid(wrong))) => wrong,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was taken"),
    }
}

#[tokio::test]
async fn what_a_category_asks_is_answered_looked_at_and_shown() {
    let scene = scene().await;
    let (ctx, ben) = (scene.world.ctx(), &scene.ben);
    scene.write(|listing| listing.summary = "Dry again.".to_owned()).await.unwrap();
    let wrong = complaints(scene.hand_in().await);
    assert!(wrong.of(&told_field(scene.method)).is_some(), "it has to be said: {wrong:?}");

    scene.answer(&[(scene.method, "By ear"), (scene.size, "80,0"), (scene.metal, "Steel")]).await;
    let seen = preview(ctx, ben, &scene.slug).await.unwrap();
    assert_eq!(seen.told[1], ("Largest flat".to_owned(), "80 m²".to_owned()), "the preview says it");
    assert_eq!(scene.shown().await, [""; 0], "customers read nothing yet");
    assert_eq!(scene.hand_in().await.unwrap(), Saved::Waits, "somebody looks at a text first");
    let (review, shelves) = for_review(ctx, &scene.boss, &scene.slug).await.unwrap();
    let told = told_apart(&review.service.live, review.service.listing(), &shelves, &review.service.team);
    let details = told.iter().find(|change| change.part == "Details").unwrap();
    assert!(details.risky && details.before.is_empty());
    assert_eq!(details.after, ["Method: By ear", "Largest flat (m²): 80", "Metal: Steel"], "as they are asked");
    scene.approve().await;
    assert_eq!(scene.shown().await, ["Method: By ear", "Largest flat: 80 m²", "Metal: Steel"]);

    // What is chosen or counted is on show at once; the rows are what the document says.
    let after = scene.answer(&[(scene.size, "120"), (scene.metal, "")]).await;
    assert_eq!(scene.hand_in().await.unwrap(), Saved::Live);
    assert_eq!(scene.shown().await, ["Method: By ear", "Largest flat: 120 m²"]);
    let now = scene.now().await;
    assert!(now.open.is_none());
    assert_eq!(now.live.told, after.listing().told);
    let (_, texts, shelves) = history(ctx, ben, &scene.slug).await.unwrap();
    let told = told_apart(&texts[1].1, &texts[0].1, &shelves, &now.team);
    assert_eq!(told[0].after, ["Method: By ear", "Largest flat (m²): 120"]);

    // A copy says the same.
    let copy = duplicate(ctx, ben, &scene.slug, None).await.unwrap();
    let copy = edited(ctx, ben, &copy).await.unwrap().0;
    assert_eq!(copy.listing().told, now.live.told);
}

#[tokio::test]
async fn another_category_asks_for_other_things() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let garden = add(ctx, &scene.boss, text("Garden", None, false)).await.unwrap();
    scene.answer(&[(scene.method, "By ear"), (scene.size, "80")]).await;
    scene.hand_in().await.unwrap();
    scene.approve().await;
    let moved = scene.write(|listing| listing.category = scene.home).await.unwrap();
    let kept: Vec<Uuid> = moved.listing().told.keys().copied().collect();
    assert_eq!(kept, [scene.method], "the branch still asks for it");
    let moved = scene.write(|listing| listing.category = garden).await.unwrap();
    assert!(moved.listing().told.is_empty());
    scene.hand_in().await.unwrap();
    scene.approve().await;
    assert_eq!(scene.shown().await, [""; 0]);
    let rows: i64 =
        sqlx::query_scalar("SELECT count(*) FROM service_fields").fetch_one(scene.world.owner()).await.unwrap();
    assert_eq!(rows, 0, "nothing is left behind");
    // Answers nobody asks for are not kept, whoever sends them.
    let stray = Told { kind: FieldKind::Text, value: "stray".to_owned() };
    let same = scene.write(|listing| drop(listing.told.insert(scene.method, stray))).await.unwrap();
    assert!(same.listing().told.is_empty());
}

#[tokio::test]
async fn hidden_and_merged_categories_take_nothing_new_and_keep_what_they_have() {
    let scene = scene().await;
    let (ctx, ben) = (scene.world.ctx(), &scene.ben);
    scene.answer(&[(scene.method, "By ear")]).await;
    let garden = add(ctx, &scene.boss, text("Garden", None, false)).await.unwrap();
    let version = category(ctx, &scene.boss, scene.plumbing).await.unwrap().branch.version;
    change(ctx, &scene.boss, scene.plumbing, version, text("Plumbing", Some(scene.home), true)).await.unwrap();
    let tree = shelves(ctx).await.unwrap();
    let offered: Vec<CategoryId> = tree.offered(&[]).iter().map(|shelf| shelf.id).collect();
    assert_eq!(offered, [scene.home, garden]);

    let beginning = |category| Beginning {
        title: "Unblock a drain".to_owned(),
        category,
        kind: Kind::Visit,
        pricing: Pricing::Fixed,
    };
    let refused = begin(ctx, ben, scene.business.id, beginning(scene.plumbing), None).await;
    assert!(matches!(refused, Err(Error::Invalid(wrong)) if wrong.of("category").is_some()));
    let kept = scene.write(|listing| listing.summary = "Still here.".to_owned()).await.unwrap();
    assert_eq!(kept.listing().category, scene.plumbing, "what is there stays");
    scene.write(|listing| listing.category = garden).await.unwrap();
    scene.write(|listing| listing.category = scene.plumbing).await.unwrap();

    // Another service does not get in.
    let other = begin(ctx, ben, scene.business.id, beginning(garden), None).await.unwrap();
    let other = edited(ctx, ben, &other).await.unwrap().0;
    let wish = Listing { category: scene.plumbing, ..other.live.clone() };
    let refused = save(ctx, ben, &other, other.version, wish).await;
    assert!(complaints(refused).of("category").is_some());

    // What stood in a category that is part of another one by now stands there.
    scene.answer(&[(scene.method, "By ear")]).await;
    let version = category(ctx, &scene.boss, scene.plumbing).await.unwrap().branch.version;
    merge(ctx, &scene.boss, scene.plumbing, version, Some(garden)).await.unwrap();
    let (now, tree) = edited(ctx, ben, &scene.slug).await.unwrap();
    assert_eq!((now.listing().category, now.live.category), (scene.plumbing, garden));
    assert_eq!(tree.asked(scene.plumbing).len(), 2, "its fields came along");
    let saved = scene.write(|listing| listing.summary = "Moved.".to_owned()).await.unwrap();
    assert_eq!(saved.listing().category, garden);
}

#[tokio::test]
async fn pages_take_few_statements() {
    let scene = scene().await;
    let (ctx, ben) = (scene.world.ctx(), &scene.ben);
    let (_, said) = scene.world.statements(edited(ctx, ben, &scene.slug)).await;
    assert_eq!(said.len(), 2, "{said:?}");
    let (_, said) = scene.world.statements(preview(ctx, ben, &scene.slug)).await;
    assert_eq!(said.len(), 3, "{said:?}");
    let (_, said) = scene.world.statements(history(ctx, ben, &scene.slug)).await;
    assert_eq!(said.len(), 3, "{said:?}");
}
