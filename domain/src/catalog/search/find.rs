//! The search itself: two statements for a page, two more to help when nothing is found.

use super::query::{SearchQuery, Sort};
use super::results::{Facets, Filter, Hit, Loosened, Nearest, Results, Total};
use super::sought::{Branch, Lookup, Sought, words_of};
use crate::catalog::categories::moved;
use crate::catalog::store::search::{self as store, Counting, FoundFacet};
use crate::catalog::{Category, Kind};
use crate::kernel::{Context, Error, UserId};
use std::collections::BTreeMap;

/// Matches that are counted before "more than" is said.
const COUNTED: u32 = 500;

/// Answers a search.
///
/// # Errors
/// The database is away. Nothing that was asked can make it fail.
pub async fn search(ctx: &Context, query: &SearchQuery) -> Result<Results, Error> {
    search_for(ctx, None, query).await
}

/// Answers a search of somebody: without the services of businesses they blocked or that blocked them, and with those
/// marked that they keep. Visitors pay nothing for either.
///
/// # Errors
/// The database is away. Nothing that was asked can make it fail.
pub async fn search_for(ctx: &Context, viewer: Option<UserId>, query: &SearchQuery) -> Result<Results, Error> {
    let now = ctx.clock.now();
    let words = query.words.as_deref().map(words_of).unwrap_or_default();
    let town = query.place.as_deref().filter(|_| query.position.is_none()).map(town);
    let mut lookup = store::lookup(&ctx.pool, &words, town, query.category.as_deref()).await?;
    if query.exact {
        lookup.words.iter_mut().for_each(|word| word.meant = None);
    }
    let category = query.category.as_ref().and_then(|slug| lookup.categories.iter().find(|c| c.slug == *slug)).cloned();

    let sought = Sought { viewer, ..Sought::new(query, &lookup, category.as_ref()) };
    let domain = domain_size(category.as_ref(), &lookup.categories);
    let counts = sought.after.is_none() && sought.narrows();
    let counting = if counts { Counting::Among(domain) } else { Counting::Nothing };
    let found = store::page(&ctx.pool, &sought, counting, now).await?;
    let exact = found.looked_at.is_none_or(|looked_at| domain <= looked_at);
    let first = !found.page.continued;
    let facets = if first && !found.page.items.is_empty() {
        facets(&sought, &found.facets, exact, category.as_ref(), &lookup)
    } else {
        Facets::default()
    };
    let total = first.then(|| match (&found.page.next, found.page.items.len()) {
        // Everything there is fits on this page.
        (None, shown) => Total::Exactly(u32::try_from(shown).unwrap_or(0)),
        (Some(_), shown) => total(&sought, &found.facets, exact, domain).at_least(shown),
    });
    let nothing = first && found.page.items.is_empty();
    let nearest = if nothing { Some(nearest(ctx, &sought, now).await?) } else { None };
    Ok(Results {
        total,
        facets,
        page: found.page,
        mended: mended(&lookup),
        place_unknown: town.is_some() && lookup.place.is_none(),
        has_distances: sought.near.is_some(),
        category,
        place: lookup.place,
        categories: lookup.categories,
        fields: lookup.fields,
        nearest,
    })
}

/// What a search of somebody finds among the listings that came on offer after the first number and up to the second,
/// the newest first; at most a page of them.
///
/// # Errors
/// The database is away.
pub async fn fresh(ctx: &Context, viewer: UserId, query: &SearchQuery, numbers: (i64, i64)) -> Result<Vec<Hit>, Error> {
    let only = store::ranks::between(&ctx.pool, numbers).await?;
    if only.is_empty() {
        return Ok(Vec::new());
    }
    let words = query.words.as_deref().map(words_of).unwrap_or_default();
    let place = query.place.as_deref().filter(|_| query.position.is_none());
    let mut lookup = store::lookup(&ctx.pool, &words, place.map(town), query.category.as_deref()).await?;
    if query.exact {
        lookup.words.iter_mut().for_each(|word| word.meant = None);
    }
    let called = |slug: &str| lookup.categories.iter().find(|category| category.slug == slug).cloned();
    let category = match &query.category {
        None => None,
        // Renamed since the search was kept, or part of another one.
        Some(slug) => match called(slug) {
            Some(category) => Some(category),
            None => moved(ctx, slug).await?.and_then(|present| called(&present)),
        },
    };
    let known = |(key, value): &(String, String)| lookup.known(&[(key.clone(), value.clone())]).len() == 1;
    // A place, category or answer that is gone finds nothing, rather than everything.
    if place.is_some() && lookup.place.is_none()
        || query.category.is_some() && category.is_none()
        || !query.answers.iter().all(known)
    {
        return Ok(Vec::new());
    }
    let query = SearchQuery { sort: Sort::Newest, after: None, ..query.clone() };
    let sought = Sought::new(&query, &lookup, category.as_ref());
    let sought = Sought { viewer: Some(viewer), only: Some(only), ..sought };
    Ok(store::page(&ctx.pool, &sought, Counting::Nothing, ctx.clock.now()).await?.page.items)
}

/// "Berlin, DE" and "Berlin" are the same town.
fn town(typed: &str) -> &str {
    typed.split(',').next().unwrap_or(typed).trim()
}

/// How many live services the category has, or all categories.
fn domain_size(category: Option<&Category>, all: &[Category]) -> u32 {
    match category {
        Some(category) => category.services,
        None => all.iter().filter(|c| c.parent.is_none()).map(|c| c.services).sum(),
    }
}

fn total(sought: &Sought, found: &[FoundFacet], exact: bool, domain: u32) -> Total {
    if !sought.narrows() {
        return Total::Exactly(domain);
    }
    let counted: u32 = found.iter().map(|facet| facet.3).sum();
    match (counted, exact) {
        (counted, _) if counted > COUNTED => Total::MoreThan(COUNTED),
        (counted, true) => Total::Exactly(counted),
        // Rounded down, because "more than 83" would sound as if somebody had counted.
        (counted, false) => Total::MoreThan(counted / 10 * 10),
    }
}

fn facets(sought: &Sought, found: &[FoundFacet], exact: bool, category: Option<&Category>, lookup: &Lookup) -> Facets {
    let below = |c: &&Category| c.parent == category.map(|here| here.id);
    let counted: u32 = found.iter().map(|facet| facet.3).sum();
    let exact = exact && counted <= COUNTED && sought.narrows();
    let number = |n: u32| exact.then_some(n);
    let mut branches: BTreeMap<_, u32> = BTreeMap::new();
    for FoundFacet(branch, _, _, n) in found {
        *branches.entry(*branch).or_default() += n;
    }
    let categories = lookup.categories.iter().filter(below).filter_map(|c| {
        if !sought.narrows() {
            return (c.services > 0).then_some((c.id, Some(c.services)));
        }
        match (branches.get(&c.id), exact) {
            (Some(n), _) => Some((c.id, number(*n))),
            (None, true) => None,
            (None, false) => (c.services > 0).then_some((c.id, None)),
        }
    });
    let of_kind = |kind: Kind| found.iter().filter(|facet| facet.1 == kind).map(|facet| facet.3).sum();
    let rated = |rating: i32| found.iter().filter(|facet| facet.2 >= rating).map(|facet| facet.3).sum();
    Facets {
        categories: categories.collect(),
        kinds: Kind::ALL.iter().map(|kind| (*kind, number(of_kind(*kind)))).collect(),
        ratings: [450, 400, 350].map(|rating| (rating, number(rated(rating)))).to_vec(),
    }
}

/// The words with their typing mistakes mended, if there were any.
fn mended(lookup: &Lookup) -> Option<String> {
    let meant =
        |word: &super::sought::Word| word.meant.as_ref().filter(|_| word.frequency.is_none()).map(|m| m.word.clone());
    lookup.words.iter().any(|word| meant(word).is_some()).then(|| {
        let words: Vec<String> =
            lookup.words.iter().map(|word| meant(word).unwrap_or_else(|| word.word.clone())).collect();
        words.join(" ")
    })
}

/// Lets filters go one by one; shows what is found without the first that helps.
async fn nearest(ctx: &Context, sought: &Sought, now: jiff::Timestamp) -> Result<Nearest, Error> {
    let variants = variants(sought);
    if variants.is_empty() {
        return Ok(Nearest::default());
    }
    let several: Vec<Sought> = variants.iter().map(|(_, sought)| sought.clone()).collect();
    let numbers = store::counts(&ctx.pool, &several).await?;
    let loosened: Vec<Loosened> = variants
        .iter()
        .zip(&numbers)
        .filter(|(_, number)| **number > 0)
        .map(|((filter, _), number)| Loosened { filter: *filter, results: *number })
        .collect();
    let best = variants.into_iter().zip(numbers).find(|(_, number)| *number > 0);
    let hits = match best {
        Some(((_, sought), _)) => store::page(&ctx.pool, &sought, Counting::Nothing, now).await?.page.items,
        None => Vec::new(),
    };
    Ok(Nearest { loosened, hits })
}

fn variants(sought: &Sought) -> Vec<(Filter, Sought)> {
    let mut variants = Vec::new();
    let mut without = |applies: bool, filter: Filter, change: &dyn Fn(&mut Sought)| {
        if applies {
            let mut looser = sought.clone();
            change(&mut looser);
            variants.push((filter, looser));
        }
    };
    without(sought.date.is_some(), Filter::Date, &|s| s.date = None);
    without(sought.min_cents.is_some() || sought.max_cents.is_some(), Filter::Price, &|s| {
        (s.min_cents, s.max_cents) = (None, None);
    });
    without(sought.rating.is_some(), Filter::Rating, &|s| s.rating = None);
    without(sought.kind.is_some(), Filter::Kind, &|s| s.kind = None);
    without(sought.asks_answers(), Filter::Answers, &|s| s.answers.clear());
    without(sought.near.is_some(), Filter::Place, &|s| {
        (s.near, s.radius_km) = (None, None);
        if s.sort == Sort::Distance {
            s.sort = Sort::Recommended;
        }
    });
    without(sought.branch != Branch::Everywhere, Filter::Category, &|s| {
        (s.branch, s.branch_size) = (Branch::Everywhere, s.all);
        s.answers.clear();
    });
    let several = sought.text.as_ref().is_some_and(super::sought::Text::several);
    without(several, Filter::SomeWords, &|s| {
        if let Some(text) = &mut s.text {
            text.all.clone_from(&text.any);
            // Any of several words is met soon on the way down the list.
            text.rarest = i64::MAX;
        }
    });
    without(sought.text.is_some(), Filter::Words, &|s| s.text = None);
    variants
}
