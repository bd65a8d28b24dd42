//! What a value must satisfy, as calls of the runtime: for bodies and for parameters alike.
//!
//! Emits calls only; what they check is written in the runtime.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::ops::Bound;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::contract::{Constraints, Contract, Range, Schema, Shape, Type};
use crate::emit::rust::ident;
use crate::emit::types::error_code;
use crate::format::Format;
use crate::names;

/// Where a value travels, which decides how an array is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// In a JSON body.
    Body,
    /// As the text of a parameter.
    Parameter,
}

/// The function that checks a component. Named after the document's name, unless that chooses another for
/// Rust: two components of which no two Rust names are equal have no two functions of one name, which would not
/// hold for names of their types.
pub(super) fn function(contract: &Contract, component: &str) -> Ident {
    let source = contract.schema(component).map_or(component, Schema::source);
    match names::value_name(source).as_str() {
        // What every check calls the value that it gets.
        "value" => ident("value_"),
        name => ident(name),
    }
}

/// The component whose function checks a string or a number, if there is one.
pub(super) fn component<'c>(ty: &Type, constraints: &'c Constraints) -> Option<&'c str> {
    let is_scalar = matches!(ty, Type::String | Type::Integer | Type::Number);
    constraints.component.as_deref().filter(|_| is_scalar)
}

/// An entry with a name of its own in an array whose code replaces that of its entries, so that the function
/// of the name would raise the wrong one.
pub(super) enum Coded<'c> {
    /// A value of an enum.
    Known(&'c Schema),
    /// An array or a map, with what is to be checked of it.
    List(Type, Constraints),
    /// An object: what is in it raises codes of its own. So does an array or a map that holds itself.
    Object(&'c Schema),
}

/// What a named value is where it raises another code than its schema says.
pub(super) fn coded<'c>(contract: &'c Contract, ty: &Type, constraints: &Constraints) -> Option<Coded<'c>> {
    let Type::Named(name) = ty else {
        return None;
    };
    let schema = contract.schema(name)?;
    if schema.invalid_code == constraints.invalid_code {
        return None;
    }
    Some(match &schema.shape {
        Shape::Enum(_) => Coded::Known(schema),
        Shape::Array(list) | Shape::Map(list) if !holds_itself(contract, schema) => Coded::List(
            list.ty.clone(),
            list.constraints.clone().or(constraints.invalid_code.as_ref()),
        ),
        Shape::Array(_) | Shape::Map(_) | Shape::Object(_) => Coded::Object(schema),
    })
}

/// Whether there is a way from an array or a map back to it that leads through arrays and maps only.
fn holds_itself(contract: &Contract, schema: &Schema) -> bool {
    let mut passed = BTreeSet::new();
    let mut next = Some(schema);
    while let Some(Shape::Array(list) | Shape::Map(list)) = next.map(|schema| &schema.shape) {
        let mut item = list.item();
        while let Type::Array(inner) | Type::Map(inner) = item {
            item = inner;
        }
        let Type::Named(name) = item else {
            return false;
        };
        if !passed.insert(name) {
            return true;
        }
        next = contract.schema(name);
    }
    false
}

/// A check: the patterns that it needs, and the chain of calls that begins with `value`.
#[derive(Default)]
pub(super) struct Check {
    pub(super) patterns: TokenStream,
    pub(super) chain: TokenStream,
}

/// Writes the checks of one generated file.
#[derive(Clone, Copy)]
pub(super) struct Checks<'c> {
    pub(super) contract: &'c Contract,
    /// The module in which the functions of components are, seen from the file.
    pub(super) module: Option<&'c str>,
}

impl<'c> Checks<'c> {
    /// The path of a component's function: `isbn` or `checks::isbn`.
    pub(super) fn path(self, component: &str) -> TokenStream {
        let function = function(self.contract, component);
        match self.module.map(ident) {
            Some(module) => quote!(#module::#function),
            None => quote!(#function),
        }
    }

    /// `value`, or `value.raises(types::ErrorCode::X)`.
    pub(super) fn value(self, code: Option<&str>) -> TokenStream {
        let Some(variant) = code.and_then(|code| self.contract.variant_of(code)) else {
            return quote!(value);
        };
        let (code_type, variant) = (ident(&error_code::rust_name(self.contract)), ident(variant));
        quote!(value.raises(types::#code_type::#variant))
    }

    /// A function that checks a value: one of its own, one of the runtime, or a closure.
    pub(super) fn checker(self, source: Source, ty: &Type, constraints: &Constraints) -> TokenStream {
        let coded = coded(self.contract, ty, constraints);
        let named = match ty {
            Type::Named(schema) => Some(schema.as_str()),
            _ => component(ty, constraints),
        };
        if let (None, Some(component)) = (&coded, named) {
            return self.path(component);
        }
        let of_type = match ty {
            Type::String => "string",
            Type::Integer => "integer",
            Type::Number => "number",
            Type::Boolean => "boolean",
            Type::Any => "any",
            Type::Array(_) | Type::Map(_) | Type::Named(_) => "",
        };
        if let (Source::Parameter, Type::Array(item)) = (source, ty)
            && is_strings(item, constraints)
        {
            return quote!(check::strings);
        }
        if !of_type.is_empty() && constraints.is_nothing() {
            let function = ident(of_type);
            return quote!(check::#function);
        }
        let Check { patterns, chain } = match &coded {
            Some(coded) => self.check_coded(source, coded, constraints),
            None => self.check(source, ty, constraints),
        };
        if patterns.is_empty() {
            quote!(|value| #chain)
        } else {
            quote!(|value| { #patterns #chain })
        }
    }

    fn check_coded(self, source: Source, coded: &Coded<'_>, constraints: &Constraints) -> Check {
        let value = self.value(constraints.invalid_code.as_deref());
        let chain = match coded {
            Coded::Known(schema) => {
                let rust = ident(&schema.rust);
                quote!(#value.among(types::#rust::ALL))
            }
            Coded::List(list, constraints) => return self.check(source, list, constraints),
            Coded::Object(schema) => {
                let method = ident(match &schema.shape {
                    Shape::Array(_) => "array_of",
                    Shape::Object(_) | Shape::Map(_) | Shape::Enum(_) => "object_of",
                });
                let function = self.path(&schema.name);
                quote!(#value.#method(#function))
            }
        };
        Check {
            chain,
            ..Check::default()
        }
    }

    /// The check of a value that has no function of its own.
    ///
    /// Emits `value.string().length(1..=16)`
    pub(super) fn check(self, source: Source, ty: &Type, constraints: &Constraints) -> Check {
        let value = self.value(constraints.invalid_code.as_deref());
        let mut patterns = TokenStream::new();
        let chain = match ty {
            Type::String => {
                let length = limits(constraints).map(|limits| quote!(.length(#limits)));
                let pattern = constraints.pattern.as_ref().map(|pattern| {
                    patterns = static_pattern(pattern, constraints.expected.as_deref());
                    quote!(.pattern(&PATTERN))
                });
                let format = constraints.format.and_then(Format::check).map(|name| {
                    let name = ident(name);
                    quote!(.#name())
                });
                quote!(#value.string() #length #format #pattern)
            }
            Type::Integer => {
                let range = match &constraints.range {
                    Some(Range::Integer(least, most)) => range(*least, *most),
                    Some(Range::Number(..)) | None => quote!(..),
                };
                quote!(#value.integer(#range))
            }
            Type::Number => {
                let range = match &constraints.range {
                    Some(Range::Number(least, most)) => range(*least, *most),
                    Some(Range::Integer(..)) | None => quote!(..),
                };
                quote!(#value.number(#range))
            }
            Type::Boolean => quote!(#value.boolean()),
            Type::Any => value,
            Type::Named(name) => {
                let function = self.path(name);
                quote!(#function(#value))
            }
            Type::Array(item) => {
                let array = ident(array_of(source, item));
                let count = limits(constraints).map(|limits| quote!(.count(#limits)));
                let unique = constraints.unique.then(|| quote!(.unique()));
                let each = self.of_items(source, item, constraints);
                let each = each.map(|check| quote!(.each(#check)));
                quote!(#value.#array() #count #unique #each)
            }
            Type::Map(item) => {
                let each = self.of_items(source, item, constraints);
                let each = each.map(|check| quote!(.values(#check)));
                quote!(#value.object() #each)
            }
        };
        Check { patterns, chain }
    }

    /// What is left to check of each item.
    fn of_items(self, source: Source, item: &Type, constraints: &Constraints) -> Option<TokenStream> {
        let of_item = constraints.items.as_deref().cloned().unwrap_or_default();
        (!says_all(source, item, &of_item)).then(|| self.checker(source, item, &of_item))
    }
}

/// Whether an array is one of strings, of which nothing more is said.
pub(super) fn is_strings(item: &Type, constraints: &Constraints) -> bool {
    let unconstrained = Constraints {
        items: Some(Box::default()),
        ..Constraints::default()
    };
    *item == Type::String && *constraints == unconstrained
}

/// The method that reads an array. A parameter is text, so its items have to be of their type first.
fn array_of(source: Source, item: &Type) -> &'static str {
    match (source, item) {
        (Source::Body, _) => "array",
        (Source::Parameter, Type::Integer) => "integers",
        (Source::Parameter, Type::Number) => "numbers",
        (Source::Parameter, Type::Boolean) => "booleans",
        (Source::Parameter, _) => "strings",
    }
}

/// Whether nothing is left to check of the items once the array is read.
fn says_all(source: Source, item: &Type, constraints: &Constraints) -> bool {
    let is_unconstrained = Constraints {
        invalid_code: None,
        ..constraints.clone()
    }
    .is_nothing();
    match (source, item) {
        (_, Type::Any) => true,
        (Source::Parameter, Type::String | Type::Integer | Type::Boolean) => is_unconstrained,
        // A text can say numbers that are none, such as infinity.
        _ => false,
    }
}

/// Emits `static PATTERN: Pattern = Pattern::new("^[a-z]+$").expecting("small letters");`
fn static_pattern(pattern: &str, expected: Option<&str>) -> TokenStream {
    let pattern = literal(pattern);
    let expecting = expected.map(|expected| quote!(.expecting(#expected)));
    quote!(static PATTERN: Pattern = Pattern::new(#pattern) #expecting;)
}

/// A string as a person would write it: raw, where it has backslashes and nothing that has to be escaped.
fn literal(text: &str) -> TokenStream {
    let is_shown = |character: char| "\\\"'".contains(character) || character.escape_debug().len() == 1;
    let raw = text.contains('\\') && !text.contains("\"#") && text.chars().all(is_shown);
    let written = raw
        .then(|| format!("r#\"{text}\"#").parse::<TokenStream>().ok())
        .flatten();
    written.unwrap_or_else(|| quote!(#text))
}

fn limits(constraints: &Constraints) -> Option<TokenStream> {
    let length = |length: usize| Literal::usize_unsuffixed(length);
    match (constraints.minimum_length, constraints.maximum_length) {
        (None, None) => None,
        (Some(least), None) => {
            let least = length(least);
            Some(quote!(#least..))
        }
        (least, Some(most)) => {
            let (least, most) = (least.map(length), length(most));
            Some(quote!(#least..=#most))
        }
    }
}

/// A range as it is written: `0..=200`, or two bounds where the lower one is excluded.
fn range<T: Copy + Debug>(least: Bound<T>, most: Bound<T>) -> TokenStream {
    let number = |number: T| format!("{number:?}").parse::<TokenStream>().unwrap_or_default();
    match (least, most) {
        (Bound::Excluded(least), most) => {
            let least = number(least);
            let most = match most {
                Bound::Included(most) => wrapped("Included", &number(most)),
                Bound::Excluded(most) => wrapped("Excluded", &number(most)),
                Bound::Unbounded => quote!(Bound::Unbounded),
            };
            quote!((Bound::Excluded(#least), #most))
        }
        (least, most) => {
            let least = match least {
                Bound::Included(least) => number(least),
                Bound::Excluded(_) | Bound::Unbounded => TokenStream::new(),
            };
            match most {
                Bound::Included(most) => {
                    let most = number(most);
                    quote!(#least..=#most)
                }
                Bound::Excluded(most) => {
                    let most = number(most);
                    quote!(#least..#most)
                }
                Bound::Unbounded => quote!(#least..),
            }
        }
    }
}

fn wrapped(variant: &str, number: &TokenStream) -> TokenStream {
    let variant = ident(variant);
    quote!(Bound::#variant(#number))
}
