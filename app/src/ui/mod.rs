//! The kit: every part pages are made of. `/kit` shows all of it.
mod badge;
mod button;
mod calendar_week;
mod card;
mod drawing;
#[cfg(feature = "ssr")]
pub mod fields;
mod figures;
mod icon;
mod navigation;
mod notice;
mod picture;
mod record;
mod stars;

pub use badge::{Badge, Chip, Status, Tone, Verified};
pub use button::{Button, ButtonKind, ButtonSize, LinkButton, button_class};
pub use calendar_week::{CalendarDay, CalendarEvent, CalendarWeek};
pub use card::{Card, ServiceCard, ServiceCardData};
pub use drawing::{Drawing, Scene};
pub use figures::{ProgressBar, Skeleton, Stat, Table};
pub use icon::{ALL_ICONS, Glyph, Icon, IconSize};
pub use navigation::{Breadcrumbs, Link, Pager, Tab, Tabs};
pub use notice::{ConfirmPage, Dialog, Disclosure, EmptyState, Notice, Sheet, Toast};
pub use picture::{Avatar, AvatarSize, Picture, PictureData};
pub use record::{
    Moment, Price, PriceLine, PriceLines, Steps, SummaryItem, SummaryList, Timeline, TimelineEntry, When,
};
pub use stars::{Rating, RatingBar, RatingBars, Stars};
