//! Listings, from a blank page to customers: drafts, review, what goes on show at once, and what comes back.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::catalog::listing::{
    AdminFilter, Beginning, Chosen, Edited, Listing, ListingExtra, OwnFilter, PictureAct, RevisionState, SaveError,
    Saved, SentPicture, Standing, add_pictures, admin_list, approve, approve_all, arrange_picture, begin, decline,
    discard, duplicate, edited, for_review, history, list, preview, renamed, save, stand, submit,
};
use domain::catalog::{BookingMode, Kind, Pricing, ReviewsAsked, Status, bookable, showcase};
use domain::kernel::{Actor, Error, ExtraId, Role, ServiceId};
use domain::testing::{Provider, World};
use uuid::Uuid;

/// What the services of the story say of themselves.
const STORY: &str = "I listen at the wall first, and open only what has to be opened.";

async fn tell(world: &World) {
    let told = sqlx::query("UPDATE services SET description = $1 WHERE description = ''").bind(STORY);
    told.execute(world.owner()).await.unwrap();
}

/// A business with one live service, its owner, and an admin.
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
    tell(&world).await;
    let ben = world.actor(&plumbing.owner.user).await;
    let boss = world.operator("Boss", Role::Admin).await;
    let boss = world.actor(&boss).await;
    Scene { world, plumbing, ben, boss, slug: leak.slug }
}

impl Scene {
    async fn now(&self, slug: &str) -> Edited {
        edited(self.world.ctx(), &self.ben, slug).await.unwrap().0
    }

    /// Saves what `change` makes of the text, as somebody who has just opened the form.
    async fn write(&self, slug: &str, change: impl FnOnce(&mut Listing)) -> Edited {
        let service = self.now(slug).await;
        let mut listing = service.listing().clone();
        change(&mut listing);
        save(self.world.ctx(), &self.ben, &service, service.version, listing).await.unwrap();
        self.now(slug).await
    }

    async fn hand_in(&self, slug: &str) -> Result<Saved, SaveError> {
        submit(self.world.ctx(), &self.ben, &self.now(slug).await).await
    }

    fn chosen(service: &Edited) -> Chosen {
        Chosen { service: service.id, version: service.version }
    }

    async fn seen(&self, slug: &str) -> Result<domain::catalog::Showcase, Error> {
        showcase(self.world.ctx(), None, slug, ReviewsAsked::default()).await
    }

    /// A draft with everything in it.
    async fn fresh(&self) -> String {
        let category = self.now(&self.slug).await.live.category;
        let beginning =
            Beginning { title: "Unblock a drain".to_owned(), category, kind: Kind::Visit, pricing: Pricing::Fixed };
        let slug = begin(self.world.ctx(), &self.ben, self.plumbing.id, beginning, None).await.unwrap();
        self.write(&slug, |listing| {
            listing.summary = "Flowing again within the hour.".to_owned();
            listing.description = "A camera first, then the right tool, then clean towels for everybody.".to_owned();
            listing.price_minor = Some(9500);
        })
        .await;
        slug
    }
}

/// A photo of one colour, large enough.
fn photo(red: u8) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_pixel(640, 480, image::Rgb([red, 120, 40]));
    image::DynamicImage::ImageRgb8(pixels).write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

#[tokio::test]
async fn a_new_service_waits_for_review_and_then_is_found() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let slug = scene.fresh().await;
    assert_eq!(slug, "unblock-a-drain");
    assert!(matches!(scene.seen(&slug).await, Err(Error::NotFound)), "nobody sees a draft");
    assert_eq!(scene.hand_in(&slug).await.unwrap(), Saved::Waits);
    assert_eq!(scene.now(&slug).await.status, Status::Review);
    assert!(matches!(scene.seen(&slug).await, Err(Error::NotFound)));
    assert!(matches!(scene.hand_in(&slug).await, Err(SaveError::Other(Error::Conflict(_)))), "it waits already");

    let queue = admin_list(ctx, &scene.boss, &AdminFilter::default(), None).await.unwrap();
    assert_eq!(queue.items.len(), 1);
    assert!(queue.items[0].waiting.is_some() && !queue.items[0].published);
    let (review, _) = for_review(ctx, &scene.boss, &slug).await.unwrap();
    approve(ctx, &scene.boss, Scene::chosen(&review.service)).await.unwrap();
    let shown = scene.seen(&slug).await.unwrap().service;
    assert_eq!((shown.status, shown.summary.as_str()), (Status::Live, "Flowing again within the hour."));
    let listed: i64 = sqlx::query_scalar("SELECT count(*) FROM listings WHERE slug = $1 AND price_minor = 9500")
        .bind(&slug)
        .fetch_one(scene.world.owner())
        .await
        .unwrap();
    assert_eq!(listed, 1, "search knows it");
    scene.world.run_jobs().await;
    domain::jobs::relay(ctx).await.unwrap();
    let free = scene.seen(&slug).await.unwrap().service.next_free;
    assert!(free.is_some(), "its free times are worked out");
    let mail = scene.world.mail_to(&scene.plumbing.owner.user.email).await;
    assert!(mail.iter().any(|letter| letter.subject.contains("is on show")), "{mail:?}");
}

#[tokio::test]
async fn nothing_half_done_is_handed_in() {
    let scene = scene().await;
    let slug = scene.fresh().await;
    scene.write(&slug, |listing| listing.price_minor = None).await;
    let Err(SaveError::Other(Error::Invalid(errors))) = scene.hand_in(&slug).await else { panic!("taken") };
    assert_eq!(errors.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["price"]);
    assert_eq!(scene.now(&slug).await.state(), Some(RevisionState::Draft));
}

#[tokio::test]
async fn small_changes_are_on_show_at_once_and_others_wait() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    // The text of a service nobody has written about yet is what customers see.
    let before = scene.now(&scene.slug).await;
    assert!(before.open.is_none() && before.published);
    assert_eq!((before.live.title.as_str(), before.live.price_minor), ("Fix a leak", Some(8000)));
    assert!(matches!(scene.hand_in(&scene.slug).await, Err(SaveError::Other(Error::Conflict(_)))), "nothing changed");

    scene
        .write(&scene.slug, |listing| {
            listing.description =
                "Washers, seals and joints. I bring the parts and take the old ones along.".to_owned();
        })
        .await;
    assert_eq!(scene.hand_in(&scene.slug).await.unwrap(), Saved::Waits);
    assert_eq!(scene.seen(&scene.slug).await.unwrap().service.description, STORY, "customers see what they saw");
    let (review, _) = for_review(ctx, &scene.boss, &scene.slug).await.unwrap();
    approve(ctx, &scene.boss, Scene::chosen(&review.service)).await.unwrap();
    assert!(scene.seen(&scene.slug).await.unwrap().service.description.starts_with("Washers"));

    scene
        .write(&scene.slug, |listing| {
            listing.price_minor = Some(12_000);
            listing.booking_mode = BookingMode::Request;
            listing.extras[0].name = "A large tea".to_owned();
            listing.extras.push(ListingExtra {
                id: ExtraId(Uuid::nil()),
                name: "Biscuits".to_owned(),
                price_minor: Some(300),
                extra_min: 0,
                extra_days: 0,
            });
        })
        .await;
    assert_eq!(scene.hand_in(&scene.slug).await.unwrap(), Saved::Live, "half more is not more than half more");
    let shown = scene.seen(&scene.slug).await.unwrap().service;
    assert_eq!((shown.priced.price.minor, shown.booking_mode), (12_000, BookingMode::Request));
    let extras: Vec<&str> = shown.priced.extras.iter().map(|extra| extra.name.as_str()).collect();
    assert_eq!(extras, ["A large tea", "Biscuits"]);
    assert_eq!(shown.priced.extras[0].id, before.live.extras[0].id, "who has the page open still means the tea");

    scene.write(&scene.slug, |listing| listing.price_minor = Some(18_001)).await;
    assert_eq!(scene.hand_in(&scene.slug).await.unwrap(), Saved::Waits);
    let (_, texts, _) = history(ctx, &scene.ben, &scene.slug).await.unwrap();
    let states: Vec<_> = texts.iter().map(|(revision, _)| (revision.number, revision.state)).collect();
    use RevisionState::{Live, Replaced, Submitted};
    assert_eq!(states, [(4, Submitted), (3, Live), (2, Replaced), (1, Replaced)]);
    assert_eq!(texts[3].1.description, STORY, "what was there before anybody wrote is kept");
}

#[tokio::test]
async fn what_is_sent_back_keeps_every_word_and_says_why() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    scene.write(&scene.slug, |listing| listing.title = "Fix a leak, call 0171".to_owned()).await;
    scene.hand_in(&scene.slug).await.unwrap();
    let chosen = Scene::chosen(&scene.now(&scene.slug).await);
    let silent = decline(ctx, &scene.boss, chosen, "  ").await;
    assert!(matches!(silent, Err(Error::Invalid(_))), "a reason is needed");
    decline(ctx, &scene.boss, chosen, "Phone numbers do not belong into titles.").await.unwrap();
    let again = decline(ctx, &scene.boss, chosen, "Once more.").await;
    assert!(matches!(again, Err(Error::Conflict(_))), "decided already");

    let service = scene.now(&scene.slug).await;
    let (revision, listing) = service.open.clone().unwrap();
    assert_eq!(revision.state, RevisionState::Declined);
    assert_eq!(revision.note, "Phone numbers do not belong into titles.");
    assert_eq!(listing.title, "Fix a leak, call 0171");
    assert_eq!(scene.seen(&scene.slug).await.unwrap().service.priced.title, "Fix a leak");
    let mail = scene.world.mail_to(&scene.plumbing.owner.user.email).await;
    assert!(mail.iter().any(|letter| letter.text.contains("Phone numbers do not belong")), "{mail:?}");

    let better = scene.write(&scene.slug, |listing| listing.title = "Fix any leak".to_owned()).await;
    assert_eq!(better.open.as_ref().unwrap().0.number, 3, "what was sent back stays in the history");
    scene.hand_in(&scene.slug).await.unwrap();
    approve(ctx, &scene.boss, Scene::chosen(&scene.now(&scene.slug).await)).await.unwrap();
    let now = scene.now(&scene.slug).await;
    assert_eq!((now.slug.as_str(), now.open.is_none()), ("fix-any-leak", true));
    assert_eq!(renamed(ctx, &scene.slug).await.unwrap().as_deref(), Some("fix-any-leak"));

    // The title it had before is its own again, and leads nowhere else.
    scene.write("fix-any-leak", |listing| listing.title = "Fix a leak".to_owned()).await;
    scene.hand_in("fix-any-leak").await.unwrap();
    approve(ctx, &scene.boss, Scene::chosen(&scene.now("fix-any-leak").await)).await.unwrap();
    assert_eq!(scene.now("fix-any-leak").await.slug, "fix-a-leak");
    assert_eq!(renamed(ctx, "fix-any-leak").await.unwrap().as_deref(), Some("fix-a-leak"));
    assert_eq!(renamed(ctx, "fix-a-leak").await.unwrap(), None);
}

#[tokio::test]
async fn two_windows_overwrite_nothing() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let (one, other) = (scene.now(&scene.slug).await, scene.now(&scene.slug).await);
    let with = |summary: &str| Listing { summary: summary.to_owned(), ..one.live.clone() };
    save(ctx, &scene.ben, &one, one.version, with("The first window.")).await.unwrap();
    let late = save(ctx, &scene.ben, &other, other.version, with("The second window.")).await;
    assert!(matches!(late, Err(SaveError::Stale)));
    assert_eq!(scene.now(&scene.slug).await.listing().summary, "The first window.");
    assert!(matches!(submit(ctx, &scene.ben, &other).await, Err(SaveError::Other(Error::Conflict(_)))));

    // A form that was opened before the text went on show is late, too.
    let open = scene.now(&scene.slug).await;
    scene.hand_in(&scene.slug).await.unwrap();
    let late = save(ctx, &scene.ben, &open, open.version, with("Too late.")).await;
    assert!(matches!(late, Err(SaveError::Stale)));

    // Twenty at once: one of them.
    let service = scene.now(&scene.slug).await;
    let tries = (0..20).map(|n| save(ctx, &scene.ben, &service, service.version, with(&format!("Try {n}."))));
    let mut saved = 0;
    for done in futures(tries).await {
        saved += usize::from(done.is_ok());
    }
    assert_eq!(saved, 1);
}

/// All of them at once.
async fn futures<T: Send + 'static>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut pinned: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<Option<T>> = pinned.iter().map(|_| None).collect();
    std::future::poll_fn(|cx| {
        for (future, slot) in pinned.iter_mut().zip(&mut done).filter(|(_, slot)| slot.is_none()) {
            if let std::task::Poll::Ready(value) = future.as_mut().poll(cx) {
                *slot = Some(value);
            }
        }
        if done.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

#[tokio::test]
async fn a_reviewer_decides_about_what_they_saw() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    scene.write(&scene.slug, |listing| listing.title = "Fix a small leak".to_owned()).await;
    scene.hand_in(&scene.slug).await.unwrap();
    let seen = Scene::chosen(&for_review(ctx, &scene.boss, &scene.slug).await.unwrap().0.service);
    // Meanwhile the business takes it back and writes something else.
    let changed = scene.write(&scene.slug, |listing| listing.title = "Something else altogether".to_owned()).await;
    assert_eq!(changed.state(), Some(RevisionState::Draft));
    assert!(matches!(approve(ctx, &scene.boss, seen).await, Err(Error::Conflict(_))));
    assert_eq!(scene.seen(&scene.slug).await.unwrap().service.priced.title, "Fix a leak");

    // Of many, those that were changed meanwhile stay.
    scene.hand_in(&scene.slug).await.unwrap();
    let second = scene.fresh().await;
    scene.hand_in(&second).await.unwrap();
    let good = Scene::chosen(&scene.now(&second).await);
    assert_eq!(approve_all(ctx, &scene.boss, &[seen, good]).await.unwrap(), 1);
    assert_eq!(scene.now(&second).await.status, Status::Live);
    assert_eq!(scene.now(&scene.slug).await.state(), Some(RevisionState::Submitted));
}

#[tokio::test]
async fn pausing_putting_away_and_taking_back() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let status = async || scene.now(&scene.slug).await.status;
    stand(ctx, &scene.ben, &scene.slug, Standing::Pause).await.unwrap();
    assert_eq!(status().await, Status::Paused);
    // What goes on show meanwhile changes nothing about that.
    scene.write(&scene.slug, |listing| listing.summary = "Still away.".to_owned()).await;
    assert_eq!(scene.hand_in(&scene.slug).await.unwrap(), Saved::Live);
    assert_eq!(status().await, Status::Paused);
    stand(ctx, &scene.ben, &scene.slug, Standing::Resume).await.unwrap();
    assert!(matches!(
        stand(ctx, &scene.ben, &scene.slug, Standing::Resume).await,
        Err(SaveError::Other(Error::Conflict(_)))
    ));
    scene.write(&scene.slug, |listing| listing.title = "Fix another leak".to_owned()).await;
    scene.hand_in(&scene.slug).await.unwrap();
    stand(ctx, &scene.ben, &scene.slug, Standing::Archive).await.unwrap();
    assert_eq!((status().await, scene.now(&scene.slug).await.state()), (Status::Archived, Some(RevisionState::Draft)));
    assert!(matches!(scene.hand_in(&scene.slug).await, Err(SaveError::Other(Error::Conflict(_)))));
    let mine = list(ctx, &scene.ben, scene.plumbing.id, &OwnFilter::default(), None).await.unwrap();
    assert!(mine.items.is_empty(), "the archive is a list of its own");
    stand(ctx, &scene.ben, &scene.slug, Standing::Restore).await.unwrap();
    assert_eq!(status().await, Status::Paused);

    let version = scene.now(&scene.slug).await.version;
    discard(ctx, &scene.ben, &scene.slug, version).await.unwrap();
    assert!(scene.now(&scene.slug).await.open.is_none(), "back to what customers see");
}

#[tokio::test]
async fn a_copy_is_a_draft_of_its_own() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let copied = duplicate(ctx, &scene.ben, &scene.slug, None).await.unwrap();
    let copy = scene.now(&copied).await;
    let original = scene.now(&scene.slug).await;
    assert_eq!((copied.as_str(), copy.status), ("fix-a-leak-copy", Status::Draft));
    assert_eq!(copy.listing().price_minor, original.live.price_minor);
    assert_ne!(copy.listing().extras[0].id, original.live.extras[0].id);
    let shown = preview(ctx, &scene.ben, &copied).await.unwrap();
    assert_eq!(shown.priced.title, "Fix a leak (copy)");
    let again = duplicate(ctx, &scene.ben, &scene.slug, None).await.unwrap();
    assert!(again.starts_with("fix-a-leak-copy-"), "{again}");
}

#[tokio::test]
async fn a_form_pressed_twice_begins_one_service() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let key = Some(ctx.id::<ServiceId>());
    let (one, twin) =
        tokio::join!(duplicate(ctx, &scene.ben, &scene.slug, key), duplicate(ctx, &scene.ben, &scene.slug, key));
    let copy = one.unwrap();
    assert_eq!(twin.unwrap(), copy);
    // Whoever comes back and types something else means another one; a stranger's service is nobody's answer.
    let category = scene.now(&scene.slug).await.live.category;
    let beginning =
        |title: &str| Beginning { title: title.to_owned(), category, kind: Kind::Visit, pricing: Pricing::Fixed };
    let key = Some(ctx.id::<ServiceId>());
    let begin = async |title: &str| begin(ctx, &scene.ben, scene.plumbing.id, beginning(title), key).await.unwrap();
    let first = begin("Unblock a drain").await;
    assert_eq!(begin("Unblock a drain").await, first);
    assert_ne!(begin("Clear a gutter").await, first);
    let strangers = scene.world.provider("Other", "Europe/Berlin").await;
    let eve = scene.world.actor(&strangers.owner.user).await;
    let hers =
        domain::catalog::listing::begin(ctx, &eve, strangers.id, beginning("Unblock a drain"), key).await.unwrap();
    assert_ne!(hers, first);
    assert!(matches!(edited(ctx, &eve, &first).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_package_that_goes_stays_for_those_who_booked_it() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let tiers = scene
        .world
        .service(&scene.plumbing, |s| s.called("Bathroom").package("basic", 10_000, 60).package("premium", 20_000, 120))
        .await;
    tell(&scene.world).await;
    scene
        .write(&tiers.slug, |listing| {
            listing.packages.retain(|package| package.price_minor == Some(20_000));
            listing.packages[0].price_minor = Some(14_000);
        })
        .await;
    assert_eq!(scene.hand_in(&tiers.slug).await.unwrap(), Saved::Live, "the least one pays rose by less than half");
    let mut conn = ctx.pool.acquire().await.unwrap();
    let now = bookable(&mut conn, tiers.slug.as_str()).await.unwrap();
    assert_eq!(now.priced.packages.len(), 1);
    assert_eq!(now.priced.packages[0].id, tiers.packages[1].id, "the same package, at another price");
    assert_eq!(now.priced.price.minor, 14_000);
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM packages WHERE id = $1 AND withdrawn")
        .bind(tiers.packages[0].id.0)
        .fetch_one(scene.world.owner())
        .await
        .unwrap();
    assert_eq!(kept, 1);
}

#[tokio::test]
async fn pictures_are_kept_as_long_as_a_text_in_use_shows_them() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let kept = async || -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM pictures").fetch_one(scene.world.owner()).await.unwrap()
    };
    let add = async |red: u8| {
        let service = scene.now(&scene.slug).await;
        let sent = SentPicture { name: "tap.png", bytes: &photo(red) };
        add_pictures(ctx, &scene.ben, &service, &[sent], "A tap").await
    };
    add(10).await.unwrap();
    add(200).await.unwrap();
    assert!(matches!(add(200).await, Err(SaveError::Other(Error::Invalid(_)))), "the same twice");
    let service = scene.now(&scene.slug).await;
    let [first, second] = service.listing().pictures.clone().try_into().unwrap();
    assert_eq!((first.colour.as_str(), kept().await), ("#0a7828", 2));
    arrange_picture(ctx, &scene.ben, &service, &second.key, PictureAct::Up, None).await.unwrap();
    let service = scene.now(&scene.slug).await;
    arrange_picture(ctx, &scene.ben, &service, &first.key, PictureAct::Stay, Some("A dripping tap")).await.unwrap();
    scene.hand_in(&scene.slug).await.unwrap();
    assert!(scene.seen(&scene.slug).await.unwrap().service.pictures.is_empty(), "pictures are looked at first");
    approve(ctx, &scene.boss, Scene::chosen(&scene.now(&scene.slug).await)).await.unwrap();
    let shown = scene.seen(&scene.slug).await.unwrap().service.pictures;
    let seen: Vec<_> = shown.iter().map(|picture| (picture.key.as_str(), picture.alt.as_str())).collect();
    assert_eq!(seen, [(second.key.as_str(), "A tap"), (first.key.as_str(), "A dripping tap")]);

    // A draft without it does not take it from customers; that text on show does.
    let service = scene.now(&scene.slug).await;
    arrange_picture(ctx, &scene.ben, &service, &second.key, PictureAct::Remove, None).await.unwrap();
    assert_eq!(kept().await, 2);
    scene.hand_in(&scene.slug).await.unwrap();
    approve(ctx, &scene.boss, Scene::chosen(&scene.now(&scene.slug).await)).await.unwrap();
    assert_eq!(kept().await, 1, "nothing in use shows it any more");
    assert_eq!(scene.seen(&scene.slug).await.unwrap().service.pictures[0].key, first.key);
    // A draft that is thrown away lets go of what only it had.
    add(90).await.unwrap();
    assert_eq!(kept().await, 2);
    let version = scene.now(&scene.slug).await.version;
    discard(ctx, &scene.ben, &scene.slug, version).await.unwrap();
    assert_eq!(kept().await, 1);
}

#[tokio::test]
async fn only_who_manages_writes_and_only_admins_decide() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let cem = scene.plumbing.member("Cem").await;
    let other = scene.world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
    let ops = scene.world.operator("Ops", Role::OpsManager).await;
    for user in [&cem.user, &other.owner.user, &ops] {
        let actor = scene.world.actor(user).await;
        assert!(matches!(edited(ctx, &actor, &scene.slug).await, Err(Error::NotFound)), "{}", user.name);
        assert!(matches!(duplicate(ctx, &actor, &scene.slug, None).await, Err(Error::NotFound)), "{}", user.name);
        let stood = stand(ctx, &actor, &scene.slug, Standing::Pause).await;
        assert!(matches!(stood, Err(SaveError::Other(Error::NotFound))), "{}", user.name);
        assert!(matches!(for_review(ctx, &actor, &scene.slug).await, Err(Error::NotFound)), "{}", user.name);
    }
    let service = scene.now(&scene.slug).await;
    assert!(matches!(approve(ctx, &scene.ben, Scene::chosen(&service)).await, Err(Error::NotFound)));
    // Somebody of another business cannot be put on it.
    let stranger = scene.write(&scene.slug, |listing| listing.members = vec![other.owner.id, cem.id]).await;
    assert_eq!(stranger.listing().members, [cem.id]);
}

#[tokio::test]
async fn towns_are_known_or_told_apart() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    sqlx::query("INSERT INTO places (name, country, lat, lng) VALUES ('Köln', 'DE', 50.94, 6.96)")
        .execute(scene.world.owner())
        .await
        .unwrap();
    let there = scene.write(&scene.slug, |listing| listing.city = "koln".to_owned()).await;
    assert_eq!((there.listing().city.as_str(), there.listing().lat), ("Köln", 50.94));
    let mut nowhere = there.listing().clone();
    nowhere.city = "Atlantis".to_owned();
    let refused = save(ctx, &scene.ben, &there, there.version, nowhere).await;
    assert!(matches!(refused, Err(SaveError::Other(Error::Invalid(errors))) if errors.of("city").is_some()));
}

#[tokio::test]
async fn several_pictures_at_once_are_taken_as_far_as_they_can_be() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let photos: Vec<Vec<u8>> = (0..10).map(|number| photo(20 * number)).collect();
    let mut sent: Vec<SentPicture<'_>> = photos.iter().map(|bytes| SentPicture { name: "photo.png", bytes }).collect();
    sent.insert(1, SentPicture { name: "drawing.svg", bytes: b"<svg/>" });
    sent.insert(2, SentPicture { name: "again.png", bytes: &photos[0] });
    let service = scene.now(&scene.slug).await;
    let refused = add_pictures(ctx, &scene.ben, &service, &sent, "The first one").await.unwrap();
    assert_eq!(refused.len(), 4, "{refused:?}");
    assert!(refused[0].starts_with("drawing.svg: ") && refused[1] == "again.png: This picture is here already.");
    assert!(refused[3].contains("8 pictures already"));
    let service = scene.now(&scene.slug).await;
    let shown = &service.listing().pictures;
    assert_eq!((shown.len(), shown[0].alt.as_str(), shown[1].alt.as_str()), (8, "The first one", ""));
    let late = add_pictures(ctx, &scene.ben, &service, &[], "").await;
    assert!(matches!(late, Err(SaveError::Other(Error::Invalid(_)))), "nothing chosen, nothing kept");

    // Any picture goes to any place.
    let keys = async || -> Vec<String> {
        let service = scene.now(&scene.slug).await;
        service.listing().pictures.iter().map(|picture| picture.key.clone()).collect()
    };
    let mut wanted = keys().await;
    for (from, to) in [(7, 0), (0, 3), (2, 99)] {
        let service = scene.now(&scene.slug).await;
        arrange_picture(ctx, &scene.ben, &service, &wanted[from].clone(), PictureAct::To(to), None).await.unwrap();
        let one = wanted.remove(from);
        wanted.insert(to.min(wanted.len()), one);
        assert_eq!(keys().await, wanted, "{from} to {to}");
    }
}

#[tokio::test]
async fn pages_ask_the_database_as_little_as_they_may() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let count = |said: &[String]| said.len();
    let (_, said) = scene.world.statements(list(ctx, &scene.ben, scene.plumbing.id, &OwnFilter::default(), None)).await;
    assert_eq!(count(&said), 1, "{said:?}");
    let (_, said) = scene.world.statements(edited(ctx, &scene.ben, &scene.slug)).await;
    assert_eq!(count(&said), 2, "{said:?}");
    let (_, said) = scene.world.statements(preview(ctx, &scene.ben, &scene.slug)).await;
    assert_eq!(count(&said), 3, "{said:?}");
    let (_, said) = scene.world.statements(history(ctx, &scene.ben, &scene.slug)).await;
    assert_eq!(count(&said), 3, "{said:?}");
    let (_, said) = scene.world.statements(admin_list(ctx, &scene.boss, &AdminFilter::default(), None)).await;
    assert_eq!(count(&said), 1, "{said:?}");
    let (_, said) = scene.world.statements(for_review(ctx, &scene.boss, &scene.slug)).await;
    assert_eq!(count(&said), 2, "{said:?}");
}

#[tokio::test]
async fn the_back_office_finds_titles_and_businesses() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    scene.fresh().await;
    let found = async |words: &str, status: Option<Status>| {
        let filter = AdminFilter { words: words.to_owned(), status, all: status.is_none() };
        let page = admin_list(ctx, &scene.boss, &filter, None).await.unwrap();
        page.items.iter().map(|row| row.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(found("", None).await.len(), 2);
    assert_eq!(found("drain", None).await, ["Unblock a drain"]);
    assert_eq!(found("berlin plumb", None).await.len(), 2);
    assert_eq!(found("", Some(Status::Live)).await, ["Fix a leak"]);
    assert_eq!(found("100%", None).await, [""; 0]);
}
