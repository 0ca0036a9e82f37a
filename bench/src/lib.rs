//! What the measurements share: rated questions, their scores, and a service that is asked through
//! its GraphQL API.

/// What one would use instead.
pub mod peers;
/// Rated questions, and how well answers fit.
pub mod rated;
/// Reports in any number, and what raw SQL says of them.
pub mod reports;
/// A service of its own, asked through the router.
pub mod service;
