//! Filters of lists, as SQL takes them. Knows no table.

use std::fmt::Display;

use fonedynamics_server::types::CommaList;
use serde_json::Value;

/// The entries of a filter as a JSON array, for `json_each`. A filter without entries filters nothing, as one that is left
/// out.
pub(crate) fn any_of<T: Display>(filter: &Option<CommaList<T>>) -> Option<String> {
    let entries = filter.as_ref().filter(|entries| !entries.is_empty())?;
    let entries: Value = entries.iter().map(T::to_string).collect();
    Some(entries.to_string())
}

#[cfg(test)]
mod tests {
    use super::any_of;

    #[test]
    fn a_filter_without_entries_filters_nothing() {
        assert_eq!(any_of::<String>(&None), None);
        assert_eq!(any_of::<String>(&Some([].into())), None);
        assert_eq!(
            any_of(&Some(["a", "\""].into())),
            Some(r#"["a","\""]"#.to_owned())
        );
    }
}
