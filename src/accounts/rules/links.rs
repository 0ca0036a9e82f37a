//! Addresses to which links are sent.

/// Characters of an address, as mail servers have it.
const ADDRESS_CHARS_MAX: usize = 254;

/// The address as it is kept, so that one person has one account; `None` for what is none.
pub fn address(given: &str) -> Option<String> {
    let address = given.trim().to_lowercase();
    let sound = address.len() <= ADDRESS_CHARS_MAX && address.parse::<lettre::Address>().is_ok();
    sound.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_one_however_it_is_written() {
        assert_eq!(address(" Anna.Nowak@Example.ORG\n").as_deref(), Some("anna.nowak@example.org"));
        for wrong in ["", "anna", "a@b@c", "a@example.org\r\nBcc: b@example.org", "A <a@b.pl>"] {
            assert_eq!(address(wrong), None, "{wrong:?}");
        }
        assert_eq!(address(&format!("{}@example.org", "a".repeat(300))), None);
    }
}
