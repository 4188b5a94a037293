//! Everything the page of a service shows, in three statements.

use super::published::{Reviews, ReviewsAsked};
use super::search::Hit;
use super::store::showcase as store;
use super::{
    Absence, BookableMember, BookingMode, CancellationPolicy, Place, Priced, ProviderKind, Question, ServicePicture,
    Status,
};
use crate::kernel::{CategoryId, Context, Error, ServiceId, UserId, Zone};
use jiff::Timestamp;

/// Reviews shown at once.
pub(super) const REVIEWS_SHOWN: usize = 6;
/// Similar services that are offered.
pub(super) const SIMILAR_SHOWN: i64 = 4;
/// No address of ours is longer.
const LONGEST_SLUG: usize = 200;

/// The business behind a service, in short.
#[derive(Clone, Debug)]
pub struct Behind {
    /// Its name.
    pub name: String,
    /// Its address.
    pub slug: String,
    /// A person or a company.
    pub kind: ProviderKind,
    /// What it says of itself in a line.
    pub headline: String,
    /// Key of its portrait or mark.
    pub picture: Option<String>,
    /// When it was checked.
    pub verified_at: Option<Timestamp>,
    /// Average rating of all its work; `None` without reviews.
    pub rating: Option<f32>,
    /// Reviews of all its work.
    pub reviews: u32,
    /// Bookings it has completed.
    pub completed: u32,
}

/// A service as its page shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Which service.
    pub id: ServiceId,
    /// Its address.
    pub slug: String,
    /// Whether it is on offer.
    pub status: Status,
    /// Whether the viewer has blocked the business.
    pub blocked: bool,
    /// The viewer keeps it.
    pub kept: bool,
    /// What it is in a sentence or two.
    pub summary: String,
    /// The whole story, paragraphs parted by empty lines.
    pub description: String,
    /// What one gets, line by line.
    pub includes: Vec<String>,
    /// Title, kind, prices, packages, extras.
    pub priced: Priced,
    /// Where the work is done.
    pub place: Place,
    /// The provider's town.
    pub city: String,
    /// How far the provider travels, in kilometres.
    pub radius_km: u32,
    /// Zone of visits.
    pub zone: Zone,
    /// Booked at once or on request.
    pub booking_mode: BookingMode,
    /// What cancelling costs.
    pub cancellation_policy: CancellationPolicy,
    /// Average rating; `None` without reviews.
    pub rating: Option<f32>,
    /// Number of reviews.
    pub reviews: u32,
    /// Pictures in order.
    pub pictures: Vec<ServicePicture>,
    /// Who can be booked for it.
    pub members: Vec<BookableMember>,
    /// What it says in the fields of its category: what is asked, and the answer.
    pub told: Vec<(String, String)>,
    /// What customers are asked before the work begins.
    pub questions: Vec<Question>,
    /// The business.
    pub provider: Behind,
    /// Slug and name of its category.
    pub category: (String, String),
    /// Slug and name of the top of its branch; the same as the category for services at the top.
    pub top_category: (String, String),
    /// The next free time.
    pub next_free: Option<Timestamp>,
    /// When the business is away: now or soon.
    pub away: Option<Absence>,
    pub(super) category_id: CategoryId,
    pub(super) top_category_id: CategoryId,
}

/// A service with what customers say and what else there is.
#[derive(Clone, Debug)]
pub struct Showcase {
    /// The service.
    pub service: Shown,
    /// What customers say of it.
    pub reviews: Reviews,
    /// Others of its kind, best first.
    pub similar: Vec<Hit>,
}

/// Loads the page of a service, for a viewer if they are known.
///
/// # Errors
/// [`Error::NotFound`] for a draft and where there is no such service.
pub async fn showcase(
    ctx: &Context,
    viewer: Option<UserId>,
    slug: &str,
    asked: ReviewsAsked,
) -> Result<Showcase, Error> {
    let now = ctx.clock.now();
    if !is_slug(slug) {
        return Err(Error::NotFound);
    }
    let mut conn = ctx.pool.acquire().await?;
    let service = store::shown(&mut conn, viewer, slug, now).await?;
    if matches!(service.status, Status::Draft | Status::Review) {
        return Err(Error::NotFound);
    }
    let reviews = super::store::published::of_service(&mut conn, service.id, asked, REVIEWS_SHOWN).await?;
    let similar = store::similar(&mut conn, &service, SIMILAR_SHOWN, now).await?;
    Ok(Showcase { service, reviews, similar })
}

/// Whether a word of an address can be one of ours at all.
pub(super) fn is_slug(word: &str) -> bool {
    !word.is_empty() && word.len() <= LONGEST_SLUG && !word.contains('\0')
}
