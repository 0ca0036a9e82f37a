//! The providers of the settings.

use std::{fs, sync::Arc};

use crate::{
    accounts::openid::OpenId,
    config::Config,
    error::{Error, Result},
};

/// The providers of an installation. Cheap to clone.
#[derive(Clone, Default)]
pub struct Registry(Arc<Vec<OpenId>>);

impl Registry {
    /// The providers that the settings list. Nothing is asked of them before somebody signs in.
    pub fn of(config: &Config) -> Result<Self> {
        let open = |provider: &crate::config::Provider| {
            let file = provider.client_secret_file.as_ref();
            let unreadable = |error| {
                let file = file.map(|file| file.display().to_string()).unwrap_or_default();
                Error::internal(format!("the file of a client secret, {file}: {error}"))
            };
            let read = file.map(fs::read_to_string).transpose().map_err(unreadable)?;
            let secret = provider.client_secret.as_ref().map(|hidden| hidden.0.clone()).or(read);
            OpenId::new(provider.clone(), secret.map(|secret| secret.trim().to_owned()))
        };
        Ok(Self(Arc::new(config.providers.iter().map(open).collect::<Result<_>>()?)))
    }

    /// The provider of a name.
    pub fn find(&self, name: &str) -> Option<&OpenId> {
        self.0.iter().find(|known| known.settings.name == name)
    }

    /// All, in the order of the settings.
    pub fn all(&self) -> &[OpenId] {
        &self.0
    }
}
