//! From "I want to work here" to a business, and staying one.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::bookings::{self, BookError, Event};
use domain::catalog::search::{SearchQuery, search};
use domain::catalog::{ReviewsAsked, bookable, import_places, provider_page, read_places};
use domain::kernel::{Actor, Context, DocumentId, Error, Role};
use domain::onboarding::{
    self, BusinessesFilter, DocumentKind, DocumentState, Queue, QueueFilter, State, Step, Typed, TypedDocument,
    add_document, application, approve, ask_for_more, begin_again, business, businesses, check_documents,
    decide_document, decline, document_picture, my_application, papers_of_business, queue, remove_document,
    restore_business, save, send, suspend_business, withdraw,
};
use domain::testing::World;
use jiff::SignedDuration;
use std::io::Cursor;
use story::{at, go, wish};

const PLACES: &str = "country,postal_code,name,lat,lng,zone\nDE,,Berlin,52.517,13.405,Europe/Berlin\n\
                      DE,10115,Berlin,52.5323,13.3846,Europe/Berlin\nGB,E8,London,51.544,-0.066,\n";

fn sheet(shade: u8) -> Vec<u8> {
    let picture = image::DynamicImage::ImageRgb8(image::RgbImage::from_pixel(300, 420, image::Rgb([shade, 90, 90])));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

async fn places(world: &World) {
    let places = read_places(PLACES).unwrap();
    import_places(world.ctx(), &world.system(), places, |_, _| ()).await.unwrap();
}

async fn category(world: &World) -> String {
    let id: uuid::Uuid = world.ctx().id();
    sqlx::query("INSERT INTO categories (id, slug, name) VALUES ($1, 'leaks-' || $1, 'Leaks')")
        .bind(id)
        .execute(world.owner())
        .await
        .unwrap();
    id.to_string()
}

async fn version(ctx: &Context, actor: &Actor) -> i32 {
    my_application(ctx, actor).await.unwrap().map_or(0, |known| known.version)
}

async fn tell(ctx: &Context, actor: &Actor, step: Step, fields: &[(&str, &str)]) -> Result<(), Error> {
    let answers = Typed { fields: fields.to_vec() }.read(step)?;
    save(ctx, actor, step, version(ctx, actor).await, answers).await
}

async fn show(ctx: &Context, actor: &Actor, kind: &str, expires_on: &str) -> Result<(), Error> {
    let typed = TypedDocument { kind, number: "L01X00T47", expires_on };
    add_document(ctx, actor, typed, &sheet(u8::try_from(kind.len()).unwrap())).await
}

async fn told(world: &World, actor: &Actor, name: &str) {
    let ctx = world.ctx();
    let leaks = category(world).await;
    tell(ctx, actor, Step::Business, &[("name", name), ("kind", "sole"), ("headline", "Leaks found and fixed")])
        .await
        .unwrap();
    let place = [
        ("city", "Berlin"),
        ("country", "DE"),
        ("postal_code", "10115"),
        ("radius_km", "30"),
        ("postal_codes", "10115, 10117"),
    ];
    tell(ctx, actor, Step::Place, &place).await.unwrap();
    tell(ctx, actor, Step::Work, &[("categories", leaks.as_str()), ("skills", "boilers, Portuguese")]).await.unwrap();
    show(ctx, actor, "identity", "2027-05-31").await.unwrap();
    show(ctx, actor, "insurance", "2026-12-31").await.unwrap();
    tell(ctx, actor, Step::Payout, &[("payout_country", "DE")]).await.unwrap();
}

/// Sent; says reference and version.
async fn sent(world: &World, actor: &Actor, name: &str) -> (String, i32) {
    told(world, actor, name).await;
    send(world.ctx(), actor, version(world.ctx(), actor).await).await.unwrap();
    let known = my_application(world.ctx(), actor).await.unwrap().unwrap();
    (known.reference, known.version)
}

async fn subjects(world: &World, address: &str) -> Vec<String> {
    world.mail_to(address).await.into_iter().map(|mail| mail.subject).collect()
}

fn field(error: Error, field: &str) -> String {
    match error {
        Error::Invalid(errors) => {
            errors.of(field).unwrap_or_else(|| panic!("nothing beside {field}: {errors:?}")).to_owned()
        }
        other => panic!("{other}"),
    }
}

async fn count(world: &World, question: &'static str) -> i64 {
    sqlx::query_scalar(question).fetch_one(world.owner()).await.unwrap()
}

#[tokio::test]
async fn an_application_becomes_a_business_that_can_be_booked() {
    let world = World::new().await;
    let ctx = world.ctx();
    places(&world).await;
    let mia = world.customer("Mia").await;
    let hers = world.actor(&mia).await;
    let olivia = world.actor(&world.operator("Olivia", Role::OnboardingManager).await).await;
    let (reference, version) = sent(&world, &hers, "Mia's Leaks & Taps").await;
    assert!(reference.starts_with("AP-"), "{reference}");

    let (waiting, said) = world.statements(queue(ctx, &olivia, &QueueFilter::default(), None)).await;
    let waiting = waiting.unwrap();
    assert_eq!((waiting.items.len(), said.len()), (1, 1), "{said:?}");
    let (reviewed, said) = world.statements(application(ctx, &olivia, &reference)).await;
    assert_eq!((reviewed.unwrap().namesakes.len(), said.len()), (0, 2), "{said:?}");

    let slug = approve(ctx, &olivia, &reference, version).await.unwrap();
    assert_eq!(slug, "mias-leaks-and-taps");
    let page = provider_page(ctx, None, &slug, ReviewsAsked::default()).await.unwrap();
    assert!(page.business.verified_at.is_some() && !page.hidden);
    assert_eq!((page.team[0].name.as_str(), page.team[0].owner), ("Mia Example", true));
    assert_eq!(page.skills, ["boilers", "Portuguese"]);
    assert_eq!(subjects(&world, &mia.email).await, ["Welcome: your business is open"]);
    // Hours, area and position as told; the documents are accepted.
    assert_eq!(
        count(&world, "SELECT count(*) FROM member_hours WHERE kind = 'open' AND (starts_min, ends_min) = (540, 1020)")
            .await,
        5
    );
    let placed: (f64, i32, Vec<String>, String) =
        sqlx::query_as("SELECT lat, radius_km, postal_codes, zone FROM providers WHERE slug = $1")
            .bind(&slug)
            .fetch_one(world.owner())
            .await
            .unwrap();
    assert_eq!(placed, (52.5323, 30, vec!["10115".to_owned(), "10117".to_owned()], "Europe/Berlin".to_owned()));
    let hers = world.actor(&mia).await;
    assert!(hers.has(Role::Provider) && hers.memberships.len() == 1);
    let papers = papers_of_business(ctx, &hers).await.unwrap().application.unwrap();
    assert!(papers.documents.iter().all(|document| document.state == DocumentState::Accepted));
    // Whoever has a business does not begin another application.
    assert!(my_application(ctx, &hers).await.unwrap().is_none());
    let again = tell(ctx, &hers, Step::Payout, &[("payout_country", "DE")]).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    // A second one of that name gets another address.
    let una = world.actor(&world.customer("Una").await).await;
    let (reference, version) = sent(&world, &una, "Mia's Leaks & Taps").await;
    assert_eq!(application(ctx, &olivia, &reference).await.unwrap().namesakes.len(), 1);
    assert_eq!(approve(ctx, &olivia, &reference, version).await.unwrap(), "mias-leaks-and-taps-berlin");
}

#[tokio::test]
async fn the_applicant_is_asked_and_declined_and_comes_again() {
    let world = World::new().await;
    let ctx = world.ctx();
    places(&world).await;
    let mia = world.customer("Mia").await;
    let hers = world.actor(&mia).await;
    let olivia = world.actor(&world.operator("Olivia", Role::OnboardingManager).await).await;
    let (reference, seen) = sent(&world, &hers, "Mia's Leaks").await;
    let frozen = tell(ctx, &hers, Step::Payout, &[("payout_country", "AT")]).await;
    assert!(matches!(frozen, Err(Error::Conflict(_))), "it is being looked at");
    assert!(matches!(show(ctx, &hers, "licence", "").await, Err(Error::Conflict(_))));

    field(ask_for_more(ctx, &olivia, &reference, seen, "  ").await.unwrap_err(), "question");
    ask_for_more(ctx, &olivia, &reference, seen, "Please show the whole page.").await.unwrap();
    let twice = decline(ctx, &olivia, &reference, seen, "Too late.").await;
    assert!(matches!(twice, Err(Error::Conflict(_))), "it has changed since: {twice:?}");
    let known = my_application(ctx, &hers).await.unwrap().unwrap();
    assert_eq!((known.state, known.note.as_str()), (State::Asked, "Please show the whole page."));
    let old = known.documents.iter().find(|document| document.kind == DocumentKind::Insurance).unwrap().id;
    remove_document(ctx, &hers, old).await.unwrap();
    let missing = send(ctx, &hers, version(ctx, &hers).await).await.unwrap_err();
    assert!(field(missing, "documents").contains("insurance"));
    show(ctx, &hers, "insurance", "2027-12-31").await.unwrap();
    send(ctx, &hers, version(ctx, &hers).await).await.unwrap();

    let known = my_application(ctx, &hers).await.unwrap().unwrap();
    assert_eq!((known.state, known.round), (State::Submitted, 2));
    decline(ctx, &olivia, &reference, known.version, "The insurance is for another trade.").await.unwrap();
    let known = my_application(ctx, &hers).await.unwrap().unwrap();
    assert_eq!(known.state, State::Declined);
    assert_eq!(
        subjects(&world, &mia.email).await,
        ["One more thing about your application", "We cannot take you on at present"]
    );
    assert!(world.mail_to(&mia.email).await[1].text.contains("for another trade"));
    begin_again(ctx, &hers, known.version).await.unwrap();
    let known = my_application(ctx, &hers).await.unwrap().unwrap();
    assert_eq!((known.state, known.told.name.as_str(), known.documents.len()), (State::Draft, "Mia's Leaks", 2));
    let hidden = application(ctx, &olivia, &reference).await;
    assert!(matches!(hidden, Err(Error::NotFound)), "what is being written is hers alone");
    withdraw(ctx, &hers, known.version).await.unwrap();
    // Every step is in the history, with the words where they can be erased.
    let told: Vec<String> = sqlx::query_scalar(
        "SELECT action FROM audit_entries WHERE action IN ('application.sent', 'application.asked', 'application.declined',
             'application.begun_again', 'application.withdrawn') ORDER BY seq",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert_eq!(
        told,
        ["sent", "asked", "sent", "declined", "begun_again", "withdrawn"].map(|what| format!("application.{what}"))
    );
}

#[tokio::test]
async fn nothing_is_overwritten_unseen_and_unknown_places_are_named() {
    let world = World::new().await;
    let ctx = world.ctx();
    places(&world).await;
    let mia = world.actor(&world.customer("Mia").await).await;
    let fields = |name: &'static str| [("name", name), ("kind", "sole"), ("headline", "Leaks found and fixed")];
    let read = |name| Typed { fields: fields(name).to_vec() }.read(Step::Business).unwrap();
    save(ctx, &mia, Step::Business, 0, read("First")).await.unwrap();
    // Another window still has the form of before.
    let stale = save(ctx, &mia, Step::Business, 0, read("Second")).await.unwrap_err();
    assert!(field(stale, "name").contains("“First”"));
    save(ctx, &mia, Step::Business, version(ctx, &mia).await, read("Second")).await.unwrap();
    assert_eq!(my_application(ctx, &mia).await.unwrap().unwrap().told.name, "Second");
    // Two that begin at once: one begins.
    let una = world.actor(&world.customer("Una").await).await;
    let (one, other) = tokio::join!(
        save(ctx, &una, Step::Business, 0, read("One")),
        save(ctx, &una, Step::Business, 0, read("Other"))
    );
    assert_eq!(u8::from(one.is_ok()) + u8::from(other.is_ok()), 1, "{one:?} {other:?}");

    let place = |city, country, zone| [("city", city), ("country", country), ("zone", zone), ("radius_km", "10")];
    let unknown = tell(ctx, &mia, Step::Place, &place("Berln", "DE", "")).await.unwrap_err();
    assert!(field(unknown, "city").contains("Is it Berlin?"));
    // The zone of London is not in the list: it is asked for, and then taken.
    let london = [("city", "London"), ("country", "GB"), ("postal_code", "e8 3qx"), ("radius_km", "10")];
    field(tell(ctx, &mia, Step::Place, &london).await.unwrap_err(), "zone");
    let zoned = [london.as_slice(), &[("zone", "Europe/London")]].concat();
    tell(ctx, &mia, Step::Place, &zoned).await.unwrap();
    let told = my_application(ctx, &mia).await.unwrap().unwrap().told;
    assert_eq!((told.position, told.zone.as_str()), (Some((51.544, -0.066)), "Europe/London"));
}

#[tokio::test]
async fn documents_are_for_the_applicant_and_those_who_check() {
    let world = World::new().await;
    let ctx = world.ctx();
    places(&world).await;
    let mia = world.actor(&world.customer("Mia").await).await;
    let una = world.actor(&world.customer("Una").await).await;
    let ops = world.actor(&world.operator("Opal", Role::OpsManager).await).await;
    let olivia = world.actor(&world.operator("Olivia", Role::OnboardingManager).await).await;
    told(&world, &mia, "Mia's Leaks").await;
    let document: DocumentId = my_application(ctx, &mia).await.unwrap().unwrap().documents[0].id;
    let sees = async |actor: &Actor| document_picture(ctx, actor, document, 800).await.is_ok();
    assert!(sees(&mia).await && !sees(&una).await && !sees(&ops).await && !sees(&world.visitor()).await);
    assert!(!sees(&olivia).await, "a draft is hers alone");
    send(ctx, &mia, version(ctx, &mia).await).await.unwrap();
    assert!(sees(&olivia).await && !sees(&ops).await);
    assert!(matches!(document_picture(ctx, &mia, document, 801).await, Err(Error::NotFound)));
    assert!(matches!(remove_document(ctx, &una, document).await, Err(Error::NotFound)));
    // Not one of them lies among the public pictures.
    assert_eq!(count(&world, "SELECT count(*) FROM pictures").await, 0);
    assert_eq!(count(&world, "SELECT count(*) FROM application_document_files").await, 6);
    for refused in [
        queue(ctx, &ops, &QueueFilter::default(), None).await.err(),
        queue(ctx, &mia, &QueueFilter::default(), None).await.err(),
    ] {
        assert!(matches!(refused, Some(Error::NotFound)), "{refused:?}");
    }
    assert!(matches!(approve(ctx, &ops, "AP-00000000", 1).await, Err(Error::NotFound)));
    let wrong = TypedDocument { kind: "identity", number: "1", expires_on: "2027-01-01" };
    field(add_document(ctx, &una, wrong, b"no picture").await.unwrap_err(), "document");
    assert!(my_application(ctx, &una).await.unwrap().is_none(), "nothing was begun with it");
}

#[tokio::test]
async fn the_queue_has_age_words_and_pages() {
    let world = World::new().await;
    let ctx = world.ctx();
    places(&world).await;
    let olivia = world.actor(&world.operator("Olivia", Role::OnboardingManager).await).await;
    let first = world.actor(&world.customer("Ada").await).await;
    sent(&world, &first, "Old Leaks").await;
    world.advance(SignedDuration::from_hours(80));
    for number in 0..22 {
        let applicant = world.customer(&format!("Zoe{number}")).await;
        sqlx::query(
            "INSERT INTO applications (id, reference, user_id, state, name, created_at, changed_at, submitted_at)
             VALUES (gen_random_uuid(), 'AP-' || $1, $2, 'submitted', 'New ' || $1, $3, $3, $3)",
        )
        .bind(number.to_string())
        .bind(applicant.id)
        .bind(jiff_sqlx::ToSqlx::to_sqlx(world.now()))
        .execute(world.owner())
        .await
        .unwrap();
    }
    let page = queue(ctx, &olivia, &QueueFilter::default(), None).await.unwrap();
    assert_eq!((page.items.len(), page.items[0].name.as_str()), (20, "Old Leaks"));
    let next = queue(ctx, &olivia, &QueueFilter::default(), page.next.as_deref()).await.unwrap();
    assert_eq!((next.items.len(), next.continued, next.next), (3, true, None));
    let old = QueueFilter { older_than_days: 3, ..QueueFilter::default() };
    assert_eq!(queue(ctx, &olivia, &old, None).await.unwrap().items.len(), 1);
    for (words, found) in [("old le", 1), ("AP-7", 1), ("ada", 1), ("o%d", 0), ("nobody", 0)] {
        let filter = QueueFilter { words: words.to_owned(), ..QueueFilter::default() };
        assert_eq!(queue(ctx, &olivia, &filter, None).await.unwrap().items.len(), found, "{words}");
    }
    let asked = QueueFilter { queue: Queue::Asked, ..QueueFilter::default() };
    assert!(queue(ctx, &olivia, &asked, Some("rubbish")).await.unwrap().items.is_empty());
    let waiting = onboarding::waiting(ctx, &olivia).await.unwrap();
    assert_eq!((waiting.waiting, waiting.asked, waiting.documents), (23, 0, 0));
}

async fn found(ctx: &Context) -> usize {
    search(ctx, &SearchQuery::default()).await.unwrap().page.items.len()
}

#[tokio::test]
async fn a_suspended_business_is_not_found_and_not_booked_and_keeps_what_is_agreed() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let admin = world.actor(&world.operator("Ada", Role::Admin).await).await;
    let reference = bookings::book(ctx, &ana, wish(ctx, &leak, at("2026-11-04T09:00:00Z"))).await.unwrap();
    go(ctx, &ana, &reference, Event::Confirm).await.unwrap();
    assert_eq!(found(ctx).await, 1);

    field(suspend_business(ctx, &admin, &plumbing.slug, "").await.unwrap_err(), "reason");
    assert!(matches!(suspend_business(ctx, &ana, &plumbing.slug, "No.").await, Err(Error::NotFound)));
    suspend_business(ctx, &admin, &plumbing.slug, "Three visits were missed.").await.unwrap();
    let twice = suspend_business(ctx, &admin, &plumbing.slug, "Again.").await;
    assert!(matches!(twice, Err(Error::Conflict(_))));
    assert_eq!(found(ctx).await, 0);
    assert_eq!(count(&world, "SELECT sum(service_count)::bigint FROM categories").await, 0, "counts follow");
    let page = provider_page(ctx, None, &plumbing.slug, ReviewsAsked::default()).await.unwrap();
    assert!(page.hidden && page.services.is_empty());
    let refused = bookings::book(ctx, &ana, wish(ctx, &leak, at("2026-11-05T09:00:00Z"))).await;
    assert!(matches!(refused, Err(BookError::Refused(Error::Conflict(_)))), "{refused:?}");
    // Its listing does not come back with a change, nor with a new service.
    sqlx::query("UPDATE services SET title = 'Fix any leak'").execute(world.owner()).await.unwrap();
    world.service(&plumbing, |service| service.called("Unblock a drain")).await;
    assert_eq!(found(ctx).await, 0);
    // What is agreed stays, and the operator sees how much that is.
    let shown = business(ctx, &admin, &plumbing.slug).await.unwrap();
    assert_eq!((shown.upcoming, shown.next, shown.row.services), (1, Some(at("2026-11-04T09:00:00Z")), 2));
    assert_eq!(shown.row.reason, "Three visits were missed.");
    let owner = world.actor(&plumbing.owner.user).await;
    assert_eq!(papers_of_business(ctx, &owner).await.unwrap().suspended.as_deref(), Some("Three visits were missed."));
    let hidden = BusinessesFilter { hidden: true, ..BusinessesFilter::default() };
    assert_eq!(businesses(ctx, &admin, &hidden, None).await.unwrap().items.len(), 1);
    go(ctx, &owner, &reference, Event::Start).await.unwrap();

    restore_business(ctx, &admin, &plumbing.slug).await.unwrap();
    assert_eq!(found(ctx).await, 2);
    let mut conn = ctx.pool.acquire().await.unwrap();
    bookable(&mut conn, leak.slug.as_str()).await.unwrap().on_offer().unwrap();
    assert!(businesses(ctx, &admin, &hidden, None).await.unwrap().items.is_empty());
    let owner = &plumbing.owner.user.email;
    assert_eq!(
        subjects(&world, owner).await.iter().filter(|s| s.contains("suspended") || s.contains("back")).count(),
        2
    );
}

#[tokio::test]
async fn documents_remind_hide_and_show_again() {
    let world = World::new().await;
    let ctx = world.ctx();
    places(&world).await;
    let mia = world.customer("Mia").await;
    let olivia = world.actor(&world.operator("Olivia", Role::OnboardingManager).await).await;
    let (reference, version) = sent(&world, &world.actor(&mia).await, "Mia's Leaks").await;
    let slug = approve(ctx, &olivia, &reference, version).await.unwrap();
    let hers = world.actor(&mia).await;
    let mut letters = subjects(&world, &mia.email).await.len();
    let mut news = async |what: &str| {
        // Letters of one instant have no order.
        world.advance(SignedDuration::from_secs(1));
        check_documents(ctx).await.unwrap();
        check_documents(ctx).await.unwrap();
        let all = subjects(&world, &mia.email).await;
        let new = all[letters..].to_vec();
        letters = all.len();
        world.advance(SignedDuration::from_secs(1));
        assert!(new.len() <= 1, "{what}: {new:?}");
        new.first().cloned().unwrap_or_default()
    };
    // It is 2 November; the insurance ends on 31 December.
    assert_eq!(news("two months").await, "");
    world.advance(SignedDuration::from_hours(29 * 24));
    assert_eq!(news("30 days").await, "Your liability insurance ends on 31 December 2026");
    world.advance(SignedDuration::from_hours(22 * 24));
    assert_eq!(news("8 days").await, "");
    world.advance(SignedDuration::from_hours(24));
    assert_eq!(news("7 days").await, "Your liability insurance ends on 31 December 2026");
    world.advance(SignedDuration::from_hours(7 * 24));
    assert_eq!(news("its last day").await, "");
    let hidden = async || provider_page(ctx, None, &slug, ReviewsAsked::default()).await.unwrap().hidden;
    assert!(!hidden().await, "the last day is good");
    // In Berlin the next day begins at 23:00 UTC.
    world.advance(SignedDuration::from_hours(14));
    assert_eq!(news("over").await, "Your liability insurance is over");
    assert!(hidden().await && papers_of_business(ctx, &hers).await.unwrap().over);

    // A new one is shown, refused, shown again and accepted.
    show(ctx, &hers, "insurance", "2027-12-31").await.unwrap();
    assert_eq!(onboarding::waiting(ctx, &olivia).await.unwrap().documents, 1);
    let sent_one = async || {
        let papers = papers_of_business(ctx, &hers).await.unwrap().application.unwrap();
        papers.documents.iter().find(|document| document.state == DocumentState::Sent).unwrap().id
    };
    let bad = sent_one().await;
    field(decide_document(ctx, &olivia, bad, false, "").await.unwrap_err(), "note");
    assert!(matches!(decide_document(ctx, &hers, bad, true, "").await, Err(Error::NotFound)), "not one's own");
    decide_document(ctx, &olivia, bad, false, "This is last year's.").await.unwrap();
    assert_eq!(news("refused").await, "We need another document from you");
    assert!(hidden().await);
    show(ctx, &hers, "insurance", "2028-01-31").await.unwrap();
    let good = sent_one().await;
    decide_document(ctx, &olivia, good, true, "").await.unwrap();
    assert!(matches!(decide_document(ctx, &olivia, good, true, "").await, Err(Error::Conflict(_))));
    assert_eq!(news("accepted").await, "Your document is accepted");
    assert!(!hidden().await, "shown again by itself");
    let papers = papers_of_business(ctx, &hers).await.unwrap().application.unwrap();
    let states: Vec<(DocumentKind, DocumentState)> =
        papers.documents.iter().map(|document| (document.kind, document.state)).collect();
    assert_eq!(
        states,
        [
            (DocumentKind::Identity, DocumentState::Accepted),
            (DocumentKind::Insurance, DocumentState::Replaced),
            (DocumentKind::Insurance, DocumentState::Refused),
            (DocumentKind::Insurance, DocumentState::Accepted),
        ]
    );
    // A suspension for another reason stays when papers are good again.
    suspend_business(ctx, &olivia, &slug, "We look into a complaint.").await.unwrap();
    assert!(hidden().await);
}

#[tokio::test]
async fn what_is_left_alone_ends_and_can_be_taken_up_again() {
    let world = World::new().await;
    let ctx = world.ctx();
    places(&world).await;
    let (mia, una) = (world.customer("Mia").await, world.customer("Una").await);
    let olivia = world.actor(&world.operator("Olivia", Role::OnboardingManager).await).await;
    let (reference, version) = sent(&world, &world.actor(&mia).await, "Mia's Leaks").await;
    ask_for_more(ctx, &olivia, &reference, version, "One more page.").await.unwrap();
    told(&world, &world.actor(&una).await, "Una's Drains").await;
    world.advance(SignedDuration::from_hours(31 * 24));
    assert_eq!(check_documents(ctx).await.unwrap(), 1);
    let known = my_application(ctx, &world.actor(&mia).await).await.unwrap().unwrap();
    assert_eq!(known.state, State::Withdrawn);
    assert_eq!(subjects(&world, &mia.email).await.last().unwrap(), "Your application has ended");
    world.advance(SignedDuration::from_hours(60 * 24));
    assert_eq!((check_documents(ctx).await.unwrap(), check_documents(ctx).await.unwrap()), (1, 0));
    let hers = world.actor(&una).await;
    let known = my_application(ctx, &hers).await.unwrap().unwrap();
    begin_again(ctx, &hers, known.version).await.unwrap();
}

#[tokio::test]
async fn places_are_imported_whole_and_again() {
    let world = World::new().await;
    let ctx = world.ctx();
    places(&world).await;
    places(&world).await;
    assert_eq!(count(&world, "SELECT count(*) FROM places").await, 2, "Berlin, and London by its code");
    assert_eq!(count(&world, "SELECT count(*) FROM postal_codes").await, 2);
    assert_eq!(count(&world, "SELECT count(*) FROM audit_entries WHERE action = 'places.imported'").await, 2);
    let ana = world.actor(&world.customer("Ana").await).await;
    let refused = import_places(ctx, &ana, read_places(PLACES).unwrap(), |_, _| ()).await;
    assert!(matches!(refused, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_question_is_repeated_after_two_weeks_and_ends_after_thirty_days() {
    let world = World::new().await;
    let ctx = world.ctx();
    places(&world).await;
    let mia = world.customer("Mia").await;
    let hers = world.actor(&mia).await;
    let olivia = world.actor(&world.operator("Olivia", Role::OnboardingManager).await).await;
    let (reference, first) = sent(&world, &hers, "Mia's Leaks").await;
    ask_for_more(ctx, &olivia, &reference, first, "One more page, please.").await.unwrap();
    let asked = world.now();
    let queued = async || {
        let filter = QueueFilter { queue: Queue::Asked, ..QueueFilter::default() };
        queue(ctx, &olivia, &filter, None).await.unwrap().items.into_iter().next()
    };
    assert_eq!(queued().await.and_then(|row| row.decided_at), Some(asked), "the queue knows since when");
    let day = |days: i64| SignedDuration::from_hours(24 * days);
    let to = async |days: i64| {
        world.advance(asked.checked_add(day(days)).unwrap().duration_since(world.now()));
        check_documents(ctx).await.unwrap();
        subjects(&world, &mia.email).await.len()
    };
    world.advance(day(14) - SignedDuration::from_secs(1));
    assert_eq!(check_documents(ctx).await.unwrap(), 0);
    // Writing does not put it off: the day is the one that was promised.
    tell(ctx, &hers, Step::Payout, &[("payout_country", "PT")]).await.unwrap();
    assert_eq!((to(14).await, to(15).await, to(29).await), (2, 2, 2), "once");
    let letter = world.mail_to(&mia.email).await.into_iter().find(|mail| mail.subject.contains("waits")).unwrap();
    assert_eq!(letter.subject, "Your application waits for your answer");
    for words in ["One more page, please.", "2 December 2026", reference.as_str()] {
        assert!(letter.text.contains(words), "{words}: {}", letter.text);
    }
    assert_eq!(onboarding::answer_until(asked), at("2026-12-02T09:00:00Z"));
    assert_eq!(to(30).await, 3);
    assert!(queued().await.is_none());
    assert!(subjects(&world, &mia.email).await.contains(&"Your application has ended".to_owned()));
    // It is taken up again, sent, and asked about again: with a reminder of its own.
    let known = my_application(ctx, &hers).await.unwrap().unwrap();
    begin_again(ctx, &hers, known.version).await.unwrap();
    send(ctx, &hers, version(ctx, &hers).await).await.unwrap();
    ask_for_more(ctx, &olivia, &reference, version(ctx, &hers).await, "And the last page.").await.unwrap();
    let before = subjects(&world, &mia.email).await.len();
    world.advance(day(14));
    check_documents(ctx).await.unwrap();
    check_documents(ctx).await.unwrap();
    assert_eq!(subjects(&world, &mia.email).await.len(), before + 1);
    // Whoever has answered is not reminded.
    send(ctx, &hers, version(ctx, &hers).await).await.unwrap();
    world.advance(day(10));
    check_documents(ctx).await.unwrap();
    assert_eq!(subjects(&world, &mia.email).await.len(), before + 1);
}

#[tokio::test]
async fn looks_at_documents_are_on_record_once_an_hour_for_each_checker() {
    let world = World::new().await;
    let ctx = world.ctx();
    places(&world).await;
    let mia = world.customer("Mia").await;
    let hers = world.actor(&mia).await;
    let [olivia, oscar] = [
        world.actor(&world.operator("Olivia", Role::OnboardingManager).await).await,
        world.actor(&world.operator("Oscar", Role::OnboardingManager).await).await,
    ];
    let (reference, _) = sent(&world, &hers, "Mia's Leaks").await;
    let papers = application(ctx, &olivia, &reference).await.unwrap().application.documents;
    let looks =
        async || count(&world, "SELECT count(*) FROM audit_entries WHERE action = 'application.document_seen'").await;
    let look = async |who: &Actor, document: DocumentId, width: u32| document_picture(ctx, who, document, width).await;
    look(&hers, papers[0].id, 800).await.unwrap();
    assert_eq!(looks().await, 0, "one's own");
    // A page shows it small and large: one look.
    for width in [320, 800, 800] {
        look(&olivia, papers[0].id, width).await.unwrap();
    }
    assert_eq!(looks().await, 1);
    look(&olivia, papers[1].id, 800).await.unwrap();
    look(&oscar, papers[0].id, 800).await.unwrap();
    assert_eq!(looks().await, 3, "another document, another person");
    world.advance(SignedDuration::from_mins(59));
    look(&olivia, papers[0].id, 800).await.unwrap();
    assert_eq!(looks().await, 3);
    world.advance(SignedDuration::from_mins(1));
    look(&olivia, papers[0].id, 800).await.unwrap();
    assert_eq!(looks().await, 4);
    // Two pictures of one page are asked for at once.
    world.advance(SignedDuration::from_hours(2));
    let both = tokio::join!(look(&olivia, papers[0].id, 320), look(&olivia, papers[0].id, 800));
    assert!(both.0.is_ok() && both.1.is_ok());
    assert_eq!(looks().await, 5);
    // Who sees nothing leaves nothing.
    assert!(look(&world.actor(&world.customer("Eve").await).await, papers[0].id, 800).await.is_err());
    assert_eq!(looks().await, 5);
    let told: (String, uuid::Uuid) = sqlx::query_as(
        "SELECT detail->>'document', actor_id FROM audit_entries WHERE action = 'application.document_seen' ORDER BY seq LIMIT 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(told, (papers[0].id.0.to_string(), olivia.user.unwrap().0));
}

#[tokio::test]
async fn what_is_only_held_or_asked_for_is_not_agreed_once_the_business_is_hidden() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let instant = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let asking = world.service(&plumbing, |service| service.called("Fit a bath").on_request()).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let owner = world.actor(&plumbing.owner.user).await;
    let admin = world.actor(&world.operator("Ada", Role::Admin).await).await;
    let requested = bookings::book(ctx, &ana, wish(ctx, &asking, at("2026-11-05T09:00:00Z"))).await.unwrap();
    go(ctx, &ana, &requested, Event::Confirm).await.unwrap();
    let held = bookings::book(ctx, &ana, wish(ctx, &instant, at("2026-11-04T09:00:00Z"))).await.unwrap();
    let asked = bookings::book(ctx, &ana, wish(ctx, &asking, at("2026-11-06T09:00:00Z"))).await.unwrap();
    suspend_business(ctx, &admin, &plumbing.slug, "Three visits were missed.").await.unwrap();
    let refused = async |who: &Actor, reference: &str, event: Event| match go(ctx, who, reference, event).await {
        Err(Error::Conflict(words)) => words,
        other => panic!("{event:?}: {other:?}"),
    };
    for reference in [&held, &asked] {
        assert!(refused(&ana, reference, Event::Confirm).await.contains("cannot be booked"));
    }
    assert!(refused(&owner, &requested, Event::Accept).await.contains("hidden"));
    assert_eq!(count(&world, "SELECT count(*) FROM bookings WHERE state IN ('held', 'requested')").await, 3);
    // Shown again in time, it can be confirmed after all; the other side may always say no.
    restore_business(ctx, &admin, &plumbing.slug).await.unwrap();
    go(ctx, &ana, &held, Event::Confirm).await.unwrap();
    suspend_business(ctx, &admin, &plumbing.slug, "And another one.").await.unwrap();
    go(ctx, &owner, &requested, Event::Decline).await.unwrap();
    go(ctx, &owner, &held, Event::Start).await.unwrap();
}
