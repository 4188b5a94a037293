//! Every change of state writes an entry: the database itself is asked which transactions changed something, and
//! each of them must have written into the history as well.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod story;

use domain::accounts::api_keys::{self, TypedKey, make_key, revoke_key};
use domain::accounts::operators::{act_for, invite, lapse_act, refuse_acts, restore, suspend};
use domain::accounts::phone::{ask_for_code, confirm_phone};
use domain::accounts::privacy::ask_for_copy;
use domain::accounts::{
    Credentials, Registration, Typed, TypedProfile, Visit, log_in, log_out, register, save_profile,
};
use domain::accounts::{ask_for_address, change_password, forgot_password, passkeys, second_factor, send_verification};
use domain::accounts::{change_picture, remove_picture};
use domain::availability::{Change, Closure, Exception, Limits, Outcome, block, change, keeping, move_block, unblock};
use domain::bookings::{self, Event, State};
use domain::calendars;
use domain::catalog::categories::{self, CategoryText, FieldText, Towards, TypedCategory, TypedField};
use domain::catalog::listing::{self, Chosen, PictureAct, Standing};
use domain::catalog::search::SearchQuery;
use domain::catalog::{Pair, Side, block as keep_away, blocked_by_customer, keep, let_go, saved, unblock as make_up};
use domain::catalog::{import_places, read_places};
use domain::kernel::{Actor, Context, ProviderId, Role, TimeRange, Zone};
use domain::onboarding::{
    DocumentKind, Step, Typed as TypedStep, TypedDocument, add_document, approve, ask_for_more, begin_again,
    check_documents, decline, my_application, remove_document, restore_business, save, send, suspend_business,
    withdraw,
};
use domain::reviews::{self, NewReview};
use domain::team::{self, TypedInvitation};
use domain::testing::{Authenticator, Elsewhere, PASSWORD, Provider, User, World};
use jiff::SignedDuration;
use sqlx::Executor;
use story::{at, go, wish};

/// Tables that say nothing new: what is worked out from others, what is waiting to be handed on, sessions of browsers
/// (their opening and closing are entries), questions to devices that wait for an answer, when keys were used, how
/// reading a calendar went, and counters of attempts.
const DERIVED: &[&str] = &[
    "audit_head",
    "audit_personal",
    "outbox",
    "outbound_messages",
    "service_openings",
    "listings",
    "listing_ranks",
    "saved_search_looks",
    "unmet_searches",
    "rate_limits",
    "login_delays",
    "api_key_uses",
    "passkey_ceremonies",
    "data_exports",
    "calendar_readings",
    "_sqlx_migrations",
];

/// Notes every transaction that changes a table, by the number of the transaction.
const WATCH: &str = "
CREATE TABLE changes (xid xid8, of text, PRIMARY KEY (xid, of));
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO changes VALUES (pg_current_xact_id(), TG_TABLE_NAME) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
DO $$
DECLARE of text;
BEGIN
    FOR of IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'changes' LOOP
        EXECUTE format('CREATE TRIGGER watched AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION note_change()', of);
    END LOOP;
END $$;";

/// Tables that were changed by a transaction without an entry.
async fn silent(world: &World) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT DISTINCT of FROM changes c WHERE of <> ALL($1) AND of <> 'audit_entries'
           AND NOT EXISTS (SELECT FROM changes e WHERE e.xid = c.xid AND e.of = 'audit_entries') ORDER BY 1",
    )
    .bind(DERIVED)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

/// A service is written, looked at, sent back, put on show, paused, put away, copied.
async fn listings(world: &World, ben: &Actor, boss: &Actor, slug: &str) {
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
    listing::add_picture(ctx, ben, &now().await, (photo.get_ref(), "A tap")).await.unwrap();
    let service = now().await;
    let key = service.listing().pictures[0].key.clone();
    listing::arrange_picture(ctx, ben, &service, &key, PictureAct::Remove).await.unwrap();
    listing::discard(ctx, ben, slug, now().await.version).await.unwrap();
    for standing in [Standing::Pause, Standing::Resume, Standing::Archive, Standing::Restore] {
        listing::stand(ctx, ben, slug, standing).await.unwrap();
    }
    listing::duplicate(ctx, ben, slug).await.unwrap();
}

/// A number is proved, keys are made, used and revoked.
async fn phone_and_keys(world: &World, ana: &Actor) {
    let ctx = world.ctx();
    let number = "+4930901820";
    let details =
        TypedProfile { first_name: "Ana", last_name: "Lima", phone: number, zone: "Europe/Berlin", locale: "en" };
    save_profile(ctx, ana, details).await.unwrap();
    ask_for_code(ctx, ana).await.unwrap();
    let code = world.mail_to(number).await[0].text["ServiceHub: ".len()..][..6].to_owned();
    confirm_phone(ctx, ana, if code == "123456" { "654321" } else { "123456" }).await.unwrap_err();
    confirm_phone(ctx, ana, &code).await.unwrap();
    for name in ["revoked", "alive until the suspension"] {
        let typed = TypedKey { name, scopes: &["bookings:read"], lasts: "never", form_key: ctx.id() };
        let made = make_key(ctx, ana, typed, PASSWORD.to_owned()).await.unwrap();
        let visitor = world.visitor();
        api_keys::authenticate(ctx, &made.secret, visitor.address, visitor.request).await.unwrap();
        if name == "revoked" {
            revoke_key(ctx, ana, made.key.id).await.unwrap();
        }
    }
}

/// Hours, dates, being away and holidays are changed, and taken back.
async fn hours(world: &World, ben: &Actor, plumbing: &Provider) {
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
    ] {
        assert_eq!(change(ctx, ben, plumbing.id, wanted, "").await.unwrap(), Outcome::Saved);
    }
    let kept = keeping(ctx, ben, plumbing.id).await.unwrap();
    for wanted in
        [Change::DateBack { member, id: kept.members[0].dated[0].id }, Change::AwayBack { id: kept.away[0].id }]
    {
        assert_eq!(change(ctx, ben, plumbing.id, wanted, "").await.unwrap(), Outcome::Saved);
    }
}

/// Somebody becomes a provider, and a business is hidden and shown.
async fn onboarding(world: &World, (zoe, checker): (&User, &User), plumbing: &Provider) {
    let ctx = world.ctx();
    let list = "country,postal_code,name,lat,lng,zone\nPT,,Porto,41.15,-8.61,Europe/Lisbon";
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

/// A service and a search are kept, and go again.
async fn kept(world: &World, ana: &Actor, service: &str) {
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
    world.advance(SignedDuration::from_hours(24));
    domain::jobs::sweep(ctx).await.unwrap();
    saved::remove_search(ctx, ana, search).await.unwrap();
}

/// A team changes, and the tree of categories.
async fn team_and_tree(world: &World, (ben, boss): (&Actor, &Actor), who: &User, business: ProviderId) {
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
    team::edit(ctx, ben, business, member, edit).await.unwrap();
    team::deactivate(ctx, ben, business, member).await.unwrap();
    team::reactivate(ctx, ben, business, member).await.unwrap();
    team::remove(ctx, ben, business, member).await.unwrap();
    let tia = world.actor(who).await;
    team::change_role(ctx, ben, business, tia.memberships[0].member, "manager").await.unwrap();
    team::leave(ctx, &tia, business).await.unwrap();

    let text = |name, slug| {
        let (parent, blurb, keywords, tint, picture) = ("", "", "", "design", "");
        let typed = TypedCategory { name, slug, parent, blurb, keywords, tint, picture, hidden: false };
        CategoryText::parse(typed).unwrap()
    };
    let id = categories::add(ctx, boss, text("Logos", "logos")).await.unwrap();
    categories::change(ctx, boss, id, 1, text("Logos", "marks")).await.unwrap();
    categories::shift(ctx, boss, id, Towards::Up).await.unwrap();
    let typed = TypedField { label: "Colours", kind: "number", unit: "", options: "", required: false };
    categories::save_field(ctx, boss, (id, 2), None, FieldText::parse(typed).unwrap()).await.unwrap();
    let other = categories::add(ctx, boss, text("Design", "design")).await.unwrap();
    categories::merge(ctx, boss, id, 3, Some(other)).await.unwrap();
}

#[tokio::test]
async fn every_change_of_state_writes_an_entry() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let asked = world.service(&plumbing, |s| s.called("Fix a leak").costs(8600).on_request()).await;
    let booked = world.service(&plumbing, |s| s.called("Unblock a drain")).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let ben = world.actor(&plumbing.owner.user).await;
    let boss = world.operator("Boss", Role::Superadmin).await;
    let boss = world.actor(&boss).await;
    let una = world.customer("Una").await;
    world.unproved(&una).await;
    let tia = world.customer("Tia").await;
    let newcomers = (world.customer("Zoe").await, world.operator("Olivia", Role::OnboardingManager).await);
    world.owner().execute(WATCH).await.unwrap();

    // People come and go.
    let typed = Typed {
        first_name: "Eve",
        last_name: "Lima",
        email: "eve@example.org",
        phone: "",
        password: "tea at five o'clock",
        password_again: "tea at five o'clock",
        intent: "provider",
    };
    let registration = || Registration::parse(&typed, Zone::utc()).unwrap();
    register(ctx, &world.visitor(), registration()).await.unwrap();
    register(ctx, &world.visitor(), registration()).await.unwrap();
    for password in [PASSWORD, "a wrong one"] {
        let _ =
            log_in(ctx, &world.visitor(), Credentials::parse("ana@example.org", password).unwrap(), &Visit::default())
                .await;
    }
    log_out(ctx, &ana).await.unwrap();
    // Every move of a booking, by people and by clocks.
    let hold = async |service, start: &str| bookings::book(ctx, &ana, wish(ctx, service, at(start))).await.unwrap();
    let reference = hold(&asked, "2026-11-03T09:00:00Z").await;
    for (actor, event) in [
        (&ana, Event::Confirm),
        (&ben, Event::Accept),
        (&ben, Event::Start),
        (&ben, Event::Finish),
        (&ana, Event::SignOff),
    ] {
        go(ctx, actor, &reference, event).await.unwrap();
    }
    let review = NewReview {
        rating: Some(5),
        quality: Some(5),
        punctuality: Some(5),
        professionalism: Some(5),
        value: Some(5),
        title: "Dry again".to_owned(),
        body: "Came on time.".to_owned(),
    };
    reviews::write(ctx, &ana, &reference, review).await.unwrap();
    let declined = hold(&asked, "2026-11-03T11:00:00Z").await;
    go(ctx, &ana, &declined, Event::Confirm).await.unwrap();
    go(ctx, &ben, &declined, Event::Decline).await.unwrap();
    let cancelled = hold(&booked, "2026-11-04T09:00:00Z").await;
    go(ctx, &ana, &cancelled, Event::Confirm).await.unwrap();
    go(ctx, &ana, &cancelled, Event::Cancel).await.unwrap();
    hold(&booked, "2026-11-05T09:00:00Z").await;
    world.advance(SignedDuration::from_mins(11));
    world.run_jobs().await;
    let expired: i64 = sqlx::query_scalar("SELECT count(*) FROM bookings WHERE state = $1")
        .bind(State::Expired.name())
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(expired, 1);
    // An account and what protects it.
    send_verification(ctx, &world.actor(&una).await).await.unwrap();
    forgot_password(ctx, &world.visitor(), "ana@example.org").await.unwrap();
    world.run_jobs().await;
    ask_for_address(ctx, &ana, "ana.lima@example.org", PASSWORD.to_owned()).await.unwrap();
    second_factor::offer(ctx, &ana).await.unwrap();
    phone_and_keys(&world, &ana).await;
    let mut phone = Authenticator::at("http://localhost:3000");
    let question = passkeys::start_adding(ctx, &ana, "Phone", PASSWORD.to_owned()).await.unwrap();
    passkeys::add(ctx, &ana, &question.ceremony, &phone.create(&question.options)).await.unwrap();
    for _ in 0..2 {
        let question = passkeys::start_log_in(ctx).await.unwrap();
        let answer = phone.get(&question.options);
        passkeys::log_in(ctx, &world.visitor(), &question.ceremony, &answer, &Visit::default()).await.unwrap();
        let wrong = passkeys::log_in(ctx, &world.visitor(), &question.ceremony, &answer, &Visit::default()).await;
        assert!(wrong.is_err());
    }
    let passkey = passkeys::list(ctx, &ana).await.unwrap()[0].id;
    passkeys::rename(ctx, &ana, passkey, "Old phone").await.unwrap();
    passkeys::remove(ctx, &ana, passkey, PASSWORD.to_owned()).await.unwrap();
    change_password(ctx, &ana, PASSWORD.to_owned(), ("six blue teapots", "six blue teapots")).await.unwrap();
    ask_for_copy(ctx, &ana).await.unwrap();
    let mut photo = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(80, 80).write_to(&mut photo, image::ImageFormat::Png).unwrap();
    change_picture(ctx, &ana, photo.get_ref()).await.unwrap();
    remove_picture(ctx, &ana).await.unwrap();
    // The back office.
    invite(ctx, &boss, "new@example.org", "auditor").await.unwrap();
    suspend(ctx, &boss, ana.user.unwrap(), ("Three visits were not paid.", "")).await.unwrap();
    restore(ctx, &boss, ana.user.unwrap(), "They are now.").await.unwrap();
    let act = act_for(ctx, &boss, ana.user.unwrap(), "She asked us to.").await.unwrap();
    world.advance(SignedDuration::from_mins(31));
    lapse_act(ctx, act).await.unwrap();
    act_for(ctx, &boss, ana.user.unwrap(), "She asked us again.").await.unwrap();
    refuse_acts(ctx, &ana).await.unwrap();
    // Two who do not want to meet again.
    let pair = Pair { customer: ana.user.unwrap(), provider: plumbing.id };
    keep_away(ctx, &ana, Side::Customer, pair, "Was late.").await.unwrap();
    make_up(ctx, &ana, blocked_by_customer(ctx, &ana).await.unwrap()[0].id).await.unwrap();
    listings(&world, &ben, &boss, &booked.slug).await;
    // What people keep.
    kept(&world, &ana, &booked.slug).await;
    // A calendar.
    let lunch = TimeRange::new(at("2026-11-06T12:00:00Z"), at("2026-11-06T13:00:00Z")).unwrap();
    block(ctx, &ben, plumbing.owner.id, lunch, "Lunch".to_owned()).await.unwrap();
    let id = sqlx::query_scalar("SELECT id FROM reservations WHERE state = 'blocked'").fetch_one(world.owner()).await;
    let tea = TimeRange::new(at("2026-11-06T15:00:00Z"), at("2026-11-06T16:00:00Z")).unwrap();
    move_block(ctx, &ben, id.unwrap(), tea).await.unwrap();
    let id = sqlx::query_scalar("SELECT id FROM reservations WHERE state = 'blocked'").fetch_one(world.owner()).await;
    unblock(ctx, &ben, id.unwrap()).await.unwrap();
    team_and_tree(&world, (&ben, &boss), &tia, plumbing.id).await;
    // Calendars elsewhere.
    let elsewhere = std::sync::Arc::new(Elsewhere::default());
    let outside = Context { calendars: elsewhere.clone(), ..ctx.clone() };
    let whose = Some(plumbing.owner.id);
    calendars::add_source(&outside, &ben, whose, ("Private", "https://calendar.example/x")).await.unwrap();
    let source = calendars::sources(&outside, &ben, plumbing.id).await.unwrap().sources[0].id;
    elsewhere.says(&["DTSTART:20261106T140000Z\r\nDURATION:PT1H"]);
    calendars::enqueue_due(&outside, 1).await.unwrap();
    calendars::read_source(&outside, source).await.unwrap();
    calendars::remove_source(&outside, &ben, source).await.unwrap();
    for _ in 0..2 {
        calendars::make_feed(ctx, &ben, calendars::FeedKind::Work).await.unwrap();
    }
    calendars::revoke_feed(ctx, &ben, calendars::FeedKind::Work).await.unwrap();
    hours(&world, &ben, &plumbing).await;
    onboarding(&world, (&newcomers.0, &newcomers.1), &plumbing).await;
    // The history's own.
    domain::audit::sign_head(ctx).await.unwrap().unwrap();
    domain::audit::erase_person(ctx, ana.user.unwrap()).await.unwrap();

    let changed: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT of FROM changes ORDER BY 1").fetch_all(world.owner()).await.unwrap();
    for table in [
        "users",
        "user_roles",
        "bookings",
        "reservations",
        "member_hours",
        "member_exceptions",
        "provider_closures",
        "providers",
        "reviews",
        "phone_codes",
        "phone_budgets",
        "api_keys",
        "api_key_uses",
        "blocks",
        "favorites",
        "saved_searches",
        "team_invitations",
        "categories",
        "category_fields",
        "category_slugs",
        "acts_on_behalf",
        "applications",
        "application_documents",
        "application_document_files",
        "providers",
        "members",
        "member_hours",
        "calendar_feeds",
        "calendar_sources",
        "calendar_readings",
        "pictures",
        "services",
        "service_revisions",
        "service_revision_pictures",
        "audit_heads",
        "audit_entries",
    ] {
        assert!(changed.iter().any(|of| of == table), "{table} was not watched: {changed:?}");
    }
    assert_eq!(silent(&world).await, [""; 0], "changed without an entry");
    // The control: a change behind the history's back is seen.
    world.owner().execute("UPDATE users SET zone = 'Europe/Lisbon'").await.unwrap();
    assert_eq!(silent(&world).await, ["users"]);
}
