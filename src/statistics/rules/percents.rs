//! Rounding: whole percents half up, growth to two places.

/// A part of a whole in percent, rounded half up; nothing of nothing is 0.
pub fn percent(part: u32, whole: u32) -> u32 {
    rounded_quotient(u64::from(part) * 100, whole)
}

/// A sum divided into parts, rounded half up.
pub fn rounded(sum: u32, parts: u32) -> u32 {
    rounded_quotient(u64::from(sum), parts)
}

fn rounded_quotient(number: u64, by: u32) -> u32 {
    let by = u64::from(by);
    let quotient = (2 * number + by).checked_div(2 * by).unwrap_or_default();
    u32::try_from(quotient).unwrap_or(u32::MAX)
}

/// Growth in percent to two places, rounded half up; none from nothing.
pub fn growth(now: u32, before: u32) -> Option<f64> {
    if before == 0 {
        return None;
    }
    let (now, before) = (i64::from(now), i64::from(before));
    let hundredths = (2 * 10_000 * (now - before) + before).div_euclid(2 * before);
    Some(hundredths as f64 / 100.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_percents_are_rounded_half_up() {
        let table = [(0, 0, 0), (0, 5, 0), (1, 200, 1), (1, 201, 0), (1, 8, 13), (2, 3, 67)];
        for (part, whole, expected) in table {
            assert_eq!(percent(part, whole), expected, "{part} of {whole}");
        }
        assert_eq!(percent(u32::MAX, u32::MAX), 100);
    }

    #[test]
    fn growth_is_that_of_the_totals_to_two_places() {
        let table = [
            (5_479, 2_905, Some(88.61)),
            (117_360, 104_604, Some(12.19)),
            (1, 3, Some(-66.67)),
            (0, 7, Some(-100.0)),
            (7, 7, Some(0.0)),
            (7, 0, None),
        ];
        for (now, before, expected) in table {
            assert_eq!(growth(now, before), expected, "{now} after {before}");
        }
    }

    #[test]
    fn the_monthly_average_is_rounded_half_up() {
        assert_eq!((rounded(5_479, 6), rounded(2_905, 6), rounded(3, 2)), (913, 484, 2));
    }

    proptest! {
        #[test]
        fn shares_add_up_to_100_but_for_half_a_point_each(
            counts in prop::collection::vec(1..5_000_u32, 1..20),
        ) {
            let total = counts.iter().sum();
            let sum: u32 = counts.iter().map(|count| percent(*count, total)).sum();
            prop_assert!(sum.abs_diff(100) as usize * 2 <= counts.len());
        }
    }
}
