//! Everything the page of a business shows, in three statements.

use super::Absence;
use super::published::{Reviews, ReviewsAsked};
use super::search::Hit;
use super::showcase::{Behind, is_slug};
use super::store::{provider_page as store, published};
use crate::kernel::{Context, Error, ProviderId, UserId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

/// Services that are shown; the rest is found by search.
const SERVICES_SHOWN: i64 = 24;
/// Reviews shown at once.
const REVIEWS_SHOWN: usize = 10;

/// Somebody who works there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Colleague {
    /// Their name.
    pub name: String,
    /// Key of their portrait.
    pub picture: Option<String>,
    /// Owns the business.
    pub owner: bool,
    /// What they are good at.
    pub skills: Vec<String>,
}

/// A business as its page shows it.
#[derive(Clone, Debug)]
pub struct ProviderPage {
    /// Which business.
    pub id: ProviderId,
    /// Whether the viewer has blocked it.
    pub blocked: bool,
    /// Whether it cannot be booked at present, for a reason that is not the public's.
    pub hidden: bool,
    /// When it is away: now or soon.
    pub away: Option<Absence>,
    /// Today's date where it is.
    pub today: Date,
    /// What it can do, in its own words.
    pub skills: Vec<String>,
    /// Name, headline, ratings.
    pub business: Behind,
    /// The whole story, paragraphs parted by empty lines.
    pub about: String,
    /// Its town.
    pub city: String,
    /// On the marketplace since then.
    pub since: Timestamp,
    /// Who works there.
    pub team: Vec<Colleague>,
    /// What it offers, best first.
    pub services: Vec<Hit>,
    /// What customers say of all its work.
    pub reviews: Reviews,
}

/// Loads the page of a business, for a viewer if they are known.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub async fn provider_page(
    ctx: &Context,
    viewer: Option<UserId>,
    slug: &str,
    asked: ReviewsAsked,
) -> Result<ProviderPage, Error> {
    if !is_slug(slug) {
        return Err(Error::NotFound);
    }
    let now = ctx.clock.now();
    let mut conn = ctx.pool.acquire().await?;
    let mut page = store::business(&mut conn, viewer, slug, now).await?;
    page.services = store::services(&mut conn, page.id, SERVICES_SHOWN, now).await?;
    page.reviews = published::of_provider(&mut conn, page.id, asked, REVIEWS_SHOWN).await?;
    Ok(page)
}
