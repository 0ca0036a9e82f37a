//! What the decoders do not look at.

use image::ImageFormat;

use super::{PhotoProblem, is_too_many};

/// Refuses what a decoder would take without a word.
pub fn check(sent: &[u8], format: ImageFormat) -> Result<(), PhotoProblem> {
    match format {
        ImageFormat::Jpeg if !jpeg_reaches_its_end(sent) => Err(PhotoProblem::Broken),
        ImageFormat::WebP if !webp_frames_fit(sent) => Err(PhotoProblem::TooManyPixels),
        _ => Ok(()),
    }
}

/// Whether a JPEG has its end marker. The decoder paints grey what is missing, and a resident
/// would learn too late that half of the photo was lost on the way.
fn jpeg_reaches_its_end(jpeg: &[u8]) -> bool {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    while let Some((marker, after)) = next_marker(rest) {
        if marker == 0xD9 {
            return true;
        }
        let Some(length) = after.first_chunk().map(|length| u16::from_be_bytes(*length)) else {
            return false;
        };
        rest = after.get(usize::from(length)..).unwrap_or_default();
    }
    false
}

/// The next marker and what follows it; compressed data before it is passed over.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let is_marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xFF | 0xD0..=0xD7);
    let at = bytes.windows(2).position(is_marker)?;
    Some((bytes[at + 1], &bytes[at + 2..]))
}

/// Whether the frames of a WebP are no larger than a photo may be. The decoder believes a frame
/// before it compares it with the picture's own size.
fn webp_frames_fit(webp: &[u8]) -> bool {
    frames_fit(webp.get(12..).unwrap_or_default())
}

/// An animation's frame holds chunks of its own, after this many bytes.
const FRAME_HEAD_BYTES: usize = 16;

fn frames_fit(mut chunks: &[u8]) -> bool {
    while let Some((head, rest)) = chunks.split_first_chunk::<8>() {
        let [a, b, c, d, size @ ..] = *head;
        let size = u32::from_le_bytes(size) as usize;
        let chunk = &rest[..size.min(rest.len())];
        let fits = match [a, b, c, d] {
            [b'V', b'P', b'8', b' '] => lossy_frame_fits(chunk),
            // No frame holds a frame, so this goes one level deep.
            [b'A', b'N', b'M', b'F'] => {
                let inner = chunk.get(FRAME_HEAD_BYTES..).unwrap_or_default();
                !inner.starts_with(b"ANMF") && frames_fit(inner)
            }
            _ => true,
        };
        if !fits {
            return false;
        }
        // Chunks begin at even places.
        chunks = rest.get(size.saturating_add(size % 2)..).unwrap_or_default();
    }
    true
}

/// Width and height stand behind the frame's tag and start code, fourteen bits each.
fn lossy_frame_fits(frame: &[u8]) -> bool {
    let Some(&[w0, w1, h0, h1]) = frame.get(6..10) else { return true };
    let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
    !is_too_many(side(w0, w1), side(h0, h1))
}
