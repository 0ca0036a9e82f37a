//! Forms with files, and photos to send.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::json;

use super::{Answer, Client};

/// A mutation that takes one photo.
pub const UPLOAD: &str = "mutation($input: UploadPhotoInput!) { uploadPhoto(input: $input) {
    photo { key url thumbnailUrl width height } errors { code field message } } }";

/// Which file is for which variable, when there is one.
pub const MAP: &str = r#"{ "0": ["variables.input.photo"] }"#;

/// What stands between the parts.
const BOUNDARY: &str = "between-the-parts";

/// The operation of a form, with the variable that waits for a photo.
pub fn operations(query: &str) -> String {
    json!({ "query": query, "variables": { "input": { "photo": null } } }).to_string()
}

/// A photo with another content for every size.
pub fn photo(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let shade = |x: u32, y: u32| Rgb([(x % 256) as u8, (y % 256) as u8, 90]);
    let picture = DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, shade));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG with a place in its metadata, as telephones write it: degrees to the north and to the east.
pub fn photo_taken_at(north: u32, east: u32, minutes: [u32; 2]) -> Vec<u8> {
    let field = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value].concat()
    };
    let end = 0_u32.to_le_bytes();
    let gps = [
        &4_u16.to_le_bytes()[..],
        &field(1, 2, 2, *b"N\0\0\0"),
        &field(2, 5, 3, 80_u32.to_le_bytes()),
        &field(3, 2, 2, *b"E\0\0\0"),
        &field(4, 5, 3, 104_u32.to_le_bytes()),
        &end,
    ];
    let parts = [north, minutes[0], 0, east, minutes[1], 0];
    let fractions: Vec<u8> =
        parts.iter().flat_map(|part| [part.to_le_bytes(), 1_u32.to_le_bytes()].concat()).collect();
    let main = [&1_u16.to_le_bytes()[..], &field(0x8825, 4, 1, 26_u32.to_le_bytes()), &end];
    let head = b"Exif\0\0II\x2A\0\x08\0\0\0";
    let exif = [&head[..], &main.concat(), &gps.concat(), &fractions].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let jpeg = photo(64, 48, ImageFormat::Jpeg);
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

/// A form of named parts.
pub fn form(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let part = |(name, content): &(&str, &[u8])| {
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"; \
             filename=\"x.exe\"\r\ncontent-type: text/html\r\n\r\n"
        );
        [head.as_bytes(), content, b"\r\n"].concat()
    };
    let parts: Vec<u8> = parts.iter().flat_map(part).collect();
    [&parts[..], format!("--{BOUNDARY}--\r\n").as_bytes()].concat()
}

/// A client that may send forms.
pub fn sender<'a>(client: &Client<'a>) -> Client<'a> {
    stranger(client).header("graphql-preflight", "1")
}

/// A client that sends forms as a page elsewhere could.
pub fn stranger<'a>(client: &Client<'a>) -> Client<'a> {
    client.clone().header("content-type", &format!("multipart/form-data; boundary={BOUNDARY}"))
}

/// Sends a form.
pub async fn send(client: &Client<'_>, parts: &[(&str, &[u8])]) -> Answer {
    sender(client).send("POST", "/graphql", form(parts)).await
}

/// Uploads a photo by an operation.
pub async fn upload_by(client: &Client<'_>, query: &str, photo: &[u8]) -> Answer {
    let operations = operations(query);
    let parts = [("operations", operations.as_bytes()), ("map", MAP.as_bytes()), ("0", photo)];
    send(client, &parts).await
}

/// Uploads a photo.
pub async fn upload(client: &Client<'_>, photo: &[u8]) -> Answer {
    upload_by(client, UPLOAD, photo).await
}
