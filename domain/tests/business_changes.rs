//! What a business is registered with changes: it moves at once and its services follow; another name or payout country
//! waits for somebody who checks businesses.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::catalog::search::{SearchQuery, search};
use domain::catalog::{NewPlace, import_places, move_business, provider_page, read_places, renamed_business};
use domain::kernel::{Actor, Error, Role};
use domain::onboarding::changes::{
    AskError, ChangeState, MoveError, NewAddress, Registered, Wished, approve_change, ask_for_change, changes_waiting,
    decline_change, move_business_to, registered, take_back_change, waiting_change,
};
use domain::onboarding::waiting;
use domain::testing::{Provider, World};
use jiff::SignedDuration;

const PLACES: &str = "country,postal_code,name,lat,lng,zone\nDE,,Berlin,52.52,13.405,Europe/Berlin\n\
                      DE,14467,Potsdam,52.4,13.06,Europe/Berlin\nDE,,Potsdam,52.4,13.06,Europe/Berlin\n\
                      DE,,Munich,48.14,11.58,Europe/Berlin\nDE,,Elsewhere,52.5,13.4,Europe/London\n";

struct Scene {
    world: World,
    plumbing: Provider,
    ben: Actor,
    olivia: Actor,
}

async fn scene() -> Scene {
    let world = World::new().await;
    import_places(world.ctx(), &world.system(), read_places(PLACES).unwrap(), |_, _| ()).await.unwrap();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let ben = world.actor(&plumbing.owner.user).await;
    let olivia = world.actor(&world.operator("Olivia", Role::OnboardingManager).await).await;
    Scene { world, plumbing, ben, olivia }
}

impl Scene {
    async fn now(&self) -> Registered {
        registered(self.world.ctx(), &self.ben, self.plumbing.id).await.unwrap()
    }

    async fn ask(&self, name: &str, country: &str) -> Registered {
        let known = self.now().await;
        let wished = Wished::parse(name, country, &known).unwrap();
        ask_for_change(self.world.ctx(), &self.ben, self.plumbing.id, &known.seen(), wished).await.unwrap();
        // Letters of one moment have no order.
        self.world.advance(SignedDuration::from_secs(1));
        self.now().await
    }

    async fn approve(&self, name: &str) -> String {
        let known = self.ask(name, "DE").await;
        approve_change(self.world.ctx(), &self.olivia, &known.slug, &known.seen()).await.unwrap()
    }

    async fn page_of(&self, slug: &str) -> Result<String, Error> {
        let shown = provider_page(self.world.ctx(), None, slug, Default::default()).await?;
        Ok(shown.business.name)
    }

    async fn move_to(&self, who: &Actor, seen: i32, city: &str, code: &str) -> Result<usize, MoveError> {
        let there = NewAddress::parse(city, code).unwrap();
        move_business_to(self.world.ctx(), who, self.plumbing.id, seen, there).await
    }
}

#[tokio::test]
async fn a_new_name_waits_then_shows_and_the_former_address_leads_there() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    world.service(&scene.plumbing, |service| service.called("Fix a leak")).await;
    let known = scene.ask("Spree Pipes & Sons", "PT").await;
    assert_eq!(scene.page_of("berlin-plumbing").await.unwrap(), "Berlin Plumbing", "nothing shows before");
    let parts: Vec<_> = known.waiting().unwrap().differs().into_iter().map(|part| part.part).collect();
    assert_eq!(parts, ["Name", "Country of the bank account"]);
    assert_eq!(waiting(ctx, &scene.olivia).await.unwrap().changes, 1);
    let queue = changes_waiting(ctx, &scene.olivia, None).await.unwrap().items;
    assert_eq!((queue.len(), queue[0].slug.as_str()), (1, "berlin-plumbing"));

    let slug = approve_change(ctx, &scene.olivia, "berlin-plumbing", &known.seen()).await.unwrap();
    assert_eq!(slug, "spree-pipes-and-sons");
    assert_eq!(scene.page_of(&slug).await.unwrap(), "Spree Pipes & Sons");
    assert!(matches!(scene.page_of("berlin-plumbing").await, Err(Error::NotFound)));
    assert_eq!(renamed_business(ctx, "berlin-plumbing").await.unwrap().as_deref(), Some("spree-pipes-and-sons"));
    // Whoever was slower reads that it is decided, under the address they had open.
    let late = decline_change(ctx, &scene.olivia, "berlin-plumbing", &known.seen(), "No.").await;
    assert!(matches!(late, Err(Error::Conflict(_))));
    let now = scene.now().await;
    assert_eq!((now.present.payout_country.as_str(), now.latest.unwrap().state), ("PT", ChangeState::Approved));
    let found = search(ctx, &SearchQuery::read([("q", "leak")])).await.unwrap();
    assert_eq!(found.page.items[0].provider, "Spree Pipes & Sons", "lists follow");
    let mails = world.mail_to(&scene.plumbing.owner.user.email).await;
    let kinds: Vec<_> = mails.iter().map(|mail| mail.kind.as_str()).collect();
    assert_eq!(kinds, ["onboarding.change_asked", "onboarding.change_approved"]);
    assert!(mails[0].text.contains("Name: Spree Pipes & Sons instead of Berlin Plumbing"));
    assert!(mails[0].text.contains("Country of the bank account: Portugal (PT) instead of nothing"));
    assert_eq!(mails[1].path(), "/providers/spree-pipes-and-sons");
}

#[tokio::test]
async fn addresses_are_told_apart_and_lead_on_in_one_step() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    scene.world.provider("Spree Pipes", "Europe/Berlin").await;
    assert_eq!(scene.approve("Spree Pipes").await, "spree-pipes-berlin");
    assert_eq!(scene.approve("Havel Pipes").await, "havel-pipes");
    for former in ["berlin-plumbing", "spree-pipes-berlin"] {
        assert_eq!(renamed_business(ctx, former).await.unwrap().as_deref(), Some("havel-pipes"), "{former}");
    }
    // The first name again: its address becomes its own again, and leads nowhere else.
    assert_eq!(scene.approve("Berlin Plumbing").await, "berlin-plumbing");
    assert_eq!(renamed_business(ctx, "berlin-plumbing").await.unwrap(), None);
    assert_eq!(renamed_business(ctx, "havel-pipes").await.unwrap().as_deref(), Some("berlin-plumbing"));
    // Nobody else gets an address that leads somewhere.
    let other = scene.world.provider("Other", "Europe/Berlin").await;
    let owner = scene.world.actor(&other.owner.user).await;
    let known = registered(ctx, &owner, other.id).await.unwrap();
    let wished = Wished::parse("Havel Pipes", "DE", &known).unwrap();
    ask_for_change(ctx, &owner, other.id, &known.seen(), wished).await.unwrap();
    let seen = registered(ctx, &owner, other.id).await.unwrap().seen();
    assert_eq!(approve_change(ctx, &scene.olivia, "other", &seen).await.unwrap(), "havel-pipes-berlin");
}

#[tokio::test]
async fn a_change_is_declined_with_a_reason_and_taken_back() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let known = scene.ask("Spree Pipes", "DE").await;
    let refused = decline_change(ctx, &scene.olivia, "berlin-plumbing", &known.seen(), "  ").await;
    assert!(matches!(refused, Err(Error::Invalid(wrong)) if wrong.of("reason").is_some()));
    decline_change(ctx, &scene.olivia, "berlin-plumbing", &known.seen(), "Show us the register.").await.unwrap();
    let latest = scene.now().await.latest.unwrap();
    assert_eq!((latest.state, latest.note.as_str()), (ChangeState::Declined, "Show us the register."));
    assert_eq!(scene.now().await.present.name, "Berlin Plumbing");
    let mail = world.mail_to(&scene.plumbing.owner.user.email).await.pop().unwrap();
    assert!(mail.kind == "onboarding.change_declined" && mail.text.contains("Show us the register."));

    let known = scene.ask("Spree Pipes", "DE").await;
    take_back_change(ctx, &scene.ben, scene.plumbing.id, &known.seen()).await.unwrap();
    assert_eq!(scene.now().await.latest.unwrap().state, ChangeState::Withdrawn);
    let late = approve_change(ctx, &scene.olivia, "berlin-plumbing", &known.seen()).await;
    assert!(matches!(late, Err(Error::Conflict(words)) if words.contains("taken this back")));
    let twice = take_back_change(ctx, &scene.ben, scene.plumbing.id, &known.seen()).await;
    assert!(matches!(twice, Err(Error::Conflict(_))));
    // Another one waits: what was seen of the first decides nothing about it.
    let seen = known.seen();
    scene.ask("Havel Pipes", "DE").await;
    let late = decline_change(ctx, &scene.olivia, "berlin-plumbing", &seen, "No.").await;
    assert!(matches!(late, Err(Error::Conflict(_))));
    let entries: Vec<String> =
        sqlx::query_scalar("SELECT action FROM audit_entries WHERE action LIKE 'provider.change%' ORDER BY seq")
            .fetch_all(world.owner())
            .await
            .unwrap();
    let told = ["asked", "declined", "asked", "taken_back", "asked"].map(|what| format!("provider.change_{what}"));
    assert_eq!(entries, told);
}

#[tokio::test]
async fn two_windows_ask_for_one_change() {
    let scene = scene().await;
    let (ctx, provider) = (scene.world.ctx(), scene.plumbing.id);
    let seen = scene.now().await.seen();
    scene.ask("Spree Pipes", "DE").await;
    let wished = Wished { name: "Havel Pipes".to_owned(), payout_country: "DE".to_owned() };
    let late = ask_for_change(ctx, &scene.ben, provider, &seen, wished.clone()).await;
    assert!(matches!(late, Err(AskError::Stale)));
    // Also who saw that one waits: one at a time.
    let late = ask_for_change(ctx, &scene.ben, provider, &scene.now().await.seen(), wished.clone()).await;
    assert!(matches!(late, Err(AskError::Stale)));
    let known = scene.now().await;
    take_back_change(ctx, &scene.ben, provider, &known.seen()).await.unwrap();
    let seen = scene.now().await.seen();
    let ask = || ask_for_change(ctx, &scene.ben, provider, &seen, wished.clone());
    let (one, other) = tokio::join!(ask(), ask());
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
}

#[tokio::test]
async fn owners_ask_managers_move_and_nobody_decides_about_their_own() {
    let scene = scene().await;
    let (ctx, world, provider) = (scene.world.ctx(), &scene.world, scene.plumbing.id);
    let known = scene.now().await;
    let wished = Wished::parse("Spree Pipes", "DE", &known).unwrap();
    let (max, tia) = (scene.plumbing.manager("Max").await, scene.plumbing.member("Tia").await);
    let (max, tia) = (world.actor(&max.user).await, world.actor(&tia.user).await);
    let eve = world.actor(&world.customer("Eve").await).await;
    for who in [&max, &tia, &eve, &scene.olivia] {
        let asked = ask_for_change(ctx, who, provider, &known.seen(), wished.clone()).await;
        assert!(matches!(asked, Err(AskError::Other(Error::NotFound))));
        assert!(matches!(take_back_change(ctx, who, provider, "0").await, Err(Error::NotFound)));
        assert!(matches!(approve_change(ctx, &scene.ben, "berlin-plumbing", "0").await, Err(Error::NotFound)));
    }
    for who in [&tia, &eve, &scene.olivia] {
        assert!(matches!(registered(ctx, who, provider).await, Err(Error::NotFound)));
        assert!(matches!(scene.move_to(who, 0, "Potsdam", "").await, Err(MoveError::Other(Error::NotFound))));
    }
    assert_eq!(scene.move_to(&max, 0, "Potsdam", "").await.unwrap(), 0);
    for who in [&scene.ben, &eve] {
        assert!(matches!(waiting_change(ctx, who, provider).await, Err(Error::NotFound)));
        assert!(matches!(changes_waiting(ctx, who, None).await, Err(Error::NotFound)));
    }
    // An owner who checks others as well leaves their own to somebody else.
    let known = scene.ask("Spree Pipes", "DE").await;
    let mut both = scene.olivia.clone();
    both.memberships.clone_from(&scene.ben.memberships);
    let own = approve_change(ctx, &both, "berlin-plumbing", &known.seen()).await;
    assert!(matches!(own, Err(Error::Conflict(words)) if words.contains("your own business")));
}

#[tokio::test]
async fn a_business_that_moves_takes_its_services_along() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let leak = world.service(&scene.plumbing, |service| service.called("Fix a leak")).await;
    let far = world.service(&scene.plumbing, |service| service.called("Fix a leak far away")).await;
    sqlx::query("UPDATE services SET city = 'Munich', lat = 48.14, lng = 11.58 WHERE id = $1")
        .bind(far.id.0)
        .execute(world.owner())
        .await
        .unwrap();
    sqlx::query("UPDATE services SET radius_km = 5").execute(world.owner()).await.unwrap();
    world.run_jobs().await;
    let near = async |place: &str| {
        let found = search(ctx, &SearchQuery::read([("q", "leak"), ("place", place)])).await.unwrap();
        found.page.items.into_iter().map(|hit| hit.slug).collect::<Vec<_>>()
    };
    assert_eq!(near("Berlin").await, [leak.slug.as_str()]);
    assert!(near("Potsdam").await.is_empty());
    assert_eq!(scene.move_to(&scene.ben, 0, " Potsdam ", "14467").await.unwrap(), 1);
    world.run_jobs().await;
    assert_eq!(near("Potsdam").await, [leak.slug.as_str()], "squares follow");
    assert!(near("Berlin").await.is_empty());
    assert_eq!(near("Munich").await, [far.slug.as_str()], "what starts elsewhere stays");
    let now = scene.now().await;
    assert_eq!((now.city.as_str(), now.postal_code.as_str(), now.moved), ("Potsdam", "14467", 1));
    let refreshed: i64 =
        sqlx::query_scalar("SELECT count(*) FROM outbox WHERE kind = 'service.changed' AND object_id = $1")
            .bind(leak.id.0)
            .fetch_one(world.owner())
            .await
            .unwrap();
    assert_eq!(refreshed, 1, "openings are worked out again");
    // Two windows: the one that was open before changes nothing.
    assert!(matches!(scene.move_to(&scene.ben, 0, "Munich", "").await, Err(MoveError::Stale)));
    for (city, part) in [("Atlantis", "do not know this place"), ("Elsewhere", "clocks there")] {
        match scene.move_to(&scene.ben, 1, city, "").await {
            Err(MoveError::Other(Error::Invalid(wrong))) => {
                assert!(wrong.of("city").unwrap().contains(part), "{wrong:?}")
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(scene.now().await.city, "Potsdam");
}

#[tokio::test]
async fn a_text_that_is_being_written_moves_too() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let leak = world.service(&scene.plumbing, |service| service.called("Fix a leak")).await;
    let edited = async || domain::catalog::listing::edited(ctx, &scene.ben, &leak.slug).await.unwrap().0;
    let service = edited().await;
    let mut text = service.listing().clone();
    text.title = "Fix any leak".to_owned();
    domain::catalog::listing::save(ctx, &scene.ben, &service, service.version, text).await.unwrap();
    let before = edited().await;
    scene.move_to(&scene.ben, 0, "Potsdam", "").await.unwrap();
    let after = edited().await;
    assert_eq!((after.live.city.as_str(), after.listing().city.as_str()), ("Potsdam", "Potsdam"));
    assert!((after.listing().lat - 52.4).abs() < 1e-9);
    assert!(after.version > before.version, "a form that is open is told");
}

#[tokio::test]
async fn former_names_go_with_a_sole_trader() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    scene.approve("Quillfeather Pipes").await;
    let known = scene.ask("Quillfeather and Daughters", "DE").await;
    assert!(known.waiting().is_some());
    sqlx::query("UPDATE providers SET name = 'Closed business', slug = 'closed-' || id, kind = 'sole'")
        .execute(world.owner())
        .await
        .unwrap();
    let places = [
        "SELECT count(*) FROM provider_slugs",
        "SELECT count(*) FROM business_changes c WHERE c::text LIKE '%Quill%' OR c.state = 'submitted'",
        "SELECT count(*) FROM audit_personal WHERE content::text LIKE '%Quill%'",
        "SELECT count(*) FROM audit_entries e WHERE e.detail::text LIKE '%Quill%'",
    ];
    for place in places {
        let left: i64 = sqlx::query_scalar(place).fetch_one(world.owner()).await.unwrap();
        assert_eq!(left, 0, "{place}");
    }
    assert_eq!(renamed_business(ctx, "berlin-plumbing").await.unwrap(), None);
}

#[tokio::test]
async fn what_is_registered_takes_one_statement() {
    let scene = scene().await;
    let (_, said) = scene.world.statements(scene.now()).await;
    assert_eq!(said.len(), 1, "{said:?}");
    // The rows that move are told apart by town, not by luck of degrees.
    let place = NewPlace { city: "Berlin".into(), postal_code: String::new(), lat: 52.5, lng: 13.4 };
    let mut conn = scene.world.owner().acquire().await.unwrap();
    assert_eq!(move_business(&mut conn, scene.plumbing.id, 0, &place).await.unwrap(), Some(Vec::new()));
}
