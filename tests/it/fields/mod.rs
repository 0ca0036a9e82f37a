//! What everybody sees of every field of every object: the rows of the roots are in `access.rs`.

mod schema;
mod seen;
mod table;
mod unknown;
mod world;
