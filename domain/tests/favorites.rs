//! What people keep: services, and searches whose letters come once a day and end with one press.

use domain::accounts::privacy::{ask_for_copy, copies, delete_account, download};
use domain::catalog::saved::{
    LONGEST_NAME, MOST_SEARCHES, redate_search, remove_search, rename_search, save_search, saved_searches, set_alert,
    stop_alerts,
};
use domain::catalog::search::{SearchQuery, Total, search, search_for};
use domain::catalog::{MOST_FAVORITES, Pair, ReviewsAsked, Side, block, favorites, keep, let_go, showcase, unblock};
use domain::jobs::sweep;
use domain::kernel::{Actor, Error};
use domain::testing::{PASSWORD, World};
use jiff::SignedDuration;
use std::io::{Cursor, Read};

fn query(pairs: &[(&str, &str)]) -> SearchQuery {
    SearchQuery::read(pairs.iter().copied())
}

async fn titles(world: &World, actor: &Actor, words: &str) -> Vec<String> {
    let page = favorites(world.ctx(), actor, words, None).await.expect("signed in");
    page.items.into_iter().map(|one| one.title).collect()
}

#[tokio::test]
async fn services_are_kept_once_found_again_and_let_go() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let drain = world.service(&plumbing, |service| service.called("Unblock a drain")).await;
    let ana_user = world.customer("Ana").await;
    let (ana, eve) = (world.actor(&ana_user).await, world.actor(&world.customer("Eve").await).await);
    for slug in [&leak.slug, &leak.slug, &drain.slug] {
        keep(ctx, &ana, slug).await.expect("it is on offer");
        world.advance(SignedDuration::from_secs(1));
    }
    assert_eq!(titles(&world, &ana, "").await, ["Unblock a drain", "Fix a leak"]);
    assert_eq!(titles(&world, &ana, "LEAK").await, ["Fix a leak"]);
    assert_eq!(titles(&world, &ana, "plumbing").await.len(), 2, "businesses are found too");
    assert!(titles(&world, &ana, "f_x").await.is_empty() && titles(&world, &eve, "").await.is_empty());
    assert!(matches!(keep(ctx, &ana, "no-such-one").await, Err(Error::NotFound)));
    assert!(matches!(keep(ctx, &world.visitor(), &leak.slug).await, Err(Error::SignIn)));
    let (page, heard) = world.statements(favorites(ctx, &ana, "", None)).await;
    assert_eq!((page.expect("signed in").items.len(), heard.len()), (2, 2));

    // A former address of a service leads to it.
    sqlx::query("INSERT INTO service_slugs (slug, service_id) VALUES ('drains-of-old', $1)")
        .bind(drain.id.0)
        .execute(world.owner())
        .await
        .expect("a former address");
    let_go(ctx, &ana, "drains-of-old").await.expect("let go");
    assert_eq!(titles(&world, &ana, "").await, ["Fix a leak"]);
    keep(ctx, &ana, "drains-of-old").await.expect("it is on offer");
    assert_eq!(titles(&world, &ana, "").await, ["Unblock a drain", "Fix a leak"]);

    // Searches and pages know it, of her own only.
    let kept = async |who: &Actor| {
        let hits = search_for(ctx, who.user, &query(&[])).await.expect("an answer").page.items;
        hits.iter().filter(|hit| hit.kept).count()
    };
    assert_eq!((kept(&ana).await, kept(&eve).await), (2, 0));
    assert!(showcase(ctx, ana.user, &leak.slug, ReviewsAsked::default()).await.expect("live").service.kept);
    assert!(!showcase(ctx, None, &leak.slug, ReviewsAsked::default()).await.expect("live").service.kept);

    // What is not on offer stays on the list, without a card.
    sqlx::query("UPDATE services SET status = 'paused' WHERE id = $1")
        .bind(drain.id.0)
        .execute(world.owner())
        .await
        .expect("it is there");
    let page = favorites(ctx, &ana, "", None).await.expect("signed in");
    assert_eq!(page.items.iter().map(|one| one.hit.is_some()).collect::<Vec<_>>(), [false, true]);
    let_go(ctx, &ana, &drain.slug).await.expect("hers");
    let_go(ctx, &ana, &drain.slug).await.expect("once is as good as twice");
    assert_eq!(titles(&world, &ana, "").await, ["Fix a leak"]);
    let told: Vec<String> =
        sqlx::query_scalar("SELECT action FROM audit_entries WHERE action LIKE 'favorite.%' ORDER BY seq")
            .fetch_all(world.owner())
            .await
            .expect("the owner may");
    assert_eq!(told, ["favorite.kept", "favorite.kept", "favorite.let_go", "favorite.kept", "favorite.let_go"]);

    // There is a most.
    let many = usize::try_from(MOST_FAVORITES).expect("small") - 1;
    for _ in 0..many {
        let more = world.service(&plumbing, |service| service.called("Another one")).await;
        sqlx::query("INSERT INTO favorites VALUES ($1, $2, '2026-01-01')")
            .bind(ana_user.id.0)
            .bind(more.id.0)
            .execute(world.owner())
            .await
            .expect("new");
    }
    assert!(matches!(keep(ctx, &ana, &drain.slug).await, Err(Error::Conflict(_))));
    keep(ctx, &ana, &leak.slug).await.expect("she has it already");
    let first = favorites(ctx, &ana, "", None).await.expect("signed in");
    let second = favorites(ctx, &ana, "", first.next.as_deref()).await.expect("signed in");
    assert_eq!((first.items.len(), second.items.len(), second.continued), (20, 20, true));
    assert!(first.items.iter().all(|one| second.items.iter().all(|other| other.service != one.service)));
}

#[tokio::test]
async fn who_keeps_apart_is_left_out_of_the_search_of_those_two_only() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let other = world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
    world.service(&plumbing, |service| service.called("Fix a leak")).await;
    world.service(&other, |service| service.called("Fix a door")).await;
    let (ana, eve) = (world.actor(&world.customer("Ana").await).await, world.actor(&world.customer("Eve").await).await);
    let owner = world.actor(&plumbing.owner.user).await;
    let pair = Pair { customer: ana.user.expect("signed in"), provider: plumbing.id };
    let found = async |who: Option<&Actor>, pairs: &[(&str, &str)]| {
        let results = search_for(ctx, who.and_then(|who| who.user), &query(pairs)).await.expect("an answer");
        assert_eq!(results.total, Some(Total::Exactly(u32::try_from(results.page.items.len()).expect("few"))));
        results.page.items.into_iter().map(|hit| hit.title).collect::<Vec<_>>()
    };
    for (side, who) in [(Side::Customer, &ana), (Side::Provider, &owner)] {
        block(ctx, who, side, pair, "").await.expect("either may");
        for pairs in [&[][..], &[("q", "fix")], &[("q", "fix leak")], &[("sort", "newest")], &[("sort", "soonest")]] {
            let all = found(None, pairs).await;
            assert!(all.contains(&"Fix a leak".to_owned()), "{pairs:?}");
            assert_eq!(found(Some(&eve), pairs).await, all, "{pairs:?}");
            let hers = found(Some(&ana), pairs).await;
            assert!(
                !hers.contains(&"Fix a leak".to_owned()) && hers.len() == all.len() - 1,
                "{side:?} {pairs:?} {hers:?}"
            );
        }
        let (results, heard) = world.statements(search_for(ctx, ana.user, &query(&[("q", "fix door")]))).await;
        assert_eq!((results.expect("an answer").page.items.len(), heard.len()), (1, 2), "no statement more");
        let id = sqlx::query_scalar("SELECT id FROM blocks").fetch_one(world.owner()).await.expect("one");
        unblock(ctx, who, id).await.expect("their own");
    }
    assert_eq!(found(Some(&ana), &[]).await.len(), 2);
    assert_eq!(search(ctx, &query(&[])).await.expect("an answer").page.items.len(), 2);
}

#[tokio::test]
async fn a_letter_a_day_tells_what_is_new_and_one_press_ends_it() {
    let world = World::new().await;
    let ctx = world.ctx();
    let day = SignedDuration::from_hours(24);
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let offer = async |title: &'static str| world.service(&plumbing, |service| service.called(title)).await;
    offer("Fix a leak").await;
    let ana_user = world.customer("Ana").await;
    let ana = world.actor(&ana_user).await;
    save_search(ctx, &ana, "  Leaks\n<b>near</b> me ", &query(&[("q", "leak"), ("sort", "price")])).await.expect("new");
    save_search(ctx, &ana, "Drains", &query(&[("q", "drain")])).await.expect("new");
    let letters = async || {
        world.run_jobs().await;
        let mails = world.mail_to(&ana_user.email).await;
        mails.into_iter().filter(|mail| mail.kind == "catalog.alert").collect::<Vec<_>>()
    };
    // What was there before is not new, and nothing new is no letter.
    world.advance(day);
    assert_eq!(sweep(ctx).await.expect("a database").told, 1);
    assert!(letters().await.is_empty());
    for title in ["Stop a leak", "Mend a leak", "Paint a wall"] {
        offer(title).await;
    }
    assert_eq!(sweep(ctx).await.expect("a database").told, 0, "once a day");
    world.advance(day);
    sweep(ctx).await.expect("a database");
    sweep(ctx).await.expect("a database");
    let told = letters().await;
    assert_eq!(told.len(), 1, "one letter");
    let text = &told[0].text;
    let html: String = sqlx::query_scalar("SELECT html FROM outbound_messages WHERE kind = 'catalog.alert'")
        .fetch_one(world.owner())
        .await
        .expect("kept in development");
    assert_eq!(told[0].subject, "2 new services for “Leaks <b>near</b> me”");
    for words in ["Stop a leak", "Mend a leak", "/services?q=leak&sort=newest"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Fix a leak") && !text.contains("Paint a wall") && !text.contains("Drains"), "{text}");
    assert!(html.contains("Stop a leak") && !html.contains("<b>near"), "{html}");
    // A business that keeps apart is not advertised; the second search finds something of its own.
    offer("Clear a drain").await;
    let pair = Pair { customer: ana_user.id, provider: plumbing.id };
    block(ctx, &ana, Side::Customer, pair, "").await.expect("she may");
    world.advance(day);
    sweep(ctx).await.expect("a database");
    assert_eq!(letters().await.len(), 1);
    let id = sqlx::query_scalar("SELECT id FROM blocks").fetch_one(world.owner()).await.expect("one");
    unblock(ctx, &ana, id).await.expect("hers");

    // The way out works without logging in, and for nobody else.
    let word = text
        .split("/letters/stop/")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next())
        .expect("a way out")
        .to_owned();
    let stop: String = sqlx::query_scalar("SELECT stop FROM outbound_messages WHERE kind = 'catalog.alert'")
        .fetch_one(world.owner())
        .await
        .expect("kept in development");
    assert!(stop.ends_with(&format!("/letters/stop/{word}")), "mail programs get the same: {stop}");
    let wrong = format!("{}A", &word[..word.len() - 1]);
    for forged in ["", "x", wrong.as_str(), "AAAA"] {
        if forged != word {
            assert!(matches!(stop_alerts(ctx, &world.visitor(), forged).await, Err(Error::NotFound)), "{forged}");
        }
    }
    stop_alerts(ctx, &world.visitor(), &word).await.expect("hers");
    stop_alerts(ctx, &world.visitor(), &word).await.expect("twice is as good as once");
    assert!(saved_searches(ctx, &ana).await.expect("signed in").iter().all(|one| !one.alert));
    offer("Find a leak").await;
    world.advance(day);
    assert_eq!(sweep(ctx).await.expect("a database").told, 0);

    // Turned on again, it tells of what is new from then on.
    let leaks = saved_searches(ctx, &ana).await.expect("signed in").pop().expect("the first");
    set_alert(ctx, &ana, leaks.id, true).await.expect("hers");
    offer("Trace a leak").await;
    world.advance(day);
    sweep(ctx).await.expect("a database");
    let told = letters().await;
    let news = told.iter().find(|mail| mail.text.contains("Trace a leak")).expect("a second letter");
    assert!(told.len() == 2 && !news.text.contains("Find a leak"), "{}", news.text);
    // Nobody writes to an address that was never proved.
    world.unproved(&ana_user).await;
    offer("Dry a leak").await;
    world.advance(day);
    sweep(ctx).await.expect("a database");
    assert_eq!(letters().await.len(), 2);
}

#[tokio::test]
async fn a_search_for_a_day_that_is_over_rests_until_it_has_another() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let user = world.customer("Ana").await;
    let ana = world.actor(&user).await;
    let today = world.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let (tomorrow, later) = (today.tomorrow().expect("a day"), today.saturating_add(jiff::Span::new().days(9)));
    save_search(ctx, &ana, "Leaks", &query(&[("q", "leak"), ("date", &tomorrow.to_string())])).await.expect("kept");
    let one = async || saved_searches(ctx, &ana).await.expect("signed in").remove(0);
    let letters = async || world.mail_to(&user.email).await.iter().filter(|mail| mail.kind == "catalog.alert").count();
    let looks = async || {
        let count = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM saved_search_looks");
        count.fetch_one(world.owner()).await.expect("a number")
    };
    assert!(!one().await.passed);
    // The whole day is over, and something new that fits comes: no letter, and no further look.
    world.advance(SignedDuration::from_hours(72));
    world.service(&plumbing, |service| service.called("Fix a leak")).await;
    sweep(ctx).await.expect("a sweep");
    assert!(one().await.passed && one().await.alert);
    assert_eq!((letters().await, looks().await), (0, 0));

    // Another day: not one that is over as well, nor that of another search; then letters come again, of what is new.
    let id = one().await.id;
    let wrong = redate_search(ctx, &ana, id, Some(tomorrow)).await;
    assert!(matches!(wrong, Err(Error::Invalid(wrong)) if wrong.of("date").is_some()));
    let eve = world.actor(&world.customer("Eve").await).await;
    assert!(matches!(redate_search(ctx, &eve, id, Some(later)).await, Err(Error::NotFound)));
    redate_search(ctx, &ana, id, None).await.expect("any day");
    assert!(!one().await.passed && one().await.query.date.is_none());
    assert_eq!(looks().await, 1);
    save_search(ctx, &ana, "Leaks later", &query(&[("q", "leak"), ("date", &later.to_string())])).await.expect("kept");
    assert!(matches!(redate_search(ctx, &ana, id, Some(later)).await, Err(Error::Conflict(_))));
    world.service(&plumbing, |service| service.called("Find a leak")).await;
    world.advance(SignedDuration::from_hours(25));
    sweep(ctx).await.expect("a sweep");
    assert_eq!(letters().await, 1);
    // Without its day, one that asks for nothing else would find everything.
    save_search(ctx, &ana, "Any", &query(&[("date", &later.to_string())])).await.expect("kept");
    let bare = one().await.id;
    let empty = redate_search(ctx, &ana, bare, None).await;
    assert!(matches!(empty, Err(Error::Invalid(wrong)) if wrong.of("date").is_some()));
}

#[tokio::test]
async fn searches_are_ones_own_named_and_few() {
    let world = World::new().await;
    let ctx = world.ctx();
    let (ana, eve) = (world.actor(&world.customer("Ana").await).await, world.actor(&world.customer("Eve").await).await);
    assert!(matches!(save_search(ctx, &world.visitor(), "x", &query(&[("q", "x")])).await, Err(Error::SignIn)));
    let long = "x".repeat(LONGEST_NAME + 1);
    for (name, pairs) in [("", &[("q", "tap")]), (&long, &[("q", "tap")]), ("All", &[("sort", "price")])] {
        assert!(matches!(save_search(ctx, &ana, name, &query(pairs)).await, Err(Error::Invalid(_))), "{name}");
    }
    save_search(ctx, &ana, "Taps", &query(&[("q", "tap")])).await.expect("new");
    let twice = save_search(ctx, &ana, "Again", &query(&[("q", "tap"), ("sort", "price"), ("after", "w1~x")])).await;
    assert!(matches!(twice, Err(Error::Conflict(_))), "order and page make no other search");
    let taps = saved_searches(ctx, &ana).await.expect("signed in").remove(0);
    assert!(taps.alert && taps.query.words.as_deref() == Some("tap"));
    for refused in [
        rename_search(ctx, &eve, taps.id, "Mine").await,
        set_alert(ctx, &eve, taps.id, false).await,
        remove_search(ctx, &eve, taps.id).await,
    ] {
        assert!(matches!(refused, Err(Error::NotFound)));
    }
    rename_search(ctx, &ana, taps.id, "Dripping").await.expect("hers");
    assert_eq!(saved_searches(ctx, &ana).await.expect("signed in")[0].name, "Dripping");
    for n in 1..MOST_SEARCHES {
        save_search(ctx, &ana, "More", &query(&[("q", &format!("tap{n}"))])).await.expect("there is room");
    }
    let over = save_search(ctx, &ana, "More", &query(&[("q", "sink")])).await;
    assert!(matches!(over, Err(Error::Conflict(_))));
    remove_search(ctx, &ana, taps.id).await.expect("hers");
    save_search(ctx, &ana, "Sinks", &query(&[("q", "sink")])).await.expect("room again");
}

#[tokio::test]
async fn what_is_kept_is_in_the_copy_and_goes_with_the_person() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    keep(ctx, &ana, &leak.slug).await.expect("on offer");
    save_search(ctx, &ana, "The purple gate", &query(&[("q", "gate"), ("place", "Berlin")])).await.expect("new");
    ask_for_copy(ctx, &ana).await.expect("hers");
    world.run_jobs().await;
    let copy = copies(ctx, &ana).await.expect("hers").remove(0);
    let bytes = download(ctx, &ana, copy.id).await.expect("made");
    let mut account = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    zip.by_name("account.json").expect("in it").read_to_string(&mut account).expect("text");
    assert!(
        account.contains("Fix a leak") && account.contains("The purple gate") && account.contains("gate"),
        "{account}"
    );
    delete_account(ctx, &ana, PASSWORD.to_owned()).await.expect("nothing is open");
    let left: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM favorites) + (SELECT count(*) FROM saved_searches) + (SELECT count(*) FROM saved_search_looks)",
    )
    .fetch_one(world.owner())
    .await
    .expect("the owner may");
    assert_eq!(left, 0);
}

#[tokio::test]
async fn what_comes_back_from_a_rest_is_no_news_a_second_time() {
    let world = World::new().await;
    let ctx = world.ctx();
    let day = SignedDuration::from_hours(24);
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let old = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let ana_user = world.customer("Ana").await;
    let ana = world.actor(&ana_user).await;
    save_search(ctx, &ana, "Leaks", &query(&[("q", "leak")])).await.expect("new");
    let new = world.service(&plumbing, |service| service.called("Stop a leak")).await;
    let rests = async |slug: &str, status: &str| {
        sqlx::query("UPDATE services SET status = $2 WHERE slug = $1")
            .bind(slug)
            .bind(status)
            .execute(world.owner())
            .await
            .expect("it is there");
    };
    // What was on offer before she asked, and what she has read of: both rest every day, as if that were news.
    for _ in 0..4 {
        world.advance(day);
        sweep(ctx).await.expect("a database");
        for slug in [&old.slug, &new.slug] {
            rests(slug, "paused").await;
            rests(slug, "live").await;
        }
    }
    let mails = world.mail_to(&ana_user.email).await;
    let told: Vec<_> = mails.iter().filter(|mail| mail.kind == "catalog.alert").collect();
    assert_eq!(told.len(), 1, "{:?}", told.iter().map(|mail| &mail.subject).collect::<Vec<_>>());
    assert!(told[0].text.contains("Stop a leak") && !told[0].text.contains("Fix a leak"), "{}", told[0].text);
}

#[tokio::test]
async fn a_listing_that_is_on_its_way_in_is_waited_for() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let draft = world.service(&plumbing, |service| service.called("Fix a leak").standing("draft")).await;
    let ana_user = world.customer("Ana").await;
    let ana = world.actor(&ana_user).await;
    save_search(ctx, &ana, "Leaks", &query(&[("q", "leak")])).await.expect("new");
    let letters = async || {
        sweep(ctx).await.expect("a database");
        let mails = world.mail_to(&ana_user.email).await;
        mails.iter().filter(|mail| mail.kind == "catalog.alert").count()
    };
    world.service(&plumbing, |service| service.called("Stop a leak")).await;
    world.advance(SignedDuration::from_hours(24));
    // The number is drawn, and nobody else sees it yet: a higher one that is known already must not hide it.
    let mut slow = world.owner().begin().await.expect("a transaction");
    sqlx::query("UPDATE services SET status = 'live' WHERE slug = $1")
        .bind(&draft.slug)
        .execute(&mut *slow)
        .await
        .expect("there");
    assert_eq!(letters().await, 0);
    slow.commit().await.expect("on offer");
    assert_eq!(letters().await, 1);
    let mails = world.mail_to(&ana_user.email).await;
    let letter = mails.iter().find(|mail| mail.kind == "catalog.alert").expect("one");
    assert!(letter.text.contains("Fix a leak") && letter.text.contains("Stop a leak"), "{}", letter.text);
}
