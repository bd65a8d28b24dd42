//! Both readings of a list: a page that holds the items, and the array of the items alone.
//!
//! Which of the two a server sends is not always public. Changes nothing in the items.

use serde::de::{DeserializeOwned, Error as _};
use serde_json::{Map, Value};

/// Parses a page whose items are in the member `items`, or an array of items as such a page.
///
/// # Errors
///
/// What is wrong with the body as a page.
pub(super) fn page<T: DeserializeOwned>(body: &[u8], items: &str) -> serde_json::Result<T> {
    serde_json::from_slice(body).or_else(|error| match serde_json::from_slice(body) {
        Ok(array @ Value::Array(_)) => {
            let page = Map::from_iter([(items.to_owned(), array)]);
            serde_json::from_value(Value::Object(page)).map_err(|_| error)
        }
        _ => Err(error),
    })
}

/// Parses an array, or an object with one array in it as that array.
///
/// # Errors
///
/// What is wrong with the body as an array.
pub(super) fn array<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    serde_json::from_slice(body).or_else(|error| {
        let page: Map<String, Value> = serde_json::from_slice(body).map_err(|_| error)?;
        let mut arrays = page.into_iter().map(|(_, value)| value).filter(Value::is_array);
        match (arrays.next(), arrays.next()) {
            (Some(array), None) => serde_json::from_value(array),
            _ => Err(serde_json::Error::custom("there is no array, or more than one")),
        }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{array, page};

    type Page = BTreeMap<String, Vec<u8>>;

    #[test]
    fn page_is_read_with_and_without_its_object() {
        let expected = Page::from([("Items".to_owned(), vec![1, 2])]);
        for body in [r#"{"Items":[1,2]}"#, " [1,2]"] {
            assert_eq!(page::<Page>(body.as_bytes(), "Items").unwrap(), expected);
        }
        for body in ["", "{", "7", r#"["x"]"#, "[1,2] x"] {
            assert!(page::<Page>(body.as_bytes(), "Items").is_err(), "{body}");
        }
    }

    #[test]
    fn array_is_read_with_and_without_an_object_around_it() {
        for body in ["[1,2]", r#"{"Total":2,"Items":[1,2]}"#] {
            assert_eq!(array::<Vec<u8>>(body.as_bytes()).unwrap(), [1, 2]);
        }
        for body in ["", "{}", "7", r#"{"A":[1],"B":[2]}"#, r#"{"A":["x"]}"#] {
            assert!(array::<Vec<u8>>(body.as_bytes()).is_err(), "{body}");
        }
    }
}
