//! Reports of residents, from filing to the answer.

mod external;
mod filing;
mod life;
mod lists;
mod live;
mod operations;
mod residents;
mod search;
mod seen;
mod time;
