//! What residents put in about themselves. The structs are the inputs of the API.

use async_graphql::{InputObject, MaybeUndefined};

/// What is to be different in your profile. A field that is left out stays as it is.
#[derive(Clone, Debug, Default, InputObject)]
pub struct UpdateProfileInput {
    /// The `version` of `me` that was read; refused as CONFLICT when the profile has changed since.
    pub expected_version: Option<i32>,
    /// Your name, 1 to 200 characters on one line. It stands over what your provider says, here and not
    /// there; null lets the provider's stand again.
    pub name: MaybeUndefined<String>,
    /// The address that letters go to. It counts when it is confirmed by the link in a letter to it: the
    /// link is good for 15 minutes, once; the address until then is told. Null takes your own address
    /// away, and that of the provider stands again. Refused with INVALID for no address, and with
    /// NOT_ALLOWED for more than 5 letters an hour to you or to the address.
    pub email: MaybeUndefined<String>,
    /// A telephone number of 7 to 15 digits; null takes it away.
    pub phone: MaybeUndefined<String>,
    /// The language of letters: `pl`, `en` or `uk`. It stands over that of your last sign-in; null lets
    /// that stand again.
    pub language: MaybeUndefined<String>,
    /// The numbers of the districts that you want to hear of, each once; instead of those that were.
    pub districts: Option<Vec<i32>>,
    /// Which letters you want.
    pub contact_preferences: Option<ContactPreferencesInput>,
}

/// That you give your account up.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteMyAccountInput {
    /// Your name as `me.name` has it, so that nobody does it by a slip.
    pub confirmation: String,
}

/// Which letters you want. A field that is left out stays as it is.
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub struct ContactPreferencesInput {
    /// Whether any letters about reports are to come at all: false is "nothing", whatever else is chosen.
    pub letters: Option<bool>,
    /// When your report was taken in.
    pub received: Option<bool>,
    /// When a unit was given it.
    pub forwarded: Option<bool>,
    /// When every unit has answered.
    pub answered: Option<bool>,
    /// When a unit asks you.
    pub needs_info: Option<bool>,
    /// When it was closed, or opened again.
    pub other: Option<bool>,
}
