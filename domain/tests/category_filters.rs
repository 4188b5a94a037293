//! Lists narrowed by what services say in the fields of their category: every combination against a plain look at all
//! rows, answers and marks that change, letters about new services, and the index it stands on.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::catalog::categories::{FieldText, TypedField, category, save_field, shelves};
use domain::catalog::listing::{edited, save, submit};
use domain::catalog::saved::{save_search, saved_searches};
use domain::catalog::search::{Filter, SearchQuery, Sort, Total, search};
use domain::jobs::sweep;
use domain::kernel::{CategoryId, Error, Role};
use domain::testing::World;
use jiff::SignedDuration;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Two branches, the first with two leaves; 900 services. `metal` and `insured` are asked in the whole branch of
/// plumbing, `guests` in one leaf, `metal-2` elsewhere; `method` and `size` cannot be asked for.
const MARKETPLACE: &str = r"
INSERT INTO categories (id, slug, name, parent_id, position) VALUES
    (md5('plumbing')::uuid, 'plumbing', 'Plumbing', NULL, 0), (md5('garden')::uuid, 'garden', 'Garden', NULL, 1),
    (md5('leaks')::uuid, 'leaks', 'Leaks', md5('plumbing')::uuid, 0), (md5('baths')::uuid, 'baths', 'Baths', md5('plumbing')::uuid, 1);
INSERT INTO category_fields (id, category_id, label, kind, options, position) VALUES
    (md5('metal')::uuid, md5('plumbing')::uuid, 'Metal', 'choice', '{Copper,Steel,Red brass & more}', 0),
    (md5('insured')::uuid, md5('plumbing')::uuid, 'Insured', 'yes_no', '{}', 1),
    (md5('method')::uuid, md5('plumbing')::uuid, 'Method', 'text', '{}', 2),
    (md5('size')::uuid, md5('plumbing')::uuid, 'Size', 'number', '{}', 3),
    (md5('guests')::uuid, md5('baths')::uuid, 'Für Gäste?', 'choice', '{Adults,Children}', 0),
    (md5('other')::uuid, md5('garden')::uuid, 'Metal', 'choice', '{Copper,Steel}', 0);
INSERT INTO providers (id, slug, name, kind, city, country, lat, lng, zone, created_at)
VALUES (md5('p')::uuid, 'p', 'Pipe & Co', 'company', 'Berlin', 'DE', 52.52, 13.405, 'Europe/Berlin', '2026-01-01');
INSERT INTO services (id, slug, provider_id, category_id, top_category_id, title, summary, kind, pricing, price_minor,
                      currency, place, city, lat, lng, radius_km, zone, rating_sum, rating_count, created_at)
SELECT md5('service' || n)::uuid, 'service-' || n, md5('p')::uuid, c.id, coalesce(c.parent_id, c.id),
       'Work ' || CASE WHEN n % 4 = 0 THEN 'quickly' ELSE 'calmly' END, '', 'visit', 'fixed', (n * 37 % 300) * 100, 'EUR',
       'customer', 'Berlin', 52.52, 13.405, 20, 'Europe/Berlin', 0, 0, '2026-01-01'
FROM generate_series(1, 900) n
JOIN categories c ON c.slug = (ARRAY['leaks', 'baths', 'garden'])[1 + n % 3];
INSERT INTO service_fields (service_id, field_id, value)
SELECT s.id, f.id, CASE f.kind WHEN 'choice' THEN f.options[1 + n / 3 % cardinality(f.options)]
                   WHEN 'yes_no' THEN (ARRAY['yes', 'no'])[1 + n / 7 % 2] ELSE '7' END
FROM services s JOIN category_fields f ON f.category_id IN (s.category_id, s.top_category_id),
     LATERAL (SELECT substr(s.slug, 9)::int AS n) k
WHERE (n + f.position) % 5 <> 0;
";

async fn marketplace() -> World {
    let world = World::new().await;
    sqlx::raw_sql(MARKETPLACE).execute(world.owner()).await.unwrap();
    world
}

fn query(pairs: &[(&str, &str)]) -> SearchQuery {
    SearchQuery::read(pairs.iter().copied())
}

/// All pages of a search, and the number its first page tells.
async fn walk(world: &World, query: &SearchQuery) -> (Vec<Uuid>, Option<Total>) {
    let (mut ids, mut query, mut total) = (Vec::new(), query.clone(), None);
    loop {
        let results = search(world.ctx(), &query).await.unwrap();
        total = total.or(results.total);
        ids.extend(results.page.items.iter().map(|hit| hit.id.0));
        let Some(next) = results.page.next else { return (ids, total) };
        query.after = Some(next);
        assert!(ids.len() < 2000, "pages without end: {query:?}");
    }
}

/// What a plain look at every row finds: any of the answers to a field, of every field.
async fn plainly(world: &World, slug: &str, asked: &[(&str, &str)]) -> BTreeSet<Uuid> {
    let mut found: Option<BTreeSet<Uuid>> = None;
    let mut by_field: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (field, value) in asked {
        by_field.entry(field).or_default().push((*value).to_owned());
    }
    for (field, any) in by_field {
        let ids: Vec<Uuid> = sqlx::query_scalar(
            "SELECT s.id FROM services s JOIN categories c ON c.slug = $1 AND c.id IN (s.category_id, s.top_category_id)
             JOIN service_fields v ON v.service_id = s.id JOIN category_fields f ON f.id = v.field_id
             WHERE f.key = $2 AND v.value = ANY ($3)",
        )
        .bind(slug)
        .bind(field)
        .bind(&any)
        .fetch_all(world.owner())
        .await
        .unwrap();
        let ids: BTreeSet<Uuid> = ids.into_iter().collect();
        found = Some(found.map_or_else(|| ids.clone(), |before| before.intersection(&ids).copied().collect()));
    }
    found.unwrap()
}

fn asking<'a>(category: &'a str, asked: &[(&'a str, &'a str)]) -> SearchQuery {
    let named: Vec<(String, &str)> = asked.iter().map(|(field, value)| (format!("f.{field}"), *value)).collect();
    let pairs = [("category", category)].into_iter();
    SearchQuery::read(pairs.chain(named.iter().map(|(name, value)| (name.as_str(), *value))))
}

#[tokio::test]
async fn answers_of_a_field_are_alternatives_and_fields_add_up_in_every_order() {
    let world = marketplace().await;
    let cases: [(&str, &[(&str, &str)]); 7] = [
        ("plumbing", &[("metal", "Copper")]),
        ("plumbing", &[("metal", "Copper"), ("metal", "Steel")]),
        ("plumbing", &[("metal", "Red brass & more"), ("insured", "yes")]),
        ("baths", &[("guests-2", "x"), ("fur-gaste", "Children"), ("metal", "Steel"), ("insured", "no")]),
        ("leaks", &[("insured", "no"), ("insured", "yes")]),
        ("garden", &[("metal-2", "Steel")]),
        ("baths", &[("fur-gaste", "Adults")]),
    ];
    for (slug, asked) in cases {
        let known: Vec<(&str, &str)> = asked.iter().copied().filter(|(field, _)| *field != "guests-2").collect();
        let expected = plainly(&world, slug, &known).await;
        assert!(!expected.is_empty(), "{slug} {asked:?}: nothing to compare");
        for sort in Sort::ALL {
            let query = SearchQuery { sort, ..asking(slug, asked) };
            let (found, total) = walk(&world, &query).await;
            let once: BTreeSet<Uuid> = found.iter().copied().collect();
            assert_eq!(found.len(), once.len(), "{slug} {asked:?} {sort:?}: a service twice");
            assert_eq!(once, expected, "{slug} {asked:?} {sort:?}");
            assert_eq!(
                total,
                Some(Total::Exactly(u32::try_from(expected.len()).unwrap())),
                "{slug} {asked:?} {sort:?}"
            );
        }
    }
    // Beside other filters.
    let both =
        SearchQuery { words: Some("quickly".to_owned()), max_cents: Some(15_000), ..asking("plumbing", cases[1].1) };
    let (found, _) = walk(&world, &both).await;
    let expected: Vec<Uuid> = sqlx::query_scalar(
        "SELECT DISTINCT s.id FROM services s JOIN service_fields v ON v.service_id = s.id
         WHERE s.title = 'Work quickly' AND s.price_minor <= 15000 AND v.field_id = md5('metal')::uuid AND v.value IN ('Copper', 'Steel')",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert!(!expected.is_empty());
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected.into_iter().collect());
}

#[tokio::test]
async fn only_what_the_category_asks_and_operators_marked_is_offered() {
    let world = marketplace().await;
    let offered = async |slug: &str| -> Vec<String> {
        let results = search(world.ctx(), &query(&[("category", slug)])).await.unwrap();
        results.fields.into_iter().map(|field| field.key).collect()
    };
    assert_eq!(offered("plumbing").await, ["metal", "insured"], "texts and numbers are not offered");
    assert_eq!(offered("baths").await, ["metal", "insured", "fur-gaste"], "its own after those of its branch");
    assert_eq!(offered("garden").await, ["metal-2"], "no word means two fields");
    assert!(offered("nowhere").await.is_empty());
    assert!(search(world.ctx(), &query(&[])).await.unwrap().fields.is_empty());

    // What cannot be asked for here is as if it were not there.
    let all = search(world.ctx(), &query(&[("category", "leaks")])).await.unwrap().total;
    for (field, value) in [
        ("method", "7"),
        ("size", "7"),
        ("metal", "Gold"),
        ("metal", "copper"),
        ("fur-gaste", "Adults"),
        ("metal-2", "Steel"),
        ("x", "y"),
    ] {
        assert_eq!(
            search(world.ctx(), &asking("leaks", &[(field, value)])).await.unwrap().total,
            all,
            "{field}={value}"
        );
    }
    let nowhere = search(world.ctx(), &query(&[("f.metal", "Steel")])).await.unwrap();
    assert_eq!(nowhere.total, Some(Total::Exactly(900)));
    let hostile = ["'; DROP TABLE listings; --", "\0", "🚿", "{", "}", "NULL", "\"", "\\", &"x".repeat(5000)];
    for value in hostile {
        for name in ["f.metal", "f.", "f.f.f", value] {
            search(world.ctx(), &query(&[("category", "leaks"), (name, value)])).await.unwrap();
        }
    }
    let many: Vec<(&str, &str)> = std::iter::repeat_n(("metal", "Steel"), 500).collect();
    search(world.ctx(), &asking("plumbing", &many)).await.unwrap();
}

#[tokio::test]
async fn nothing_found_says_that_answers_can_be_let_go() {
    let world = marketplace().await;
    let query =
        SearchQuery { min_cents: Some(29_000), max_cents: Some(29_000), ..asking("leaks", &[("metal", "Steel")]) };
    let results = search(world.ctx(), &query).await.unwrap();
    assert_eq!(results.total, Some(Total::Exactly(0)));
    let loosened: Vec<Filter> = results.nearest.unwrap().loosened.iter().map(|way| way.filter).collect();
    assert!(loosened.contains(&Filter::Price), "{loosened:?}");
    let copper = plainly(&world, "leaks", &[("metal", "Copper")]).await;
    let copper: Vec<Uuid> = copper.into_iter().collect();
    sqlx::query("DELETE FROM service_fields WHERE service_id = ANY ($1) AND field_id = md5('metal')::uuid")
        .bind(&copper)
        .execute(world.owner())
        .await
        .unwrap();
    let results = search(world.ctx(), &asking("leaks", &[("metal", "Copper")])).await.unwrap();
    assert_eq!(results.total, Some(Total::Exactly(0)), "taken back answers are not found");
    let nearest = results.nearest.unwrap();
    assert_eq!(nearest.loosened[0].filter, Filter::Answers);
    assert!(nearest.loosened[0].results > 0 && !nearest.hits.is_empty());
}

#[tokio::test]
async fn a_narrowed_page_takes_two_statements_on_the_index() {
    let world = marketplace().await;
    for sort in Sort::ALL {
        let query =
            SearchQuery { sort, ..asking("plumbing", &[("metal", "Steel"), ("metal", "Copper"), ("insured", "yes")]) };
        let (results, said) = world.statements(search(world.ctx(), &query)).await;
        assert!(!results.unwrap().page.items.is_empty(), "{sort:?}");
        assert_eq!(said.len(), 2, "{sort:?}: {said:?}");
        assert!(said[1].starts_with("WITH found"), "{sort:?}: what the index finds is gathered: {}", said[1]);
    }
    // The plan that is made once for all values.
    sqlx::raw_sql("ANALYZE listings").execute(world.owner()).await.unwrap();
    let pool = sqlx::postgres::PgPoolOptions::new().max_connections(1).connect(world.url()).await.unwrap();
    sqlx::raw_sql(
        "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;
         PREPARE narrowed (text[], text[], text[], uuid) AS SELECT l.service_id FROM listings l
         WHERE l.terms && $1 AND l.answers && $2 AND l.answers && $3
           AND CASE WHEN l.top_category_id = $4 THEN true ELSE false END LIMIT 1001",
    )
    .execute(&pool)
    .await
    .unwrap();
    let plan: Vec<String> =
        sqlx::query_scalar("EXPLAIN (COSTS OFF) EXECUTE narrowed ('{a}', '{b}', '{c}', gen_random_uuid())")
            .persistent(false)
            .fetch_all(&pool)
            .await
            .unwrap();
    let plan = plan.join("\n");
    assert!(plan.contains("Bitmap Index Scan on listings_words"), "{plan}");
    let condition = plan.lines().find(|line| line.contains("Index Cond")).unwrap();
    assert!(condition.contains("answers && $2") && condition.contains("answers && $3"), "{plan}");
}

#[tokio::test]
async fn what_changes_is_found_anew_and_letters_tell_of_what_fits() {
    let world = World::new().await;
    let ctx = world.ctx();
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&business, |service| service.called("Fix a leak")).await;
    let (ben, boss) =
        (world.actor(&business.owner.user).await, world.actor(&world.operator("Boss", Role::Admin).await).await);
    let plumbing: Uuid = sqlx::query_scalar("SELECT category_id FROM services").fetch_one(world.owner()).await.unwrap();
    let plumbing = CategoryId(plumbing);
    let slug: String = sqlx::query_scalar("SELECT slug FROM categories WHERE id = $1")
        .bind(plumbing.0)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let text = |label, searchable| {
        let typed =
            TypedField { label, kind: "choice", unit: "", options: "Copper\nSteel", required: false, searchable };
        FieldText::parse(typed).unwrap()
    };
    let version = async || category(ctx, &boss, plumbing).await.unwrap().branch.version;
    save_field(ctx, &boss, (plumbing, version().await), None, text("Metal", true)).await.unwrap();
    let metal = shelves(ctx).await.unwrap().asked(plumbing).iter().find(|field| field.label == "Metal").unwrap().id;
    let ana_user = world.customer("Ana").await;
    let ana = world.actor(&ana_user).await;
    let steel = asking(&slug, &[("metal", "Steel")]);
    let found = async |query: &SearchQuery| search(ctx, query).await.unwrap().page.items.len();
    assert_eq!(found(&steel).await, 0);

    // An answer that goes on show is found; another one is found instead.
    let answer = async |value: &str| {
        let service = edited(ctx, &ben, &leak.slug).await.unwrap().0;
        let mut listing = service.listing().clone();
        let told = serde_json::json!({ "kind": "choice", "value": value });
        listing.told.insert(metal, serde_json::from_value(told).unwrap());
        listing.description = "I listen at the wall first, and open only what has to be opened.".to_owned();
        save(ctx, &ben, &service, service.version, listing).await.unwrap();
        submit(ctx, &ben, &edited(ctx, &ben, &leak.slug).await.unwrap().0).await.unwrap();
    };
    sqlx::query("UPDATE services SET description = 'I listen at the wall first, and open only what has to be opened.'")
        .execute(world.owner())
        .await
        .unwrap();
    answer("Steel").await;
    assert_eq!(found(&steel).await, 1);
    answer("Copper").await;
    assert_eq!((found(&steel).await, found(&asking(&slug, &[("metal", "Copper")])).await), (0, 1));

    // The word in addresses stays when the label changes; without its mark the field is not asked for any more.
    save_field(ctx, &boss, (plumbing, version().await), Some(metal), text("Which metal", true)).await.unwrap();
    assert_eq!(found(&steel).await, 0, "still narrowed");
    save_field(ctx, &boss, (plumbing, version().await), Some(metal), text("Which metal", false)).await.unwrap();
    assert!(search(ctx, &steel).await.unwrap().fields.is_empty());
    assert_eq!(found(&steel).await, 1, "as if it were not there");
    save_field(ctx, &boss, (plumbing, version().await), Some(metal), text("Which metal", true)).await.unwrap();
    assert_eq!(found(&steel).await, 0);

    // A search that is kept tells of what fits, and of nothing once the field is gone.
    save_search(ctx, &ana, "Steel pipes", &steel).await.unwrap();
    assert_eq!(saved_searches(ctx, &ana).await.unwrap()[0].query.answers, steel.answers);
    let letters = async || {
        world.run_jobs().await;
        let mails = world.mail_to(&ana_user.email).await;
        mails.into_iter().filter(|mail| mail.kind == "catalog.alert").collect::<Vec<_>>()
    };
    let fresh = async |title: &str, value: &str| {
        let service = world.service(&business, |service| service.called(title)).await;
        sqlx::query("INSERT INTO service_fields VALUES ($1, $2, $3)")
            .bind(service.id.0)
            .bind(metal)
            .bind(value)
            .execute(world.owner())
            .await
            .unwrap();
    };
    fresh("Bend steel", "Steel").await;
    fresh("Bend copper", "Copper").await;
    world.advance(SignedDuration::from_hours(25));
    sweep(ctx).await.unwrap();
    let mails = letters().await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("Bend steel") && !mails[0].text.contains("Bend copper"), "{}", mails[0].text);
    assert!(mails[0].text.contains("f.metal=Steel"), "{}", mails[0].text);
    save_field(ctx, &boss, (plumbing, version().await), Some(metal), text("Which metal", false)).await.unwrap();
    fresh("Weld steel", "Steel").await;
    world.advance(SignedDuration::from_hours(25));
    sweep(ctx).await.unwrap();
    assert_eq!(letters().await.len(), 1, "what is gone finds nothing, rather than everything");

    // What a row cannot hold is said beside the name.
    let long = SearchQuery {
        answers: (0..12).map(|n| (format!("{n:060}"), "🚿\"\"".repeat(40))).collect(),
        ..steel.clone()
    };
    assert!(matches!(save_search(ctx, &ana, "Long", &long).await, Err(Error::Invalid(_))));
}
