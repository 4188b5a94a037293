//! Reusable objects. Standing things have their origin on the ground in the middle,
//! hanging things where they hang, hands and tools at the point where they meet.

pub mod baths;
pub mod desks;
pub mod furniture;
pub mod garden;
pub mod hands;
pub mod lamps;
pub mod layouts;
pub mod lessons;
pub mod machines;
pub mod plants;
pub mod rooms;
pub mod sparks;
pub mod tools;
pub mod vehicles;
pub mod vessels;
pub mod walls;
pub mod windows;
