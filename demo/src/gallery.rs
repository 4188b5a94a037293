//! The pictures of the demo marketplace: which there are, and where their files lie. A file is named after
//! its drawing, so that what is already there need not be drawn again.

use crate::content::people;
use crate::drawing::{self, Category, PictureError, Presentation, Svg};
use domain::kernel::Error;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Widths of pictures of services and categories.
const WIDE: [u32; 3] = [400, 800, 1200];
/// Widths of portraits and company marks.
const SMALL: [u32; 3] = [96, 192, 384];
/// Width the ground colour is read from.
const GLANCE: u32 = 48;

/// What is drawn.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A scene of a trade.
    Scene(Category, u64),
    /// The tile of a top category.
    Tile(Category),
    /// A face.
    Face(u64, Presentation),
    /// A company's mark.
    Mark(u64),
}

/// A picture that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its files are `{key}-{width}.webp` and `.jpg`.
    pub key: String,
    /// Its ground colour, `#rrggbb`.
    pub colour: String,
}

/// Pictures by what they are of.
#[derive(Debug, Default)]
pub struct Gallery(HashMap<String, Picture>);

impl Gallery {
    /// The picture of a thing.
    pub fn of(&self, thing: &str) -> Option<&Picture> {
        self.0.get(thing)
    }

    /// The key of a person's portrait, if one was drawn.
    pub fn portrait(&self, name: &str) -> Option<&str> {
        self.of(&face_of(name)).map(|picture| picture.key.as_str())
    }

    /// How many pictures there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// The name of a person's portrait among the things.
fn face_of(name: &str) -> String {
    format!("face {name}")
}

/// A commission of pictures: things and what is drawn for them.
#[derive(Debug, Default)]
pub struct Commission(BTreeMap<String, Subject>);

impl Commission {
    /// Asks for a picture.
    pub fn ask(&mut self, thing: String, subject: Subject) {
        self.0.insert(thing, subject);
    }

    /// Asks for a person's portrait.
    pub fn ask_face(&mut self, name: &str) {
        self.ask(face_of(name), Subject::Face(crate::story::ids::seed(name), people::presentation(name)));
    }

    /// Draws everything with as many threads as there are cores, and leaves alone what is already there.
    ///
    /// # Errors
    /// The folder cannot be written to, or a drawing cannot be made into a picture.
    pub async fn carry_out(self, files: &Path, say: &dyn Fn(&str)) -> Result<Gallery, Error> {
        let folder = files.join("pictures");
        std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
        let all = self.0.len();
        let done = std::sync::Arc::new(AtomicUsize::new(0));
        let progress = std::sync::Arc::clone(&done);
        let mut drawing = tokio::task::spawn_blocking(move || draw_all(self.0, &folder, &progress));
        let mut said = 0;
        loop {
            match tokio::time::timeout(std::time::Duration::from_millis(250), &mut drawing).await {
                Ok(drawn) => return drawn.map_err(Error::internal)?,
                Err(_) => {
                    let tenth = done.load(Ordering::Relaxed) * 10 / all.max(1);
                    if tenth > said {
                        said = tenth;
                        say(&format!("pictures: {} of {all}", done.load(Ordering::Relaxed)));
                    }
                }
            }
        }
    }
}

fn unwritable(folder: &Path, error: &std::io::Error) -> Error {
    Error::Unavailable(format!("{} cannot be written to: {error}", folder.display()))
}

fn draw_all(subjects: BTreeMap<String, Subject>, folder: &Path, progress: &AtomicUsize) -> Result<Gallery, Error> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let waiting = Mutex::new(subjects.into_iter());
    let next = || waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
    let work = || -> Result<Vec<(String, Picture)>, Error> {
        let mut drawn = Vec::new();
        while let Some((thing, subject)) = next() {
            drawn.push((thing, subject.draw(folder)?));
            progress.fetch_add(1, Ordering::Relaxed);
        }
        Ok(drawn)
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let mut gallery = Gallery::default();
        for worker in workers {
            let drawn = worker.join().map_err(|_| Error::internal("drawing a picture failed"))?;
            gallery.0.extend(drawn?);
        }
        Ok(gallery)
    })
}

impl Subject {
    fn svg(&self) -> Svg {
        match self {
            Self::Scene(category, seed) => drawing::listing(*category, *seed),
            Self::Tile(category) => drawing::category_tile(*category),
            Self::Face(seed, presentation) => drawing::portrait_of(*seed, *presentation),
            Self::Mark(seed) => drawing::logo_for_company(*seed),
        }
    }

    const fn widths(&self) -> [u32; 3] {
        match self {
            Self::Scene(..) | Self::Tile(_) => WIDE,
            Self::Face(..) | Self::Mark(_) => SMALL,
        }
    }

    fn draw(&self, folder: &Path) -> Result<Picture, Error> {
        let svg = self.svg();
        let key = format!("{:016x}", crate::story::ids::seed(svg.as_str()));
        let glance = drawing::render(&svg, GLANCE).map_err(Error::internal)?;
        for width in self.widths() {
            write_missing(&svg, folder, &key, width)?;
        }
        Ok(Picture { key, colour: drawing::dominant_colour(&glance) })
    }
}

/// Makes the files of one width that are not there yet.
fn write_missing(svg: &Svg, folder: &Path, key: &str, width: u32) -> Result<(), Error> {
    let webp = folder.join(format!("{key}-{width}.webp"));
    let jpeg = folder.join(format!("{key}-{width}.jpg"));
    if webp.exists() && jpeg.exists() {
        return Ok(());
    }
    let internal = |error: PictureError| Error::internal(error);
    let pixels = drawing::render(svg, width).map_err(internal)?;
    put(&webp, &drawing::encode_webp(&pixels).map_err(internal)?)?;
    put(&jpeg, &drawing::encode_jpeg(&pixels, 82).map_err(internal)?)
}

/// Written aside and renamed, so that nobody ever finds half a picture.
fn put(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    static DRAFTS: AtomicUsize = AtomicUsize::new(0);
    let draft = path.with_extension(format!("part{}", DRAFTS.fetch_add(1, Ordering::Relaxed)));
    let written = std::fs::write(&draft, bytes).and_then(|()| std::fs::rename(&draft, path));
    written.map_err(|error| unwritable(path, &error))
}
