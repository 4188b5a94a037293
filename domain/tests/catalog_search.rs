//! Search against a marketplace of 600 services, compared with what a plain look at every row says.

use domain::catalog::search::{Filter, Offered, Position, SearchQuery, Sort, Total, search, suggest};
use domain::catalog::{Kind, Place};
use domain::testing::World;
use jiff::civil::Date;
use sqlx::Row;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Three towns, ten categories in two levels, ten businesses, 600 services; every property differs by a
/// different prime, so that filters cut across each other.
const MARKETPLACE: &str = r"
INSERT INTO categories (id, slug, name, keywords, position)
SELECT md5('top' || n)::uuid, slug, initcap(slug), keywords, n
FROM unnest(ARRAY['plumbing', 'cleaning', 'design'], ARRAY['plumber tap leak', 'cleaner dust', 'designer logo'])
     WITH ORDINALITY t (slug, keywords, n);
INSERT INTO categories (id, parent_id, slug, name, position)
SELECT md5(c.slug || k)::uuid, c.id, c.slug || '-' || k, initcap(k || ' ' || c.slug), n
FROM categories c, unnest(ARRAY['home', 'office', 'express']) WITH ORDINALITY u (k, n);
INSERT INTO places (name, country, lat, lng) VALUES ('Berlin', 'DE', 52.52, 13.405), ('Potsdam', 'DE', 52.39, 13.06),
    ('Lisboa', 'PT', 38.722, -9.139), ('Köln', 'DE', 50.94, 6.96);
INSERT INTO providers (id, slug, name, kind, city, country, lat, lng, zone, verified_at, created_at)
SELECT md5('provider' || n)::uuid, 'provider-' || n, 'Müller & Söhne ' || n, 'company',
       (ARRAY['Berlin', 'Potsdam', 'Lisboa'])[1 + n % 3], (ARRAY['DE', 'DE', 'PT'])[1 + n % 3],
       (ARRAY[52.52, 52.39, 38.722])[1 + n % 3] + n * 0.002, (ARRAY[13.405, 13.06, -9.139])[1 + n % 3] + n * 0.003,
       (ARRAY['Europe/Berlin', 'Europe/Berlin', 'Europe/Lisbon'])[1 + n % 3],
       CASE WHEN n % 2 = 0 THEN timestamptz '2026-01-01' END, '2026-01-01'
FROM generate_series(1, 10) n;
INSERT INTO services (id, slug, provider_id, category_id, top_category_id, title, summary, kind, pricing, price_minor,
                      currency, place, city, lat, lng, radius_km, zone, rating_sum, rating_count, created_at)
SELECT md5('service' || n)::uuid, 'service-' || n, p.id, c.id, c.parent_id,
       (ARRAY['Quick', 'Careful', 'Friendly', 'Thorough', 'Weekly'])[1 + n % 5] || ' ' || lower(c.name)
           || CASE WHEN n % 11 = 0 THEN ' with kettle' ELSE '' END,
       'We bring ' || (ARRAY['ladders', 'lanterns', 'sponges'])[1 + n % 3] || '.',
       CASE WHEN n % 7 = 0 THEN 'delivery' ELSE 'visit' END, 'fixed', (n * 37 % 300) * 100,
       CASE WHEN n % 13 = 0 THEN 'GBP' ELSE 'EUR' END,
       CASE WHEN n % 7 = 0 THEN 'remote' WHEN n % 5 = 0 THEN 'provider' ELSE 'customer' END,
       p.city, p.lat, p.lng, (ARRAY[5, 20, 60])[1 + n % 3], p.zone,
       (n % 17) * (3 + n % 3), n % 17, timestamptz '2026-01-01' + n % 200 * interval '1 day'
FROM generate_series(1, 600) n
JOIN providers p ON p.id = md5('provider' || 1 + n % 10)::uuid
JOIN LATERAL (SELECT * FROM categories WHERE parent_id IS NOT NULL ORDER BY slug OFFSET n % 9 LIMIT 1) c ON true;
INSERT INTO service_openings (service_id, base_date, days, next_free, refreshed_at)
SELECT id, '2026-11-02', CASE WHEN substr(slug, 9)::int % 4 = 0 THEN B'0101' ELSE B'1000' END,
       CASE WHEN substr(slug, 9)::int % 6 = 0 THEN NULL
            ELSE timestamptz '2026-11-02 10:00Z' + substr(slug, 9)::int % 90 * interval '1 hour' END, now()
FROM services WHERE kind = 'visit' AND substr(slug, 9)::int % 10 <> 0
ON CONFLICT (service_id) DO UPDATE SET base_date = excluded.base_date, days = excluded.days, next_free = excluded.next_free;
";

async fn marketplace() -> World {
    let world = World::new().await;
    sqlx::raw_sql(MARKETPLACE).execute(world.owner()).await.expect("in range");
    world
}

fn query(address: &str) -> SearchQuery {
    let pairs: Vec<(&str, &str)> = address.split('&').filter_map(|pair| pair.split_once('=')).collect();
    SearchQuery::read(pairs)
}

/// Every service as its row, for looking at all of them plainly.
struct Plain {
    id: Uuid,
    title: String,
    category: String,
    top: String,
    kind: Kind,
    place: Place,
    cents: i64,
    rating: f64,
    position: Position,
    radius_km: f64,
    free: Option<String>,
    next_free: Option<jiff::Timestamp>,
}

async fn all(world: &World) -> Vec<Plain> {
    let rows = sqlx::query(
        "SELECT s.*, c.slug AS category, t.slug AS top, o.days::text AS free, o.next_free
         FROM services s JOIN categories c ON c.id = s.category_id JOIN categories t ON t.id = s.top_category_id
         LEFT JOIN service_openings o ON o.service_id = s.id",
    )
    .fetch_all(world.owner())
    .await
    .expect("as told");
    let plain = rows.iter().map(|row| {
        let (sum, count): (i64, i32) = (row.get("rating_sum"), row.get("rating_count"));
        Plain {
            id: row.get("id"),
            title: row.get("title"),
            category: row.get("category"),
            top: row.get("top"),
            kind: row.get("kind"),
            place: row.get("place"),
            cents: row.get("price_minor"),
            rating: if count > 0 { (100.0 * sum as f64 / f64::from(count)).round() } else { 0.0 },
            position: Position { lat: row.get("lat"), lng: row.get("lng") },
            radius_km: f64::from(row.get::<i32, _>("radius_km")),
            free: row.get("free"),
            next_free: row.get::<Option<jiff_sqlx::Timestamp>, _>("next_free").map(|at| at.to_jiff()),
        }
    });
    plain.collect()
}

impl Plain {
    fn fits(&self, query: &SearchQuery, near: Option<Position>) -> bool {
        let branch = query.category.as_ref().is_none_or(|slug| *slug == self.category || *slug == self.top);
        let price = query.min_cents.is_none_or(|low| self.cents >= low)
            && query.max_cents.is_none_or(|high| self.cents <= high);
        let rating = query.rating.is_none_or(|least| self.rating >= f64::from(least));
        let kind = query.kind.is_none_or(|kind| kind == self.kind);
        let words = query.words.as_ref().is_none_or(|words| {
            let title = self.title.to_lowercase();
            words.split(' ').all(|word| title.contains(word))
        });
        let day = query.date.is_none_or(|date| {
            let day = Date::constant(2026, 11, 2).until(date).expect("an answer").get_days();
            let day = usize::try_from(day).expect("an answer");
            self.free.as_ref().is_some_and(|days| days.as_bytes().get(day) == Some(&b'1'))
        });
        branch && price && rating && kind && words && day && near.is_none_or(|near| self.reaches(query, near))
    }

    fn reaches(&self, query: &SearchQuery, near: Position) -> bool {
        let way = near.km_to(self.position);
        let circle = query.radius_km.map(f64::from);
        let usual = if query.sort == Sort::Distance { 100.0 } else { 25.0 };
        match self.place {
            Place::Remote => query.sort != Sort::Distance && (query.words.is_some() || query.category.is_some()),
            Place::Customer => way <= self.radius_km && circle.is_none_or(|km| way <= km),
            Place::Provider => way <= circle.unwrap_or(usual),
        }
    }
}

/// Walks all pages; every service once.
async fn walk(world: &World, query: &SearchQuery) -> (Vec<Uuid>, Option<Total>) {
    let (mut ids, mut query) = (Vec::new(), query.clone());
    let mut total = None;
    loop {
        let results = search(world.ctx(), &query).await.expect("an answer");
        total = total.or(results.total);
        ids.extend(results.page.items.iter().map(|hit| hit.id.0));
        let Some(next) = results.page.next else {
            return (ids, total);
        };
        assert_eq!(results.page.items.len(), 20, "only the last page is short");
        query.after = Some(next);
        assert!(ids.len() < 2000, "pages without end: {query:?}");
    }
}

#[tokio::test]
async fn every_filter_in_every_order_finds_each_service_once_and_no_other() {
    let world = marketplace().await;
    let plain = all(&world).await;
    let berlin = Position { lat: 52.52, lng: 13.405 };
    let filters = [
        "",
        "category=plumbing",
        "category=cleaning-office",
        "kind=delivery",
        "min_price=50&max_price=120",
        "rating=4",
        "place=Berlin",
        "place=Berlin&radius=10",
        "place=Berlin&category=design&max_price=200",
        "date=2026-11-03",
        "date=2026-11-03&rating=3.5&category=cleaning",
        "q=kettle",
        "q=quick plumbing",
        "q=quick plumbing&place=Berlin&min_price=20",
        "q=cleaning&kind=visit&date=2026-11-02",
        "max_price=0",
    ];
    for filter in filters {
        for sort in Sort::ALL {
            let mut query = query(filter);
            query.sort = sort;
            let near = query.place.is_some().then_some(berlin);
            let (found, total) = walk(&world, &query).await;
            let found_once: BTreeSet<Uuid> = found.iter().copied().collect();
            assert_eq!(found.len(), found_once.len(), "{filter} {sort:?}: a service twice");
            let expected: BTreeSet<Uuid> = plain.iter().filter(|s| s.fits(&query, near)).map(|s| s.id).collect();
            assert!(!expected.is_empty() || filter.is_empty(), "{filter}: nothing to compare");
            assert_eq!(found_once, expected, "{filter} {sort:?}");
            match total {
                Some(Total::Exactly(count)) => {
                    assert_eq!(count as usize, expected.len(), "{filter} {sort:?}")
                }
                Some(Total::MoreThan(count)) => {
                    assert!(expected.len() > count as usize, "{filter} {sort:?}")
                }
                None => panic!("a first page has a total"),
            }
        }
    }
}

#[tokio::test]
async fn orders_are_what_they_say() {
    let world = marketplace().await;
    let plain = all(&world).await;
    let berlin = Position { lat: 52.52, lng: 13.405 };
    let of = |id: &Uuid| plain.iter().find(|s| s.id == *id).expect("as told");
    let (ids, _) = walk(&world, &query("sort=price")).await;
    assert!(ids.iter().map(|id| of(id).cents).is_sorted());
    let (ids, _) = walk(&world, &query("sort=price&q=kettle")).await;
    assert!(ids.iter().map(|id| of(id).cents).is_sorted());
    let (ids, _) = walk(&world, &query("sort=distance&place=Berlin")).await;
    assert!(ids.iter().map(|id| (of(id).position.km_to(berlin) * 10.0).round() as i64).is_sorted());
    for address in ["sort=soonest", "sort=soonest&q=quick plumbing", "sort=soonest&category=design"] {
        let (ids, _) = walk(&world, &query(address)).await;
        let times: Vec<_> = ids.iter().map(|id| of(id).next_free.map_or(i64::MAX, |at| at.as_microsecond())).collect();
        assert!(times.is_sorted(), "{address}");
        assert!(times.contains(&i64::MAX), "{address}: those without a time come last, and come");
    }
    let first = search(world.ctx(), &query("sort=rating")).await.expect("as told");
    assert!(first.page.items.iter().all(|hit| hit.rating.is_some_and(|rating| rating >= 4.5)));
}

#[tokio::test]
async fn typing_mistakes_are_mended_and_said() {
    let world = marketplace().await;
    for (typed, meant) in [("plumer", "plumber"), ("Clening", "cleaning"), ("kettel", "kettle")] {
        let results = search(world.ctx(), &query(&format!("q={typed}"))).await.expect("as told");
        assert_eq!(results.mended.as_deref(), Some(meant), "{typed}");
        assert!(!results.page.items.is_empty(), "{typed}");
    }
    let right = search(world.ctx(), &query("q=plumber")).await.expect("as told");
    assert_eq!(right.mended, None);
    let ending = search(world.ctx(), &query("q=cleaners for the kettles")).await.expect("as told");
    assert_eq!(ending.mended, None, "endings and small words are no mistakes");
    assert!(ending.page.items.iter().all(|hit| hit.title.contains("cleaning with kettle")));
    let accents = search(world.ctx(), &query("q=muller sohne")).await.expect("as told");
    assert!(matches!(accents.total, Some(Total::Exactly(600) | Total::MoreThan(_))));
}

#[tokio::test]
async fn towns_are_found_by_their_beginning_without_accents_and_with_mistakes() {
    let world = marketplace().await;
    for (typed, meant) in
        [("Berlin", "Berlin"), ("berl", "Berlin"), ("LISBOA, PT", "Lisboa"), ("koln", "Köln"), ("Potsdan", "Potsdam")]
    {
        let results = search(world.ctx(), &query(&format!("place={typed}"))).await.expect("as told");
        assert_eq!(results.place.map(|place| place.name).as_deref(), Some(meant), "{typed}");
    }
    let unknown = search(world.ctx(), &query("place=Atlantis")).await.expect("as told");
    assert!(unknown.place_unknown);
    assert_eq!(unknown.total, Some(Total::Exactly(600)), "everywhere, and said so");
    let here = search(world.ctx(), &query("lat=52.52&lng=13.405&place=Lisboa")).await.expect("as told");
    assert!(here.page.items.iter().all(|hit| hit.distance_km.is_some_and(|km| km < 61.0)), "a position beats a town");
}

#[tokio::test]
async fn anything_may_stand_in_an_address() {
    let world = marketplace().await;
    let long = "x".repeat(10_000);
    let emoji = "🚿".repeat(300);
    let values = [
        "",
        "\0",
        "a\0b",
        "' OR 1=1 --",
        "'; DROP TABLE services; --",
        "%",
        "\\",
        "💧 leak",
        "NaN",
        "-1",
        "1e308",
        "99999999999999999999",
        "w~",
        "g~x",
        "w9223372036854775807~ffffffff-ffff-ffff-ffff-ffffffffffff",
        "w-9223372036854775808~00000000-0000-0000-0000-000000000000",
        "é",
        "🧨1~2",
        "2026-11-24",
        "0001-01-01",
        "9999-12-31",
        "-009999-01-01",
        ":*A & !(",
        "the",
        &long,
        &emoji,
    ];
    let names = [
        "q",
        "category",
        "place",
        "lat",
        "lng",
        "radius",
        "min_price",
        "max_price",
        "rating",
        "date",
        "kind",
        "sort",
        "after",
    ];
    for name in names {
        for value in values {
            for sort in ["", "soonest", "distance", "price"] {
                let pairs = [("lat", "52"), ("lng", "13"), ("sort", sort), (name, value)];
                let query = SearchQuery::read(pairs);
                let answer = search(world.ctx(), &query).await;
                assert!(answer.is_ok(), "{name}={value} {sort}: {:?}", answer.err());
            }
        }
    }
    for value in values {
        suggest(world.ctx(), None, value).await.expect("as told");
    }
}

#[tokio::test]
async fn nothing_found_says_what_to_let_go() {
    let world = marketplace().await;
    let results =
        search(world.ctx(), &query("q=kettle&max_price=0&rating=5&category=plumbing")).await.expect("as told");
    assert_eq!(results.total, Some(Total::Exactly(0)));
    let results = search(world.ctx(), &query("category=plumbing-home&min_price=100000")).await.expect("as told");
    let nearest = results.nearest.expect("as told");
    assert_eq!(nearest.loosened[0].filter, Filter::Price);
    assert!(nearest.loosened[0].results > 10);
    assert!(!nearest.hits.is_empty());
    let words = search(world.ctx(), &query("q=kettle zzyzx")).await.expect("as told");
    let nearest = words.nearest.expect("as told");
    assert!(nearest.loosened.iter().any(|way| way.filter == Filter::SomeWords));
    assert!(nearest.hits.iter().any(|hit| hit.title.contains("kettle")));
}

#[tokio::test]
async fn listings_follow_their_services() {
    let world = marketplace().await;
    let run = async |sql: &str| {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(world.owner()).await.expect("as told");
    };
    let count = async |slug: &str| -> i32 {
        sqlx::query_scalar("SELECT service_count FROM categories WHERE slug = $1")
            .bind(slug)
            .fetch_one(world.owner())
            .await
            .expect("as told")
    };
    let found = async |address: &str| search(world.ctx(), &query(address)).await.expect("as told");
    let (top, leaf) = (count("plumbing").await, count("plumbing-home").await);
    assert!(leaf > 60 && top > 3 * leaf - 10, "{top} {leaf}");

    run("UPDATE services SET status = 'paused' WHERE category_id = (SELECT id FROM categories WHERE slug = 'plumbing-home')").await;
    assert_eq!((count("plumbing").await, count("plumbing-home").await), (top - leaf, 0));
    assert_eq!(found("category=plumbing-home").await.total, Some(Total::Exactly(0)));

    run("UPDATE services SET status = 'live' WHERE slug = 'service-1'; UPDATE services SET title = 'Zither tuning', category_id = (SELECT id FROM categories WHERE slug = 'design-home'), top_category_id = (SELECT id FROM categories WHERE slug = 'design') WHERE slug = 'service-1'").await;
    let zither = found("q=zither").await;
    assert_eq!(zither.page.items[0].slug, "service-1");
    assert_eq!(found("q=zithr").await.mended.as_deref(), Some("zither"));
    let total: i64 = sqlx::query_scalar("SELECT sum(service_count) FROM categories WHERE parent_id IS NULL")
        .fetch_one(world.owner())
        .await
        .expect("as told");
    let live: i64 = sqlx::query_scalar("SELECT count(*) FROM services WHERE status = 'live'")
        .fetch_one(world.owner())
        .await
        .expect("as told");
    assert_eq!(total, live);

    run("INSERT INTO service_pictures (service_id, position, key, alt, colour) SELECT id, 0, 'zither', 'A zither', '#aabbcc' FROM services WHERE slug = 'service-1'").await;
    run("UPDATE providers SET name = 'Saitenhof' WHERE id = (SELECT provider_id FROM services WHERE slug = 'service-1')").await;
    run("UPDATE services SET rating_sum = 50, rating_count = 10 WHERE slug = 'service-1'").await;
    let hit = found("q=zither").await.page.items.remove(0);
    assert_eq!((hit.provider.as_str(), hit.rating, hit.reviews), ("Saitenhof", Some(5.0), 10));
    assert_eq!(hit.picture.map(|picture| picture.key).as_deref(), Some("zither"));
    let (saiten, _) = walk(&world, &query("q=saitenhof")).await;
    let own: i64 = sqlx::query_scalar("SELECT count(*) FROM services s JOIN providers p ON p.id = s.provider_id WHERE p.name = 'Saitenhof' AND s.status = 'live'").fetch_one(world.owner()).await.expect("as told");
    assert_eq!(i64::try_from(saiten.len()), Ok(own), "a business renamed is found by its new name");
}

#[tokio::test]
async fn a_page_takes_two_statements_and_an_offer_one() {
    let world = marketplace().await;
    for address in [
        "",
        "category=plumbing",
        "q=plumber&place=Berlin&min_price=10&rating=3&date=2026-11-03",
        "sort=soonest",
        "sort=distance&place=Berlin",
        "q=quick plumbing",
    ] {
        let (results, statements) = world.statements(search(world.ctx(), &query(address))).await;
        assert!(!results.expect("as told").page.items.is_empty(), "{address}");
        assert_eq!(statements.len(), 2, "{address}: {statements:?}");
    }
    // Everything at once, in every order.
    let all = "q=plumber&category=plumbing&place=Berlin&radius=100&min_price=1&max_price=1000&rating=3&date=2026-11-03&kind=visit";
    for sort in Sort::ALL {
        let address = format!("{all}&sort={}", sort.name());
        let (results, statements) = world.statements(search(world.ctx(), &query(&address))).await;
        assert!(!results.expect("as told").page.items.is_empty(), "{address}");
        assert_eq!(statements.len(), 2, "{address}: {statements:?}");
    }
    let (offers, statements) = world.statements(suggest(world.ctx(), None, "plumb")).await;
    let offers = offers.expect("as told");
    assert_eq!(statements.len(), 1);
    assert!(offers.len() <= 8);
    assert_eq!((offers[0].offered, offers[0].slug.as_str()), (Offered::Category, "plumbing"));
    assert!(offers.iter().any(|offer| offer.offered == Offered::Service));
    let businesses = suggest(world.ctx(), None, "mulle").await.expect("as told");
    assert!(businesses.iter().any(|offer| offer.offered == Offered::Provider), "{businesses:?}");
    let (_, statements) = world.statements(suggest(world.ctx(), None, "p")).await;
    assert!(statements.is_empty(), "one letter is too little");
}

#[tokio::test]
async fn further_choices_are_counted_when_they_can_be() {
    let world = marketplace().await;
    let results = search(world.ctx(), &query("rating=4")).await.expect("as told");
    let visits = results.facets.kinds.iter().find(|(kind, _)| *kind == Kind::Visit).and_then(|(_, count)| *count);
    let narrowed = search(world.ctx(), &query("rating=4&kind=visit")).await.expect("as told");
    assert_eq!(narrowed.total, visits.map(Total::Exactly));
    for (id, count) in &results.facets.categories {
        let slug = &results.categories.iter().find(|category| category.id == *id).expect("as told").slug;
        let below = search(world.ctx(), &query(&format!("rating=4&category={slug}"))).await.expect("as told");
        assert_eq!(below.total, count.map(Total::Exactly), "{slug}");
    }
}
