//! One of everything, made the way people make it.

use super::{Cast, form};
use domain::accounts::api_keys::{TypedKey, make_key};
use domain::accounts::operators::{invite, suspend};
use domain::accounts::privacy::ask_for_copy;
use domain::accounts::{forgot_password, passkeys, send_verification};
use domain::availability::{Change, Closure, Exception, block, change, keeping, place_version, travel_version};
use domain::bookings::{self, Address, Book, Event, Words};
use domain::calendars;
use domain::catalog::categories::{self, CategoryText, TypedCategory};
use domain::catalog::search::SearchQuery;
use domain::catalog::{
    Choice, OwnPlace, Pair, Side, block as keep_away, import_places, keep, listing, read_places, saved,
};
use domain::kernel::{Actor, Context, OwnPlaceId, TimeRange, UserId};
use domain::onboarding::changes::{Wished, ask_for_change, registered};
use domain::onboarding::{Step, Typed, TypedDocument, add_document, my_application, save, send, suspend_business};
use domain::team::{self, TypedInvitation};
use domain::testing::{Authenticator, Elsewhere, PASSWORD, World};
use jiff::SignedDuration;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

type Things = BTreeMap<&'static str, String>;

/// Everything by its name, beside what is there already.
pub async fn made(world: &World, cast: &Cast, mut things: Things) -> Things {
    account(world, cast, &mut things).await;
    visits(world, cast, &mut things).await;
    tree(world, cast, &mut things).await;
    applications(world, cast, &mut things).await;
    listings(world, cast, &mut things).await;
    calendar(world, cast, &mut things).await;
    staff(world, cast, &mut things).await;
    things
}

/// What takes a day to come about: a search that is kept, and a letter about it.
pub async fn begun(world: &World, cast: &Cast) -> Things {
    let mut things = Things::new();
    let wet = world.service(&cast.business, |service| service.called("Fix a leak").done_by(&[&cast.cem])).await;
    things.insert("password", PASSWORD.to_owned());
    things.insert("email", cast.ana.email.clone());
    things.insert("fresh", world.ctx().id::<UserId>().0.to_string());
    things.insert("service", wet.slug.clone());
    things.insert("business", cast.business.slug.clone());
    things.insert("sitemap", "services".to_owned());
    let ctx = world.ctx();
    let ana = world.actor(&cast.ana).await;
    keep(ctx, &ana, &things["service"]).await.unwrap();
    saved::save_search(ctx, &ana, "Leaks", &SearchQuery::read([("q", "leak")])).await.unwrap();
    things.insert("search", one(world, "SELECT id::text FROM saved_searches").await);
    world.service(&cast.business, |service| service.called("Find a leak")).await;
    world.advance(SignedDuration::from_hours(24));
    domain::jobs::sweep(ctx).await.unwrap();
    let mails = world.mail_to(&cast.ana.email).await;
    let alert = mails.iter().find(|mail| mail.kind == "catalog.alert").unwrap();
    let way = alert.text.split("/letters/stop/").nth(1).unwrap().split_whitespace().next().unwrap();
    things.insert("stop word", way.to_owned());
    things.insert("letter", one(world, "SELECT id::text FROM outbound_messages ORDER BY id LIMIT 1").await);
    things
}

/// A picture of one colour.
fn png(shade: u8) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(500, 400, image::Rgb([shade, 90, 90]));
    image::DynamicImage::ImageRgb8(picture).write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

async fn one(world: &World, question: &'static str) -> String {
    sqlx::query_scalar(question).fetch_one(world.owner()).await.unwrap_or_else(|error| panic!("{question}: {error}"))
}

/// The last part of the address in the newest letter of a kind.
async fn word(world: &World, address: &str, kind: &str) -> String {
    let letters = world.mail_to(address).await;
    let known: Vec<_> = letters.iter().map(|letter| letter.kind.clone()).collect();
    let letter = letters.iter().rev().find(|letter| letter.kind == kind);
    let letter = letter.unwrap_or_else(|| panic!("no {kind} to {address}, but {known:?}"));
    letter.path().rsplit('/').next().unwrap().to_owned()
}

/// What is Ana's alone.
async fn account(world: &World, cast: &Cast, things: &mut Things) {
    let ctx = world.ctx();
    // A new passkey ends every other session.
    let session = sqlx::query_scalar("SELECT id FROM sessions WHERE user_id = $1").bind(cast.ana.id.0);
    let session = session.fetch_one(world.owner()).await.unwrap();
    let ana = Actor { session: Some(session), ..world.actor(&cast.ana).await };
    forgot_password(ctx, &world.visitor(), &cast.ana.email).await.unwrap();
    ask_for_copy(ctx, &ana).await.unwrap();
    world.run_jobs().await;
    things.insert("reset word", word(world, &cast.ana.email, "accounts.reset_password").await);
    things.insert("copy", one(world, "SELECT id::text FROM data_exports").await);
    let mut phone = Authenticator::at(&ctx.public_url);
    let question = passkeys::start_adding(ctx, &ana, "Phone", PASSWORD.to_owned()).await.unwrap();
    passkeys::add(ctx, &ana, &question.ceremony, &phone.create(&question.options)).await.unwrap();
    things.insert("passkey", one(world, "SELECT id::text FROM passkeys").await);
    let typed = TypedKey { name: "Program", scopes: &["bookings:read"], lasts: "never", form_key: ctx.id() };
    let made = make_key(ctx, &ana, typed, PASSWORD.to_owned()).await.unwrap();
    things.insert("key", made.key.id.0.to_string());
    let feed = calendars::make_feed(ctx, &ana, calendars::FeedKind::Bookings).await.unwrap();
    things.insert("feed", feed.address.rsplit('/').next().unwrap().to_owned());
    let pair = Pair { customer: ana.user.unwrap(), provider: cast.other.id };
    keep_away(ctx, &ana, Side::Customer, pair, "Was late.").await.unwrap();
    things.insert("block", one(world, "SELECT id::text FROM blocks WHERE side = 'customer'").await);
    let (owner, ben) = (world.actor(&cast.business.owner.user).await, world.actor(&cast.ben).await);
    let pair = Pair { customer: ben.user.unwrap(), provider: cast.business.id };
    keep_away(ctx, &owner, Side::Provider, pair, "Was rude.").await.unwrap();
    things.insert("block of a customer", one(world, "SELECT id::text FROM blocks WHERE side = 'provider'").await);
    let una = world.customer("Una").await;
    world.unproved(&una).await;
    send_verification(ctx, &world.actor(&una).await).await.unwrap();
    things.insert("proof word", word(world, &una.email, "accounts.verify_email").await);
}

/// A visit of Ana's in every state, with Cem of the business.
async fn visits(world: &World, cast: &Cast, things: &mut Things) {
    let ctx = world.ctx();
    let told =
        |service: domain::testing::ServiceStory| service.called("Unblock a drain").done_by(&[&cast.cem]).on_request();
    let asked = world.service(&cast.business, told).await;
    let (ana, cem) = (world.actor(&cast.ana).await, world.actor(&cast.cem.user).await);
    let (by_ana, by_cem) = (&ana, &cem);
    let way: [(&Actor, Event); 5] = [
        (by_ana, Event::Confirm),
        (by_cem, Event::Accept),
        (by_cem, Event::Start),
        (by_cem, Event::Finish),
        (by_ana, Event::SignOff),
    ];
    for (steps, name) in ["held", "requested", "confirmed", "started", "done", "completed"].into_iter().enumerate() {
        let start = format!("2026-11-10T{:02}:00:00Z", 9 + steps);
        let wish = Book {
            service: asked.slug.clone(),
            choice: Choice::default(),
            member: None,
            start: Some(start.parse().unwrap()),
            address: Address {
                street: "Linienstraße 1".into(),
                postal_code: "10119".into(),
                city: "Berlin".into(),
                ..Address::default()
            },
            note: String::new(),
            key: ctx.id::<UserId>().0,
        };
        let booking = bookings::book(ctx, &ana, wish).await.unwrap();
        for (actor, event) in &way[..steps] {
            let words = Words { note: String::new(), satisfaction: Some(5) };
            bookings::advance(ctx, actor, &booking, *event, words).await.unwrap();
        }
        things.insert(name, booking);
    }
}

/// Two categories, one beside the other.
async fn tree(world: &World, cast: &Cast, things: &mut Things) {
    let boss = world.actor(&cast.boss).await;
    let pairs = |name: &str, slug: &str| {
        [
            ("name", name),
            ("slug", slug),
            ("parent", ""),
            ("blurb", "All of it"),
            ("keywords", ""),
            ("tint", "design"),
            ("picture", ""),
        ]
        .map(|(field, value)| (field, value.to_owned()))
    };
    let text = |name, slug| {
        let (parent, blurb, keywords, tint, picture) = ("", "", "", "design", "");
        let typed = TypedCategory { name, slug, parent, blurb, keywords, tint, picture, hidden: false };
        CategoryText::parse(typed).unwrap()
    };
    let other = categories::add(world.ctx(), &boss, text("Design", "design")).await.unwrap();
    let category = categories::add(world.ctx(), &boss, text("Logos", "logos")).await.unwrap();
    things.insert("category", category.0.to_string());
    things.insert("other category", other.0.to_string());
    things.insert("category slug", "logos".to_owned());
    for (thing, name, slug) in [("category form", "Marks", "marks"), ("new category form", "Fonts", "fonts")] {
        let pairs = pairs(name, slug);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        things.insert(thing, form(&pairs));
    }
}

/// Ben's application is sent, Ana's begun, Dina's taken back; Bea's became her business, which has shown a document.
async fn applications(world: &World, cast: &Cast, things: &mut Things) {
    let ctx = world.ctx();
    let list = "country,postal_code,name,lat,lng,zone\nPT,,Porto,41.15,-8.61,Europe/Lisbon\nDE,,Berlin,52.52,13.405,Europe/Berlin";
    import_places(ctx, &world.system(), read_places(list).unwrap(), |_, _| ()).await.unwrap();
    let zoe = world.customer("Zoe").await;
    for user in [&cast.ben, &cast.ana, &zoe] {
        let actor = world.actor(user).await;
        let version = async || my_application(ctx, &actor).await.unwrap().map_or(0, |known| known.version);
        let category = things["category"].clone();
        let steps: [(Step, &[(&str, &str)]); 4] = [
            (Step::Business, &[("name", "Zoe's"), ("kind", "sole"), ("headline", "Ten letters and more")]),
            (Step::Place, &[("city", "Porto"), ("country", "PT"), ("radius_km", "10")]),
            (Step::Work, &[("categories", &category)]),
            (Step::Payout, &[("payout_country", "PT")]),
        ];
        for (step, fields) in steps {
            let answers = Typed { fields: fields.to_vec() }.read(step).unwrap();
            save(ctx, &actor, step, version().await, answers).await.unwrap();
        }
        if user.id == cast.ana.id {
            let typed = TypedDocument { kind: "identity", number: "1", expires_on: "2027-06-30" };
            add_document(ctx, &actor, typed, &png(7)).await.unwrap();
        } else {
            // Their pictures are looked at nowhere, and take a while to make.
            sqlx::query(
                "INSERT INTO application_documents (id, application_id, kind, number, expires_on, state, created_at)
                 SELECT gen_random_uuid(), a.id, docs, '1', '2027-06-30', 'sent', $2
                 FROM applications a, unnest(ARRAY['identity', 'insurance']) docs WHERE a.user_id = $1",
            )
            .bind(user.id.0)
            .bind(jiff_sqlx::Timestamp::from(world.now()))
            .execute(world.owner())
            .await
            .unwrap();
        }
        if user.id != cast.ana.id {
            send(ctx, &actor, version().await).await.unwrap();
        }
    }
    let (ben, ana) = (world.actor(&cast.ben).await, world.actor(&cast.ana).await);
    let sent = my_application(ctx, &ben).await.unwrap().unwrap();
    things.insert("application", sent.reference.clone());
    things.insert("application version", sent.version.to_string());
    let begun = my_application(ctx, &ana).await.unwrap().unwrap();
    things.insert("own document", begun.documents[0].id.0.to_string());
    things.insert("own application version", begun.version.to_string());
    // Zoe's becomes that of the business, whose owner is not asked for one of her own any more.
    sqlx::query("UPDATE applications SET state = 'approved', provider_id = $1, user_id = $2 WHERE user_id = $3")
        .bind(cast.business.id.0)
        .bind(cast.business.owner.user.id.0)
        .bind(zoe.id.0)
        .execute(world.owner())
        .await
        .unwrap();
    let shown = "SELECT d.id::text FROM application_documents d JOIN applications a ON a.id = application_id \
                 WHERE a.state = 'approved' ORDER BY d.id LIMIT 1";
    things.insert("business document", one(world, shown).await);
    let owner = world.actor(&cast.business.owner.user).await;
    let known = registered(ctx, &owner, cast.business.id).await.unwrap();
    let wished = Wished::parse("Berlin Pipes", "DE", &known).unwrap();
    ask_for_change(ctx, &owner, cast.business.id, &known.seen(), wished).await.unwrap();
    let idle = world.provider("Idle Painters", "Europe/Berlin").await;
    suspend_business(ctx, &world.actor(&cast.checker).await, &idle.slug, "A complaint.").await.unwrap();
    things.insert("suspended business", idle.slug);
}

/// A listing with two pictures that waits to be looked at.
async fn listings(world: &World, cast: &Cast, things: &mut Things) {
    let ctx = world.ctx();
    let owner = world.actor(&cast.business.owner.user).await;
    let slug = world.service(&cast.business, |service| service.called("Paint a wall")).await.slug;
    let now = async || listing::edited(ctx, &owner, &slug).await.unwrap().0;
    for shade in [10, 200] {
        let sent = listing::SentPicture { name: "tap.png", bytes: &png(shade) };
        listing::add_pictures(ctx, &owner, &now().await, &[sent], "A tap").await.unwrap();
    }
    let service = now().await;
    let mut text = service.listing().clone();
    text.description = "It takes two lines to tell all of it. And so it does, from one end to the other.".to_owned();
    listing::save(ctx, &owner, &service, service.version, text).await.unwrap();
    listing::submit(ctx, &owner, &now().await).await.unwrap();
    let service = now().await;
    things.insert("listing", slug.clone());
    things.insert("listing id", service.id.0.to_string());
    things.insert("listing version", service.version.to_string());
    things.insert("picture", service.listing().pictures[0].key.clone());
    let mut pairs = listing::fields(service.listing());
    for (name, value) in &mut pairs {
        if name == "title" {
            "Paint two walls".clone_into(value);
        }
    }
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    things.insert("listing form", form(&pairs));
}

/// What stands in the owner's calendar.
async fn calendar(world: &World, cast: &Cast, things: &mut Things) {
    let ctx = world.ctx();
    let (owner, member) = (world.actor(&cast.business.owner.user).await, cast.business.owner.id);
    let (from, to) = ("2026-11-06T12:00:00Z".parse().unwrap(), "2026-11-06T13:00:00Z".parse().unwrap());
    block(ctx, &owner, member, TimeRange::new(from, to).unwrap(), "Lunch".to_owned()).await.unwrap();
    things.insert("lunch", one(world, "SELECT id::text FROM reservations WHERE state = 'blocked'").await);
    let date = jiff::civil::date(2026, 11, 20);
    let said = vec![Exception { date, open: false, hours: None }];
    let away = Closure { first: date, last: date };
    let place = OwnPlace {
        id: OwnPlaceId(ctx.id::<UserId>().0),
        name: "Lake".to_owned(),
        city: "Berlin".to_owned(),
        postal_code: String::new(),
        position: (52.45, 13.2),
        radius_km: 5,
    };
    things.insert("own place", place.id.0.to_string());
    things.insert("own place version", place_version(Some(&place)));
    for wanted in [
        Change::Dates { member, said },
        Change::Away { dates: away, reason: "We rest.".to_owned() },
        Change::Place { seen: String::new(), place },
    ] {
        change(ctx, &owner, cast.business.id, wanted, "").await.unwrap();
    }
    let kept = keeping(ctx, &owner, cast.business.id).await.unwrap();
    let own = kept.members.iter().find(|kept| kept.id == member).unwrap();
    things.insert("owner member", member.0.to_string());
    things.insert("week version", own.version());
    things.insert("travel version", travel_version(&kept.travel));
    things.insert("date", own.dated[0].id.to_string());
    things.insert("away", kept.away[0].id.to_string());
    let outside = Context { calendars: Arc::new(Elsewhere::default()), ..ctx.clone() };
    calendars::add_source(&outside, &owner, Some(member), ("Private", "https://calendar.example/x")).await.unwrap();
    things.insert("source", one(world, "SELECT id::text FROM calendar_sources").await);
}

/// People of the business, and of the marketplace.
async fn staff(world: &World, cast: &Cast, things: &mut Things) {
    let ctx = world.ctx();
    let (owner, boss) = (world.actor(&cast.business.owner.user).await, world.actor(&cast.boss).await);
    let typed = TypedInvitation { email: &cast.ben.email, name: "Ben", role: "member", member: None };
    team::invite(ctx, &owner, cast.business.id, typed).await.unwrap();
    things.insert("team invitation", one(world, "SELECT id::text FROM team_invitations").await);
    things.insert("join word", word(world, &cast.ben.email, "team.invitation").await);
    things.insert("business id", cast.business.id.0.to_string());
    things.insert("member", cast.dina.id.0.to_string());
    let idle = team::add(ctx, &owner, cast.business.id, "Uwe").await.unwrap();
    team::deactivate(ctx, &owner, cast.business.id, idle).await.unwrap();
    things.insert("idle member", idle.0.to_string());
    invite(ctx, &boss, &cast.ben.email, "auditor").await.unwrap();
    things.insert("invitation word", word(world, &cast.ben.email, "accounts.invitation").await);
    let target = world.operator("Target", domain::kernel::Role::Auditor).await;
    things.insert("auditor", target.id.0.to_string());
    let away = world.customer("Rosa").await;
    suspend(ctx, &boss, away.id, ("Three visits were not paid.", "")).await.unwrap();
    things.insert("suspended", away.id.0.to_string());
}
