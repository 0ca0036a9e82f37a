//! Where a telephone says that it took a photo: the few fields of EXIF that tell, which nobody but
//! the sender is ever shown.

use crate::geo::Point;

/// Some writers put it before the metadata, some do not.
const PREFIX: &[u8] = b"Exif\0\0";
/// The tags that are looked at: where the directory of the place is, and what it holds.
const GPS: u16 = 0x8825;
const LATITUDE_REF: u16 = 1;
const LATITUDE: u16 = 2;
const LONGITUDE_REF: u16 = 3;
const LONGITUDE: u16 = 4;
/// The type of a value that is a fraction of two numbers, of 4 bytes each.
const RATIONAL: u16 = 5;
const RATIONAL_BYTES: usize = 8;
/// A field has a tag, a type, a count, and a value or where it stands.
const FIELD_BYTES: usize = 12;

/// The place that EXIF tells; `None` when it tells none, or nonsense.
pub fn place(exif: &[u8]) -> Option<Point> {
    let bytes = exif.strip_prefix(PREFIX).unwrap_or(exif);
    let is_little = match bytes.get(..4)? {
        b"II\x2A\0" => true,
        b"MM\0\x2A" => false,
        _ => return None,
    };
    let tiff = Tiff { bytes, is_little };
    let main = tiff.place_at(4)?;
    let gps = tiff.place_at(tiff.field(main, GPS)? + 8)?;
    let latitude = tiff.degrees(gps, LATITUDE, LATITUDE_REF, [b'N', b'S'])?;
    let longitude = tiff.degrees(gps, LONGITUDE, LONGITUDE_REF, [b'E', b'W'])?;
    Point::new(latitude, longitude)
}

/// Numbers among bytes, in the order that their head tells. What points out of them is nothing.
struct Tiff<'a> {
    bytes: &'a [u8],
    is_little: bool,
}

impl Tiff<'_> {
    /// Degrees, minutes and seconds as one number, less than zero in the south and the west.
    fn degrees(&self, directory: usize, tag: u16, side: u16, sides: [u8; 2]) -> Option<f64> {
        let field = self.field(directory, tag)?;
        if self.u16(field + 2)? != RATIONAL || self.u32(field + 4)? != 3 {
            return None;
        }
        let start = self.place_at(field + 8)?;
        let part = |place: usize| self.fraction(start.checked_add(place * RATIONAL_BYTES)?);
        let degrees = part(0)? + part(1)? / 60.0 + part(2)? / 3_600.0;
        let side = *self.bytes.get(self.field(directory, side)? + 8)?;
        match sides.iter().position(|known| *known == side)? {
            0 => Some(degrees),
            _ => Some(-degrees),
        }
    }

    /// Where the field of a tag begins in a directory.
    fn field(&self, directory: usize, tag: u16) -> Option<usize> {
        let count = usize::from(self.u16(directory)?);
        let first = directory.checked_add(2)?;
        let mut fields = self.bytes.get(first..)?.chunks_exact(FIELD_BYTES).take(count);
        let place = fields.position(|field| self.number(field) == Some(tag))?;
        Some(first + place * FIELD_BYTES)
    }

    fn fraction(&self, at: usize) -> Option<f64> {
        let (above, below) = (self.u32(at)?, self.u32(at + 4)?);
        (below != 0).then(|| f64::from(above) / f64::from(below))
    }

    fn place_at(&self, at: usize) -> Option<usize> {
        usize::try_from(self.u32(at)?).ok()
    }

    fn u16(&self, at: usize) -> Option<u16> {
        self.number(self.bytes.get(at..)?)
    }

    fn number(&self, bytes: &[u8]) -> Option<u16> {
        let bytes = *bytes.first_chunk()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Metadata with nothing but a place: its sides, and degrees, minutes and seconds with their
    /// denominators.
    fn exif(is_little: bool, sides: [u8; 2], places: [[(u32, u32); 3]; 2]) -> Vec<u8> {
        let two = |n: u16| if is_little { n.to_le_bytes() } else { n.to_be_bytes() };
        let four = |n: u32| if is_little { n.to_le_bytes() } else { n.to_be_bytes() };
        let field = |tag, kind, count, value: [u8; 4]| {
            [&two(tag)[..], &two(kind), &four(count), &value].concat()
        };
        let side = |side: u8| [side, 0, 0, 0];
        let head = if is_little { b"II\x2A\0" } else { b"MM\0\x2A" };
        // One field of twelve bytes from 8 on, four from 26 on, and six fractions from 80 on.
        let main = [&two(1)[..], &field(GPS, 4, 1, four(26)), &four(0)].concat();
        let gps = [
            &two(4)[..],
            &field(LATITUDE_REF, 2, 2, side(sides[0])),
            &field(LATITUDE, RATIONAL, 3, four(80)),
            &field(LONGITUDE_REF, 2, 2, side(sides[1])),
            &field(LONGITUDE, RATIONAL, 3, four(104)),
            &four(0),
        ];
        let fractions = places.concat().into_iter().flat_map(|(a, b)| [four(a), four(b)].concat());
        [&head[..], &four(8), &main, &gps.concat(), &fractions.collect::<Vec<u8>>()].concat()
    }

    const KRAKOW: [[(u32, u32); 3]; 2] =
        [[(50, 1), (3, 1), (4284, 100)], [(19, 1), (56, 1), (1284, 100)]];

    #[test]
    fn degrees_minutes_and_seconds_are_a_place_in_either_order_of_bytes() {
        for (is_little, sides, (north, east)) in [
            (true, *b"NE", (50.0619, 19.9369)),
            (false, *b"NE", (50.0619, 19.9369)),
            (true, *b"SW", (-50.0619, -19.9369)),
        ] {
            let bytes = exif(is_little, sides, KRAKOW);
            for bytes in [bytes.clone(), [PREFIX, &bytes].concat()] {
                let place = place(&bytes).unwrap();
                assert!((place.latitude() - north).abs() < 1e-9, "{place:?}");
                assert!((place.longitude() - east).abs() < 1e-9, "{place:?}");
            }
        }
    }

    #[test]
    fn what_tells_no_place_on_earth_tells_none() {
        let [latitude, longitude] = KRAKOW;
        for bytes in [
            exif(true, *b"XE", KRAKOW),
            exif(true, *b"NN", KRAKOW),
            exif(true, *b"NE", [[(50, 0), (3, 1), (0, 1)], longitude]),
            exif(true, *b"NE", [latitude, [(0, 0); 3]]),
            exif(true, *b"NE", [[(91, 1), (0, 1), (0, 1)], longitude]),
            exif(true, *b"NE", [latitude, [(u32::MAX, 1); 3]]),
            b"II\x2A\0\xFF\xFF\xFF\xFF".to_vec(),
            b"Exif\0\0".to_vec(),
            Vec::new(),
        ] {
            assert_eq!(place(&bytes), None, "{bytes:x?}");
        }
    }

    #[test]
    fn what_is_broken_anywhere_is_read_without_harm() {
        let whole = exif(true, *b"NE", KRAKOW);
        for end in 0..whole.len() {
            assert_eq!(place(&whole[..end]), None, "{end}");
            for byte in [0, 0x7F, 0xFF] {
                let mut broken = whole.clone();
                broken[end] = byte;
                place(&broken);
            }
        }
    }
}
