//! Real bytes, made here.

use std::io::Write;

use flate2::{Compression, Crc, write::ZlibEncoder};
use image::{Rgb, Rgba, RgbaImage};

use super::*;

const RED: Rgb<u8> = Rgb([200, 20, 20]);
const BLUE: Rgb<u8> = Rgb([20, 20, 200]);

/// A picture, red on its left half and blue on its right, in a format.
fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let halves = |x, _| if x < width.div_ceil(2) { RED } else { BLUE };
    written(DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, halves)), format)
}

fn written(picture: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn read(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().into_rgb8()
}

fn is_near(found: &Rgb<u8>, wanted: Rgb<u8>) -> bool {
    found.0.iter().zip(wanted.0).all(|(a, b)| a.abs_diff(b) < 12)
}

/// Markers of the segments of a JPEG before its picture, and what each holds.
fn segments(jpeg: &[u8]) -> Vec<(u8, &[u8])> {
    let (mut found, mut rest) = (Vec::new(), &jpeg[2..]);
    loop {
        let length = usize::from(u16::from_be_bytes([rest[2], rest[3]]));
        assert_eq!(rest[0], 0xFF);
        found.push((rest[1], &rest[4..length + 2]));
        if rest[1] == 0xDA {
            return found;
        }
        rest = &rest[length + 2..];
    }
}

/// A JPEG with a segment more, as its first.
fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
}

/// EXIF that says "turn right", and that the photo was taken in the northern half of the world.
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value].concat()
    };
    let main = [entry(0x0112, 3, 1, [6, 0, 0, 0]), entry(0x8825, 4, 1, [38, 0, 0, 0])].concat();
    let gps = entry(0x0001, 2, 2, *b"N\0\0\0");
    let directory = |count: u16, entries: &[u8]| {
        [&count.to_le_bytes()[..], entries, &0_u32.to_le_bytes()].concat()
    };
    let head = b"Exif\0\0II\x2A\0\x08\0\0\0";
    [&head[..], &directory(2, &main), &directory(1, &gps)].concat()
}

/// A chunk of a PNG.
fn png_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut sum = Crc::new();
    sum.update(name);
    sum.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length, &name[..], content, &sum.sum().to_be_bytes()].concat()
}

/// A black grey-scale PNG that holds so many rows.
fn png(width: u32, height: u32, rows: usize) -> Vec<u8> {
    png_of(width, height, b"", &deflated(&vec![0; width as usize + 1], rows))
}

/// A PNG with a chunk of one's own before the picture, which is given as it stands in the file.
fn png_of(width: u32, height: u32, extra: &[u8], pixels: &[u8]) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    [
        &b"\x89PNG\r\n\x1A\n"[..],
        &png_chunk(b"IHDR", &head),
        extra,
        &png_chunk(b"IDAT", pixels),
        &png_chunk(b"IEND", b""),
    ]
    .concat()
}

fn deflated(piece: &[u8], times: usize) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..times {
        packed.write_all(piece).unwrap();
    }
    packed.finish().unwrap()
}

/// A chunk of a WebP.
fn webp_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    let even = if content.len() % 2 == 1 { &[0][..] } else { &[] };
    [&name[..], &length, content, even].concat()
}

/// An extended WebP of 10 x 10 pixels; the flags say what is in it.
fn webp(flags: u8, chunks: &[u8]) -> Vec<u8> {
    let head = webp_chunk(b"VP8X", &[flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]);
    webp_chunk(b"RIFF", &[b"WEBP", &head[..], chunks].concat())
}

/// A lossy frame that says how large it is, and nothing else.
fn claimed_frame(width: u16, height: u16) -> Vec<u8> {
    let [w, h] = [width, height].map(u16::to_le_bytes);
    webp_chunk(b"VP8 ", &[0x10, 0, 0, 0x9D, 0x01, 0x2A, w[0], w[1], h[0], h[1]])
}

/// A JPEG that says that it is larger than it is.
fn claimed_jpeg(side: u16) -> Vec<u8> {
    let mut jpeg = picture(8, 8, ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let side = side.to_be_bytes();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[side, side].concat());
    jpeg
}

#[test]
fn every_kind_that_is_taken_becomes_a_jpeg_and_a_thumbnail() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        for (sent, kept, small) in [
            ((1, 1), (1, 1), (1, 1)),
            ((480, 300), (480, 300), (480, 300)),
            ((3_000, 1_000), (2_560, 853), (480, 160)),
            ((1, 16_000), (1, 2_560), (1, 480)),
        ] {
            let made = prepare(&picture(sent.0, sent.1, format)).unwrap();
            let [photo, thumbnail] = [&made.photo, &made.thumbnail].map(|jpeg| read(jpeg));
            assert_eq!((made.width as u32, made.height as u32), kept, "{format:?} {sent:?}");
            assert_eq!(photo.dimensions(), kept, "{format:?} {sent:?}");
            assert_eq!(thumbnail.dimensions(), small, "{format:?} {sent:?}");
            assert!(is_near(photo.get_pixel(0, 0), RED), "{format:?} {sent:?}");
        }
    }
}

#[test]
fn what_is_no_photo_by_its_content_is_refused() {
    let jpeg = picture(8, 8, ImageFormat::Jpeg);
    let before = |head: &[u8]| [head, &jpeg].concat();
    for sent in [
        Vec::new(),
        b"zdjecie.jpg".to_vec(),
        before(b"<!doctype html><script>alert(1)</script>"),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
        before(b"GIF89a\x01\0\x01\0"),
        before(b"%PDF-1.7\n"),
        before(b"\0\0\0\x18ftypheic\0\0\0\0heicmif1"),
        before(b"PK\x03\x04"),
        before(b"BM"),
    ] {
        let named = String::from_utf8_lossy(&sent).into_owned();
        assert_eq!(prepare(&sent).unwrap_err(), PhotoProblem::UnknownKind, "{named}");
    }
}

#[test]
fn what_breaks_off_is_refused() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = picture(64, 64, format);
        for length in [12, whole.len() / 2, whole.len() * 9 / 10] {
            let problem = prepare(&whole[..length]).unwrap_err();
            assert_eq!(problem, PhotoProblem::Broken, "{format:?} of {length} bytes");
        }
    }
    // The end of an embedded preview is not the end of the photo.
    let preview = [b"Exif\0\0", &picture(8, 8, ImageFormat::Jpeg)[..]].concat();
    let whole = with_segment(&picture(64, 64, ImageFormat::Jpeg), 0xE1, &preview);
    assert!(prepare(&whole).is_ok());
    assert_eq!(prepare(&whole[..whole.len() - 2]).unwrap_err(), PhotoProblem::Broken);
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let frame = |chunk: Vec<u8>| webp_chunk(b"ANMF", &[&[0; 16][..], &chunk].concat());
    for (name, bomb, problem) in [
        ("too many bytes", vec![0; PHOTO_BYTES_MAX + 1], PhotoProblem::TooLarge),
        ("a PNG that claims", png(50_000, 50_000, 1), PhotoProblem::TooManyPixels),
        ("a PNG that holds", png(6_000, 5_000, 5_000), PhotoProblem::TooManyPixels),
        ("a long PNG", png(1, 16_385, 1), PhotoProblem::TooManyPixels),
        ("a JPEG that claims", claimed_jpeg(65_500), PhotoProblem::TooManyPixels),
        ("a smaller one", claimed_jpeg(16_000), PhotoProblem::TooManyPixels),
        (
            "a WebP that claims",
            webp(0, &claimed_frame(16_383, 16_383)),
            PhotoProblem::TooManyPixels,
        ),
        (
            "an animation that claims",
            webp(2, &[webp_chunk(b"ANIM", &[0; 6]), frame(claimed_frame(9_000, 9_000))].concat()),
            PhotoProblem::TooManyPixels,
        ),
        (
            "an animation within an animation",
            webp(2, &frame(frame(claimed_frame(1, 1)))),
            PhotoProblem::TooManyPixels,
        ),
    ] {
        assert_eq!(prepare(&bomb).unwrap_err(), problem, "{name}");
    }
}

#[test]
fn what_inflates_behind_a_small_picture_is_not_unpacked() {
    // 50 MB of text, a profile of 50 MB, and 50 MB of pixels that the picture has no room for.
    let (one, much) = (deflated(&[0; 2], 1), deflated(&[0; 1_000_000], 50));
    let text = png_chunk(b"zTXt", &[b"Comment\0\0", &much[..]].concat());
    let profile = png_chunk(b"iCCP", &[b"name\0\0", &much[..]].concat());
    let bombs = [(&text[..], &one), (&profile, &one), (b"", &much)];
    for (extra, pixels) in bombs {
        let made = prepare(&png_of(1, 1, extra, pixels));
        assert_eq!(made.map(|made| made.width), Ok(1));
    }
}

#[test]
fn the_largest_photo_of_a_telephone_is_taken() {
    let made = prepare(&png(5_712, 4_284, 4_284)).unwrap();
    assert_eq!((made.width, made.height), (2_560, 1_920));
}

#[test]
fn nothing_is_left_of_what_was_written_beside_the_picture() {
    let jpeg = picture(64, 32, ImageFormat::Jpeg);
    let sent = [
        (0xE1, exif()),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>secret</x:xmpmeta>".to_vec()),
        (0xE2, b"ICC_PROFILE\0\x01\x01secret".to_vec()),
        (0xED, b"Photoshop 3.0\0secret".to_vec()),
        (0xFE, b"secret".to_vec()),
    ]
    .iter()
    .fold(jpeg, |jpeg, (marker, content)| with_segment(&jpeg, *marker, content));
    for behind in
        [&b""[..], b"<script>secret</script>", b"PK\x03\x04secret", b"\xFF\xD8\xFF\xFEsecret"]
    {
        let made = prepare(&[&sent, behind].concat()).unwrap();
        for jpeg in [&made.photo, &made.thumbnail] {
            for (marker, content) in segments(jpeg) {
                // The header that every JPEG has, tables, frame and scan.
                assert!(matches!(marker, 0xE0 | 0xDB | 0xC0 | 0xC4 | 0xDA), "{marker:x}");
                assert!(marker != 0xE0 || content.starts_with(b"JFIF\0"));
            }
            assert!(!jpeg.windows(6).any(|part| part == b"secret"));
            assert!(jpeg.ends_with(&[0xFF, 0xD9]));
        }
    }
}

#[test]
fn a_photo_is_turned_as_its_telephone_was_held() {
    let sent = with_segment(&picture(64, 32, ImageFormat::Jpeg), 0xE1, &exif());
    let made = prepare(&sent).unwrap();
    assert_eq!((made.width, made.height), (32, 64));
    let photo = read(&made.photo);
    assert!(is_near(photo.get_pixel(16, 4), RED), "{:?}", photo.get_pixel(16, 4));
    assert!(is_near(photo.get_pixel(16, 60), BLUE), "{:?}", photo.get_pixel(16, 60));
}

#[test]
fn what_lets_light_through_is_seen_on_white() {
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let through = RgbaImage::from_pixel(16, 16, Rgba([0, 0, 0, 51]));
        let made = prepare(&written(DynamicImage::ImageRgba8(through), format)).unwrap();
        let photo = read(&made.photo);
        assert!(is_near(photo.get_pixel(8, 8), Rgb([204; 3])), "{:?}", photo.get_pixel(8, 8));
    }
}

#[test]
fn of_a_moving_picture_the_first_is_kept() {
    let still = |color: Rgb<u8>| {
        let still = DynamicImage::ImageRgb8(RgbImage::from_pixel(10, 10, color));
        // A frame holds the chunk that follows the head of the file.
        let chunk = written(still, ImageFormat::WebP)[12..].to_vec();
        let head = [0, 0, 0, 0, 0, 0, 9, 0, 0, 9, 0, 0, 100, 0, 0, 2];
        webp_chunk(b"ANMF", &[&head[..], &chunk].concat())
    };
    let moving = [webp_chunk(b"ANIM", &[0; 6]), still(RED), still(BLUE)].concat();
    let made = prepare(&webp(2, &moving)).unwrap();
    assert_eq!((made.width, made.height), (10, 10));
    assert!(is_near(read(&made.photo).get_pixel(5, 5), RED));
}
