//! What businesses of a story offer.

use super::store::{self, NewExtra, NewPackage, NewService};
use super::{Member, Provider, World};
use crate::catalog::{AnswerKind, Question, Surcharges, Unit};
use crate::kernel::{ExtraId, MemberId, PackageId, ServiceId};

/// A listing.
#[derive(Clone, Debug)]
pub struct Service {
    /// Which one.
    pub id: ServiceId,
    /// Its word in addresses.
    pub slug: String,
    /// Its packages, the lowest first.
    pub packages: Vec<Package>,
    /// Its add-ons, in order.
    pub extras: Vec<ExtraId>,
}

/// A tier of a listing.
#[derive(Clone, Debug)]
pub struct Package {
    /// Which one.
    pub id: PackageId,
    /// `basic`, `standard`, `premium`.
    pub tier: &'static str,
}

/// How a listing is told: a visit at the customer's, booked at once, 60 minutes, 50 euros, every half
/// hour, no notice needed, done by everybody of the business; anything else is said.
#[derive(Clone, Debug)]
pub struct ServiceStory {
    row: NewService,
    members: Option<Vec<MemberId>>,
    packages: Vec<NewPackage>,
    extras: Vec<NewExtra>,
    questions: Vec<Question>,
    surcharges: Surcharges,
    unit: Unit,
}

impl World {
    /// A listing of a business.
    pub async fn service(&self, provider: &Provider, tell: impl FnOnce(ServiceStory) -> ServiceStory) -> Service {
        let id: ServiceId = self.story.ctx.id();
        let told = tell(ServiceStory::usual());
        let slug = told.row.title.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let [a, b, c] = self.story.ctx.chance.bytes::<3>();
        let slug = format!("{slug}-{a:02x}{b:02x}{c:02x}");
        let story = &self.story;
        store::service(story, id, &slug, provider, &told.row).await.expect("a service");
        store::service_members(story, id, provider.id, told.members.as_deref()).await.expect("its members");
        let mut packages = Vec::new();
        for package in &told.packages {
            let package_id: PackageId = story.ctx.id();
            store::package(story, package_id, id, package).await.expect("a package");
            packages.push(Package { id: package_id, tier: package.tier });
        }
        let mut extras = Vec::new();
        for (position, extra) in (0..).zip(&told.extras) {
            let extra_id: ExtraId = story.ctx.id();
            store::extra(story, extra_id, id, position, extra).await.expect("an extra");
            extras.push(extra_id);
        }
        store::terms(story, id, (&told.questions, &told.surcharges, &told.unit)).await.expect("its terms");
        Service { id, slug, packages, extras }
    }
}

impl ServiceStory {
    fn usual() -> Self {
        let row = NewService {
            title: "Fix a leak".to_owned(),
            kind: "visit",
            pricing: "fixed",
            price_minor: 5000,
            duration_min: 60,
            max_duration_min: 60,
            delivery_days: 0,
            place: "customer",
            booking_mode: "instant",
            cancellation_policy: "flexible",
            slot_interval_min: 30,
            buffer_before_min: 0,
            buffer_after_min: 0,
            min_notice_min: 0,
            horizon_days: 60,
            daily_limit: None,
            status: "live",
        };
        Self {
            row,
            members: None,
            packages: Vec::new(),
            extras: Vec::new(),
            questions: Vec::new(),
            surcharges: Surcharges::default(),
            unit: Unit::default(),
        }
    }

    /// Under this title.
    #[must_use]
    pub fn called(mut self, title: &str) -> Self {
        title.clone_into(&mut self.row.title);
        self
    }

    /// For this whole price, in minor units.
    #[must_use]
    pub const fn costs(mut self, minor: i64) -> Self {
        self.row.price_minor = minor;
        self
    }

    /// For this price an hour, between a shortest and a longest visit in minutes.
    #[must_use]
    pub const fn hourly(mut self, minor: i64, shortest_min: i32, longest_min: i32) -> Self {
        self.row.pricing = "hourly";
        self.row.price_minor = minor;
        self.row.duration_min = shortest_min;
        self.row.max_duration_min = longest_min;
        self
    }

    /// For this price each, between a fewest and a most.
    #[must_use]
    pub fn per(mut self, name: &str, minor: i64, (least, most): (u32, u32), each_min: u32) -> Self {
        self.row.pricing = "unit";
        self.row.price_minor = minor;
        self.unit = Unit { name: name.to_owned(), least, most, minutes: each_min };
        self
    }

    /// For at least this price, in minor units.
    #[must_use]
    pub const fn costs_from(mut self, minor: i64) -> Self {
        self.row.pricing = "from";
        self.row.price_minor = minor;
        self
    }

    /// For a price that is named on request.
    #[must_use]
    pub const fn on_quote(mut self) -> Self {
        self.row.pricing = "quote";
        self.row.price_minor = 0;
        self
    }

    /// A visit of so many minutes.
    #[must_use]
    pub const fn lasts(mut self, minutes: i32) -> Self {
        self.row.duration_min = minutes;
        self.row.max_duration_min = minutes;
        self
    }

    /// The provider answers first.
    #[must_use]
    pub const fn on_request(mut self) -> Self {
        self.row.booking_mode = "request";
        self
    }

    /// Files by a deadline instead of a visit.
    #[must_use]
    pub const fn delivered_in(mut self, days: i32) -> Self {
        self.row.kind = "delivery";
        self.row.place = "remote";
        self.row.delivery_days = days;
        self
    }

    /// At `customer`, at `provider`, or `remote`.
    #[must_use]
    pub const fn at(mut self, place: &'static str) -> Self {
        self.row.place = place;
        self
    }

    /// So many minutes are kept free before and after each visit.
    #[must_use]
    pub const fn buffers(mut self, before_min: i32, after_min: i32) -> Self {
        self.row.buffer_before_min = before_min;
        self.row.buffer_after_min = after_min;
        self
    }

    /// A visit may start every so many minutes.
    #[must_use]
    pub const fn every(mut self, minutes: i32) -> Self {
        self.row.slot_interval_min = minutes;
        self
    }

    /// Not sooner than in so many minutes, not later than in so many days.
    #[must_use]
    pub const fn bookable(mut self, notice_min: i32, horizon_days: i32) -> Self {
        self.row.min_notice_min = notice_min;
        self.row.horizon_days = horizon_days;
        self
    }

    /// At most so many visits a day.
    #[must_use]
    pub const fn at_most(mut self, a_day: i32) -> Self {
        self.row.daily_limit = Some(a_day);
        self
    }

    /// Cancelled under this policy: `flexible`, `moderate`, `strict`.
    #[must_use]
    pub const fn cancelled_as(mut self, policy: &'static str) -> Self {
        self.row.cancellation_policy = policy;
        self
    }

    /// Not on offer at present: `draft`, `paused`, `archived`.
    #[must_use]
    pub const fn standing(mut self, status: &'static str) -> Self {
        self.row.status = status;
        self
    }

    /// Done by these members only.
    #[must_use]
    pub fn done_by(mut self, members: &[&Member]) -> Self {
        self.members = Some(members.iter().map(|member| member.id).collect());
        self
    }

    /// Sold in tiers: add the lowest first.
    #[must_use]
    pub fn package(mut self, tier: &'static str, minor: i64, duration_min: i32) -> Self {
        if self.packages.is_empty() {
            self.row.price_minor = minor;
        }
        self.row.pricing = "packages";
        let delivery_days = self.row.delivery_days;
        self.packages.push(NewPackage { tier, price_minor: minor, duration_min, delivery_days });
        self
    }

    /// Asking this before the work begins.
    #[must_use]
    pub fn asks(mut self, text: &str, kind: AnswerKind, required: bool, options: &[&str]) -> Self {
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        self.questions.push(Question { text: text.to_owned(), kind, required, options });
        self
    }

    /// Dearer by so many percent at weekends, and at night (20:00 to 6:00).
    #[must_use]
    pub const fn dearer(mut self, weekend_percent: u32, night_percent: u32) -> Self {
        self.surcharges.weekend_percent = weekend_percent;
        self.surcharges.night_percent = night_percent;
        self.surcharges.night_from_min = 1200;
        self.surcharges.night_until_min = 360;
        self
    }

    /// With a priced add-on that makes the visit longer.
    #[must_use]
    pub fn extra(mut self, name: &str, minor: i64, extra_min: i32) -> Self {
        self.extras.push(NewExtra { name: name.to_owned(), price_minor: minor, extra_min });
        self
    }
}
