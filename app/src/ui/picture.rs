//! Pictures and faces: fixed shape, a calm ground colour until they arrive, the right size for the screen.

use leptos::prelude::*;

/// A picture in several sizes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureData {
    /// The JPEG (or SVG) every browser can show.
    pub src: String,
    /// WebP or JPEG in several widths: `/media/x-480.webp 480w, /media/x-960.webp 960w`. Empty when there is only `src`.
    pub srcset: String,
    /// Pixels of `src`.
    pub width: u32,
    /// Pixels of `src`.
    pub height: u32,
    /// Ground colour while loading, `#rrggbb`. Empty for the paper's own.
    pub colour: String,
    /// What is to be seen. Empty when the words beside it already say so.
    pub alt: String,
}

/// A picture, cut to 4:3 unless `natural`.
#[component]
pub fn Picture(
    picture: PictureData,
    /// How wide it stands, as in the `sizes` attribute.
    #[prop(default = "(min-width: 64rem) 20rem, (min-width: 40rem) 45vw, 92vw".to_owned(), into)]
    sizes: String,
    /// On the first screen: load at once and first.
    #[prop(optional)]
    eager: bool,
    /// Keeps its own proportions.
    #[prop(optional)]
    natural: bool,
    /// Extra classes of the frame.
    #[prop(optional, into)]
    class: String,
) -> impl IntoView {
    let frame = if natural { format!("picture {class}") } else { format!("picture picture-43 {class}") };
    let ground = (!picture.colour.is_empty()).then(|| {
        view! {
            <svg class="picture-ground" aria-hidden="true">
                <rect width="100%" height="100%" fill=picture.colour.clone()></rect>
            </svg>
        }
    });
    let kind = if picture.srcset.contains(".jpg ") { "image/jpeg" } else { "image/webp" };
    let widths =
        (!picture.srcset.is_empty()).then(|| view! { <source type=kind srcset=picture.srcset.clone() sizes=sizes/> });
    view! {
        <div class=frame>
            {ground}
            <picture>
                {widths}
                <img
                    src=picture.src
                    alt=picture.alt
                    width=picture.width
                    height=picture.height
                    loading=if eager { "eager" } else { "lazy" }
                    fetchpriority=eager.then_some("high")
                    decoding="async"
                />
            </picture>
        </div>
    }
}

/// How big a face is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 28 px, in lines of text.
    Small,
    /// 44 px.
    #[default]
    Medium,
    /// 72 px.
    Large,
    /// 112 px, at the top of a profile.
    Huge,
}

/// A face, or the first letters of the name on a calm ground.
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    /// Address of the portrait.
    #[prop(optional_no_strip)]
    src: Option<String>,
    #[prop(optional)] size: AvatarSize,
    /// The name stands beside it, so it need not be spoken twice (the default); `false` speaks it.
    #[prop(default = true)]
    decorative: bool,
) -> impl IntoView {
    let (class, pixels) = match size {
        AvatarSize::Small => ("avatar avatar-sm", "28"),
        AvatarSize::Medium => ("avatar", "44"),
        AvatarSize::Large => ("avatar avatar-lg", "72"),
        AvatarSize::Huge => ("avatar avatar-xl", "112"),
    };
    match src {
        Some(src) => {
            let alt = if decorative { String::new() } else { name };
            view! {
                <img class=class src=src alt=alt width=pixels height=pixels loading="lazy" decoding="async"/>
            }
            .into_any()
        }
        None => {
            let tone = format!("{class} avatar-{}", name.bytes().map(usize::from).sum::<usize>() % 5);
            let letters = initials(&name);
            let spoken = (!decorative).then_some(name);
            view! {
                <span
                    class=tone
                    role=spoken.is_some().then_some("img")
                    aria-label=spoken.clone()
                    aria-hidden=spoken.is_none().then_some("true")
                >
                    {letters}
                </span>
            }
            .into_any()
        }
    }
}

/// First letters of the first and last word: "Ana Sofia Reis" gives "AR".
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn first_and_last_word_give_the_letters() {
        assert_eq!(initials("Ana Sofia Reis"), "AR");
        assert_eq!(initials("élodie"), "É");
        assert_eq!(initials("  "), "");
    }
}
