//! How long it took, in buckets.

use crate::statistics::{columns::Count, rules::percents::percent};

/// How long it took until a matter was settled, in days. Day 61 is in the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeBucket {
    /// 0 to 7.
    Week,
    /// 8 to 14.
    Fortnight,
    /// 15 to 21.
    ThreeWeeks,
    /// 22 to 30.
    Month,
    /// 31 to 60.
    TwoMonths,
    /// 61 and more.
    Longer,
}

/// The buckets in the order of the enum, with their names and their last days.
const BUCKETS: [(TimeBucket, &str, i64); 6] = [
    (TimeBucket::Week, "0-7", 7),
    (TimeBucket::Fortnight, "8-14", 14),
    (TimeBucket::ThreeWeeks, "15-21", 21),
    (TimeBucket::Month, "22-30", 30),
    (TimeBucket::TwoMonths, "31-60", 60),
    (TimeBucket::Longer, "61+", i64::MAX),
];

impl TimeBucket {
    /// The bucket at a place.
    pub fn at(place: usize) -> Self {
        BUCKETS.get(place).map_or(Self::Longer, |(bucket, ..)| *bucket)
    }

    /// The bucket of so many days.
    pub fn of(days: i64) -> Self {
        let found = BUCKETS.iter().find(|(_, _, last)| days <= *last);
        found.map_or(Self::Longer, |(bucket, ..)| *bucket)
    }
}

/// The reports that took so long until they were settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeShare {
    pub bucket: &'static str,
    pub count: u32,
    pub share: u32,
    pub cumulative_share: u32,
}

/// All buckets. The cumulative share is that of the cumulative count, not a sum of rounded ones.
pub fn times(counts: &[(TimeBucket, Count)]) -> Vec<TimeShare> {
    let total = counts.iter().map(|(_, count)| count.all).sum();
    let mut so_far = 0;
    let share = |(bucket, name, _): &(TimeBucket, &'static str, i64)| {
        let found = counts.iter().find(|(known, _)| known == bucket);
        let count = found.map_or(0, |(_, count)| count.all);
        so_far += count;
        TimeShare {
            bucket: name,
            count,
            share: percent(count, total),
            cumulative_share: percent(so_far, total),
        }
    };
    BUCKETS.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(count: u32) -> Count {
        Count { all: count, effective: 0 }
    }

    #[test]
    fn day_61_is_in_the_last_bucket() {
        let name = |days| {
            let bucket = TimeBucket::of(days);
            BUCKETS.iter().find(|(known, ..)| *known == bucket).unwrap().1
        };
        let table = [
            (-1, "0-7"),
            (7, "0-7"),
            (8, "8-14"),
            (14, "8-14"),
            (15, "15-21"),
            (21, "15-21"),
            (22, "22-30"),
            (30, "22-30"),
            (31, "31-60"),
            (60, "31-60"),
            (61, "61+"),
            (9_999, "61+"),
        ];
        for (days, expected) in table {
            assert_eq!(name(days), expected, "{days} days");
        }
    }

    proptest! {
        #[test]
        fn cumulative_shares_never_fall_and_end_at_100(counts in prop::array::uniform6(0..5_000_u32)) {
            let counts: Vec<_> =
                BUCKETS.iter().zip(counts).map(|((bucket, ..), count)| (*bucket, all(count))).collect();
            let shares = times(&counts);
            let total: u32 = counts.iter().map(|(_, count)| count.all).sum();
            prop_assert!(shares.is_sorted_by_key(|share| share.cumulative_share));
            prop_assert_eq!(shares[5].cumulative_share, if total == 0 { 0 } else { 100 });
        }
    }
}
