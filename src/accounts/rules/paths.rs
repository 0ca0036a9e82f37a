//! Where people are sent after they have signed in.

/// Bytes of such a path.
const PATH_BYTES_MAX: usize = 1_000;

/// The path to go back to: one of our own, as a browser reads it; anything else is the beginning.
pub fn own_path(asked: Option<&str>) -> String {
    let path = asked.unwrap_or("/");
    let own = path.starts_with('/')
        // Browsers read a second slash, or a backslash, as the beginning of another host; and they
        // drop what is no sign at all before they look.
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.len() <= PATH_BYTES_MAX
        && path.bytes().all(|byte| (b'!'..=b'~').contains(&byte));
    if own { path.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_own_paths_are_gone_back_to() {
        for own in ["/", "/reports?number=KCK-2026-000001&a=b#c", "/a//b", "/@host", "/a:b"] {
            assert_eq!(own_path(Some(own)), own);
        }
        for foreign in [
            "",
            "reports",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\n/evil.example",
            "/\r\nset-cookie: a=b",
            " //evil.example",
            "/żółw",
        ] {
            assert_eq!(own_path(Some(foreign)), "/", "{foreign:?}");
        }
        assert_eq!(own_path(Some(&format!("/{}", "a".repeat(1_000)))), "/");
        assert_eq!(own_path(None), "/");
    }
}
