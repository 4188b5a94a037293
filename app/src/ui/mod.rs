//! The kit: every part pages are made of. `/kit` shows all of it in every state; looks are in `style/`.
//!
//! Parts take plain data and formatted texts, never domain types. `?` marks an optional prop, `#` one that takes
//! an `Option` as it is (the others take the bare value). Texts are `impl Into<String>`.
//!
//! **Acts**
//! - `Button` kind? (`ButtonKind::{Primary, Secondary, Quiet, Danger, Accent}`) size? (`ButtonSize::{Small, Medium,
//!   Large}`) full? loading? disabled? name? value? formaction? form_id? popover? plain? icon? children.
//!   Sends its form. `LinkButton` href kind? size? full? icon? download? children.
//!   `button_class(kind, size, full)` for islands.
//! - `Chip` href text on? icon? count?: a filter in force (cross) or, `on=false`, one to put on.
//!
//! **Fields** (`ui::fields`, server only; all take `form: &FormState`, `name`, `label`)
//! - `Field` kind? (`FieldKind::{Text, Email, Tel, Url, Number, Digits, Amount, Date, Time, Password, Search}`) hint?
//!   value? required? optional? autocomplete? prefix? suffix? min? max? step? maxlength? disabled? readonly?
//!   autofocus? hide_label? placeholder? list?
//! - `FileField` accept hint? required? optional? multiple?: its form is `multipart/form-data`.
//! - `TextArea` hint? value? required? optional? rows? maxlength? disabled? placeholder?
//! - `Select` options (`Vec<Choice>`, `Choice::new(value, label)`) hint? value? empty? required? optional? disabled? hide_label?
//! - `Checkbox` hint? value? checked? required? disabled?; `CheckCards` options (`Vec<ChoiceCard>`) hint? hide_label?
//! - `TickGroup` options (`Vec<Choice>`) hint?: several plain boxes.
//! - `RadioGroup` options (`Vec<Choice>`) hint? value? required?; `RadioCards` options (`Vec<ChoiceCard>`) hint? value?
//!   required? hide_label?; `ChoiceCard { value, title, text, aside, note, disabled }`
//! - `StarRating` hint? required?: sends 1 to 5.
//! - `SlotList` days (`Vec<SlotDay { heading, date, times: Vec<SlotTime { value, label, yours, more }> }>`) zone? value?
//!   required? earlier# later# (addresses) next_free# (words, address)
//! - `ErrorSummary` title?: first thing in a form; shows nothing while all is well. `field_id(name)` gives ids.
//!
//! **Surfaces and pictures**
//! - `Card` title? aside? (`|| view! { … }`) tone? dense? class? children.
//! - `ServiceCard` card (`ServiceCardData { href, picture, title, provider, verified, rating, reviews, place, price,
//!   price_from, next_free, why, parts, label, heart, mark }`) eager? level?. Lay them out in `<div class="service-grid">`.
//! - `Picture` picture (`PictureData { src, srcset, width, height, colour, alt }`) sizes? eager? natural? class?
//! - `Avatar` name src# size? (`AvatarSize::{Small, Medium, Large, Huge}`) decorative?
//! - `Glyph` icon (`Icon::STAR` …) size? (`IconSize`) label?; `Drawing` scene (`Scene`)
//!
//! **Words about things**
//! - `Badge` tone? icon? children; `Status` tone? text; `Verified`; `Tone::{Plain, Primary, Accent, Info, Success,
//!   Warning, Danger}`
//! - `Rating` average count ("★ 4.8 (127)", "New" for 0); `Stars` value large?; `RatingBars` label bars (`Vec<RatingBar {
//!   label, percent, value, href }>`)
//! - `Price` amount from? unit? large?; `When` text datetime zone# yours#
//! - `PriceLines` lines (`Vec<PriceLine { label, amount, note }>`) total_label total note?
//! - `SummaryList` children; `SummaryItem` label change# children; `Stat` label value note? href#
//! - `Timeline` entries (`Vec<TimelineEntry { title, text, when, datetime, moment: Moment::{Past, Now, Next}, tone }>`)
//!
//! **Ways**
//! - `Breadcrumbs` trail (`Vec<Link>`) here; `Tabs` label tabs (`Vec<Tab { text, href, current, count }>`);
//!   `Pager` previous# next# summary?; `Steps` steps (`Vec<(words, Option<href>)>`) current
//!
//! **Telling and asking**
//! - `Notice` tone? title? live? children; `Toast` tone? text (the shell shows `said` with it)
//! - `EmptyState` scene? title text children? (buttons); `Skeleton` lines? picture?; `ProgressBar` label percent
//! - `Dialog` id title children, opened by `<Button popover="id">`; `Sheet` id title count? icon? children: a panel on
//!   wide screens, a sheet on phones; `Disclosure` title open? children; `ConfirmPage` title text tone? children; `AskFirst`
//!   label text about? icon? children (the form that answers): a question on the spot
//!
//! **Many**
//! - `Table` caption quiet? dense? children (`<thead>`, `<tbody>`; `class="num"` right-aligns)
//! - `CalendarWeek` label days (`Vec<CalendarDay { weekday, day, full, href, today, closed, open, events, now, rows, block }>`,
//!   `CalendarEvent { from, to, time, title, text, href, change, grip, tone }`, minutes after midnight) from_hour? to_hour?
//!
//! Layout classes for pages: `page` (the content column, 1200 px), `page-narrow` (640 px, forms), `page-reading`
//! (720 px), `with-side` (content and a 22 rem column, sticky on wide screens: `<div class="with-side"><div>…</div>
//! <aside>…</aside></div>`), `with-panel` (a `Sheet` left of the content), `service-grid`, `stack` (blocks 24 px apart),
//! `row` (things in a line that wrap), `lead`, `muted`, `section` (a band of a page), `bottom-bar` (phones: a bar with
//! the one act), `form` (fields 24 px apart) and `form-row` (fields side by side), `choices-wide`, `chips`, `stats`,
//! `card-float` (a shadow), `prose`, `service-hero` (first picture of a service: the pressed card grows into it). Colours for utilities: `paper surface sunken ink muted line line-strong primary primary-hover
//! primary-tint on-primary accent accent-tint accent-ink danger danger-tint warning … info … success …`, category
//! tints `tint-cleaning` and `tint-cleaning-ink` (cleaning plumbing electrical gardening moving painting beauty
//! tutoring design writing). Sizes: `text-xs` 13, `text-sm` 15, `text-base` 17, `text-lg` 20, `text-xl` 25,
//! `text-2xl` 32, `text-3xl` 44. No inline styles: the content policy forbids them.

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
pub use calendar_week::{CalendarDay, CalendarEvent, CalendarGrip, CalendarRows, CalendarWeek, change_link};
pub use card::{Card, ServiceCard, ServiceCardData};
pub use drawing::{Drawing, Scene};
pub use figures::{ProgressBar, Skeleton, Stat, Table};
pub use icon::{ALL_ICONS, Glyph, Icon, IconSize};
pub use navigation::{Breadcrumbs, Link, Pager, Tab, Tabs};
pub use notice::{AskFirst, ConfirmPage, Dialog, Disclosure, EmptyState, Notice, Sheet, Toast};
pub use picture::{Avatar, AvatarSize, Picture, PictureData};
pub use record::{
    Moment, Price, PriceLine, PriceLines, Steps, SummaryItem, SummaryList, Timeline, TimelineEntry, When,
};
pub use stars::{Rating, RatingBar, RatingBars, Stars};
