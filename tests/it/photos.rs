//! Photos: taken, kept, shown.

use std::{fs, path::Path};

use axum::http::StatusCode;
use chrono::Duration;
use image::ImageFormat;
use kontakt::{jobs::sweep, reports};
use serde_json::json;
use tokio::net::TcpListener;

use crate::harness::{
    Answer, Service,
    bucket::bucket,
    empty_service, files_below,
    form::{photo, photo_taken_at, upload, upload_by},
    reports::filed,
    service, service_with,
};

#[tokio::test]
async fn a_photo_of_every_kind_is_kept_and_shown_as_a_jpeg_of_our_own() {
    let service = empty_service().await;
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let sent = photo(600, 400, format);
        let answer = upload(&service.anyone(), &sent).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.refusals("uploadPhoto"), Vec::<String>::new());
        let kept = answer.data("/uploadPhoto/photo");
        assert_eq!((&kept["width"], &kept["height"]), (&json!(600), &json!(400)));
        for (part, size) in [("url", (600, 400)), ("thumbnailUrl", (480, 320))] {
            let path = kept[part].as_str().unwrap();
            let shown = service.anyone().send("GET", path, "").await;
            assert_eq!(shown.status, 200);
            assert_ne!(shown.bytes, sent);
            let picture = image::load_from_memory_with_format(&shown.bytes, ImageFormat::Jpeg);
            let picture = picture.unwrap();
            assert_eq!((picture.width(), picture.height()), size, "{format:?}");
        }
    }
}

#[tokio::test]
async fn a_photo_goes_out_with_headers_that_leave_a_browser_no_choice() {
    let service = empty_service().await;
    let kept = upload(&service.anyone(), &photo(8, 8, ImageFormat::Png)).await;
    let path = kept.data("/uploadPhoto/photo/url").as_str().unwrap().to_owned();
    let name = path.strip_prefix("/files/").unwrap();
    let tag = format!("\"{}\"", name.strip_suffix(".jpg").unwrap());
    for method in ["GET", "HEAD"] {
        let shown = service.anyone().send(method, &path, "").await;
        for (header, value) in [
            ("content-type", "image/jpeg"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "sandbox; default-src 'none'"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("content-disposition", &format!("inline; filename=\"{name}\"")),
            ("cache-control", "private, max-age=86400, immutable"),
            ("etag", &tag),
        ] {
            assert_eq!(shown.header(header), value, "{method} {header}");
        }
        let length: usize = shown.header("content-length").parse().unwrap();
        assert_eq!(shown.bytes.len(), if method == "GET" { length } else { 0 });
    }
    let known = service.anyone().header("if-none-match", &tag).send("GET", &path, "").await;
    assert_eq!((known.status.as_u16(), known.bytes.len()), (304, 0));
    let other = service.anyone().header("if-none-match", "\"x\"").send("GET", &path, "").await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn a_name_that_was_not_given_out_is_not_found() {
    let service = empty_service().await;
    let kept = upload(&service.anyone(), &photo(8, 8, ImageFormat::Png)).await;
    let path = kept.data("/uploadPhoto/photo/url").as_str().unwrap().to_owned();
    for path in [
        &format!("/files/{}.jpg", "0".repeat(64)),
        &path.replace(".jpg", ".png"),
        &path.replace(".jpg", ""),
        &format!("/files/{}", path.trim_start_matches("/files/").to_ascii_uppercase()),
        "/files/x.jpg",
        "/files/.jpg",
        "/files/",
        "/files/..%2F..%2Fkontakt.sqlite",
        "/files/..%2Fphotos%2Fab%2Fx.jpg",
    ] {
        assert_eq!(service.anyone().send("GET", path, "").await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn the_same_photo_is_kept_once() {
    let service = empty_service().await;
    let sent = photo(600, 400, ImageFormat::Jpeg);
    let first = upload(&service.anyone(), &sent).await;
    let again = upload(&service.anyone(), &sent).await;
    let url = |answer: &crate::harness::Answer| answer.data("/uploadPhoto/photo/url");
    assert_eq!(url(&first), url(&again));
    assert_eq!(files_below(&service.data.path().join("files")).len(), 2);
}

#[tokio::test]
async fn where_a_photo_was_taken_is_told_to_the_sender_alone() {
    let service = service().await;
    for (sent, place) in [
        // 50° 3' north and 19° 57' east: in Krakow.
        (photo_taken_at(50, 19, [3, 57]), json!({ "latitude": 50.05, "longitude": 19.95 })),
        // Warsaw.
        (photo_taken_at(52, 21, [14, 0]), json!(null)),
        (photo(64, 48, ImageFormat::Jpeg), json!(null)),
    ] {
        let query = "mutation($input: UploadPhotoInput!) { uploadPhoto(input: $input) {
            photo { url } suggestedLocation { latitude longitude } errors { code } } }";
        let answer = upload_by(&service.anyone(), query, &sent).await;
        assert_eq!(answer.data("/uploadPhoto/suggestedLocation"), place, "{}", answer.text);
        let path = answer.data("/uploadPhoto/photo/url").as_str().unwrap().to_owned();
        let shown = service.anyone().send("GET", &path, "").await;
        assert!(!shown.bytes.windows(4).any(|part| part == b"Exif"));
    }
}

#[tokio::test]
async fn a_photo_that_no_report_came_for_is_deleted_after_a_day() {
    let service = service().await;
    let upload = async |side| upload(&service.anyone(), &photo(side, 9, ImageFormat::Png)).await;
    let url = |answer: &Answer| answer.data("/uploadPhoto/photo/url").as_str().unwrap().to_owned();
    let is_there =
        async |path: &str| service.anyone().send("GET", path, "").await.status == StatusCode::OK;
    let (lost, kept, again) = (upload(20).await, upload(30).await, upload(40).await);
    let key = kept.data("/uploadPhoto/photo/key");
    filed(&service, json!({ "photos": [key] })).await;
    service.clock.advance(Duration::hours(24));
    sweep(&service.app).await.unwrap();
    // While somebody who was just in time is still filing.
    assert!(is_there(&url(&lost)).await);
    assert_eq!(url(&upload(40).await), url(&again));
    service.clock.advance(Duration::hours(1));
    for _ in 0..2 {
        sweep(&service.app).await.unwrap();
        for (photo, wanted) in [(&lost, false), (&kept, true), (&again, true)] {
            assert_eq!(is_there(&url(photo)).await, wanted, "{}", photo.text);
        }
    }
    // Whoever sends it anew finds it anew.
    assert_eq!(url(&upload(20).await), url(&lost));
    assert!(is_there(&url(&lost)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_wait_for_their_end_until_the_bucket_is_back() {
    let bucket = bucket().await;
    let service = in_bucket(&bucket.endpoint(), "the-secret").await;
    upload(&service.anyone(), &photo(600, 400, ImageFormat::Jpeg)).await;
    service.clock.advance(Duration::hours(25));
    let over = async || reports::photos_over(service.db().reader(), service.db().now()).await;
    sweep(&service.app).await.unwrap();
    assert!(over().await.unwrap().is_empty());
    assert_eq!(files_below(&bucket.folder.path().join("photos")), Vec::<String>::new());
    upload(&service.anyone(), &photo(60, 40, ImageFormat::Jpeg)).await;
    service.clock.advance(Duration::hours(25));
    bucket.stop().await;
    assert!(sweep(&service.app).await.is_err());
    assert_eq!(over().await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_key_of_a_photo_tells_which_it_is_for_a_day() {
    let service = empty_service().await;
    let answer = upload(&service.anyone(), &photo(600, 400, ImageFormat::Jpeg)).await;
    let kept = answer.data("/uploadPhoto/photo");
    let key = kept["key"].as_str().unwrap();
    let verify = || service.app.desk.photo_keys.verify(key, "photos.0", service.db().now());
    let stored = verify().unwrap();
    assert_eq!((stored.width, stored.height), (600, 400));
    for (name, part) in [(&stored.file, "url"), (&stored.thumbnail, "thumbnailUrl")] {
        assert_eq!(format!("/files/{name}.jpg"), kept[part]);
    }
    let shown = service.anyone().send("GET", kept["url"].as_str().unwrap(), "").await;
    assert_eq!(shown.header("content-length"), stored.bytes.to_string());
    service.clock.advance(Duration::hours(24));
    assert_eq!(verify().unwrap_err().field, ["photos", "0"]);
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_with_a_word_how_to_mend_it() {
    let service = empty_service().await;
    let whole = photo(64, 64, ImageFormat::Jpeg);
    let long = vec![0; 10 * 1024 * 1024 + 1];
    for (sent, code, language, word) in [
        (&b"<html></html>"[..], "INVALID photo", "pl", "Wyślij JPEG, PNG lub WebP."),
        (b"<html></html>", "INVALID photo", "uk", "Надішліть JPEG, PNG або WebP."),
        (b"", "INVALID photo", "en", "Send a JPEG, PNG or WebP."),
        (&whole[..whole.len() / 2], "INVALID photo", "en", "Send it again, or take another one."),
        (&long, "TOO_LONG photo", "en", "A photo may have at most 10 MB."),
    ] {
        let client = service.anyone().header("accept-language", language);
        let answer = upload(&client, sent).await;
        assert_eq!(answer.refusals("uploadPhoto"), [code]);
        assert_eq!(answer.data("/uploadPhoto/photo"), json!(null));
        let message = answer.data("/uploadPhoto/errors/0/message");
        assert!(message.as_str().unwrap().contains(word), "{message}");
    }
    assert_eq!(files_below(&service.data.path().join("files")), Vec::<String>::new());
}

async fn in_bucket(endpoint: &str, secret: &str) -> Service {
    service_with(&[
        ("files-bucket", "photos"),
        ("files-endpoint", endpoint),
        ("files-key-id", "the-key"),
        ("files-secret", secret),
    ])
    .await
}

async fn assert_away(service: &Service, known: &str) {
    let refused = upload(&service.anyone(), &photo(9, 9, ImageFormat::Jpeg)).await;
    assert_eq!(refused.error_code(), "UNAVAILABLE");
    assert_eq!(service.anyone().send("GET", known, "").await.status, 503);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_keeps_photos_as_a_folder_does_until_it_is_away() {
    let bucket = bucket().await;
    let service = in_bucket(&bucket.endpoint(), "the-secret").await;
    let kept = upload(&service.anyone(), &photo(600, 400, ImageFormat::Jpeg)).await;
    let path = kept.data("/uploadPhoto/photo/url").as_str().unwrap().to_owned();
    let name = path.trim_start_matches("/files/");
    let stored = bucket.folder.path().join("photos/photos").join(&name[..2]).join(name);
    let shown = service.anyone().send("GET", &path, "").await;
    assert_eq!((shown.status.as_u16(), shown.bytes), (200, fs::read(stored).unwrap()));
    let nobody = format!("/files/{}.jpg", "0".repeat(64));
    assert_eq!(service.anyone().send("GET", &nobody, "").await.status, 404);
    assert!(!Path::new(&service.data.path().join("files")).exists());
    bucket.stop().await;
    assert_away(&service, &path).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_does_not_know_us_is_away() {
    let bucket = bucket().await;
    let service = in_bucket(&bucket.endpoint(), "not-the-secret").await;
    assert_away(&service, &format!("/files/{}.jpg", "0".repeat(64))).await;
    assert_eq!(files_below(&bucket.folder.path().join("photos")), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_behind_tls_where_nobody_listens_is_away() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let service = in_bucket(&format!("https://{closed}"), "the-secret").await;
    assert_away(&service, &format!("/files/{}.jpg", "0".repeat(64))).await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_away() {
    let service = empty_service().await;
    fs::write(service.data.path().join("files"), "in the way").unwrap();
    let refused = upload(&service.anyone(), &photo(9, 9, ImageFormat::Jpeg)).await;
    assert_eq!(refused.error_code(), "UNAVAILABLE");
}
