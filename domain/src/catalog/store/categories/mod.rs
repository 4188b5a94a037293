//! Statements of the operators about the tree of categories.

pub(in crate::catalog) mod fields;
mod tree;

pub(in crate::catalog) use tree::*;
