//! How much one caller may ask for in a while, counted in points of cost.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use governor::{
    Quota, RateLimiter, clock, middleware::NoOpMiddleware, nanos::Nanos,
    state::keyed::DashMapStateStore,
};

use crate::{actor::Actor, clock::Clock};

/// Points for a failed sign-in, so that guessing tokens soon comes to an end.
pub const FAILED_SIGN_IN_POINTS: u32 = 100;
/// Bits of an address of version 6 that one household has.
const HOUSEHOLD_BITS: u32 = 64;

/// Who pays for a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Payer {
    Account(String),
    Address(IpAddr),
}

impl Payer {
    fn of(actor: &Actor, address: IpAddr) -> Option<Self> {
        match actor {
            Actor::System => None,
            Actor::Anyone => Some(Self::Address(household(address))),
            Actor::Resident(name) => Some(Self::Account(format!("resident:{name}"))),
            Actor::Staff(_) | Actor::Client(_) => Some(Self::Account(actor.handle().to_owned())),
        }
    }
}

/// The part of an address that does not change while somebody stays at home.
pub fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(all) => {
            let mask = u128::MAX << (u128::BITS - HOUSEHOLD_BITS);
            Ipv6Addr::from_bits(all.to_bits() & mask).into()
        }
    }
}

/// How fast callers may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Points that may be spent at once.
    pub burst: NonZeroU32,
    /// Points that come back every second.
    pub a_second: NonZeroU32,
}

type Purses = RateLimiter<Payer, DashMapStateStore<Payer>, Seconds, NoOpMiddleware<Nanos>>;

/// What the callers of this node have left. Each node counts for itself.
#[derive(Clone)]
pub struct Rates(Option<(Arc<Purses>, NonZeroU32)>);

impl Rates {
    /// Everybody begins with a full purse; without an allowance nothing is counted.
    pub fn new(allowance: Option<Allowance>, clock: Clock) -> Self {
        Self(allowance.map(|allowance| {
            let quota = Quota::per_second(allowance.a_second).allow_burst(allowance.burst);
            let purses = RateLimiter::new(quota, DashMapStateStore::default(), Seconds(clock));
            (Arc::new(purses), allowance.burst)
        }))
    }

    /// Takes points from whoever acts, or from the address of somebody who is not signed in. Refused,
    /// it tells after which time there will be enough.
    pub fn take(&self, actor: &Actor, address: IpAddr, points: u32) -> Result<(), Duration> {
        let Some((purses, burst)) = &self.0 else { return Ok(()) };
        let Some(payer) = Payer::of(actor, address) else { return Ok(()) };
        // What costs more than a purse can hold is to be had for a full one.
        let points = NonZeroU32::new(points).unwrap_or(NonZeroU32::MIN).min(*burst);
        match purses.check_key_n(&payer, points) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(later)) => Err(later.wait_time_from(clock::Clock::now(purses.clock()))),
            // Points are at most the burst, so this is a full purse too.
            Err(_) => Err(Duration::from_secs(1)),
        }
    }

    /// Forgets those whose purse is full again.
    pub fn forget_idle(&self) {
        if let Some((purses, _)) = &self.0 {
            purses.retain_recent();
        }
    }
}

/// Whole seconds after which to come again, as in `Retry-After`.
pub fn wait_seconds(wait: Duration) -> u64 {
    wait.as_secs() + 1
}

/// Our clock, as the limiter asks it.
#[derive(Clone)]
struct Seconds(Clock);

impl clock::Clock for Seconds {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let since = self.0.now().timestamp_nanos_opt().and_then(|nanos| u64::try_from(nanos).ok());
        Nanos::new(since.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    const HERE: &str = "203.0.113.9";

    fn rates(clock: &Clock) -> Rates {
        let number = |n| NonZeroU32::new(n).unwrap();
        let allowance = Allowance { burst: number(100), a_second: number(10) };
        Rates::new(Some(allowance), clock.clone())
    }

    fn take(rates: &Rates, address: &str, points: u32) -> Result<(), u64> {
        let address = address.parse().unwrap();
        rates.take(&Actor::Anyone, address, points).map_err(|wait| wait.as_secs())
    }

    fn standing() -> Clock {
        Clock::standing_at("2026-11-20T09:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_purse_is_emptied_and_fills_with_time() {
        let clock = standing();
        let rates = rates(&clock);
        assert_eq!(take(&rates, HERE, 100), Ok(()));
        assert_eq!(take(&rates, HERE, 30), Err(3));
        assert_eq!(take(&rates, "203.0.113.10", 30), Ok(()));
        clock.advance(TimeDelta::seconds(3));
        assert_eq!(take(&rates, HERE, 30), Ok(()));
        assert_eq!(take(&rates, HERE, 1), Err(0));
    }

    #[test]
    fn what_costs_more_than_a_purse_holds_is_to_be_had_for_a_full_one() {
        let rates = rates(&standing());
        assert_eq!(take(&rates, HERE, 5_000), Ok(()));
        assert_eq!(take(&rates, HERE, 5_000), Err(10));
    }

    #[test]
    fn a_household_has_one_purse_whatever_its_device() {
        let rates = rates(&standing());
        assert_eq!(take(&rates, "2001:db8:1:2::1", 100), Ok(()));
        assert!(take(&rates, "2001:db8:1:2:ffff::9", 1).is_err());
        assert_eq!(take(&rates, "2001:db8:1:3::1", 100), Ok(()));
    }

    #[test]
    fn who_is_signed_in_pays_from_any_address() {
        let rates = rates(&standing());
        let take = |name: &str, address: &str| {
            let address = address.parse().unwrap();
            rates.take(&Actor::Resident(name.to_owned()), address, 60).is_ok()
        };
        assert!(take("anna", HERE));
        assert!(!take("anna", "203.0.113.10"));
        assert!(take("jan", HERE));
    }

    #[test]
    fn idle_callers_are_forgotten() {
        let clock = standing();
        let rates = rates(&clock);
        take(&rates, HERE, 100).unwrap();
        rates.forget_idle();
        assert!(take(&rates, HERE, 1).is_err());
        clock.advance(TimeDelta::seconds(60));
        rates.forget_idle();
        assert_eq!(rates.0.unwrap().0.len(), 0);
    }
}
