//! The only place where names of the API become names of Rust.
//!
//! Agrees with progenitor's own conversion, because its output is joined with the contract by name.
//! Decides nothing about which names are acceptable beyond Rust's reserved words.

use std::borrow::Cow;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// A type: `ResponseStatus`.
#[must_use]
pub fn type_name(name: &str) -> String {
    identifier("X", words(name).to_pascal_case())
}

/// A method, an argument or a field: `error_code`.
#[must_use]
pub fn value_name(name: &str) -> String {
    identifier("x", words(name).to_snake_case())
}

/// A constant: `LIST_ADDRESSES`.
#[must_use]
pub fn constant_name(name: &str) -> String {
    identifier("X", words(name).to_shouty_snake_case())
}

/// The name from which a Rust name is made: that of the API, or, if the document chooses another for Rust, that
/// one itself, which a further conversion leaves as it is.
#[must_use]
pub fn source<'n>(name: &'n str, rust: &'n str, convert: fn(&str) -> String) -> &'n str {
    if convert(name) == rust { name } else { rust }
}

/// The argument that carries all query parameters.
pub const QUERY: &str = "query";

/// The struct with an operation's query parameters: a name that stays as it is when progenitor converts it, which
/// `GetABQuery` would not.
#[must_use]
pub fn query_struct(operation: &str) -> String {
    type_name(&format!("{}Query", type_name(operation)))
}

/// The method that streams all items, beside the one that gets a page.
#[must_use]
pub fn stream(method: &str) -> String {
    format!("{method}_stream")
}

/// The method that streams the pages.
#[must_use]
pub fn pages(method: &str) -> String {
    format!("{method}_pages")
}
/// The type of an array in a query or a header.
pub const COMMA_LIST: &str = "CommaList";

/// The placeholder of a comma list in the client view.
#[must_use]
pub fn comma_list(item: &str) -> String {
    format!("{COMMA_LIST}Of{item}")
}

/// Whether a name can be used as it is: a Rust identifier that is no keyword.
#[must_use]
pub fn is_usable(name: &str) -> bool {
    !name.ends_with('_') && is_identifier(name)
}

/// The type that generated code has beside the error code, so that no schema may have its name.
pub const RESERVED_TYPE: &str = "Facts";

/// The constructors that the code of derives calls, so that no array, whose type is a constructor as well, may
/// have their names.
pub const RESERVED_CONSTRUCTORS: &[&str] = &["Err", "None", "Ok", "Some"];

/// The methods of every generated type, and the operators, which clippy takes to be meant by their names. A setter
/// of such a name would hide them.
const METHODS_OF_TYPES: &[&str] = &[
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "clone",
    "default",
    "div",
    "eq",
    "fmt",
    "into",
    "into_result",
    "mul",
    "ne",
    "new",
    "rem",
    "serialize",
    "shl",
    "shr",
    "sub",
    "to_owned",
    "try_into",
];

/// The method that sets a field: named as the field, or, where that hides another method, with an underscore behind,
/// as no field of a document has it.
#[must_use]
pub fn setter(field: &str) -> String {
    if METHODS_OF_TYPES.contains(&field) {
        format!("{field}_")
    } else {
        field.to_owned()
    }
}

/// Names that generated code uses itself, so that no operation may have them.
pub const RESERVED_METHODS: &[&str] = &[
    "all",
    "api_version",
    "authenticate",
    "baseurl",
    "client",
    "clone",
    "connect",
    "exec",
    "from_token",
    "inner",
    "new",
    "post",
    "pre",
    "request",
    "router",
    "routes",
    "with",
];

/// Names that generated code uses itself, so that no path or header parameter may have them.
pub const RESERVED_ARGUMENTS: &[&str] = &[
    "body",
    "context",
    "encode_path",
    "header_map",
    "omit_prefix",
    "query",
    "response",
    "self_",
];

/// Whether two names are equal but for case and separators.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace(['-', '_', ' '], "")
}

/// The known name that a given one was probably meant to be: equal but for case and separators, or one that
/// differs by at most two characters, whichever differs least.
#[must_use]
pub fn nearest<'k>(given: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let given = plain(given);
    let length = given.chars().count();
    let distances = known.filter_map(|name| {
        let plain = plain(name);
        // A distance takes long to compute, and is no less than this.
        let is_possible = plain.chars().count().abs_diff(length) <= 2;
        is_possible.then(|| (strsim::osa_distance(&given, &plain), name))
    });
    let near = distances.filter(|(distance, name)| *distance <= 2 && distance * 3 <= name.len());
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// The variant of an open enum that holds what the document does not list.
pub const UNRECOGNIZED: &str = "Unrecognized";

/// The package name of a generated crate: `library-types`.
#[must_use]
pub fn crate_name(prefix: &str, role: &str) -> String {
    format!("{prefix}-{role}")
}

/// The name of a generated crate in Rust: `library_types`.
#[must_use]
pub fn crate_ident(prefix: &str, role: &str) -> String {
    crate_name(prefix, role).replace('-', "_")
}

fn words(name: &str) -> Cow<'_, str> {
    if name.chars().all(unicode_ident::is_xid_continue) {
        return Cow::Borrowed(name);
    }
    let name = name.replace('\'', "");
    Cow::Owned(name.replace(|character: char| !unicode_ident::is_xid_continue(character), "-"))
}

/// What cannot begin an identifier gets the prefix in front, keywords an underscore behind.
fn identifier(prefix: &str, name: String) -> String {
    let name = match name.chars().next() {
        None => prefix.to_owned(),
        Some(first) if unicode_ident::is_xid_start(first) => name,
        Some(_) => format!("{prefix}{name}"),
    };
    if is_identifier(&name) {
        name
    } else {
        format!("{name}_")
    }
}

/// Whether Rust takes a name. `gen` became a keyword with the edition of the generated crates.
fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    let is_word = characters.next().is_some_and(unicode_ident::is_xid_start)
        && characters.all(unicode_ident::is_xid_continue);
    // Only what can be a keyword has to be looked at by a parser: a short word in small letters.
    let is_like_keyword =
        name.len() <= "continue".len() && name.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_no_keyword = is_word && !is_like_keyword && name != "Self";
    is_no_keyword || (name != "gen" && syn::parse_str::<syn::Ident>(name).is_ok())
}

#[cfg(test)]
mod tests {
    use super::{constant_name, nearest, query_struct, setter, type_name, value_name};

    #[test]
    fn nearest_name_is_a_typing_error_away() {
        let keys = ["x-raises", "x-pages", "x-invalid-code", "x-omit-prefix"];
        let near = |given| nearest(given, keys.into_iter());
        assert_eq!(near("x-raise"), Some("x-raises"));
        assert_eq!(near("x-invalidCode"), Some("x-invalid-code"));
        assert_eq!(near("x-omit-perfix"), Some("x-omit-prefix"));
        assert_eq!(near("x-amazon-apigateway"), None);
        assert_eq!(near("x-logo"), None);
    }

    #[test]
    fn api_names_become_rust_names() {
        assert_eq!(value_name("Results_Count"), "results_count");
        assert_eq!(value_name("Type"), "type_");
        assert_eq!(value_name("listPropertyCalls"), "list_property_calls");
        assert_eq!(value_name("2fa"), "x2fa");
        assert_eq!(type_name("NUMBER_NOT_FOUND"), "NumberNotFound");
        assert_eq!(type_name("Toll-Free"), "TollFree");
        assert_eq!(type_name("2fa"), "X2fa");
        assert_eq!(type_name(""), "X");
        assert_eq!(value_name("gen"), "gen_");
        assert_eq!(type_name("self"), "Self_");
        assert_eq!(value_name("'tis_so"), "tis_so");
        assert_eq!(constant_name("listAddresses"), "LIST_ADDRESSES");
        assert_eq!(query_struct("get_a_b"), "GetAbQuery");
    }

    #[test]
    fn setter_hides_no_method() {
        let setters = ["from", "clone", "type_"].map(setter);
        assert_eq!(setters, ["from", "clone_", "type_"]);
    }
}
