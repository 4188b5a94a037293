//! Pictures of people, through the whole router: what is taken, what is left of it, and where it is shown.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::album;
use crate::house;

use album::sending::{addresses, bytes, get_as, send, signed_in};
use album::*;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Request, StatusCode};
use domain::testing::User;
use house::{House, house, text};
use image::{DynamicImage, GenericImageView, Rgba, RgbaImage};
use server::assets::{Pictures, serve_picture};

/// Sends a good picture and hands back its largest print.
async fn taken(house: &House, session: &str, what: &str, file: &[u8]) -> Vec<u8> {
    let answer = send(house, session, "me.bin", "application/octet-stream", file).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{what}");
    assert_eq!(answer.headers()["location"], "/account?said=picture-changed");
    let page = text(get_as(house, "/account", session).await).await;
    let address = addresses(&page).into_iter().find(|address| address.ends_with("-384.jpg")).unwrap();
    bytes(house.get(&address).await).await
}

/// The markers of the segments of a JPEG, up to its pixels.
fn markers(file: &[u8]) -> Vec<u8> {
    let (mut at, mut found) = (2, Vec::new());
    loop {
        assert_eq!(file[at], 0xff);
        found.push(file[at + 1]);
        if file[at + 1] == 0xda {
            return found;
        }
        at += 2 + usize::from(u16::from_be_bytes([file[at + 2], file[at + 3]]));
    }
}

/// Nothing but pixels: the tables to read them with, and the pixels; it ends where they end.
fn assert_bare(what: &str, print: &[u8]) {
    let allowed = [0xe0, 0xdb, 0xc0, 0xc4, 0xda];
    assert!(markers(print).iter().all(|marker| allowed.contains(marker)), "{what}: {:x?}", markers(print));
    assert_eq!(print.windows(2).filter(|pair| pair[0] == 0xff && pair[1] == 0xd9).count(), 1, "{what}");
    assert!(print.ends_with(&[0xff, 0xd9]), "{what}");
    assert_eq!(find(print, SECRET.as_bytes()), None, "{what}");
    assert_eq!(find(print, b"Exif"), None, "{what}");
}

fn find(file: &[u8], words: &[u8]) -> Option<usize> {
    file.windows(words.len()).position(|window| window == words)
}

/// Which colours the four quarters have: r, g, b, w, k for black, and . for grey.
fn seen(print: &[u8]) -> String {
    let picture = image::load_from_memory(print).unwrap();
    assert_eq!(picture.dimensions(), (384, 384));
    let name = |x, y| {
        let [r, g, b, _] = picture.get_pixel(x, y).0;
        match (r > 150, g > 150, b > 150) {
            (true, false, false) => 'r',
            (false, true, false) => 'g',
            (false, false, true) => 'b',
            (true, true, true) => 'w',
            (false, false, false) if r < 60 && g < 60 && b < 60 => 'k',
            _ => '.',
        }
    };
    [(96, 96), (288, 96), (96, 288), (288, 288)].map(|(x, y)| name(x, y)).iter().collect()
}

async fn ana(house: &House) -> (User, String) {
    let ana = house.world.customer("Ana").await;
    let session = signed_in(house, &ana).await;
    (ana, session)
}

#[tokio::test]
async fn a_photo_stands_upright_and_forgets_where_it_was() {
    let house = house().await;
    let (_, session) = ana(&house).await;
    let upright = quarters(300, 200);
    let stored = [
        upright.clone(),
        upright.fliph(),
        upright.rotate180(),
        upright.flipv(),
        upright.fliph().rotate270(),
        upright.rotate270(),
        upright.fliph().rotate90(),
        upright.rotate90(),
    ];
    for (orientation, picture) in (1..).zip(&stored) {
        let file = with_segment(&jpeg(picture), &exif(orientation));
        assert!(find(&file, SECRET.as_bytes()).is_some(), "it says where it was before");
        let what = format!("a photo with orientation {orientation}");
        let print = taken(&house, &session, &what, &file).await;
        assert_eq!(seen(&print), "rgbw", "{what}");
        assert_bare(&what, &print);
    }
}

#[tokio::test]
async fn every_kind_that_people_have_is_taken_and_nothing_but_pixels_is_kept() {
    let house = house().await;
    let (_, session) = ana(&house).await;
    let picture = quarters(200, 200);
    let grey = DynamicImage::ImageLuma8(picture.to_luma8());
    let secret = SECRET.as_bytes();
    let text = |name, before: &[u8]| chunk(name, &[before, secret].concat());
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_fn(200, 200, |x, _| {
        if x < 100 { Rgba([0, 0, 0, 0]) } else { Rgba([0, 0, 0, 255]) }
    }));
    let palette = png_of(&[
        header(80, 80, 8, 3),
        chunk(b"PLTE", &[220, 20, 20, 20, 20, 220]),
        chunk(b"IDAT", &zeros(80 * 81)),
        chunk(b"IEND", b""),
    ]);
    let plain = webp(&picture)[12..].to_vec();
    let extended = webp_of(&[canvas(8, 200, 200), plain, riff(b"EXIF", &tiff(6)), riff(b"XMP ", secret)]);
    let chatty = [
        text(b"tEXt", b"Comment\0"),
        text(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0"),
        chunk(b"eXIf", &tiff(1)),
        chunk(b"tIME", &[7, 234, 11, 2, 9, 0, 0]),
    ];
    let mut lapsing = jpeg(&picture);
    lapsing = with_segment(&lapsing, &segment(0xfe, secret));
    lapsing = with_segment(&lapsing, &segment(0xed, &[b"Photoshop 3.0\08BIM", secret].concat()));
    let corpus: Vec<(&str, Vec<u8>, &str)> = vec![
        ("a JPEG", jpeg(&picture), "rgbw"),
        ("a JPEG with comments", lapsing, "rgbw"),
        ("a JPEG with a preview in it", with_segment(&jpeg(&picture), &segment(0xe2, &jpeg(&grey))), "rgbw"),
        ("a grey JPEG", jpeg(&grey), "..kw"),
        ("a JPEG for printers", cmyk(96, 96), "...."),
        ("a PNG", png(&picture), "rgbw"),
        ("a PNG with texts", with_chunk(&png(&picture), &chatty.concat()), "rgbw"),
        ("a PNG with a palette", palette, "rrrr"),
        ("a PNG of sixteen bits", png(&DynamicImage::ImageRgb16(picture.to_rgb16())), "rgbw"),
        ("a see-through PNG of sixteen bits", png(&DynamicImage::ImageRgba16(clear.to_rgba16())), "wkwk"),
        ("a grey PNG of sixteen bits", png(&DynamicImage::ImageLuma16(picture.to_luma16())), "..kw"),
        ("a see-through PNG", png(&clear), "wkwk"),
        ("a WebP without loss", webp(&picture), "rgbw"),
        ("a see-through WebP", webp(&clear), "wkwk"),
        ("a WebP that says which way is up", extended, "brwg"),
        ("a wide one", jpeg(&quarters(900, 120)), "rgbw"),
        ("a small one", png(&quarters(64, 64)), "rgbw"),
        ("a large one", jpeg(&quarters(4000, 3000)), "rgbw"),
    ];
    for (what, file, expected) in corpus {
        let print = taken(&house, &session, what, &file).await;
        assert_eq!(seen(&print), expected, "{what}");
        assert_bare(what, &print);
    }
}

#[tokio::test]
async fn what_hides_behind_a_picture_is_not_kept() {
    let house = house().await;
    let (_, session) = ana(&house).await;
    let script = b"<script>alert('HOME-SWEET-52.5310N-13.3849E')</script>";
    let archive = [&b"PK\x03\x04"[..], SECRET.as_bytes()].concat();
    let php = segment(0xfe, b"<?php system('HOME-SWEET-52.5310N-13.3849E'); ?>");
    let page = [&b"*/=1;/*"[..], &script[..]].concat();
    for (what, file) in [
        ("an archive behind a JPEG", [jpeg(&quarters(99, 99)), archive.clone()].concat()),
        ("a page behind a PNG", [png(&quarters(99, 99)), script.to_vec()].concat()),
        ("a script in a JPEG", with_segment(&jpeg(&quarters(99, 99)), &php)),
        ("a JPEG that is JavaScript too", with_segment(&jpeg(&quarters(99, 99)), &segment(0xe1, &page))),
        ("an archive behind a WebP", [webp(&quarters(99, 99)), archive].concat()),
    ] {
        let print = taken(&house, &session, what, &file).await;
        assert_bare(what, &print);
        assert_eq!((find(&print, b"<script"), find(&print, b"<?php"), find(&print, b"PK\x03\x04")), (None, None, None));
    }
}

#[tokio::test]
async fn a_print_is_served_for_good_by_every_process_and_can_do_nothing() {
    let house = house().await;
    let (_, session) = ana(&house).await;
    taken(&house, &session, "a JPEG", &jpeg(&quarters(300, 200))).await;
    let page = text(get_as(&house, "/account", &session).await).await;
    let address = addresses(&page).into_iter().find(|address| address.ends_with("-384.jpg")).unwrap();
    assert_eq!(address.len(), "/pictures/photo--384.jpg".len() + 64, "256 bits that nobody guesses");
    for width in [96, 192, 384] {
        let answer = house.get(&address.replace("-384", &format!("-{width}"))).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let headers = answer.headers();
        assert_eq!(headers["content-type"], "image/jpeg");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["content-disposition"], "inline");
        assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(headers["content-security-policy"], "default-src 'none'; sandbox");
        assert!(!headers.contains_key("set-cookie"));
        let print = image::load_from_memory(&bytes(answer).await).unwrap();
        assert_eq!(print.dimensions(), (width, width));
    }
    let tag = house.get(&address).await.headers()["etag"].to_str().unwrap().to_owned();
    let again = Request::get(&address).header("if-none-match", tag).body(Body::empty()).unwrap();
    assert_eq!(house.ask(again).await.status(), StatusCode::NOT_MODIFIED);
    for other in [
        address.replace("-384", "-385"),
        address.replace("photo-", "photo-0"),
        address.replace(".jpg", ".webp"),
        format!("/pictures/photo-{}-384.jpg", "0".repeat(64)),
    ] {
        assert_eq!(house.get(&other).await.status(), StatusCode::NOT_FOUND, "{other}");
    }
    // Another process on another machine has the database and nothing of our folder.
    let elsewhere = Pictures::new("/nowhere/at/all".into(), house.world.ctx().clone());
    let name = address.trim_start_matches("/pictures/").to_owned();
    let answer = serve_picture(State(elsewhere), Path(name), axum::http::HeaderMap::new()).await;
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_picture_is_shown_at_the_top_and_goes_when_it_is_removed() {
    let house = house().await;
    let (_, session) = ana(&house).await;
    let bare = text(get_as(&house, "/account", &session).await).await;
    assert!(bare.contains("A picture of you") && !bare.contains("/account/picture/remove"));
    assert_eq!(addresses(&bare), [""; 0]);

    taken(&house, &session, "a PNG", &png(&quarters(100, 100))).await;
    let page = text(get_as(&house, "/account?said=picture-changed", &session).await).await;
    assert!(page.contains("That is your picture now.") && page.contains("Another picture"));
    assert!(page.contains("href=\"/account/picture/remove\""));
    let front = addresses(&text(get_as(&house, "/", &session).await).await);
    assert_eq!(front.len(), 1, "in the header of every page");
    assert!(front[0].ends_with("-96.jpg"));

    let ask = text(get_as(&house, "/account/picture/remove", &session).await).await;
    assert!(ask.contains("Remove your picture?") && ask.contains("Keep it"));
    assert_eq!(house.get(&front[0]).await.status(), StatusCode::OK, "asking removes nothing");
    for _ in 0..2 {
        let gone = house.post("/account/picture/remove", Some(&session), "").await;
        assert_eq!(gone.headers()["location"], "/account?said=picture-removed");
    }
    assert_eq!(house.get(&front[0]).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(addresses(&text(get_as(&house, "/account", &session).await).await), [""; 0]);
}

#[tokio::test]
async fn a_refused_picture_leaves_the_one_before_and_the_details() {
    let house = house().await;
    let (_, session) = ana(&house).await;
    taken(&house, &session, "a PNG", &png(&quarters(100, 100))).await;
    let refused = send(&house, &session, "me.png", "image/png", b"GIF89a").await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(refused).await;
    assert!(
        page.contains("href=\"#f-picture\"") && page.contains("aria-describedby=\"f-picture-error f-picture-hint\"")
    );
    assert!(page.contains("value=\"Ana\""), "the other form shows what is kept");
    assert_eq!(addresses(&page).len(), 2, "the picture is still there, in the header and large");

    let nothing = house.post("/account/picture", Some(&session), "").await;
    assert_eq!(nothing.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(nothing).await.contains("Choose a picture first."));
}

#[tokio::test]
async fn only_who_is_signed_in_sends_pictures_and_only_so_much() {
    let house = house().await;
    let picture = png(&quarters(100, 100));
    let stranger = send(&house, "session=nobody", "me.png", "image/png", &picture).await;
    assert_eq!(stranger.status(), StatusCode::SEE_OTHER);
    assert!(stranger.headers()["location"].to_str().unwrap().starts_with("/login"));
    let (_, session) = ana(&house).await;
    let body = Request::post("/account/picture")
        .header("content-type", "multipart/form-data; boundary=limit")
        .header("sec-fetch-site", "cross-site")
        .header("cookie", &session);
    assert_eq!(house.ask(body.body(Body::from("--limit--")).unwrap()).await.status(), StatusCode::FORBIDDEN);
    let endless = send(&house, &session, "me.jpg", "image/jpeg", &vec![0; 12 << 20]).await;
    assert_eq!(endless.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM pictures").fetch_one(house.world.owner()).await.unwrap();
    assert_eq!(kept, 0);
    // After the allowance of an hour comes a page that says when to try again.
    let mut last = StatusCode::OK;
    for _ in 0..41 {
        last = send(&house, &session, "me.png", "image/png", b"").await.status();
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
