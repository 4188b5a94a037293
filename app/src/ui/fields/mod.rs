//! Form fields. Each takes the `FormState` of its form and shows what was typed and what was wrong with it.
//!
//! Ids are made from names (`field_id`), so the linked summary, labels, hints and errors find each other.

mod check;
mod field;
mod file;
mod frame;
mod radio;
mod select;
mod slot_list;
mod star_rating;
mod summary;
mod text_area;

pub use check::{CheckCards, Checkbox, TickGroup};
pub use field::{Field, FieldKind};
pub use file::FileField;
pub use frame::field_id;
pub use radio::{ChoiceCard, RadioCards, RadioGroup};
pub use select::{Choice, Select};
pub use slot_list::{SlotDay, SlotList, SlotTime};
pub use star_rating::StarRating;
pub use summary::ErrorSummary;
pub use text_area::TextArea;

#[cfg(test)]
mod tests;
