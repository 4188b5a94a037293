//! A business opens, its team and its hours change, and its calendar.

use domain::availability::{
    Change, Closure, Exception, Limits, Outcome, block, change, keeping, move_block, travel_version, unblock,
};
use domain::calendars;
use domain::catalog::profile::{Profile, TypedProfile, describe, described};
use domain::catalog::{OwnPlace, Travel, import_places, read_places};
use domain::kernel::{Actor, Context, OwnPlaceId, ProviderId, TimeRange, UserId};
use domain::onboarding::changes::{
    NewAddress, Wished, approve_change, ask_for_change, decline_change, move_business_to, registered, take_back_change,
};
use domain::onboarding::{
    DocumentKind, Step, Typed as TypedStep, TypedDocument, add_document, approve, ask_for_more, begin_again,
    check_documents, decline, document_picture, my_application, remove_document, restore_business, save, send,
    suspend_business, withdraw,
};
use domain::team::{self, TypedInvitation};
use domain::testing::{Elsewhere, Provider, User, World};
use jiff::SignedDuration;

use crate::story::at;

const POTSDAM: &str = "country,postal_code,name,lat,lng,zone\nDE,,Potsdam,52.4,13.06,Europe/Berlin\n\
                       DE,14467,Potsdam,52.4,13.06,Europe/Berlin";

/// Somebody becomes a provider, and a business is hidden and shown.
pub async fn onboarding(world: &World, (zoe, checker): (&User, &User), plumbing: &Provider) {
    let ctx = world.ctx();
    let list = "country,postal_code,name,lat,lng,zone\nPT,,Porto,41.15,-8.61,Europe/Lisbon\n\
                PT,4000-001,Porto,41.15,-8.61,";
    import_places(ctx, &world.system(), read_places(list).unwrap(), |_, _| ()).await.unwrap();
    let (zoe, checker) = (world.actor(zoe).await, world.actor(checker).await);
    let version = async || my_application(ctx, &zoe).await.unwrap().map_or(0, |known| known.version);
    let category: uuid::Uuid =
        sqlx::query_scalar("SELECT id FROM categories LIMIT 1").fetch_one(world.owner()).await.unwrap();
    let category = category.to_string();
    let steps: [(Step, &[(&str, &str)]); 4] = [
        (Step::Business, &[("name", "Zoe's"), ("kind", "sole"), ("headline", "Ten letters and more")]),
        (Step::Place, &[("city", "Porto"), ("country", "PT"), ("radius_km", "10")]),
        (Step::Work, &[("categories", &category)]),
        (Step::Payout, &[("payout_country", "PT")]),
    ];
    for (step, fields) in steps {
        let answers = TypedStep { fields: fields.to_vec() }.read(step).unwrap();
        save(ctx, &zoe, step, version().await, answers).await.unwrap();
    }
    let mut page = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(300, 400).write_to(&mut page, image::ImageFormat::Png).unwrap();
    for kind in ["licence", "identity", "insurance"] {
        let typed = TypedDocument { kind, number: "1", expires_on: "2027-06-30" };
        add_document(ctx, &zoe, typed, page.get_ref()).await.unwrap();
    }
    let first = my_application(ctx, &zoe).await.unwrap().unwrap();
    let licence = first.documents.iter().find(|document| document.kind == DocumentKind::Licence).unwrap().id;
    remove_document(ctx, &zoe, licence).await.unwrap();
    send(ctx, &zoe, version().await).await.unwrap();
    let seen = my_application(ctx, &zoe).await.unwrap().unwrap().documents[0].id;
    document_picture(ctx, &checker, seen, 800).await.unwrap();
    ask_for_more(ctx, &checker, &first.reference, version().await, "More.").await.unwrap();
    send(ctx, &zoe, version().await).await.unwrap();
    decline(ctx, &checker, &first.reference, version().await, "No.").await.unwrap();
    begin_again(ctx, &zoe, version().await).await.unwrap();
    withdraw(ctx, &zoe, version().await).await.unwrap();
    begin_again(ctx, &zoe, version().await).await.unwrap();
    send(ctx, &zoe, version().await).await.unwrap();
    approve(ctx, &checker, &first.reference, version().await).await.unwrap();
    suspend_business(ctx, &checker, &plumbing.slug, "A complaint.").await.unwrap();
    restore_business(ctx, &checker, &plumbing.slug).await.unwrap();
    world.advance(SignedDuration::from_hours(400 * 24));
    check_documents(ctx).await.unwrap();
}

/// What a business says of itself.
pub async fn profile(world: &World, ben: &Actor, business: ProviderId) {
    let ctx = world.ctx();
    let typed = TypedProfile { headline: "Leaks found and fixed", radius_km: "30", ..TypedProfile::default() };
    let seen = described(ctx, ben, business).await.unwrap().version;
    describe(ctx, ben, business, seen, Profile::parse(typed).unwrap()).await.unwrap();
}

/// A business moves, and asks for another name: taken back, declined, approved.
pub async fn registration(world: &World, (ben, checker): (&Actor, &User), business: ProviderId) {
    let ctx = world.ctx();
    import_places(ctx, &world.system(), read_places(POTSDAM).unwrap(), |_, _| ()).await.unwrap();
    let known = registered(ctx, ben, business).await.unwrap();
    let there = NewAddress::parse("Potsdam", "14467").unwrap();
    move_business_to(ctx, ben, business, known.moved, there).await.unwrap();
    let checker = world.actor(checker).await;
    let ask = async || {
        let known = registered(ctx, ben, business).await.unwrap();
        let wished = Wished::parse("Potsdam Pipes", "DE", &known).unwrap();
        ask_for_change(ctx, ben, business, &known.seen(), wished).await.unwrap();
        let known = registered(ctx, ben, business).await.unwrap();
        (known.slug.clone(), known.seen())
    };
    take_back_change(ctx, ben, business, &ask().await.1).await.unwrap();
    let (slug, seen) = ask().await;
    decline_change(ctx, &checker, &slug, &seen, "Show us the register first.").await.unwrap();
    let (slug, seen) = ask().await;
    approve_change(ctx, &checker, &slug, &seen).await.unwrap();
}

/// A team changes.
pub async fn team(world: &World, ben: &Actor, who: &User, business: ProviderId) {
    let ctx = world.ctx();
    let typed = |email| TypedInvitation { email, name: "Tia", role: "member", member: None };
    for email in ["tia@example.org", "ula@example.org"] {
        team::invite(ctx, ben, business, typed(email)).await.unwrap();
    }
    let waiting = team::team(ctx, ben, business).await.unwrap().invited;
    let ula = waiting.iter().find(|one| one.email == "ula@example.org").unwrap().id;
    team::resend(ctx, ben, business, ula).await.unwrap();
    team::revoke(ctx, ben, business, ula).await.unwrap();
    let tia = world.actor(who).await;
    let link = world.mail_to("tia@example.org").await.pop().unwrap().path();
    team::accept(ctx, &tia, link.strip_prefix("/join/").unwrap()).await.unwrap();
    let member = team::add(ctx, ben, business, "Uwe").await.unwrap();
    let edit = team::Edit::parse(team::TypedEdit { name: "Uwe", skills: "Taps", services: &[] }).unwrap();
    let seen = team::member(ctx, ben, business, member).await.unwrap().version();
    team::edit(ctx, ben, business, member, &seen, edit).await.unwrap();
    team::deactivate(ctx, ben, business, member).await.unwrap();
    team::reactivate(ctx, ben, business, member).await.unwrap();
    team::remove(ctx, ben, business, member).await.unwrap();
    let tia = world.actor(who).await;
    team::change_role(ctx, ben, business, tia.memberships[0].member, (None, "manager")).await.unwrap();
    team::leave(ctx, &tia, business).await.unwrap();
}

/// Hours, dates, being away, holidays and the way to customers are changed, and taken back.
pub async fn hours(world: &World, ben: &Actor, plumbing: &Provider) {
    let ctx = world.ctx();
    let own = keeping(ctx, ben, plumbing.id).await.unwrap().members[0].clone();
    let (member, day) = (own.id, jiff::civil::date(2026, 11, 20));
    let said = vec![Exception { date: day, open: false, hours: None }];
    let dates = Closure { first: day, last: day };
    for wanted in [
        Change::Week {
            member,
            seen: own.version(),
            periods: own.periods,
            limits: Limits { a_day: Some(9), a_week: None },
        },
        Change::Dates { member, said },
        Change::Away { dates, reason: "We rest.".to_owned() },
        Change::Holidays { seen: None, region: Some("DE".to_owned()) },
        Change::Travel { seen: travel_version(&Travel::default()), travel: Travel::parse(&[("5", "15")]).unwrap() },
    ] {
        assert_eq!(change(ctx, ben, plumbing.id, wanted, "").await.unwrap(), Outcome::Saved);
    }
    let place = OwnPlace {
        id: OwnPlaceId(ctx.id::<UserId>().0),
        name: "North".to_owned(),
        city: "Berlin".to_owned(),
        postal_code: String::new(),
        position: (52.6, 13.4),
        radius_km: 5,
    };
    let id = place.id;
    for wanted in [Change::Place { seen: String::new(), place }, Change::PlaceBack { id }] {
        assert_eq!(change(ctx, ben, plumbing.id, wanted, "").await.unwrap(), Outcome::Saved);
    }
    let kept = keeping(ctx, ben, plumbing.id).await.unwrap();
    for wanted in
        [Change::DateBack { member, id: kept.members[0].dated[0].id }, Change::AwayBack { id: kept.away[0].id }]
    {
        assert_eq!(change(ctx, ben, plumbing.id, wanted, "").await.unwrap(), Outcome::Saved);
    }
}

/// Time is blocked, moved and free again; calendars elsewhere are read and told.
pub async fn calendar(world: &World, ben: &Actor, plumbing: &Provider) {
    let ctx = world.ctx();
    let lunch = TimeRange::new(at("2026-11-06T12:00:00Z"), at("2026-11-06T13:00:00Z")).unwrap();
    block(ctx, ben, plumbing.owner.id, lunch, "Lunch".to_owned()).await.unwrap();
    let id = sqlx::query_scalar("SELECT id FROM reservations WHERE state = 'blocked'").fetch_one(world.owner()).await;
    let tea = TimeRange::new(at("2026-11-06T15:00:00Z"), at("2026-11-06T16:00:00Z")).unwrap();
    move_block(ctx, ben, id.unwrap(), tea).await.unwrap();
    let id = sqlx::query_scalar("SELECT id FROM reservations WHERE state = 'blocked'").fetch_one(world.owner()).await;
    unblock(ctx, ben, id.unwrap()).await.unwrap();
    // Calendars elsewhere.
    let elsewhere = std::sync::Arc::new(Elsewhere::default());
    let outside = Context { calendars: elsewhere.clone(), ..ctx.clone() };
    let whose = Some(plumbing.owner.id);
    calendars::add_source(&outside, ben, whose, ("Private", "https://calendar.example/x")).await.unwrap();
    let source = calendars::sources(&outside, ben, plumbing.id).await.unwrap().sources[0].id;
    elsewhere.says(&["DTSTART:20261106T140000Z\r\nDURATION:PT1H"]);
    calendars::enqueue_due(&outside, 1).await.unwrap();
    calendars::read_source(&outside, source).await.unwrap();
    calendars::remove_source(&outside, ben, source).await.unwrap();
    for _ in 0..2 {
        calendars::make_feed(ctx, ben, calendars::FeedKind::Work).await.unwrap();
    }
    calendars::revoke_feed(ctx, ben, calendars::FeedKind::Work).await.unwrap();
}
