//! Query parameters and form bodies. Knows no parameter of any operation.

mod pairs;

use serde::{Serialize, Serializer, ser::Error as _};

pub(crate) use pairs::pairs_of;

/// A named query parameter, to be given to [`reqwest::RequestBuilder::query`].
///
/// What is sent follows from the value:
///
/// | value | sent |
/// | --- | --- |
/// | number, boolean, string, character, unit variant | `name=value`; a string is sent as it is, commas included |
/// | `None`, `()` | nothing |
/// | sequence, tuple | `name=item` for each item; items follow the first two rows |
/// | struct, map | each member as a parameter of its own, under the member's name; `name` is not used |
///
/// A struct or a map inside of one of these, a sequence inside of a sequence, bytes, a number that is
/// not finite and an enum variant with content have no such form. They fail when the request is built, as
/// [`Error::InvalidRequest`](crate::Error::InvalidRequest).
#[derive(Clone, Copy, Debug)]
pub struct QueryParam<'value, T> {
    name: &'value str,
    value: &'value T,
}

impl<'value, T> QueryParam<'value, T> {
    /// Names a value. `name` is the parameter's name on the wire.
    #[must_use]
    pub fn new(name: &'value str, value: &'value T) -> Self {
        Self { name, value }
    }
}

impl<T: Serialize> Serialize for QueryParam<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let pairs = pairs_of(self.name, self.value).map_err(S::Error::custom)?;
        serializer.collect_seq(pairs)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::QueryParam;
    use crate::testing::http_client;

    /// The query of a request with one parameter, or the whole text of why it cannot be built.
    fn query<T: Serialize>(value: &T) -> Result<Option<String>, String> {
        let request = http_client()
            .get("http://localhost/")
            .query(&QueryParam::new("Name", value))
            .build()
            .map_err(crate::Error::<()>::from);
        match request {
            Ok(request) => Ok(request.url().query().map(str::to_owned)),
            Err(crate::Error::InvalidRequest(reason)) => Err(reason),
            Err(other) => panic!("not a failure to build: {other:?}"),
        }
    }

    fn sent(query: &str) -> Result<Option<String>, String> {
        Ok(Some(query.to_owned()))
    }

    #[derive(Serialize)]
    enum Colour {
        #[serde(rename = "BRIGHT_RED")]
        Red,
        Mixed(u8),
    }

    #[derive(Serialize)]
    struct Sid(String);

    #[derive(Default, Serialize)]
    struct ListKettlesQuery {
        #[serde(rename = "Results_Count")]
        count: Option<u32>,
        #[serde(rename = "Results_Skip", skip_serializing_if = "Option::is_none")]
        skip: Option<i64>,
        #[serde(rename = "Lids")]
        lids: Option<String>,
        #[serde(rename = "Boiling")]
        boiling: Option<bool>,
        #[serde(rename = "Colour")]
        colour: Option<Colour>,
        #[serde(rename = "Sid")]
        sid: Option<Sid>,
        #[serde(flatten)]
        extra: BTreeMap<String, f32>,
    }

    #[test]
    fn members_of_a_struct_are_parameters_of_their_own_in_order() {
        let value = ListKettlesQuery {
            count: Some(50),
            skip: Some(-1),
            lids: Some("a,b c+d&e=é".to_owned()),
            boiling: Some(false),
            colour: Some(Colour::Red),
            sid: Some(Sid("KE1".to_owned())),
            extra: BTreeMap::from([("Litres".to_owned(), 0.1)]),
        };
        assert_eq!(
            query(&value),
            sent(
                "Results_Count=50&Results_Skip=-1&Lids=a%2Cb+c%2Bd%26e%3D%C3%A9&Boiling=false\
                 &Colour=BRIGHT_RED&Sid=KE1&Litres=0.1"
            )
        );
    }

    #[test]
    fn missing_members_send_nothing_at_all() {
        assert_eq!(query(&ListKettlesQuery::default()), Ok(None));
        assert_eq!(query(&BTreeMap::<String, String>::new()), Ok(None));
        assert_eq!(query(&None::<u8>), Ok(None));
        assert_eq!(query(&()), Ok(None));
    }

    #[test]
    fn empty_string_is_sent_as_an_empty_value() {
        assert_eq!(query(&Some("")), sent("Name="));
    }

    #[test]
    fn scalars_and_sequences_use_the_given_name() {
        assert_eq!(query(&7_u128), sent("Name=7"));
        assert_eq!(query(&Colour::Red), sent("Name=BRIGHT_RED"));
        assert_eq!(query(&'ß'), sent("Name=%C3%9F"));
        assert_eq!(query(&vec![Some("a"), None, Some("b")]), sent("Name=a&Name=b"));
        assert_eq!(query(&(1, true)), sent("Name=1&Name=true"));
        assert_eq!(query(&BTreeMap::from([("Ids", [1, 2])])), sent("Ids=1&Ids=2"));
        assert_eq!(query(&BTreeMap::from([(5, 6)])), sent("5=6"));
    }

    #[test]
    fn values_without_a_form_fail_and_say_which() {
        let nested = BTreeMap::from([("Kettle", BTreeMap::from([("Lid", 1)]))]);
        let failure = query(&nested).unwrap_err();
        assert!(failure.contains("`Kettle`"), "{failure}");
        assert!(failure.contains("object"), "{failure}");

        assert!(
            query(&[BTreeMap::from([("Lid", 1)])])
                .unwrap_err()
                .contains("`Name`")
        );
        assert!(query(&[[1]]).unwrap_err().contains("`Name`"));
        assert!(query(&Colour::Mixed(1)).unwrap_err().contains("`Name`"));
        assert!(query(&f64::NAN).unwrap_err().contains("`Name`"));
        assert!(
            query(&BTreeMap::from([(Some(1), 1), (None, 2)]))
                .unwrap_err()
                .contains("key")
        );
    }
}
