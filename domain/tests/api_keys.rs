//! Keys for programs: shown once, good for what they name, and dead when their person says so or goes.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::accounts::api_keys::{
    ApiKey, MOST_KEYS, NewKey, TypedKey, api_key, api_keys, authenticate, make_key, revoke_key,
};
use domain::accounts::operators::{people, restore, suspend};
use domain::accounts::{
    TypedProfile, change_password, forgot_password, phone, privacy, profile, reset_password, save_profile, sessions,
};
use domain::availability::{block, week_of};
use domain::bookings::{self, Event, ListFilter};
use domain::kernel::{Actor, ApiKeyId, Context, Error, Role, Scope, TimeRange};
use domain::testing::{PASSWORD, World};
use jiff::SignedDuration;
use sqlx::Executor;
use story::{at, go, wish};
use uuid::Uuid;

const ALL: [&str; 5] = ["services:read", "bookings:read", "bookings:write", "calendar:read", "calendar:write"];

fn typed<'a>(ctx: &Context, scopes: &'a [&'a str]) -> TypedKey<'a> {
    TypedKey { name: "Calendar in the van", scopes, lasts: "never", form_key: ctx.id() }
}

async fn made(world: &World, actor: &Actor, scopes: &[&str]) -> NewKey {
    make_key(world.ctx(), actor, typed(world.ctx(), scopes), PASSWORD.to_owned()).await.unwrap()
}

/// Who acts with a key.
async fn with(world: &World, key: &str) -> Result<Actor, Error> {
    let visitor = world.visitor();
    authenticate(world.ctx(), key, visitor.address, visitor.request).await
}

async fn opens(world: &World, key: &NewKey) -> bool {
    match with(world, &key.secret).await {
        Ok(_) => true,
        Err(Error::SignIn) => false,
        Err(error) => panic!("{error}"),
    }
}

fn forbidden<T: std::fmt::Debug>(answer: Result<T, Error>) {
    assert!(matches!(answer, Err(Error::Forbidden(_))), "{answer:?}");
}

fn one(keys: &[ApiKey]) -> &ApiKey {
    assert_eq!(keys.len(), 1);
    &keys[0]
}

#[tokio::test]
async fn a_key_is_shown_once_and_opens_what_it_names() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let bea = world.actor(&plumbing.owner.user).await;
    let key = made(&world, &bea, &["calendar:read", "bookings:read", "bookings:read"]).await;
    assert_eq!(key.key.scopes, [Scope::BookingsRead, Scope::CalendarRead], "each once, in the order of the list");

    let acting = with(&world, &key.secret).await.unwrap();
    assert_eq!((acting.user, &acting.memberships), (bea.user, &bea.memberships));
    assert_eq!(acting.scopes.as_deref(), Some(&key.key.scopes[..]));
    assert_eq!(acting.session, None);

    // Nothing that is kept opens anything.
    let kept: Vec<String> = sqlx::query_scalar(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    for table in kept {
        let asked = format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%' || $1 || '%'");
        let count = sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(asked)).bind(&key.secret[16..48]);
        assert_eq!(count.fetch_one(world.owner()).await.unwrap(), 0, "{table}");
    }
    let listed = api_keys(world.ctx(), &bea).await.unwrap();
    assert_eq!(one(&listed).prefix, key.secret[..16]);
    assert_eq!(format!("{key:?}").matches(&key.secret[16..]).count(), 0, "not in a log either");

    let mail = world.mail_to(&plumbing.owner.user.email).await;
    assert!(mail.iter().any(|mail| mail.kind == "accounts.api_key_made" && mail.text.contains("Calendar in the van")));

    let other_check = format!("{}{}", &key.secret[..79], if key.secret.ends_with('0') { '1' } else { '0' });
    let unknown = domain::testing::World::new().await;
    for wrong in
        ["", "sh_live_", &key.secret[1..], &other_check, &key.secret.to_uppercase(), &format!("{} ", key.secret)]
    {
        assert!(matches!(with(&world, wrong).await, Err(Error::SignIn)), "{wrong}");
    }
    assert!(!opens(&unknown, &key).await, "well made, and of another house");
}

#[tokio::test]
async fn a_key_goes_no_further_than_its_scopes() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let (ana, bea) = (world.actor(&world.customer("Ana").await).await, world.actor(&plumbing.owner.user).await);
    let reference = bookings::book(ctx, &ana, wish(ctx, &leak, at("2026-11-03T09:00:00Z"))).await.unwrap();

    let reads = with(&world, &made(&world, &ana, &["bookings:read"]).await.secret).await.unwrap();
    assert!(bookings::find(ctx, &reads, &reference).await.unwrap().capacity.is_none(), "no moves are offered");
    assert_eq!(bookings::list_of_customer(ctx, &reads, ListFilter::default(), "", None).await.unwrap().items.len(), 1);
    assert!(bookings::book(ctx, &reads, wish(ctx, &leak, at("2026-11-03T11:00:00Z"))).await.is_err());
    forbidden(go(ctx, &reads, &reference, Event::Confirm).await);

    let writes = with(&world, &made(&world, &ana, &["bookings:write"]).await.secret).await.unwrap();
    go(ctx, &writes, &reference, Event::Confirm).await.unwrap();
    forbidden(bookings::find(ctx, &writes, &reference).await);
    forbidden(bookings::list_of_customer(ctx, &writes, ListFilter::default(), "", None).await);
    bookings::book(ctx, &writes, wish(ctx, &leak, at("2026-11-04T11:00:00Z"))).await.unwrap();

    let first = at("2026-11-02T00:00:00Z").to_zoned(jiff::tz::TimeZone::UTC).date();
    let lunch = TimeRange::new(at("2026-11-06T12:00:00Z"), at("2026-11-06T13:00:00Z")).unwrap();
    let sees = with(&world, &made(&world, &bea, &["calendar:read"]).await.secret).await.unwrap();
    week_of(ctx, &sees, plumbing.id, first, 7).await.unwrap();
    bookings::calendar(ctx, &sees, plumbing.id, lunch).await.unwrap();
    assert!(block(ctx, &sees, plumbing.owner.id, lunch, String::new()).await.is_err());
    forbidden(bookings::list_of_provider(ctx, &sees, plumbing.id, ListFilter::default(), "", None).await);
    let keeps = with(&world, &made(&world, &bea, &["calendar:write"]).await.secret).await.unwrap();
    block(ctx, &keeps, plumbing.owner.id, lunch, String::new()).await.unwrap();
    forbidden(week_of(ctx, &keeps, plumbing.id, first, 7).await);
    // Other people's things stay theirs.
    let theirs = with(&world, &made(&world, &ana, &ALL).await.secret).await.unwrap();
    assert!(matches!(week_of(ctx, &theirs, plumbing.id, first, 7).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn no_key_opens_an_account_or_the_back_office() {
    let world = World::new().await;
    let ctx = world.ctx();
    let boss = world.actor(&world.operator("Boss", Role::Superadmin).await).await;
    let key = with(&world, &made(&world, &boss, &ALL).await.secret).await.unwrap();
    assert!(!key.is_operator() && !key.asleep && key.roles.iter().all(|role| !role.is_operators()));
    let words = TypedProfile { first_name: "A", last_name: "B", phone: "", zone: "UTC", locale: "en" };
    forbidden(profile(ctx, &key).await);
    forbidden(save_profile(ctx, &key, words).await);
    forbidden(change_password(ctx, &key, PASSWORD.to_owned(), ("six blue teapots", "six blue teapots")).await);
    forbidden(make_key(ctx, &key, typed(ctx, &ALL), PASSWORD.to_owned()).await);
    forbidden(api_keys(ctx, &key).await);
    forbidden(sessions(ctx, &key).await);
    forbidden(phone::ask_for_code(ctx, &key).await);
    forbidden(privacy::ask_for_copy(ctx, &key).await);
    forbidden(privacy::delete_account(ctx, &key, PASSWORD.to_owned()).await);
    let filter = domain::accounts::operators::PeopleFilter::default();
    forbidden(people(ctx, &key, &filter, None).await.map(|_| ()));
}

#[tokio::test]
async fn what_ends_a_key_ends_it_at_once() {
    let world = World::new().await;
    let ctx = world.ctx();
    let (ana, ben) = (world.customer("Ana").await, world.customer("Ben").await);
    let (hers, his) = (world.actor(&ana).await, world.actor(&ben).await);

    // Revoked by its owner, once, and by nobody else.
    let key = made(&world, &hers, &ALL).await;
    assert!(matches!(revoke_key(ctx, &his, key.key.id).await, Err(Error::NotFound)), "not his");
    assert!(matches!(api_key(ctx, &his, key.key.id).await, Err(Error::NotFound)));
    assert!(opens(&world, &key).await);
    revoke_key(ctx, &hers, key.key.id).await.unwrap();
    assert!(!opens(&world, &key).await);
    assert!(matches!(revoke_key(ctx, &hers, key.key.id).await, Err(Error::NotFound)), "once");
    assert!(matches!(revoke_key(ctx, &hers, ApiKeyId(Uuid::nil())).await, Err(Error::NotFound)));

    // Over by itself.
    let month = TypedKey { lasts: "30", ..typed(ctx, &ALL) };
    let short = make_key(ctx, &hers, month, PASSWORD.to_owned()).await.unwrap();
    world.advance(SignedDuration::from_hours(30 * 24) - SignedDuration::from_secs(1));
    assert!(opens(&world, &short).await);
    world.advance(SignedDuration::from_secs(1));
    assert!(!opens(&world, &short).await);
    assert!(!short.key.works(world.now()));

    // With a suspension; being restored does not bring it back.
    let key = made(&world, &hers, &ALL).await;
    let boss = world.actor(&world.operator("Boss", Role::Superadmin).await).await;
    suspend(ctx, &boss, ana.id, ("Three visits were not paid.", "")).await.unwrap();
    assert!(!opens(&world, &key).await);
    restore(ctx, &boss, ana.id, "They are now.").await.unwrap();
    assert!(!opens(&world, &key).await);
    // A suspension nobody revoked for, as an import might bring it, holds as well.
    let key = made(&world, &hers, &ALL).await;
    world.owner().execute("UPDATE users SET suspended_at = now() WHERE first_name = 'Ana'").await.unwrap();
    assert!(!opens(&world, &key).await);
    world.owner().execute("UPDATE users SET suspended_at = NULL").await.unwrap();
    assert!(opens(&world, &key).await);

    // When a forgotten password is replaced: somebody else may have made it.
    forgot_password(ctx, &world.visitor(), &ana.email).await.unwrap();
    world.run_jobs().await;
    let mails = world.mail_to(&ana.email).await;
    let link = mails.iter().find(|mail| mail.kind == "accounts.reset_password").unwrap().path();
    let secret = link.rsplit('/').next().unwrap();
    reset_password(ctx, &world.visitor(), secret, ("six blue teapots", "six blue teapots")).await.unwrap();
    assert!(!opens(&world, &key).await);

    // With the account, and nothing of it is left.
    let his_key = made(&world, &his, &ALL).await;
    assert!(opens(&world, &his_key).await);
    privacy::delete_account(ctx, &his, PASSWORD.to_owned()).await.unwrap();
    assert!(!opens(&world, &his_key).await);
    let left = "SELECT (SELECT count(*) FROM api_keys k JOIN users u ON u.id = k.user_id WHERE u.deleted_at IS NOT NULL)
                     + (SELECT count(*) FROM api_key_uses s WHERE NOT EXISTS (SELECT FROM api_keys k WHERE k.id = s.key_id))";
    assert_eq!(sqlx::query_scalar::<_, i64>(left).fetch_one(world.owner()).await.unwrap(), 0);

    // Dead keys are shown for a while, then forgotten.
    assert_eq!(api_keys(ctx, &hers).await.unwrap().len(), 4);
    world.advance(SignedDuration::from_hours(90 * 24 + 1));
    domain::accounts::sweep(ctx).await.unwrap();
    assert_eq!(api_keys(ctx, &hers).await.unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn uses_are_noted_once_a_minute_however_many() {
    let world = World::new().await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let key = made(&world, &ana, &["bookings:read"]).await;
    world
        .owner()
        .execute(
            "CREATE TABLE writes (n int);
             CREATE FUNCTION note_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS
                 $$ BEGIN INSERT INTO writes VALUES (1); RETURN NULL; END $$;
             CREATE TRIGGER watched AFTER INSERT OR UPDATE ON api_key_uses FOR EACH ROW EXECUTE FUNCTION note_write();",
        )
        .await
        .unwrap();
    let use_it_often = async || {
        let tasks = (0..20).map(|_| {
            let (ctx, secret, visitor) = (world.ctx().clone(), key.secret.clone(), world.visitor());
            tokio::spawn(async move { authenticate(&ctx, &secret, visitor.address, visitor.request).await.is_ok() })
        });
        for task in tasks.collect::<Vec<_>>() {
            assert!(task.await.unwrap());
        }
        sqlx::query_scalar::<_, i64>("SELECT count(*) FROM writes").fetch_one(world.owner()).await.unwrap()
    };
    assert_eq!(one(&api_keys(world.ctx(), &ana).await.unwrap()).last_used, None);
    let begin = world.now();
    assert_eq!(use_it_often().await, 1);
    world.advance(SignedDuration::from_secs(59));
    assert_eq!(use_it_often().await, 1);
    assert_eq!(one(&api_keys(world.ctx(), &ana).await.unwrap()).last_used, Some(begin));
    world.advance(SignedDuration::from_secs(1));
    assert_eq!(use_it_often().await, 2);
    assert_eq!(one(&api_keys(world.ctx(), &ana).await.unwrap()).last_used, Some(world.now()));
}

#[tokio::test]
async fn a_key_is_recognised_with_one_statement() {
    let world = World::new().await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let key = made(&world, &ana, &["bookings:read"]).await;
    let (found, statements) = world.statements(with(&world, &key.secret)).await;
    assert!(found.is_ok());
    assert_eq!(statements.len(), 1, "{statements:?}");
    let (refused, statements) = world.statements(with(&world, "sh_live_0")).await;
    assert!(refused.is_err());
    assert_eq!(statements.len(), 0, "what is no key asks nobody");
    let (_, statements) = world.statements(api_keys(world.ctx(), &ana)).await;
    assert_eq!(statements.len(), 1, "{statements:?}");
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field() {
    let world = World::new().await;
    let ctx = world.ctx();
    let ana = world.actor(&world.customer("Ana").await).await;
    let good = typed(ctx, &["bookings:read"]);
    let long = "x".repeat(81);
    for (field, wrong, password) in [
        ("name", TypedKey { name: " ", ..good }, PASSWORD),
        ("name", TypedKey { name: &long, ..good }, PASSWORD),
        ("name", TypedKey { name: "a\u{7}b", ..good }, PASSWORD),
        ("scopes", TypedKey { scopes: &[], ..good }, PASSWORD),
        ("scopes", TypedKey { scopes: &["bookings:read", "users:write"], ..good }, PASSWORD),
        ("lasts", TypedKey { lasts: "", ..good }, PASSWORD),
        ("lasts", TypedKey { lasts: "36500", ..good }, PASSWORD),
        ("password", good, "a guess"),
    ] {
        let Err(Error::Invalid(errors)) = make_key(ctx, &ana, wrong, password.to_owned()).await else {
            panic!("{field} was taken");
        };
        assert!(errors.of(field).is_some(), "{field}: {errors:?}");
    }
    assert!(matches!(make_key(ctx, &world.visitor(), good, PASSWORD.to_owned()).await, Err(Error::SignIn)));
    assert_eq!(api_keys(ctx, &ana).await.unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_form_makes_one_key_and_nobody_has_too_many() {
    let world = World::new().await;
    let ctx = world.ctx();
    let ana = world.actor(&world.customer("Ana").await).await;
    let four = async |same: bool| {
        let form: Uuid = ctx.id();
        let tasks = (0..4).map(|_| {
            let (ctx, ana) = (ctx.clone(), ana.clone());
            let form_key = if same { form } else { ctx.id() };
            tokio::spawn(async move {
                let typed = TypedKey { form_key, ..typed(&ctx, &["bookings:read"]) };
                match make_key(&ctx, &ana, typed, PASSWORD.to_owned()).await {
                    Ok(_) => 1,
                    Err(Error::Conflict(_)) => 0,
                    Err(error) => panic!("{error}"),
                }
            })
        });
        let mut made = 0;
        for task in tasks.collect::<Vec<_>>() {
            made += task.await.unwrap();
        }
        made
    };
    assert_eq!(four(true).await, 1);
    while api_keys(ctx, &ana).await.unwrap().len() < usize::try_from(MOST_KEYS).unwrap() - 2 {
        made(&world, &ana, &["bookings:read"]).await;
    }
    assert_eq!(four(false).await, 2, "up to the last one");
    let full = make_key(ctx, &ana, typed(ctx, &["bookings:read"]), PASSWORD.to_owned()).await;
    assert!(matches!(full, Err(Error::Conflict(_))));
    let keys = api_keys(ctx, &ana).await.unwrap();
    revoke_key(ctx, &ana, keys[0].id).await.unwrap();
    made(&world, &ana, &["bookings:read"]).await;
}
