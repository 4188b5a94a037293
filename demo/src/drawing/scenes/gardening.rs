use super::Scene;
pub const SCENES: [Scene; 5] = [|s| super::corners::corner(s, 600, 700); 5];
