//! Statements about listings: what a business writes, its way through review, and the rows customers see.

mod begin;
mod life;
mod lists;
mod project;
mod read;

pub(in crate::catalog) use begin::{begun, blank, hold_pictures, insert, town};
pub(in crate::catalog) use life::{
    behind, decline, drop_revision, go_live, put_draft, set_status, submit, submitted, take, withdraw,
};
pub(in crate::catalog) use lists::{all, list, queue, waiting};
pub(in crate::catalog) use project::{project, readdress, title};
pub(in crate::catalog) use read::{edited, managers, renamed, reviewed, revisions};
