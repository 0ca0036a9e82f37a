//! Addresses to which links are sent.

use crate::texts;

/// The address as it is kept, so that one person has one account; `None` for what is none.
pub fn address(given: &str) -> Option<String> {
    let address = given.trim().to_lowercase();
    texts::is_email(&address).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_one_however_it_is_written() {
        assert_eq!(address(" Anna.Nowak@Example.ORG\n").as_deref(), Some("anna.nowak@example.org"));
        assert_eq!(address("anna@example.org, ewa@example.org"), None);
    }
}
