//! Lists narrowed by what services say in the fields of their category, and offers while one types, through the whole
//! router, as browsers without scripts use them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::http::StatusCode;
use domain::kernel::Role;
use house::visit::{form, location, log_in, log_in_operator, read};
use house::{House, house, text};

/// Plumbing asks for a metal (a choice), for insurance (yes or no) and for a size, through the back office; three services
/// answer.
async fn scene() -> (House, String) {
    let house = house().await;
    let world = &house.world;
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let mut services = Vec::new();
    for title in ["Bend steel", "Bend copper", "Bend anything"] {
        services.push(world.service(&business, |service| service.called(title)).await);
    }
    let boss = log_in_operator(&house, &world.operator("Boss", Role::Admin).await).await;
    let id: uuid::Uuid =
        sqlx::query_scalar("SELECT id FROM categories WHERE slug = 'plumbing'").fetch_one(world.owner()).await.unwrap();
    let at = format!("/admin/categories/{id}/fields");
    let empty = read(&house, &at, &boss).await;
    let tick = &empty[empty.find("name=\"searchable\"").unwrap()..];
    assert!(tick[..tick.find('>').unwrap()].contains("checked"), "new fields can be searched by");
    for (version, label, kind, options) in
        [("1", "Metal", "choice", "Steel\nCopper"), ("2", "Insured", "yes_no", ""), ("3", "Size", "number", "")]
    {
        let sent = [
            ("act", "save"),
            ("version", version),
            ("label", label),
            ("kind", kind),
            ("options", options),
            ("searchable", "on"),
        ];
        location(&house.post(&at, Some(&boss), &form(&sent)).await);
    }
    for (service, field, value) in [
        (0, "metal", "Steel"),
        (1, "metal", "Copper"),
        (0, "insured", "yes"),
        (1, "insured", "yes"),
        (2, "insured", "no"),
    ] {
        sqlx::query("INSERT INTO service_fields SELECT $1, id, $3 FROM category_fields WHERE key = $2")
            .bind(services[service].id.0)
            .bind(field)
            .bind(value)
            .execute(world.owner())
            .await
            .unwrap();
    }
    (house, at)
}

async fn page(house: &House, path: &str) -> String {
    let answer = house.get(path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    text(answer).await
}

/// Which of the three are on the page.
fn shown(page: &str) -> Vec<&'static str> {
    ["Bend steel", "Bend copper", "Bend anything"]
        .into_iter()
        .filter(|title| page.contains(&format!("{title}<")))
        .collect()
}

#[tokio::test]
async fn a_category_is_narrowed_by_what_its_services_say() {
    let (house, at) = scene().await;
    let list = page(&house, "/categories/plumbing").await;
    assert_eq!(shown(&list).len(), 3);
    for part in
        ["name=\"f.metal\" value=\"Steel\"", "name=\"f.insured\" value=\"yes\"", "name=\"f.insured\" value=\"no\""]
    {
        let (name, value) = part.split_once(' ').unwrap();
        let found = list.match_indices("<input").any(|(start, _)| {
            let tag = &list[start..start + list[start..].find('>').unwrap()];
            tag.contains(name) && tag.contains(value) && tag.contains("type=\"checkbox\"") && !tag.contains("checked")
        });
        assert!(found, "{part}");
    }
    assert!(!list.contains("f.size"), "numbers are not searched by");

    // Alternatives of one field, all of several fields, on both addresses of the list.
    let steel = page(&house, "/categories/plumbing?f.metal=Steel").await;
    assert_eq!(shown(&steel), ["Bend steel"]);
    let chip = "Metal: Steel";
    assert!(steel.contains(chip) && steel.contains("noindex") && !list.contains("noindex"));
    let either = page(&house, "/services?category=plumbing&f.metal=Steel&f.metal=Copper&f.insured=yes").await;
    assert_eq!(shown(&either), ["Bend steel", "Bend copper"]);
    // Each chip takes one of them away.
    assert!(either.contains("href=\"/services?category=plumbing&amp;f.metal=Copper&amp;f.insured=yes\""), "{either}");
    assert!(either.contains("href=\"/services?category=plumbing&amp;f.metal=Steel&amp;f.metal=Copper\""));
    assert_eq!(shown(&page(&house, "/categories/plumbing?f.insured=no").await), ["Bend anything"]);
    // The search above keeps them, and so does the form that saves the search.
    assert!(steel.contains("<input type=\"hidden\" name=\"f.metal\" value=\"Steel\""));
    assert!(steel.contains("action=\"/favorites/searches/new?category=plumbing&amp;f.metal=Steel\""));

    // What the category does not know is as if it were not there, in links as well.
    for junk in
        ["f.metal=Gold", "f.size=7", "f.nothing=x", "f.=x", "f.%00=%00", "f.metal=%F0%9F%9A%BF", "f.metal[]=Steel"]
    {
        let plain = page(&house, &format!("/categories/plumbing?{junk}")).await;
        assert_eq!(shown(&plain).len(), 3, "{junk}");
        assert!(!plain.contains("value=\"Gold\"") && !plain.contains("name=\"f.nothing\""), "{junk}");
        assert!(!plain.contains("Filters in force"), "{junk}");
    }
    assert_eq!(shown(&page(&house, "/services?f.metal=Steel").await).len(), 3);
    let flood: String = (0..500).map(|n| format!("&f.metal={n}")).collect();
    assert_eq!(shown(&page(&house, &format!("/services?category=plumbing{flood}")).await).len(), 3);

    // Nothing found: the details can be let go.
    let nothing = page(&house, "/categories/plumbing?f.metal=Steel&f.insured=no").await;
    assert!(shown(&nothing).len() > 1 && nothing.contains("Nothing found"));
    assert!(nothing.contains("Without the details (3)") && nothing.contains("With other details"));

    // Without its mark the field is asked for no more.
    let boss = log_in_operator(&house, &house.world.operator("Other", Role::Admin).await).await;
    let metal: uuid::Uuid = sqlx::query_scalar("SELECT id FROM category_fields WHERE key = 'metal'")
        .fetch_one(house.world.owner())
        .await
        .unwrap();
    let (base, metal) = (at.trim_end_matches("/fields"), metal.to_string());
    assert!(read(&house, base, &boss).await.contains("One of several · searched by"));
    let sent = [
        ("act", "save"),
        ("version", "4"),
        ("field", metal.as_str()),
        ("label", "Metal"),
        ("kind", "choice"),
        ("options", "Steel\nCopper"),
    ];
    location(&house.post(&at, Some(&boss), &form(&sent)).await);
    let list = page(&house, "/categories/plumbing?f.metal=Steel").await;
    assert_eq!(shown(&list).len(), 3);
    assert!(!list.contains("name=\"f.metal\"") && list.contains("name=\"f.insured\""));
    assert!(!read(&house, base, &boss).await.contains("One of several · searched by"));
}

#[tokio::test]
async fn a_search_is_kept_with_its_answers() {
    let (house, _) = scene().await;
    let ana = log_in(&house, &house.world.customer("Ana").await).await;
    let address = "/favorites/searches/new?category=plumbing&f.metal=Steel&f.insured=yes";
    assert!(read(&house, address, &ana).await.contains("plumbing, metal: Steel, insured"));
    location(&house.post(address, Some(&ana), &form(&[("name", "Steel pipes")])).await);
    let kept = read(&house, "/favorites?show=searches", &ana).await;
    assert!(kept.contains("href=\"/services?category=plumbing&amp;f.metal=Steel&amp;f.insured=yes\""), "{kept}");
}

#[tokio::test]
async fn mended_words_are_told_and_can_be_insisted_on() {
    let (house, _) = scene().await;
    let mended = page(&house, "/services?q=coper").await;
    assert!(mended.contains("Showing results for") && mended.contains("“copper”") && !shown(&mended).is_empty());
    assert!(mended.contains("href=\"/services?q=coper&amp;exact=1\"") && mended.contains("Search for exactly “coper”"));
    let exact = page(&house, "/services?q=coper&exact=1").await;
    assert!(exact.contains("Nothing found") && !exact.contains("Showing results for"));
    // Other words are typed anew, and mended again.
    assert!(!exact.contains("<input type=\"hidden\" name=\"exact\" value=\"1\"/><input id=\"seek"), "{exact}");
    let known = page(&house, "/services?q=copper").await;
    assert!(!known.contains("Showing results for"));
}

#[tokio::test]
async fn offers_know_beginnings_in_any_order_and_mistakes() {
    let (house, _) = scene().await;
    let offers = async |typed: &str| text(house.get(&format!("/services/suggest?q={typed}")).await).await;
    for typed in ["bend+cop", "cop+ben", "COPP", "coper", "c%C3%B6pper"] {
        assert!(offers(typed).await.contains("Bend copper"), "{typed}: {}", offers(typed).await);
    }
    assert!(offers("berlin+plum").await.contains("Berlin Plumbing"), "businesses by the beginnings of their names");
    for typed in ["zzzz", "%27%29%3B--", "%00", "%3A%2A%26", "the"] {
        assert!(!offers(typed).await.contains("Bend"), "{typed}");
    }
}
