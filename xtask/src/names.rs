//! The only room where names of the API become names of Rust.
//!
//! Agrees with progenitor's own conversion, because its output is joined with the contract by name.
//! Decides nothing about which names are acceptable beyond Rust's reserved words.

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// A type: `ResponseStatus`.
#[must_use]
pub fn type_name(name: &str) -> String {
    identifier(&words(name).to_pascal_case())
}

/// A method, an argument or a field: `error_code`.
#[must_use]
pub fn value_name(name: &str) -> String {
    identifier(&words(name).to_snake_case())
}

/// A constant: `LIST_ADDRESSES`.
#[must_use]
pub fn constant_name(name: &str) -> String {
    identifier(&words(name).to_shouty_snake_case())
}

/// The struct with an operation's query parameters.
#[must_use]
pub fn query_struct(operation_id: &str) -> String {
    format!("{}Query", type_name(operation_id))
}

/// The component that stands for a comma list of a type in the client view.
#[must_use]
pub fn comma_list(item: &str) -> String {
    format!("CommaListOf{item}")
}

/// Whether a name can be used as it is: a Rust identifier that is no keyword.
#[must_use]
pub fn is_usable(name: &str) -> bool {
    !name.ends_with('_') && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// Names that generated code uses itself, so that no schema may have them.
pub const RESERVED_TYPES: &[&str] = &[
    "Api",
    "Box",
    "Client",
    "CommaList",
    "Context",
    "Default",
    "Option",
    "Result",
    "Self",
    "Send",
    "String",
    "Sync",
    "Unrecognized",
    "Vec",
];

/// Names that generated code uses itself, so that no operation may have them.
pub const RESERVED_METHODS: &[&str] = &[
    "new",
    "connect",
    "authenticate",
    "pre",
    "post",
    "exec",
    "client",
    "baseurl",
    "inner",
    "api_version",
    "router",
];

/// Names that generated code uses itself, so that no path or header parameter may have them.
pub const RESERVED_ARGUMENTS: &[&str] = &["body", "query", "context", "self_"];

fn words(name: &str) -> String {
    name.replace('\'', "").replace(
        |character: char| !(character.is_alphanumeric() || character == '_'),
        "-",
    )
}

/// Keywords get an underscore behind them, digits one in front.
fn identifier(name: &str) -> String {
    let name = match name.chars().next() {
        None => return "x".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("x{name}"),
        Some(_) => name.to_owned(),
    };
    if syn::parse_str::<syn::Ident>(&name).is_ok() {
        name
    } else {
        format!("{name}_")
    }
}

#[cfg(test)]
mod tests {
    use super::{constant_name, type_name, value_name};

    #[test]
    fn api_names_become_rust_names() {
        assert_eq!(value_name("Results_Count"), "results_count");
        assert_eq!(value_name("Type"), "type_");
        assert_eq!(value_name("listPropertyCalls"), "list_property_calls");
        assert_eq!(value_name("2fa"), "x2fa");
        assert_eq!(type_name("NUMBER_NOT_FOUND"), "NumberNotFound");
        assert_eq!(type_name("Toll-Free"), "TollFree");
        assert_eq!(constant_name("listAddresses"), "LIST_ADDRESSES");
    }
}
