//! From the bytes that somebody sends to a photo that can be kept and shown: a JPEG of our own
//! making, in which nothing is left of the file that came.

mod guards;
mod place;
#[cfg(test)]
mod tests;

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage,
    codecs::jpeg::JpegEncoder, metadata::Orientation,
};

use crate::{
    error::{Problem, ProblemCode},
    geo::Point,
    words::Message,
};

/// Megabytes of a photo as it is sent.
const PHOTO_MEGABYTES_MAX: usize = 10;
/// Bytes of a photo as it is sent.
pub const PHOTO_BYTES_MAX: usize = PHOTO_MEGABYTES_MAX * 1024 * 1024;
/// Megapixels of a photo as it is sent, of 1,048,576 pixels: telephones call 5712 x 4284 "24".
const MEGAPIXELS_MAX: u64 = 24;
/// Pixels of one side of a photo as it is sent.
const SENT_SIDE_PIXELS_MAX: u32 = 16_384;
/// Bytes that a decoder may ask for.
const DECODER_BYTES_MAX: u64 = 128 * 1024 * 1024;
/// Pixels of the longer side of a photo as it is kept.
const KEPT_SIDE_PIXELS_MAX: u32 = 2_560;
/// Pixels of the longer side of a thumbnail.
const THUMBNAIL_SIDE_PIXELS_MAX: u32 = 480;
/// Of 100; above it files grow faster than eyes can tell.
const JPEG_QUALITY: u8 = 85;

/// A photo that is ready to be kept.
#[derive(Debug)]
pub struct Prepared {
    /// The photo as JPEG, upright, with no metadata.
    pub photo: Vec<u8>,
    /// The same, small.
    pub thumbnail: Vec<u8>,
    /// Pixels of the photo.
    pub width: i32,
    /// Pixels of the photo.
    pub height: i32,
    /// Where it says that it was taken: for the sender alone, and not to be kept.
    pub place: Option<Point>,
}

/// Why a file cannot be taken as a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoProblem {
    /// More bytes than a photo may have.
    TooLarge,
    /// Neither JPEG nor PNG nor WebP, by its content.
    UnknownKind,
    /// More pixels than a photo may have, or more memory than its decoder may take.
    TooManyPixels,
    /// It breaks off, or cannot be read.
    Broken,
}

impl PhotoProblem {
    /// The refusal of the field that brought the photo.
    pub fn at(self, field: &str) -> Problem {
        let (code, message) = match self {
            Self::TooLarge => (
                ProblemCode::TooLong,
                Message::new("photo-too-large").with("max", PHOTO_MEGABYTES_MAX),
            ),
            Self::UnknownKind => (ProblemCode::Invalid, "photo-unknown-kind".into()),
            Self::TooManyPixels => (
                ProblemCode::Invalid,
                Message::new("photo-too-many-pixels").with("max", MEGAPIXELS_MAX),
            ),
            Self::Broken => (ProblemCode::Invalid, "photo-broken".into()),
        };
        Problem::at(field, code, message)
    }
}

/// Reads a photo under limits, turns it upright and writes it anew, so that where it was taken,
/// with which telephone, and whatever hides behind the picture stays with the sender. Of moving
/// pictures the first is kept. Takes up to a second of computing: not for a thread that serves.
pub fn prepare(sent: &[u8]) -> Result<Prepared, PhotoProblem> {
    if sent.len() > PHOTO_BYTES_MAX {
        return Err(PhotoProblem::TooLarge);
    }
    let format = sniff(sent)?;
    guards::check(sent, format)?;
    let Decoded { picture, orientation, place } = decode(sent, format)?;
    // Small first: what follows then needs little memory.
    let picture = flatten(shrink(picture, KEPT_SIDE_PIXELS_MAX));
    let mut photo = DynamicImage::ImageRgb8(picture);
    photo.apply_orientation(orientation);
    let side = |pixels: u32| i32::try_from(pixels).map_err(|_| PhotoProblem::TooManyPixels);
    Ok(Prepared {
        width: side(photo.width())?,
        height: side(photo.height())?,
        place,
        photo: encode(&photo)?,
        thumbnail: encode(&shrink(photo, THUMBNAIL_SIDE_PIXELS_MAX))?,
    })
}

/// The format by the first bytes: what the sender calls the file says nothing.
fn sniff(sent: &[u8]) -> Result<ImageFormat, PhotoProblem> {
    match image::guess_format(sent) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => Ok(format),
        _ => Err(PhotoProblem::UnknownKind),
    }
}

/// What a file holds that is looked at.
struct Decoded {
    picture: DynamicImage,
    /// How it is to be turned.
    orientation: Orientation,
    place: Option<Point>,
}

/// Reads a file. The size of the picture is known, and refused, before it is decoded.
fn decode(sent: &[u8], format: ImageFormat) -> Result<Decoded, PhotoProblem> {
    let mut reader = ImageReader::with_format(Cursor::new(sent), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SENT_SIDE_PIXELS_MAX);
    limits.max_image_height = Some(SENT_SIDE_PIXELS_MAX);
    limits.max_alloc = Some(DECODER_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    if is_too_many(width, height) || decoder.total_bytes() > DECODER_BYTES_MAX {
        return Err(PhotoProblem::TooManyPixels);
    }
    // Metadata that cannot be read makes no broken picture.
    let exif = decoder.exif_metadata().ok().flatten();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
    Ok(Decoded { picture, orientation, place: exif.and_then(|exif| place::place(&exif)) })
}

fn is_too_many(width: u32, height: u32) -> bool {
    u64::from(width) * u64::from(height) > MEGAPIXELS_MAX * 1024 * 1024
}

fn refused(error: ImageError) -> PhotoProblem {
    match error {
        ImageError::Limits(_) => PhotoProblem::TooManyPixels,
        _ => PhotoProblem::Broken,
    }
}

/// The picture with no side longer than this. A filter of higher quality would need four times
/// the memory of the picture.
fn shrink(picture: DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side {
        return picture;
    }
    picture.thumbnail(side, side)
}

/// The picture on white, where it lets light through.
fn flatten(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0;
        let [alpha, white] = [u16::from(alpha), 255];
        let seen = |part: u8| (u16::from(part) * alpha + white * (255 - alpha) + 127) / 255;
        image::Rgb([red, green, blue].map(|part| seen(part) as u8))
    })
}

fn encode(picture: &DynamicImage) -> Result<Vec<u8>, PhotoProblem> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
    picture.write_with_encoder(encoder).map_err(refused)?;
    Ok(bytes)
}
