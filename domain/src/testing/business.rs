//! Businesses of a story and the people one can book there.

use super::{Story, User, World, store};
use crate::kernel::{MemberId, ProviderId, Zone};
use std::ops::RangeInclusive;

/// A business. Its owner can be booked too.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Which one.
    pub id: ProviderId,
    /// Its word in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Where its clocks are.
    pub zone: Zone,
    /// The person it belongs to.
    pub owner: Member,
    story: Story,
}

/// A bookable person of a business.
#[derive(Clone, Debug)]
pub struct Member {
    /// Which one.
    pub id: MemberId,
    /// The login.
    pub user: User,
    story: Story,
}

impl World {
    /// A verified business with an owner, open Monday to Friday from 9 to 17 in `zone`.
    pub async fn provider(&self, name: &str, zone: &str) -> Provider {
        let id: ProviderId = self.story.ctx.id();
        let slug = name.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        store::provider(&self.story, id, &slug, name, zone).await.expect("a provider");
        let owner = self.story.join(id, &format!("{name} owner"), "owner").await;
        let zone = Zone::parse(zone).expect("an IANA zone");
        Provider { id, slug, name: name.to_owned(), zone, owner, story: self.story.clone() }
    }
}

impl Provider {
    /// One more bookable person, with the usual hours.
    pub async fn member(&self, name: &str) -> Member {
        self.story.join(self.id, name, "member").await
    }

    /// One more owner, bookable like everybody.
    pub async fn owner_too(&self, name: &str) -> Member {
        self.story.join(self.id, name, "owner").await
    }

    /// One more bookable person, who may act for the whole business.
    pub async fn manager(&self, name: &str) -> Member {
        self.story.join(self.id, name, "manager").await
    }
}

impl Member {
    /// Works on these weekdays (Monday is 1) from one hour of the day to another, in place of what
    /// was said of them before.
    pub async fn works(&self, weekdays: RangeInclusive<i16>, from_hour: i16, to_hour: i16) -> &Self {
        self.set("open", weekdays, from_hour * 60, to_hour * 60).await
    }

    /// Takes a break on these weekdays, in minutes of the day.
    pub async fn rests(&self, weekdays: RangeInclusive<i16>, from_min: i16, to_min: i16) -> &Self {
        self.set("break", weekdays, from_min, to_min).await
    }

    /// Works at no time at all.
    pub async fn works_never(&self) -> &Self {
        store::no_hours(&self.story, self.id).await.expect("no hours");
        self
    }

    async fn set(&self, kind: &str, weekdays: RangeInclusive<i16>, from_min: i16, to_min: i16) -> &Self {
        let weekdays: Vec<i16> = weekdays.collect();
        store::hours(&self.story, self.id, kind, &weekdays, from_min, to_min).await.expect("hours");
        self
    }
}

impl Story {
    async fn join(&self, provider: ProviderId, name: &str, role: &str) -> Member {
        let user = self.person(name, &["customer", "provider"]).await;
        let id: MemberId = self.ctx.id();
        store::member(self, id, provider, user.id, name, role).await.expect("a member");
        let member = Member { id, user, story: self.clone() };
        member.works(1..=5, 9, 17).await;
        member
    }
}
