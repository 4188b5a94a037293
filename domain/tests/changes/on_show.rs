//! A service that is put on show with everything a service can have, and gets another name: what customers see is written
//! from its text.

use domain::catalog::categories::{self, FieldText, TypedField};
use domain::catalog::listing::{self, Chosen, ListingExtra, ListingPackage, Told};
use domain::catalog::{FieldKind, Pricing, Tier};
use domain::kernel::{Actor, MemberId};
use domain::testing::World;

/// The owner writes, an operator puts it on show; the second time under another name. Its category asks something.
pub async fn of(world: &World, (owner, boss): (&Actor, &Actor), slug: &str, member: MemberId) {
    let ctx = world.ctx();
    let mut slug = slug.to_owned();
    let category = listing::edited(ctx, owner, &slug).await.unwrap().0.live.category;
    let version = categories::category(ctx, boss, category).await.unwrap().branch.version;
    let typed =
        TypedField { label: "Insured", kind: "yes_no", unit: "", options: "", required: false, searchable: true };
    categories::save_field(ctx, boss, (category, version), None, FieldText::parse(typed).unwrap()).await.unwrap();
    let field = categories::category(ctx, boss, category).await.unwrap().fields[0].id;
    for title in ["Tile a wall", "Tile two walls"] {
        let now = async |slug: &str| listing::edited(ctx, owner, slug).await.unwrap().0;
        if now(&slug).await.listing().pictures.is_empty() {
            let mut photo = std::io::Cursor::new(Vec::new());
            image::DynamicImage::new_rgb8(400, 300).write_to(&mut photo, image::ImageFormat::Png).unwrap();
            let sent = listing::SentPicture { name: "wall.png", bytes: photo.get_ref() };
            listing::add_pictures(ctx, owner, &now(&slug).await, &[sent], "A wall").await.unwrap();
        }
        let service = now(&slug).await;
        let mut text = service.listing().clone();
        text.title = title.to_owned();
        text.description = "From the floor to the ceiling, and the joints between, in one day or in two.".to_owned();
        text.pricing = Pricing::Packages;
        text.price_minor = None;
        text.members = vec![member];
        text.packages = vec![ListingPackage {
            tier: Tier::Basic,
            name: "Small".to_owned(),
            description: "One wall.".to_owned(),
            includes: Vec::new(),
            price_minor: Some(9000),
            duration_min: 60,
            delivery_days: 0,
            revisions: 0,
        }];
        text.told.insert(field, Told { kind: FieldKind::YesNo, value: "yes".to_owned() });
        text.extras = vec![ListingExtra {
            id: text.extras.first().map_or_else(|| ctx.id(), |extra| extra.id),
            name: "Joints".to_owned(),
            price_minor: Some(1000),
            extra_min: 30,
            extra_days: 0,
        }];
        listing::save(ctx, owner, &service, service.version, text).await.unwrap();
        listing::submit(ctx, owner, &now(&slug).await).await.unwrap();
        let service = now(&slug).await;
        let seen = Chosen { service: service.id, version: service.version };
        // What changes little goes on show by itself.
        let _ = listing::approve(ctx, boss, seen).await;
        slug = sqlx::query_scalar("SELECT slug FROM services WHERE id = $1")
            .bind(service.id.0)
            .fetch_one(world.owner())
            .await
            .unwrap();
    }
}
