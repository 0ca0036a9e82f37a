//! How a photo is uploaded.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use crate::{
    error::Result,
    files::StoredPhoto,
    geo::Point,
    graphql::{ContextExt, Nullable, UserError, refusals, upload::Upload},
    reports,
};

/// A photo to upload.
#[derive(InputObject)]
pub struct UploadPhotoInput {
    /// JPEG, PNG or WebP by its content; at most 10 MB and 24 megapixels.
    photo: Upload,
}

/// What became of the photo.
#[derive(SimpleObject)]
pub struct UploadPhotoPayload {
    /// The photo as it is kept; null when it was refused.
    photo: Option<UploadedPhoto>,
    /// Where the telephone says that the photo was taken, for the pin on the map; null when it says
    /// nothing, or a place outside the city. It is told in this answer alone: what is kept does not have
    /// it.
    suggested_location: Option<SuggestedLocation>,
    /// What to repair.
    errors: Vec<UserError>,
}

/// A photo that was uploaded: a JPEG, upright, with no side longer than 2560 pixels, and with nothing of
/// what the telephone wrote into the file, such as the place.
#[derive(SimpleObject)]
pub struct UploadedPhoto {
    /// Whoever has it may file a report with the photo, within 24 hours. Not to be shown to others.
    key: String,
    /// Where the photo is, as a path on this server.
    url: String,
    /// Where the small photo is, with no side longer than 480 pixels, as a path on this server.
    thumbnail_url: String,
    /// Pixels of the photo.
    width: i32,
    /// Pixels of the photo.
    height: i32,
}

/// A place that a report may have: a suggestion, to be confirmed by the person who files it.
#[derive(SimpleObject)]
pub struct SuggestedLocation {
    /// Degrees to the north in WGS 84.
    latitude: f64,
    /// Degrees to the east in WGS 84.
    longitude: f64,
}

impl SuggestedLocation {
    fn of(place: Point) -> Self {
        Self { latitude: place.latitude(), longitude: place.longitude() }
    }
}

impl UploadedPhoto {
    fn of(ctx: &Context<'_>, photo: StoredPhoto) -> Self {
        Self {
            key: ctx.caller().app.desk.photo_keys.sign(&photo, ctx.now()),
            url: photo_url(&photo.file),
            thumbnail_url: photo_url(&photo.thumbnail),
            width: photo.width,
            height: photo.height,
        }
    }
}

/// Where a photo or thumbnail is, by its name.
pub fn photo_url(name: &str) -> String {
    format!("/files/{name}.jpg")
}

/// Uploads.
#[derive(Default)]
pub struct PhotoMutations;

#[Object]
impl PhotoMutations {
    /// Uploads one photo, as `multipart/form-data` (see `Upload`), so that a slow telephone can send
    /// photo by photo and file its report at the end. Refused with TOO_LONG when it has too many bytes,
    /// and with INVALID when it is no photo, is broken or has too many pixels. UNAVAILABLE when too many
    /// uploads are under way. Anyone. A photo that is not filed within 24 hours is deleted.
    async fn upload_photo(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The photo.")] input: UploadPhotoInput,
    ) -> Nullable<UploadPhotoPayload> {
        Some(upload(ctx, input).await)
    }
}

async fn upload(ctx: &Context<'_>, input: UploadPhotoInput) -> Result<UploadPhotoPayload> {
    let app = &ctx.caller().app;
    let sent = input.photo.content(ctx)?;
    let (ready, errors) = refusals(ctx, app.files.read(sent, "photo").await)?;
    let Some(ready) = ready else {
        return Ok(UploadPhotoPayload { photo: None, suggested_location: None, errors });
    };
    let place = ready.place.filter(|place| app.desk.districts.is_in_city(*place));
    // Before the first byte is kept, so that nothing is kept of which nobody knows.
    app.db.write(async |tx| reports::expect_photo(tx, &ready.photo).await).await?;
    let photo = app.files.keep(ready).await?;
    Ok(UploadPhotoPayload {
        photo: Some(UploadedPhoto::of(ctx, photo)),
        suggested_location: place.map(SuggestedLocation::of),
        errors,
    })
}
