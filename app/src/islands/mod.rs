//! The parts of pages that move in the browser: compiled for both programs, and kept small. Each is an
//! enhancement of HTML that works without it.

pub mod live_form;
pub mod search_box;
