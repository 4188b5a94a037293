//! Where the files of a picture are. Drawn ones (demo data) lie in a folder as `{key}-{width}.webp` and `.jpg`; the
//! keys of those people sent begin with `photo-`, and their files are JPEG.

/// What the key of a picture that was sent begins with.
pub(super) const SENT: &str = "photo-";
/// Widths faces are kept in, in pixels: twice to four times as many as they are shown in.
pub const FACE_WIDTHS: [u32; 3] = [96, 192, 384];

/// The address of a face by its key; `width` is one of [`FACE_WIDTHS`].
#[must_use]
pub fn face_address(key: &str, width: u32) -> String {
    let ending = if key.starts_with(SENT) { "jpg" } else { "webp" };
    format!("/pictures/{key}-{width}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::face_address;

    #[test]
    fn sent_and_drawn_faces_have_their_endings() {
        assert_eq!(face_address("photo-0a", 192), "/pictures/photo-0a-192.jpg");
        assert_eq!(face_address("00ab", 96), "/pictures/00ab-96.webp");
    }
}
