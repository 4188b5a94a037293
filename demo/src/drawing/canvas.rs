//! A small shape builder: everything drawn is a call here, in whole units.

use std::fmt::Write;

use super::colour::{Colour, INK};

/// Collects shapes in drawing order (later ones cover earlier ones).
#[derive(Clone, Debug, Default)]
pub struct Canvas {
    out: String,
    clips: usize,
}

/// A finished drawing as SVG text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Svg {
    /// Width of the view box, in drawing units.
    pub width: u32,
    /// Height of the view box, in drawing units.
    pub height: u32,
    text: String,
}

impl Svg {
    /// The whole document, ready to be stored or rendered.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Canvas {
    /// An empty canvas.
    pub fn new() -> Self {
        Self::default()
    }

    /// Closes the drawing with the size of its view box.
    pub fn finish(self, width: u32, height: u32) -> Svg {
        let text =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\">{}</svg>", self.out);
        Svg { width, height, text }
    }

    /// Everything drawn so far, mirrored left to right in a drawing `width` wide.
    pub fn mirrored(self, width: i32) -> Self {
        self.transformed(&format!("translate({width} 0) scale(-1 1)"))
    }

    /// Everything drawn so far under an SVG transform.
    pub fn transformed(self, transform: &str) -> Self {
        let out = format!("<g transform=\"{transform}\">{}</g>", self.out);
        Self { out, clips: self.clips }
    }

    /// Writing to a `String` cannot fail, so the result carries no news.
    fn push(&mut self, shape: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(shape);
    }

    /// A rectangle from its top left corner.
    pub fn rect(&mut self, x: i32, y: i32, w: i32, h: i32, fill: Colour) {
        self.push(format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{fill}\"/>"));
    }

    /// A rectangle with corners of radius `r`.
    pub fn round(&mut self, (x, y, w, h): (i32, i32, i32, i32), r: i32, fill: Colour) {
        self.push(format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{r}\" fill=\"{fill}\"/>"));
    }

    /// A circle around its centre.
    pub fn circle(&mut self, cx: i32, cy: i32, r: i32, fill: Colour) {
        self.push(format_args!("<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\" fill=\"{fill}\"/>"));
    }

    /// An ellipse around its centre.
    pub fn ellipse(&mut self, cx: i32, cy: i32, rx: i32, ry: i32, fill: Colour) {
        self.push(format_args!("<ellipse cx=\"{cx}\" cy=\"{cy}\" rx=\"{rx}\" ry=\"{ry}\" fill=\"{fill}\"/>"));
    }

    /// A filled path in SVG path notation.
    pub fn path(&mut self, d: &str, fill: Colour) {
        self.push(format_args!("<path d=\"{d}\" fill=\"{fill}\"/>"));
    }

    /// A filled polygon.
    pub fn poly(&mut self, points: &[(i32, i32)], fill: Colour) {
        self.push(format_args!("<polygon points=\""));
        for (x, y) in points {
            self.push(format_args!("{x},{y} "));
        }
        self.push(format_args!("\" fill=\"{fill}\"/>"));
    }

    /// A line with round ends and joints along a path.
    pub fn line(&mut self, d: &str, width: i32, stroke: Colour) {
        self.push(format_args!(
            "<path d=\"{d}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>"
        ));
    }

    /// The outline of a circle.
    pub fn ring(&mut self, cx: i32, cy: i32, r: i32, width: i32, stroke: Colour) {
        self.push(format_args!(
            "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width}\"/>"
        ));
    }

    /// A soft shadow on the ground: a flat see-through ellipse.
    pub fn shadow(&mut self, cx: i32, cy: i32, rx: i32, ry: i32) {
        self.push(format_args!(
            "<ellipse cx=\"{cx}\" cy=\"{cy}\" rx=\"{rx}\" ry=\"{ry}\" fill=\"{INK}\" fill-opacity=\".14\"/>"
        ));
    }

    /// A see-through path over what is already drawn; `percent` covers.
    pub fn veil(&mut self, d: &str, fill: Colour, percent: u32) {
        self.push(format_args!(
            "<path d=\"{d}\" fill=\"{fill}\" fill-opacity=\"{}.{:02}\"/>",
            percent / 100,
            percent % 100
        ));
    }

    /// Draws under an SVG transform.
    pub fn under(&mut self, transform: &str, draw: impl FnOnce(&mut Self)) {
        self.push(format_args!("<g transform=\"{transform}\">"));
        draw(self);
        self.push(format_args!("</g>"));
    }

    /// Draws with the origin moved to a point and everything scaled by `percent`.
    pub fn at(&mut self, x: i32, y: i32, percent: i32, draw: impl FnOnce(&mut Self)) {
        let whole = percent / 100;
        let rest = percent % 100;
        self.under(&format!("translate({x} {y}) scale({whole}.{rest:02})"), draw);
    }

    /// Draws with the origin moved to a point and turned clockwise by `degrees`.
    pub fn turned(&mut self, x: i32, y: i32, degrees: i32, draw: impl FnOnce(&mut Self)) {
        self.under(&format!("translate({x} {y}) rotate({degrees})"), draw);
    }

    /// Draws mirrored left to right around the vertical through `x`.
    pub fn flipped(&mut self, x: i32, draw: impl FnOnce(&mut Self)) {
        self.under(&format!("translate({} 0) scale(-1 1)", 2 * x), draw);
    }

    /// Draws only inside a path.
    pub fn inside(&mut self, d: &str, draw: impl FnOnce(&mut Self)) {
        let id = self.clips;
        self.clips += 1;
        self.push(format_args!("<clipPath id=\"c{id}\"><path d=\"{d}\"/></clipPath><g clip-path=\"url(#c{id})\">"));
        draw(self);
        self.push(format_args!("</g>"));
    }
}
