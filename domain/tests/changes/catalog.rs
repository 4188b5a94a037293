//! Services, what people keep of them, and the tree they stand in.

use domain::catalog::categories::{self, CategoryText, FieldText, Towards, TypedCategory, TypedField};
use domain::catalog::listing::{self, Chosen, PictureAct, Standing};
use domain::catalog::search::SearchQuery;
use domain::catalog::{keep, let_go, saved};
use domain::kernel::Actor;
use domain::testing::World;
use jiff::SignedDuration;

/// A service is written, looked at, sent back, put on show, paused, put away, copied.
pub async fn listings(world: &World, ben: &Actor, boss: &Actor, slug: &str) {
    let ctx = world.ctx();
    let now = async || listing::edited(ctx, ben, slug).await.unwrap().0;
    let save = async |words: &str| {
        let service = now().await;
        let mut text = service.listing().clone();
        text.description = format!("{words} And so much more that it takes two lines to tell all of it.");
        listing::save(ctx, ben, &service, service.version, text).await.unwrap();
        listing::submit(ctx, ben, &now().await).await.unwrap();
    };
    let seen = async || {
        let service = now().await;
        Chosen { service: service.id, version: service.version }
    };
    save("First.").await;
    listing::decline(ctx, boss, seen().await, "Say where.").await.unwrap();
    save("Second.").await;
    listing::approve(ctx, boss, seen().await).await.unwrap();
    let mut photo = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(400, 300).write_to(&mut photo, image::ImageFormat::Png).unwrap();
    let sent = listing::SentPicture { name: "tap.png", bytes: photo.get_ref() };
    listing::add_pictures(ctx, ben, &now().await, &[sent], "A tap").await.unwrap();
    let service = now().await;
    let key = service.listing().pictures[0].key.clone();
    listing::arrange_picture(ctx, ben, &service, &key, PictureAct::Remove, None).await.unwrap();
    listing::discard(ctx, ben, slug, now().await.version).await.unwrap();
    for standing in [Standing::Pause, Standing::Resume, Standing::Archive, Standing::Restore] {
        listing::stand(ctx, ben, slug, standing).await.unwrap();
    }
    listing::duplicate(ctx, ben, slug, None).await.unwrap();
}

/// A service and a search are kept, and go again.
pub async fn kept(world: &World, ana: &Actor, service: &str) {
    let ctx = world.ctx();
    keep(ctx, ana, service).await.unwrap();
    let_go(ctx, ana, service).await.unwrap();
    let query = SearchQuery::read([("q", "drain")]);
    saved::save_search(ctx, ana, "Drains", &query).await.unwrap();
    let search = saved::saved_searches(ctx, ana).await.unwrap().remove(0).id;
    saved::rename_search(ctx, ana, search, "Sinks").await.unwrap();
    for alert in [false, true] {
        saved::set_alert(ctx, ana, search, alert).await.unwrap();
    }
    saved::redate_search(ctx, ana, search, "2027-01-05".parse().ok()).await.unwrap();
    world.advance(SignedDuration::from_hours(24));
    domain::jobs::sweep(ctx).await.unwrap();
    saved::remove_search(ctx, ana, search).await.unwrap();
}

/// The tree of categories grows, changes and shrinks.
pub async fn tree(world: &World, boss: &Actor) {
    let ctx = world.ctx();
    let text = |name, slug| {
        let (parent, blurb, keywords, tint, picture) = ("", "", "", "design", "");
        let typed = TypedCategory { name, slug, parent, blurb, keywords, tint, picture, hidden: false };
        CategoryText::parse(typed).unwrap()
    };
    let id = categories::add(ctx, boss, text("Logos", "logos")).await.unwrap();
    categories::change(ctx, boss, id, 1, text("Logos", "marks")).await.unwrap();
    categories::shift(ctx, boss, id, Towards::Up).await.unwrap();
    let typed =
        TypedField { label: "Colours", kind: "number", unit: "", options: "", required: false, searchable: true };
    categories::save_field(ctx, boss, (id, 2), None, FieldText::parse(typed).unwrap()).await.unwrap();
    let other = categories::add(ctx, boss, text("Design", "design")).await.unwrap();
    categories::merge(ctx, boss, id, 3, Some(other)).await.unwrap();
}
