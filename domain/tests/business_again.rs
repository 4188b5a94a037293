//! A business on its way, where it had gone wrong before: forms sent twice, decisions about one's own, what has become
//! incomplete or is over, addresses made at once, and what a business says of itself.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::catalog::listing::{
    Beginning, Chosen, Edited, Listing, PictureAct, SaveError, Saved, SentPicture, add_pictures, approve, approve_all,
    arrange_picture, begin, decline, duplicate, edited, save, submit, told_apart, told_whole,
};
use domain::catalog::profile::{DescribeError, Profile, TypedProfile, describe, described};
use domain::catalog::search::SearchQuery;
use domain::catalog::{Kind, Pricing, Status, import_places, read_places, saved};
use domain::kernel::{Actor, Error, ExtraId, Role};
use domain::onboarding::{
    self, DocumentState, State, Step, Typed, TypedDocument, add_document, decide_document, my_application,
    papers_of_business, save as save_step, send,
};
use domain::testing::{Provider, World};
use jiff::SignedDuration;

struct Scene {
    world: World,
    plumbing: Provider,
    ben: Actor,
    boss: Actor,
    slug: String,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").costs(8000).extra("Tea", 200, 5)).await;
    sqlx::query("UPDATE services SET description = 'I listen at the wall first, and open only what has to be opened.'")
        .execute(world.owner())
        .await
        .unwrap();
    let ben = world.actor(&plumbing.owner.user).await;
    let boss = world.actor(&world.operator("Boss", Role::Admin).await).await;
    Scene { world, plumbing, ben, boss, slug: leak.slug }
}

impl Scene {
    async fn now(&self, slug: &str) -> Edited {
        edited(self.world.ctx(), &self.ben, slug).await.unwrap().0
    }

    async fn beginning(&self, title: &str) -> Beginning {
        let category = self.now(&self.slug).await.live.category;
        Beginning { title: title.to_owned(), category, kind: Kind::Visit, pricing: Pricing::Fixed }
    }

    async fn write(&self, slug: &str, change: impl FnOnce(&mut Listing)) {
        let service = self.now(slug).await;
        let mut listing = service.listing().clone();
        change(&mut listing);
        save(self.world.ctx(), &self.ben, &service, service.version, listing).await.unwrap();
    }

    /// A service that waits for its first review.
    async fn waiting(&self) -> Edited {
        let slug = begin(self.world.ctx(), &self.ben, self.plumbing.id, self.beginning("Unblock a drain").await, None);
        let slug = slug.await.unwrap();
        self.write(&slug, |listing| {
            listing.summary = "Flowing again within the hour.".to_owned();
            listing.description = "A camera first, then the right tool, then clean towels for everybody.".to_owned();
            listing.price_minor = Some(9500);
        })
        .await;
        assert_eq!(submit(self.world.ctx(), &self.ben, &self.now(&slug).await).await.unwrap(), Saved::Waits);
        self.now(&slug).await
    }
}

fn chosen(service: &Edited) -> Chosen {
    Chosen { service: service.id, version: service.version }
}

fn conflict(error: Error, part: &str) {
    match error {
        Error::Conflict(words) => assert!(words.contains(part), "{words}"),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn nobody_decides_about_their_own_service() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let waiting = scene.waiting().await;
    // Ben works for the marketplace as well.
    sqlx::query("INSERT INTO user_roles (user_id, role, granted_at) VALUES ($1, 'admin', now())")
        .bind(scene.plumbing.owner.user.id.0)
        .execute(world.owner())
        .await
        .unwrap();
    let ben = world.actor(&scene.plumbing.owner.user).await;
    conflict(approve(ctx, &ben, chosen(&waiting)).await.unwrap_err(), "your own business");
    assert_eq!(approve_all(ctx, &ben, &[chosen(&waiting)]).await.unwrap(), 0);
    conflict(decline(ctx, &ben, chosen(&waiting), "No.").await.unwrap_err(), "your own business");
    approve(ctx, &scene.boss, chosen(&scene.now(&waiting.slug).await)).await.unwrap();
}

#[tokio::test]
async fn what_has_become_incomplete_goes_on_show_by_no_door() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let waiting = scene.waiting().await;
    let category = waiting.listing().category;
    sqlx::query(
        "INSERT INTO category_fields (id, category_id, label, kind, required) VALUES ($1, $2, 'Insured', 'yes_no', true)",
    )
    .bind(ctx.id::<ExtraId>().0)
    .bind(category.0)
    .execute(world.owner())
    .await
    .unwrap();
    conflict(approve(ctx, &scene.boss, chosen(&waiting)).await.unwrap_err(), "missing in it by now");
    assert_eq!(approve_all(ctx, &scene.boss, &[chosen(&waiting)]).await.unwrap(), 0);
    assert_eq!(scene.now(&waiting.slug).await.status, Status::Review);
    sqlx::query("DELETE FROM category_fields").execute(world.owner()).await.unwrap();

    // The only one who would do it leaves: before it is decided, and before it is handed in.
    let tia = scene.plumbing.member("Tia").await;
    scene.write(&waiting.slug, |listing| listing.members = vec![tia.id]).await;
    submit(ctx, &scene.ben, &scene.now(&waiting.slug).await).await.unwrap();
    let leave = "UPDATE members SET active = false, left_at = now() WHERE id = $1";
    sqlx::query(leave).bind(tia.id.0).execute(world.owner()).await.unwrap();
    let seen = chosen(&scene.now(&waiting.slug).await);
    conflict(approve(ctx, &scene.boss, seen).await.unwrap_err(), "missing in it by now");
    decline(ctx, &scene.boss, seen, "Say who does it.").await.unwrap();
    let again = submit(ctx, &scene.ben, &scene.now(&waiting.slug).await).await;
    let Err(SaveError::Other(Error::Invalid(wrong))) = again else { panic!("handed in: {again:?}") };
    assert!(wrong.of("member").is_some(), "{wrong:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_alike_get_addresses_of_their_own_also_at_once() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let mut tasks = Vec::new();
    for _ in 0..12 {
        let (ctx, ben, provider) = (ctx.clone(), scene.ben.clone(), scene.plumbing.id);
        let beginning = scene.beginning("Window cleaning").await;
        tasks.push(tokio::spawn(async move { begin(&ctx, &ben, provider, beginning, None).await }));
    }
    let mut slugs = std::collections::BTreeSet::new();
    for task in tasks {
        slugs.insert(task.await.unwrap().unwrap());
    }
    assert_eq!(slugs.len(), 12, "{slugs:?}");
    assert!(slugs.contains("window-cleaning"));
    // What tells them apart is short while that is enough.
    assert!(slugs.iter().all(|slug| slug.len() <= "window-cleaning-ffff".len()), "{slugs:?}");
}

#[tokio::test]
async fn a_new_service_reaches_as_far_as_its_business() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    sqlx::query("UPDATE providers SET radius_km = 80").execute(scene.world.owner()).await.unwrap();
    let slug = begin(ctx, &scene.ben, scene.plumbing.id, scene.beginning("Unblock a drain").await, None).await.unwrap();
    assert_eq!(scene.now(&slug).await.listing().radius_km, 80);
    let copy = duplicate(ctx, &scene.ben, &scene.slug, None).await.unwrap();
    assert_eq!(scene.now(&copy).await.listing().radius_km, scene.now(&scene.slug).await.live.radius_km);
}

#[tokio::test]
async fn words_beside_a_picture_are_kept_whatever_its_button_does() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let photo = |red: u8| {
        let mut file = std::io::Cursor::new(Vec::new());
        let pixels = image::RgbImage::from_pixel(640, 480, image::Rgb([red, 9, 9]));
        image::DynamicImage::ImageRgb8(pixels).write_to(&mut file, image::ImageFormat::Png).unwrap();
        file.into_inner()
    };
    let (one, two) = (photo(10), photo(200));
    let sent = [SentPicture { name: "a", bytes: &one }, SentPicture { name: "b", bytes: &two }];
    add_pictures(ctx, &scene.ben, &scene.now(&scene.slug).await, &sent, "").await.unwrap();
    let service = scene.now(&scene.slug).await;
    let second = service.listing().pictures[1].key.clone();
    arrange_picture(ctx, &scene.ben, &service, &second, PictureAct::Up, Some(" A  tap ")).await.unwrap();
    let pictures = scene.now(&scene.slug).await.listing().pictures.clone();
    assert_eq!((pictures[0].key.as_str(), pictures[0].alt.as_str()), (second.as_str(), "A tap"));
}

#[tokio::test]
async fn namesakes_among_categories_are_told_apart_and_a_first_text_is_told_whole() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    for (number, top) in [(1_u128, "Home"), (2, "Garden")] {
        for (id, parent, name) in [(number * 10, None, top), (number * 10 + 1, Some(number * 10), "Repairs")] {
            sqlx::query("INSERT INTO categories (id, parent_id, slug, name) VALUES ($1, $2, $1::text, $3)")
                .bind(uuid::Uuid::from_u128(id))
                .bind(parent.map(uuid::Uuid::from_u128))
                .bind(name)
                .execute(world.owner())
                .await
                .unwrap();
        }
    }
    let (service, shelves) = edited(ctx, &scene.ben, &scene.slug).await.unwrap();
    let stands =
        |id: u128| Listing { category: domain::kernel::CategoryId(uuid::Uuid::from_u128(id)), ..service.live.clone() };
    let told = told_apart(&stands(11), &stands(21), &shelves, &service.team);
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].before[0].as_str(), told[0].after[0].as_str()), ("Home › Repairs", "Garden › Repairs"));
    let whole = told_whole(&service.live, &shelves, &service.team);
    for part in ["Title", "Price", "Place", "Times", "How it is booked", "Cancellation", "Extras", "Who does it"] {
        assert!(whole.iter().any(|change| change.part == part && !change.after.is_empty()), "{part}");
    }
}

fn sheet() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(300, 400).write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

/// Somebody who has told everything and sent it; says the reference.
async fn sent(world: &World, actor: &Actor, licence_until: &str) -> String {
    let ctx = world.ctx();
    let list = "country,postal_code,name,lat,lng,zone\nDE,,Berlin,52.517,13.405,Europe/Berlin";
    import_places(ctx, &world.system(), read_places(list).unwrap(), |_, _| ()).await.unwrap();
    let category: uuid::Uuid =
        sqlx::query_scalar("SELECT id FROM categories LIMIT 1").fetch_one(world.owner()).await.unwrap();
    let steps: [(Step, &[(&str, &str)]); 4] = [
        (Step::Business, &[("name", "Leaks & Co"), ("kind", "sole"), ("headline", "Leaks found and fixed")]),
        (Step::Place, &[("city", "Berlin"), ("country", "DE"), ("radius_km", "10")]),
        (Step::Work, &[("categories", &category.to_string()), ("skills", "boilers")]),
        (Step::Payout, &[("payout_country", "DE")]),
    ];
    for (step, fields) in steps {
        let version = my_application(ctx, actor).await.unwrap().map_or(0, |known| known.version);
        let answers = Typed { fields: fields.to_vec() }.read(step).unwrap();
        save_step(ctx, actor, step, version, answers).await.unwrap();
    }
    for (kind, expires_on) in [("identity", "2027-05-31"), ("insurance", "2027-05-31"), ("licence", licence_until)] {
        add_document(ctx, actor, TypedDocument { kind, number: "1", expires_on }, &sheet()).await.unwrap();
    }
    let known = my_application(ctx, actor).await.unwrap().unwrap();
    send(ctx, actor, known.version).await.unwrap();
    known.reference
}

#[tokio::test]
async fn a_step_that_is_sent_twice_is_saved_and_what_differs_is_named() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let mia = world.actor(&world.customer("Mia").await).await;
    let business = |name: &'static str| {
        let fields = vec![("name", name), ("kind", "sole"), ("headline", "Leaks found and fixed")];
        Typed { fields }.read(Step::Business).unwrap()
    };
    save_step(ctx, &mia, Step::Business, 0, business("First")).await.unwrap();
    // The button was pressed twice.
    save_step(ctx, &mia, Step::Business, 0, business("First")).await.unwrap();
    assert_eq!(my_application(ctx, &mia).await.unwrap().unwrap().version, 2, "and saved once");

    for (slug, name) in [("one", "Taps"), ("two", "Drains")] {
        sqlx::query("INSERT INTO categories (id, slug, name) VALUES ($1, $2, $3)")
            .bind(ctx.id::<ExtraId>().0)
            .bind(slug)
            .bind(name)
            .execute(world.owner())
            .await
            .unwrap();
    }
    let ids: Vec<(uuid::Uuid,)> =
        sqlx::query_as("SELECT id FROM categories WHERE slug IN ('one', 'two') ORDER BY slug")
            .fetch_all(world.owner())
            .await
            .unwrap();
    let (taps, drains) = (ids[0].0.to_string(), ids[1].0.to_string());
    let work = |id: &str| Typed { fields: vec![("categories", id)] }.read(Step::Work).unwrap();
    save_step(ctx, &mia, Step::Work, 2, work(&taps)).await.unwrap();
    save_step(ctx, &mia, Step::Work, 2, work(&taps)).await.unwrap();
    let Err(Error::Invalid(wrong)) = save_step(ctx, &mia, Step::Work, 2, work(&drains)).await else { panic!("saved") };
    assert!(wrong.of("categories").is_some_and(|words| words.contains("“Taps”")), "{wrong:?}");
    assert!(wrong.of("skills").is_none(), "{wrong:?}");
    // What was hidden meanwhile is told, not dropped.
    sqlx::query("UPDATE categories SET hidden = true WHERE slug = 'two'").execute(world.owner()).await.unwrap();
    let Err(Error::Invalid(wrong)) = save_step(ctx, &mia, Step::Work, 3, work(&drains)).await else { panic!("saved") };
    assert!(wrong.of("categories").is_some_and(|words| words.contains("not offered any more")), "{wrong:?}");
}

#[tokio::test]
async fn nobody_decides_about_their_own_application_or_for_somebody_suspended() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let olivia = world.operator("Olivia", Role::OnboardingManager).await;
    let hers = world.actor(&olivia).await;
    let reference = sent(world, &hers, "2027-05-31").await;
    let version = my_application(ctx, &hers).await.unwrap().unwrap().version;
    conflict(onboarding::approve(ctx, &hers, &reference, version).await.unwrap_err(), "your own application");
    conflict(onboarding::decline(ctx, &hers, &reference, version, "No.").await.unwrap_err(), "your own application");

    let suspend = "UPDATE users SET suspended_at = now(), suspended_reason = 'x' WHERE id = $1";
    sqlx::query(suspend).bind(olivia.id.0).execute(world.owner()).await.unwrap();
    conflict(onboarding::approve(ctx, &scene.boss, &reference, version).await.unwrap_err(), "is suspended");
    let restore = "UPDATE users SET suspended_at = NULL, suspended_reason = '' WHERE id = $1";
    sqlx::query(restore).bind(olivia.id.0).execute(world.owner()).await.unwrap();
    onboarding::approve(ctx, &scene.boss, &reference, version).await.unwrap();

    // Nor about a document of their own business.
    let hers = world.actor(&olivia).await;
    let typed = TypedDocument { kind: "insurance", number: "2", expires_on: "2028-05-31" };
    add_document(ctx, &hers, typed, &sheet()).await.unwrap();
    let papers = papers_of_business(ctx, &hers).await.unwrap().application.unwrap();
    let new = papers.documents.iter().find(|one| one.state == DocumentState::Sent).unwrap().id;
    conflict(decide_document(ctx, &hers, new, true, "").await.unwrap_err(), "your own business");
    decide_document(ctx, &scene.boss, new, true, "").await.unwrap();
}

#[tokio::test]
async fn a_document_that_is_over_is_not_accepted_and_hides_nobody() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let mia = world.customer("Mia").await;
    let reference = sent(world, &world.actor(&mia).await, "2026-11-03").await;
    world.advance(SignedDuration::from_hours(72));
    let version = my_application(ctx, &world.actor(&mia).await).await.unwrap().unwrap().version;
    onboarding::approve(ctx, &scene.boss, &reference, version).await.unwrap();
    onboarding::check_documents(ctx).await.unwrap();
    let hers = world.actor(&mia).await;
    let papers = papers_of_business(ctx, &hers).await.unwrap();
    assert!(!papers.over, "its licence was over before it opened");
    let application = papers.application.unwrap();
    assert_eq!(application.state, State::Approved);
    let of = |state| application.documents.iter().filter(|one| one.state == state).count();
    assert_eq!((of(DocumentState::Accepted), of(DocumentState::Refused)), (2, 1));

    let typed = TypedDocument { kind: "licence", number: "2", expires_on: "2026-11-20" };
    add_document(ctx, &hers, typed, &sheet()).await.unwrap();
    let papers = papers_of_business(ctx, &hers).await.unwrap().application.unwrap();
    let new = papers.documents.iter().find(|one| one.state == DocumentState::Sent).unwrap().id;
    world.advance(SignedDuration::from_hours(20 * 24));
    let Err(Error::Invalid(wrong)) = decide_document(ctx, &scene.boss, new, true, "").await else { panic!("accepted") };
    assert!(wrong.of("note").is_some());
    decide_document(ctx, &scene.boss, new, false, "It is over.").await.unwrap();
}

#[tokio::test]
async fn documents_that_were_replaced_leave_room_for_new_ones() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let mia = world.customer("Mia").await;
    let reference = sent(world, &world.actor(&mia).await, "2027-05-31").await;
    let version = my_application(ctx, &world.actor(&mia).await).await.unwrap().unwrap().version;
    onboarding::approve(ctx, &scene.boss, &reference, version).await.unwrap();
    sqlx::query(
        "INSERT INTO application_documents (id, application_id, kind, number, expires_on, state, created_at)
         SELECT gen_random_uuid(), a.id, 'insurance', n::text, '2027-01-01', 'replaced', now()
         FROM applications a, generate_series(1, 40) n",
    )
    .execute(world.owner())
    .await
    .unwrap();
    let typed = TypedDocument { kind: "insurance", number: "41", expires_on: "2028-05-31" };
    add_document(ctx, &world.actor(&mia).await, typed, &sheet()).await.unwrap();
}

#[tokio::test]
async fn a_business_says_what_it_is_and_two_windows_overwrite_nothing() {
    let scene = scene().await;
    let (ctx, world, provider) = (scene.world.ctx(), &scene.world, scene.plumbing.id);
    let profile = |headline: &str| {
        let typed = TypedProfile {
            headline,
            about: "We began in 1990.",
            skills: "taps, drains",
            radius_km: "40",
            postal_codes: "10115",
        };
        Profile::parse(typed).unwrap()
    };
    let seen = described(ctx, &scene.ben, provider).await.unwrap().version;
    describe(ctx, &scene.ben, provider, seen, profile("Leaks found and fixed")).await.unwrap();
    let late = describe(ctx, &scene.ben, provider, seen, profile("Something else said")).await;
    assert!(matches!(late, Err(DescribeError::Stale)), "{late:?}");
    let shown = domain::catalog::provider_page(ctx, None, &scene.plumbing.slug, Default::default()).await.unwrap();
    assert_eq!(shown.business.headline, "Leaks found and fixed");
    assert_eq!((shown.about.as_str(), shown.skills.len()), ("We began in 1990.", 2));
    let told: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_entries WHERE action = 'provider.described'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(told, 1);
    // Only those who manage it; for everybody else there is nothing.
    let tia = scene.plumbing.member("Tia").await;
    for stranger in [world.actor(&tia.user).await, scene.boss.clone(), world.actor(&world.customer("Eve").await).await]
    {
        assert!(matches!(described(ctx, &stranger, provider).await, Err(Error::NotFound)));
        let done = describe(ctx, &stranger, provider, seen + 1, profile("Leaks found and fixed")).await;
        assert!(matches!(done, Err(DescribeError::Other(Error::NotFound))));
    }
    // It goes with a business that closes.
    sqlx::query("UPDATE providers SET slug = 'closed-' || id").execute(world.owner()).await.unwrap();
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM providers WHERE skills <> '{}' OR postal_codes <> '{}'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn a_search_that_is_kept_follows_its_category() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let ana = world.customer("Ana").await;
    let category = scene.now(&scene.slug).await.live.category;
    let slug: String = sqlx::query_scalar("SELECT slug FROM categories WHERE id = $1")
        .bind(category.0)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let hers = world.actor(&ana).await;
    saved::save_search(ctx, &hers, "Taps", &SearchQuery::read([("category", slug.as_str())])).await.unwrap();
    world.advance(SignedDuration::from_hours(25));
    domain::jobs::sweep(ctx).await.unwrap();
    let rename =
        "WITH kept AS (INSERT INTO category_slugs (slug, category_id) SELECT slug, id FROM categories WHERE id = $1)
                  UPDATE categories SET slug = 'another-name' WHERE id = $1";
    sqlx::query(rename).bind(category.0).execute(world.owner()).await.unwrap();
    world.service(&scene.plumbing, |s| s.called("Mend a tap")).await;
    world.advance(SignedDuration::from_hours(25));
    domain::jobs::sweep(ctx).await.unwrap();
    world.run_jobs().await;
    let letters = world.mail_to(&ana.email).await;
    assert!(letters.iter().any(|letter| letter.text.contains("Mend a tap")), "{letters:?}");
}
