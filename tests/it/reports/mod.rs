//! Reports of residents, from filing to the answer.

mod filing;
mod life;
mod lists;
mod live;
mod operations;
mod residents;
mod search;
mod seen;
mod time;
