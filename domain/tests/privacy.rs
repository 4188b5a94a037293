//! A copy of everything, and being forgotten: afterwards nothing in any table says who it was.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::accounts::api_keys::{TypedKey, authenticate, make_key};
use domain::accounts::operators::{act_for, invite};
use domain::accounts::phone::ask_for_code;
use domain::accounts::privacy::{ask_for_copy, copies, delete_account, download, open_bookings};
use domain::accounts::{
    Credentials, Registration, Typed as TypedRegistration, TypedProfile, Visit, ask_for_address, forgot_password,
    log_in, passkeys, prove, register, save_profile, second_factor, sessions,
};
use domain::audit::{Trust, Verdict, verify};
use domain::bookings::{self, Event};
use domain::calendars::{FeedKind, make_feed};
use domain::catalog::listing::{self, Chosen};
use domain::catalog::{AnswerKind, Pair, Side, block, import_places, read_places};
use domain::kernel::{Actor, Error, Role, Zone};
use domain::onboarding::{Step, Typed, TypedDocument, add_document, save};
use domain::reviews::NewReview;
use domain::team::{self, TypedInvitation};
use domain::testing::{Authenticator, PASSWORD, ServiceStory, World};
use jiff::SignedDuration;
use std::io::{Cursor, Read};
use story::{at, go, wish};

/// Words that are Ana's and nobody else's.
const HERS: [&str; 8] = [
    "Anastasia",
    "Quillfeather",
    "ana@example.org",
    "ana.new@example",
    "4930901820",
    "Linienstr",
    "purple gate",
    "Wonderful Ana",
];

fn asking(service: ServiceStory) -> ServiceStory {
    service.called("Fix a leak").asks("Which bell?", AnswerKind::Text, true, &[])
}

/// Every place in every table where one of the words stands.
async fn places(world: &World) -> Vec<String> {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let mut found = Vec::new();
    for table in tables {
        for words in HERS {
            let asked = format!("SELECT count(*) FROM {table} t WHERE t::text ILIKE '%' || $1 || '%'");
            let count: i64 =
                sqlx::query_scalar(sqlx::AssertSqlSafe(asked)).bind(words).fetch_one(world.owner()).await.unwrap();
            if count > 0 {
                found.push(format!("{words} in {table}: {count}"));
            }
        }
    }
    found
}

#[tokio::test]
async fn a_forgotten_person_is_in_no_table_and_the_history_still_verifies() {
    let world = World::new().await;
    let ctx = world.ctx();
    // Before there was an account, she tried to log in, and somebody mistook her address for theirs.
    let ben = world.actor(&world.customer("Ben").await).await;
    let early = Credentials::parse("ana@example.org", PASSWORD).unwrap();
    assert!(log_in(ctx, &world.visitor(), early, &Visit::default()).await.is_err());
    ask_for_address(ctx, &ben, "ana@example.org", PASSWORD.to_owned()).await.unwrap();
    let ana = world.customer("Ana").await;
    let actor = world.actor(&ana).await;
    let typed = TypedProfile {
        first_name: "Anastasia",
        last_name: "Quillfeather",
        phone: "+49 30 901820",
        zone: "Europe/Berlin",
        locale: "de",
    };
    save_profile(ctx, &actor, typed).await.unwrap();
    ask_for_code(ctx, &actor).await.unwrap();
    let typed =
        TypedKey { name: "Quillfeather's calendar", scopes: &["calendar:read"], lasts: "never", form_key: ctx.id() };
    let key = make_key(ctx, &actor, typed, PASSWORD.to_owned()).await.unwrap();
    authenticate(ctx, &key.secret, actor.address, actor.request).await.unwrap();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let owner = world.actor(&plumbing.owner.user).await;
    let leak = world.service(&plumbing, asking).await;
    let mut booking = wish(ctx, &leak, at("2026-11-03T09:00:00Z"));
    booking.note = "Behind the purple gate.".to_owned();
    booking.address.region = "Quillfeather Shire".to_owned();
    let reference = bookings::book(ctx, &actor, booking).await.unwrap();
    go(ctx, &actor, &reference, Event::Confirm).await.unwrap();
    bookings::answer(ctx, &actor, &reference, vec!["Quillfeather, on the left.".to_owned()]).await.unwrap();
    let visit = Visit { agent: "Firefox".to_owned(), device: Some("a device".to_owned()), ..Visit::default() };
    log_in(ctx, &world.visitor(), Credentials::parse(&ana.email, PASSWORD).unwrap(), &visit).await.unwrap();
    forgot_password(ctx, &world.visitor(), &ana.email).await.unwrap();
    world.run_jobs().await;
    ask_for_address(ctx, &actor, "ana.new@example.org", PASSWORD.to_owned()).await.unwrap();
    second_factor::offer(ctx, &actor).await.unwrap();
    let mut phone = Authenticator::at("http://localhost:3000");
    let question = passkeys::start_adding(ctx, &actor, "Anastasia's phone", PASSWORD.to_owned()).await.unwrap();
    passkeys::add(ctx, &actor, &question.ceremony, &phone.create(&question.options)).await.unwrap();
    passkeys::start_second_step(ctx, ana.id).await.unwrap();
    assert_eq!(sessions(ctx, &actor).await.unwrap().1.len(), 1);

    assert_eq!(open_bookings(ctx, &actor).await.unwrap(), 1);
    let refused = delete_account(ctx, &actor, PASSWORD.to_owned()).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "somebody relies on the booking");
    world.advance(SignedDuration::from_hours(25));
    for (who, event) in [(&owner, Event::Start), (&owner, Event::Finish), (&actor, Event::SignOff)] {
        go(ctx, who, &reference, event).await.unwrap();
    }
    let opinion = NewReview {
        rating: Some(5),
        quality: Some(5),
        punctuality: Some(5),
        professionalism: Some(5),
        value: Some(5),
        title: "Wonderful Ana says".to_owned(),
        body: "Anastasia is happy, and that is all there is to say about it.".to_owned(),
    };
    domain::reviews::write(ctx, &actor, &reference, opinion).await.unwrap();
    // Operators acted for her, she blocked a business and was blocked by it.
    let boss = world.actor(&world.operator("Boss", Role::Superadmin).await).await;
    act_for(ctx, &boss, ana.id, "Anastasia asked us to.").await.unwrap();
    // She was invited to work here, somebody asked for her address, somebody tried to register it.
    invite(ctx, &boss, &ana.email, "auditor").await.unwrap();
    ask_for_address(ctx, &ben, &ana.email, PASSWORD.to_owned()).await.unwrap();
    let again = TypedRegistration {
        first_name: "Ben",
        last_name: "Lima",
        email: &ana.email,
        intent: "customer",
        password: "tea at five o'clock",
        password_again: "tea at five o'clock",
        ..TypedRegistration::default()
    };
    register(ctx, &world.visitor(), Registration::parse(&again, Zone::utc()).unwrap()).await.unwrap();
    let pair = Pair { customer: ana.id, provider: plumbing.id };
    block(ctx, &actor, Side::Customer, pair, "They broke the purple gate.").await.unwrap();
    block(ctx, &owner, Side::Provider, pair, "Anastasia shouted.").await.unwrap();
    // A business has invited her, she has joined, and another invitation waits.
    for (from, name) in
        [(&plumbing, "Anastasia Quillfeather"), (&world.provider("Lisbon Cleaning", "UTC").await, "Wonderful Ana")]
    {
        let typed = TypedInvitation { email: &ana.email, name, role: "member", member: None };
        team::invite(ctx, &world.actor(&from.owner.user).await, from.id, typed).await.unwrap();
    }
    let link = world.mail_to(&ana.email).await.iter().find(|mail| mail.subject.contains("Berlin")).unwrap().path();
    team::accept(ctx, &actor, link.strip_prefix("/join/").unwrap()).await.unwrap();
    assert!(places(&world).await.iter().any(|place| place.contains("team_invitations")));
    assert!(places(&world).await.iter().any(|place| place.contains("acts_on_behalf")));
    assert!(places(&world).await.len() > 8, "the question finds people who are there: {:?}", places(&world).await);

    let wrong = delete_account(ctx, &actor, "a guess".to_owned()).await;
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    delete_account(ctx, &actor, PASSWORD.to_owned()).await.unwrap();
    assert_eq!(places(&world).await, Vec::<String>::new());
    world.run_jobs().await;
    assert_eq!(places(&world).await, Vec::<String>::new(), "no job brings it back");

    let blocks: i64 = sqlx::query_scalar("SELECT count(*) FROM blocks").fetch_one(world.owner()).await.unwrap();
    assert_eq!(blocks, 0, "nobody is kept from nobody");
    // What others rely on is still there.
    let stars: i32 = sqlx::query_scalar("SELECT sum(rating)::int FROM reviews").fetch_one(world.owner()).await.unwrap();
    assert_eq!(stars, 5);
    assert_eq!(bookings::find(ctx, &owner, &reference).await.unwrap().customer_name, "Deleted account");
    let kept: i64 =
        sqlx::query_scalar("SELECT (SELECT count(*) FROM passkeys) + (SELECT count(*) FROM passkey_ceremonies)")
            .fetch_one(world.owner())
            .await
            .unwrap();
    assert_eq!(kept, 0, "keys and questions go too");
    let question = passkeys::start_log_in(ctx).await.unwrap();
    let answer = phone.get(&question.options);
    assert!(passkeys::log_in(ctx, &world.visitor(), &question.ceremony, &answer, &visit).await.is_err());
    let again = log_in(ctx, &world.visitor(), Credentials::parse(&ana.email, PASSWORD).unwrap(), &visit).await;
    assert!(again.is_err());
    assert_eq!(places(&world).await, Vec::<String>::new(), "nor does trying to log in once more");
    let verdict = verify(ctx, &Trust::default()).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole(_)), "{verdict:?}");
}

#[tokio::test]
async fn a_copy_holds_everything_and_is_ones_own() {
    let world = World::new().await;
    let ctx = world.ctx();
    let (ana, ben) = (world.customer("Ana").await, world.customer("Ben").await);
    let (hers, his) = (world.actor(&ana).await, world.actor(&ben).await);
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, asking).await;
    let mut booking = wish(ctx, &leak, at("2026-11-03T09:00:00Z"));
    booking.note = "Behind the purple gate.".to_owned();
    booking.address.region = "Quillfeather Shire".to_owned();
    let reference = bookings::book(ctx, &hers, booking).await.unwrap();
    go(ctx, &hers, &reference, Event::Confirm).await.unwrap();
    bookings::answer(ctx, &hers, &reference, vec!["Second bell from above.".to_owned()]).await.unwrap();
    let typed = TypedKey { name: "Van", scopes: &["calendar:read"], lasts: "30", form_key: ctx.id() };
    let key = make_key(ctx, &hers, typed, PASSWORD.to_owned()).await.unwrap();
    let boss = world.actor(&world.operator("Boss", Role::Superadmin).await).await;
    act_for(ctx, &boss, ana.id, "She asked us by phone.").await.unwrap();
    let pair = Pair { customer: ana.id, provider: plumbing.id };
    let owner = world.actor(&plumbing.owner.user).await;
    block(ctx, &hers, Side::Customer, pair, "Came late twice.").await.unwrap();
    block(ctx, &owner, Side::Provider, pair, "A word between us.").await.unwrap();
    let question = passkeys::start_adding(ctx, &hers, "The blue phone", PASSWORD.to_owned()).await.unwrap();
    let made = Authenticator::at("http://localhost:3000").create(&question.options);
    passkeys::add(ctx, &hers, &question.ceremony, &made).await.unwrap();
    let feed = make_feed(ctx, &hers, FeedKind::Bookings).await.unwrap();
    ask_for_copy(ctx, &hers).await.unwrap();
    ask_for_copy(ctx, &hers).await.unwrap();
    let waiting = copies(ctx, &hers).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].done, waiting[0].progress), (1, false, 0), "one at a time");
    assert!(matches!(download(ctx, &hers, waiting[0].id).await, Err(Error::NotFound)), "not made yet");
    world.run_jobs().await;
    let made = copies(ctx, &hers).await.unwrap();
    assert!(made[0].done && made[0].progress == 100);
    assert!(matches!(download(ctx, &his, made[0].id).await, Err(Error::NotFound)), "not his");

    let mut zip = zip::ZipArchive::new(Cursor::new(download(ctx, &hers, made[0].id).await.unwrap())).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let account = read("account.json");
    assert!(account.contains(&ana.email) && account.contains("Came late twice."));
    assert!(!account.contains("A word between us."), "what others keep to themselves is not hers");
    assert!(account.contains("\"Van\"") && account.contains("calendar:read") && !account.contains(&key.secret[16..48]));
    assert!(read("logins.json").contains("She asked us by phone."));
    assert!(account.contains("The blue phone"));
    let secret = feed.address.rsplit('/').next().unwrap();
    assert!(account.contains("calendar_feeds") && account.contains("made_at") && !account.contains(secret));
    let booked = read("bookings.json");
    assert!(
        booked.contains(&reference)
            && booked.contains("purple gate")
            && booked.contains("Quillfeather Shire")
            && booked.contains("Second bell from above.")
    );
    assert!(read("history.json").contains("booking.held"));
    for file in ["README.txt", "reviews.json", "listings.json", "logins.json", "mails.json"] {
        read(file);
    }
    ask_for_copy(ctx, &hers).await.unwrap();
    world.run_jobs().await;
    let (former, made) = (made, copies(ctx, &hers).await.unwrap());
    assert_eq!(made.len(), 1, "a newer copy takes the place of the older one");
    assert!(matches!(download(ctx, &hers, former[0].id).await, Err(Error::NotFound)));
    world.advance(SignedDuration::from_hours(7 * 24));
    assert!(matches!(download(ctx, &hers, made[0].id).await, Err(Error::NotFound)), "too old");
    domain::accounts::sweep(ctx).await.unwrap();
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM data_exports").fetch_one(world.owner()).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn an_application_is_copied_and_forgotten_with_its_documents() {
    let world = World::new().await;
    let ctx = world.ctx();
    let list = "country,postal_code,name,lat,lng,zone\nDE,,Berlin,52.5,13.4,Europe/Berlin";
    import_places(ctx, &world.system(), read_places(list).unwrap(), |_, _| ()).await.unwrap();
    let mia = world.customer("Mia").await;
    let hers = world.actor(&mia).await;
    let fields = [("name", "Quillfeather & Co"), ("kind", "sole"), ("headline", "Anastasia knows the Linienstr well")];
    let answers = Typed { fields: fields.to_vec() }.read(Step::Business).unwrap();
    save(ctx, &hers, Step::Business, 0, answers).await.unwrap();
    let mut page = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(300, 400).write_to(&mut page, image::ImageFormat::Png).unwrap();
    let typed = TypedDocument { kind: "identity", number: "4930901820", expires_on: "2027-06-30" };
    add_document(ctx, &hers, typed, page.get_ref()).await.unwrap();
    ask_for_copy(ctx, &hers).await.unwrap();
    world.run_jobs().await;
    let copy = copies(ctx, &hers).await.unwrap()[0].id;
    let mut zip = zip::ZipArchive::new(Cursor::new(download(ctx, &hers, copy).await.unwrap())).unwrap();
    let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
    assert!(names.iter().any(|name| name.starts_with("documents/")), "{names:?}");
    let mut told = String::new();
    zip.by_name("applications.json").unwrap().read_to_string(&mut told).unwrap();
    assert!(told.contains("Quillfeather & Co") && told.contains("4930901820"));
    assert!(places(&world).await.len() >= 3, "the control: it stands somewhere");
    delete_account(ctx, &hers, PASSWORD.to_owned()).await.unwrap();
    assert_eq!(places(&world).await, Vec::<String>::new());
    let left: i64 =
        sqlx::query_scalar("SELECT count(*) FROM application_document_files").fetch_one(world.owner()).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_business_that_closes_takes_its_blocks_along() {
    let world = World::new().await;
    let ctx = world.ctx();
    let (mia, ben) = (world.customer("Mia").await, world.provider("Berlin Plumbing", "Europe/Berlin").await);
    let company = world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
    let (dina, eve) = (company.manager("Dina").await, world.customer("Eve").await);
    let (hers, bens, dinas) =
        (world.actor(&mia).await, world.actor(&ben.owner.user).await, world.actor(&dina.user).await);
    let pair = Pair { customer: mia.id, provider: ben.id };
    block(ctx, &hers, Side::Customer, pair, "Ben Quillfeather is rude.").await.unwrap();
    let other = Pair { customer: eve.id, provider: company.id };
    block(ctx, &dinas, Side::Provider, other, "Eve asked for Quillfeather.").await.unwrap();
    assert!(places(&world).await.len() >= 2, "the table and the words of the history");
    delete_account(ctx, &bens, PASSWORD.to_owned()).await.unwrap();
    let left: Vec<String> = sqlx::query_scalar("SELECT reason FROM blocks").fetch_all(world.owner()).await.unwrap();
    assert_eq!(left, ["Eve asked for Quillfeather."], "those of other businesses stay");
    delete_account(ctx, &dinas, PASSWORD.to_owned()).await.unwrap();
    let left: Vec<String> = sqlx::query_scalar("SELECT reason FROM blocks").fetch_all(world.owner()).await.unwrap();
    assert_eq!(left, [""], "the company still keeps away; the words of the one who left are gone");
    // What is left of the name is what Dina wrote into the history about Eve: it goes with Eve.
    delete_account(ctx, &world.actor(&eve).await, PASSWORD.to_owned()).await.unwrap();
    assert_eq!(places(&world).await, Vec::<String>::new());
}

#[tokio::test]
async fn former_addresses_go_too_but_not_those_of_somebody_else_by_now() {
    let world = World::new().await;
    let ctx = world.ctx();
    let (ana, boss) = (world.customer("Ana").await, world.operator("Boss", Role::Superadmin).await);
    let (actor, boss) = (world.actor(&ana).await, world.actor(&boss).await);
    invite(ctx, &boss, "ana@example.org", "auditor").await.unwrap();
    for address in ["ana.new@example.org", "ana@example.com"] {
        ask_for_address(ctx, &actor, address, PASSWORD.to_owned()).await.unwrap();
        let link = world.mail_to(address).await[0].path();
        prove(ctx, &world.visitor(), link.strip_prefix("/verify-email/").unwrap()).await.unwrap();
    }
    invite(ctx, &boss, "ana.new@example.org", "auditor").await.unwrap();
    // The first address is Ben's by now.
    let ben = world.customer("Ben").await;
    let his = world.actor(&ben).await;
    ask_for_address(ctx, &his, "ana@example.org", PASSWORD.to_owned()).await.unwrap();
    let mails = world.mail_to("ana@example.org").await;
    let link = mails.iter().find(|mail| mail.text.contains("/verify-email/")).unwrap().path();
    prove(ctx, &world.visitor(), link.strip_prefix("/verify-email/").unwrap()).await.unwrap();
    let entries = async |address: &str| -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM audit_personal WHERE content::text LIKE '%' || $1 || '%'")
            .bind(address)
            .fetch_one(world.owner())
            .await
            .unwrap()
    };
    assert!(entries("ana.new@example.org").await >= 3 && entries("ana@example.com").await >= 2);
    delete_account(ctx, &world.actor(&ana).await, PASSWORD.to_owned()).await.unwrap();
    let left: Vec<String> = places(&world).await.into_iter().filter(|place| place.contains("new@example")).collect();
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(entries("ana@example.com").await, 0);
    assert!(entries("ana@example.org").await >= 2, "what Ben did with his address is his");
    let verdict = verify(ctx, &Trust::default()).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole(_)), "{verdict:?}");
}

/// Of the newest text of a service: whether somebody stands there as writer, as reviewer, and their words.
async fn newest_text(world: &World) -> Option<(bool, bool, String)> {
    sqlx::query_as(
        "SELECT author_id IS NOT NULL, reviewer_id IS NOT NULL, note FROM service_revisions ORDER BY number DESC LIMIT 1",
    )
    .fetch_optional(world.owner())
    .await
    .unwrap()
}

#[tokio::test]
async fn texts_of_services_forget_who_wrote_and_who_reviewed_them() {
    let world = World::new().await;
    let ctx = world.ctx();
    let company = world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
    let dina = company.manager("Dina").await;
    let spring = world.service(&company, |service| service.called("Spring clean")).await;
    let (dinas, owners) = (world.actor(&dina.user).await, world.actor(&company.owner.user).await);
    let checker = world.operator("Olga", Role::Admin).await;
    let olgas = world.actor(&checker).await;
    let edited = async |actor: &Actor| listing::edited(ctx, actor, &spring.slug).await.unwrap().0;
    let service = edited(&dinas).await;
    let mut text = service.listing().clone();
    text.description =
        "Every corner, and twice. The purple sofa is moved as well, and stands where it stood.".to_owned();
    listing::save(ctx, &dinas, &service, service.version, text).await.unwrap();
    listing::submit(ctx, &dinas, &edited(&dinas).await).await.unwrap();
    let seen = edited(&dinas).await;
    let chosen = Chosen { service: seen.id, version: seen.version };
    listing::decline(ctx, &olgas, chosen, "Whose sofa is it?").await.unwrap();
    assert_eq!(newest_text(&world).await, Some((true, true, "Whose sofa is it?".to_owned())), "the control");

    // An operator's account is closed as others are; their words go with them.
    sqlx::query("DELETE FROM user_roles WHERE user_id = $1 AND role <> 'customer'")
        .bind(checker.id.0)
        .execute(world.owner())
        .await
        .unwrap();
    delete_account(ctx, &world.actor(&checker).await, PASSWORD.to_owned()).await.unwrap();
    assert_eq!(newest_text(&world).await, Some((true, false, String::new())));
    delete_account(ctx, &dinas, PASSWORD.to_owned()).await.unwrap();
    assert_eq!(newest_text(&world).await, Some((false, false, String::new())), "the text is the company's");
    delete_account(ctx, &owners, PASSWORD.to_owned()).await.unwrap();
    assert_eq!(newest_text(&world).await, None, "with its last owner the business closes, and its texts go");
}
