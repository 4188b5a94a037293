//! Finding listings: one's own, and those an operator looks at.

use super::{
    AdminFilter, AdminRow, Change, Edited, ListedRow, Listing, OwnFilter, Review, Revision, Teammate, Typed,
    changes_in_order, read, read_told, shown_told, whole,
};
use super::{review, save::require};
use crate::catalog::categories::shelves;
use crate::catalog::showcase::is_slug;
use crate::catalog::store::{listing as store, showcase};
use crate::catalog::{Extra, Package, Priced, Shelves, Shown};
use crate::kernel::page::{PAGE_SIZE, Page, read_cursor, write_cursor};
use crate::kernel::{Actor, Context, Error, Money, PackageId, ProviderId};
use jiff::Timestamp;
use uuid::Uuid;

/// The services of a business, the newest first: one statement.
///
/// # Errors
/// Not found for people who do not manage the business.
pub async fn list(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    filter: &OwnFilter,
    after: Option<&str>,
) -> Result<Page<ListedRow>, Error> {
    require(actor, provider)?;
    let after = cursor(after);
    let now = ctx.clock.now();
    let rows = store::list(&ctx.pool, provider, filter, after.unwrap_or(LATEST), PAGE_SIZE + 1, now).await?;
    Ok(Page::cut(rows, PAGE_SIZE, after.is_some(), |row| write_cursor(row.created_at.as_microsecond(), row.id.0)))
}

/// Before every row of a list that begins with the newest.
const LATEST: (Timestamp, Uuid) = (Timestamp::MAX, Uuid::max());

fn cursor(after: Option<&str>) -> Option<(Timestamp, Uuid)> {
    let (micros, id) = after.and_then(read_cursor)?;
    let at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
    (at > Timestamp::UNIX_EPOCH).then_some((at, id))
}

/// Where one can begin: all categories. One statement.
///
/// # Errors
/// Not found for people who do not manage the business.
pub async fn starting(ctx: &Context, actor: &Actor, provider: ProviderId) -> Result<Shelves, Error> {
    require(actor, provider)?;
    shelves(ctx).await
}

/// A service of one's own business: one statement.
///
/// # Errors
/// Not found, also for people who do not manage the business.
pub(super) async fn own(ctx: &Context, actor: &Actor, slug: &str) -> Result<Edited, Error> {
    actor.signed_in()?;
    if !is_slug(slug) {
        return Err(Error::NotFound);
    }
    let service = store::edited(&ctx.pool, slug).await?.ok_or(Error::NotFound)?;
    require(actor, service.provider)?;
    Ok(service)
}

/// A service of one's own business with all categories, for its form: two statements.
///
/// # Errors
/// Not found, also for people who do not manage the business.
pub async fn edited(ctx: &Context, actor: &Actor, slug: &str) -> Result<(Edited, Shelves), Error> {
    let service = own(ctx, actor, slug).await?;
    Ok((service, shelves(ctx).await?))
}

/// All texts a service had, the latest first, with all categories: three statements.
///
/// # Errors
/// Not found, also for people who do not manage the business.
pub async fn history(
    ctx: &Context,
    actor: &Actor,
    slug: &str,
) -> Result<(Edited, Vec<(Revision, Listing)>, Shelves), Error> {
    let service = own(ctx, actor, slug).await?;
    let texts = store::revisions(&ctx.pool, service.id).await?;
    Ok((service, texts, shelves(ctx).await?))
}

/// What is different between two texts, told with the names of this tree and of these people.
#[must_use]
pub fn told_apart(old: &Listing, new: &Listing, shelves: &Shelves, team: &[Teammate]) -> Vec<Change> {
    changes_in_order(old, new, &names(shelves, team), &asked(shelves))
}

/// All that a text says, told with the names of this tree and of these people.
#[must_use]
pub fn told_whole(listing: &Listing, shelves: &Shelves, team: &[Teammate]) -> Vec<Change> {
    whole(listing, &names(shelves, team), &asked(shelves))
}

/// Every field in the order of the tree.
fn asked(shelves: &Shelves) -> Vec<Uuid> {
    shelves.fields().map(|field| field.id).collect()
}

/// The names of categories, of their fields, and of people of the business by their ids.
fn names<'n>(shelves: &'n Shelves, team: &'n [Teammate]) -> impl Fn(Uuid) -> String + 'n {
    move |id| {
        let member = || team.iter().find(|mate| mate.id.0 == id).map(|mate| mate.name.clone());
        shelves.name(id).or_else(member).unwrap_or_else(|| "No longer there".to_owned())
    }
}

/// The page of a service as it would be with the text that is worked on: three statements.
///
/// # Errors
/// Not found, also for people who do not manage the business.
pub async fn preview(ctx: &Context, actor: &Actor, slug: &str) -> Result<Shown, Error> {
    let service = own(ctx, actor, slug).await?;
    let shelves = shelves(ctx).await?;
    let mut conn = ctx.pool.acquire().await?;
    let shown = showcase::shown(&mut conn, None, &service.slug, ctx.clock.now()).await?;
    Ok(dressed(shown, &service, service.listing().clone(), &shelves))
}

/// The page of a service as it would be with what is typed just now, as far as it can be read. Nothing is saved: three
/// statements.
///
/// # Errors
/// Not found, also for people who do not manage the business.
pub async fn preview_typed(ctx: &Context, actor: &Actor, slug: &str, typed: &Typed) -> Result<Shown, Error> {
    let service = own(ctx, actor, slug).await?;
    let shelves = shelves(ctx).await?;
    let (mut listing, mut wrong) = read(typed, service.listing());
    let asked = shelves.asked(listing.category);
    read_told(typed, &asked, &mut listing, &mut wrong);
    let mut conn = ctx.pool.acquire().await?;
    let shown = showcase::shown(&mut conn, None, &service.slug, ctx.clock.now()).await?;
    Ok(dressed(shown, &service, listing, &shelves))
}

/// A page in other words.
fn dressed(shown: Shown, service: &Edited, listing: Listing, shelves: &Shelves) -> Shown {
    let money = |minor: Option<i64>| Money::new(minor.unwrap_or(0), listing.currency);
    // Packages of a draft have no ids yet, and nobody chooses one here.
    let package = |one: &super::ListingPackage| Package {
        id: PackageId(Uuid::nil()),
        tier: one.tier,
        name: one.name.clone(),
        description: one.description.clone(),
        includes: one.includes.clone(),
        price: money(one.price_minor),
        duration_min: one.duration_min,
        delivery_days: one.delivery_days,
        revisions: one.revisions,
    };
    let extra = |one: &super::ListingExtra| Extra {
        id: one.id,
        name: one.name.clone(),
        price: money(one.price_minor),
        extra_min: one.extra_min,
        extra_days: one.extra_days,
    };
    let told = shown_told(&listing, &shelves.asked(listing.category));
    let priced = Priced {
        title: super::named(&listing.title).to_owned(),
        kind: listing.kind,
        pricing: listing.pricing,
        price: money(listing.from_minor()),
        duration_min: listing.duration_min,
        max_duration_min: listing.max_duration_min,
        delivery_days: listing.delivery_days,
        unit: listing.unit,
        surcharges: listing.surcharges,
        packages: listing.packages.iter().map(package).collect(),
        extras: listing.extras.iter().map(extra).collect(),
    };
    Shown {
        status: service.status,
        summary: listing.summary,
        description: listing.description,
        includes: listing.includes,
        told,
        priced,
        place: listing.place,
        city: listing.city,
        radius_km: listing.radius_km,
        booking_mode: listing.booking_mode,
        cancellation_policy: listing.cancellation_policy,
        pictures: listing.pictures,
        questions: listing.questions,
        members: service.team.iter().filter(|mate| listing.members.contains(&mate.id)).cloned().collect(),
        ..shown
    }
}

/// The present address of a service that had this one before: one statement.
///
/// # Errors
/// The database is away.
pub async fn renamed(ctx: &Context, slug: &str) -> Result<Option<String>, Error> {
    if is_slug(slug) { store::renamed(&ctx.pool, slug).await } else { Ok(None) }
}

/// Services for the back office: what waits for review, the longest first, or all of a state, the newest first. One
/// statement.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn admin_list(
    ctx: &Context,
    actor: &Actor,
    filter: &AdminFilter,
    after: Option<&str>,
) -> Result<Page<AdminRow>, Error> {
    review::require(actor)?;
    let after = cursor(after);
    let queue = filter.status.is_none() && !filter.all;
    let rows = if queue {
        let begin = after.unwrap_or((Timestamp::UNIX_EPOCH, Uuid::nil()));
        store::queue(&ctx.pool, &filter.words, begin, PAGE_SIZE + 1).await?
    } else {
        store::all(&ctx.pool, filter, after.unwrap_or(LATEST), PAGE_SIZE + 1).await?
    };
    Ok(Page::cut(rows, PAGE_SIZE, after.is_some(), |row| {
        let at = row.waiting.filter(|_| queue).map_or(row.created_at, |(_, since)| since);
        write_cursor(at.as_microsecond(), row.id.0)
    }))
}

/// How many services wait for review, and since when the one that waits longest: one statement.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn waiting(ctx: &Context, actor: &Actor) -> Result<(i64, Option<Timestamp>), Error> {
    review::require(actor)?;
    store::waiting(&ctx.pool).await
}

/// A service for its reviewer, with all categories: two statements.
///
/// # Errors
/// Not found, also for those who may not see it.
pub async fn for_review(ctx: &Context, actor: &Actor, slug: &str) -> Result<(Review, Shelves), Error> {
    review::require(actor)?;
    if !is_slug(slug) {
        return Err(Error::NotFound);
    }
    let service = store::reviewed(&ctx.pool, slug).await?.ok_or(Error::NotFound)?;
    Ok((service, shelves(ctx).await?))
}
