//! What the measurements share: rated questions, their scores, and a service that is asked through
//! its GraphQL API.

/// What one would use instead.
pub mod peers;
/// Rated questions, and how well answers fit.
pub mod rated;
/// A service of its own, asked through the router.
pub mod service;
