//! One operation of the document, as the server sees it. Knows nothing of requests.

pub use axum::http::Method;

/// One operation of the document. Generated code holds one constant for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The `operationId` of the document.
    pub id: &'static str,
    /// The method. A `HEAD` is handled by the `GET` of its path.
    pub method: Method,
    /// The path template, with its parameters in braces: `/shelves/{ShelfId}`.
    pub path: &'static str,
    /// The status of a successful response.
    pub success: u16,
    /// Whether a caller needs credentials.
    pub secured: bool,
    /// Every error code, in its wire form, that the document lists for the operation. A handler that raises
    /// any other becomes an internal failure.
    pub codes: &'static [&'static str],
    /// The wire names of the parameters, and of every member that is anywhere in the body: what failures can name.
    /// Empty where callers choose names too, because the body has a map, an open object or free JSON.
    pub fields: &'static [&'static str],
}

impl Operation {
    /// Whether a failure can name this: a field, a path to one, as in `Messages[2].To`, or several joined with commas.
    /// Of a path, the last step is checked.
    pub(crate) fn has_field(&self, name: &str) -> bool {
        self.fields.is_empty()
            || self.ends_in_field(name)
            || name.split(',').all(|one| self.ends_in_field(one))
    }

    fn ends_in_field(&self, path: &str) -> bool {
        let is_end = |field: &&str| {
            let before = path.strip_suffix(field);
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        let is_index = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let item = path.strip_suffix(']').and_then(|path| path.rsplit_once('['));
        self.fields.iter().any(is_end)
            || item.is_some_and(|(array, index)| {
                // An array without a name is the body.
                is_index(index) && (array.is_empty() || self.ends_in_field(array))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::{Method, Operation};

    const BATCH: Operation = Operation {
        id: "batch",
        method: Method::POST,
        path: "/",
        success: 200,
        secured: false,
        codes: &[],
        fields: &["Messages", "To", "filter[name]", "a.b", "a,b"],
    };

    #[test]
    fn last_step_of_a_path_is_a_field() {
        for name in [
            "To",
            "Messages[2].To",
            "Messages[2]",
            "[2].To",
            "[0][1]",
            "filter[name]",
            "a.b",
            "a,b",
            "Messages[0].To,Messages[0].a.b",
        ] {
            assert!(BATCH.has_field(name), "{name}");
        }
        for name in [
            "",
            "T",
            "to",
            "ReplyTo",
            "Messages[2].From",
            "Messages[x]",
            "To,From",
            "To.",
        ] {
            assert!(!BATCH.has_field(name), "{name}");
        }
    }

    #[test]
    fn any_name_is_a_field_where_callers_choose_names() {
        let fields = &[];
        assert!(Operation { fields, ..BATCH }.has_field("Labels.red"));
    }
}
