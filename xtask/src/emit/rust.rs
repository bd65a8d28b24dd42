//! How emitted Rust is written: identifiers, documentation, files of items.
//!
//! Knows nothing of the contract.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::punctuated::Punctuated;

use crate::docs;
use crate::mark::MARK;

/// An identifier out of `names`, which gives nothing else.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// A Rust file: header, what it is, items with a line between them.
pub(super) fn rust_file(about: &str, tokens: &TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => items_file(about, file.items),
        // Unformatted code is still readable in the drift; that emitted code parses is tested.
        Err(_) => format!("{}{tokens}", opening(about)),
    }
}

/// A Rust file out of items that are parsed already.
pub(super) fn items_file(about: &str, items: Vec<syn::Item>) -> String {
    let mut out = opening(about);
    let mut before = None;
    for item in items {
        let kind = Kind::of(&item);
        if before != Some(kind) || kind == Kind::Other {
            out.push('\n');
        }
        match macro_call(&item) {
            Some(call) => out.push_str(&call),
            None => {
                let file = syn::File {
                    shebang: None,
                    frontmatter: None,
                    attrs: Vec::new(),
                    items: vec![item],
                };
                out.push_str(&space_out(&prettyplease::unparse(&file)));
            }
        }
        before = Some(kind);
    }
    out
}

/// A call of a macro as it is written by hand, which the printer cannot know: each argument on a line, and each
/// element of an array.
fn macro_call(item: &syn::Item) -> Option<String> {
    let syn::Item::Macro(call) = item else { return None };
    let arguments = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
    let arguments = call.mac.parse_body_with(arguments).ok()?;
    let path = call.mac.path.to_token_stream().to_string().replace(' ', "");
    let mut out = format!("{path}!(\n");
    for argument in &arguments {
        if let syn::Expr::Array(array) = argument {
            let elements = array
                .elems
                .iter()
                .map(|element| format!("        {},\n", element.to_token_stream()));
            out.push_str(&format!("    [\n{}    ],\n", elements.collect::<String>()));
        } else {
            out.push_str(&format!("    {},\n", argument.to_token_stream()));
        }
    }
    Some(out + ");\n")
}

/// The items that some tokens are.
pub(super) fn parsed(tokens: TokenStream) -> Vec<syn::Item> {
    syn::parse2::<syn::File>(tokens)
        .map(|file| file.items)
        .unwrap_or_default()
}

fn opening(about: &str) -> String {
    let about: String = about
        .lines()
        .map(|line| format!("//! {line}").trim_end().to_owned() + "\n")
        .collect();
    format!("// {MARK}\n\n{about}")
}

/// Which items follow each other without a blank line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Module,
    ImportOfStd,
    Import,
    ImportOfOurs,
    Export,
    Other,
}

impl Kind {
    fn of(item: &syn::Item) -> Self {
        match item {
            syn::Item::Mod(module) if module.content.is_none() => Self::Module,
            syn::Item::Use(import) if matches!(import.vis, syn::Visibility::Public(_)) => Self::Export,
            syn::Item::Use(import) => match &import.tree {
                syn::UseTree::Path(path) if path.ident == "std" => Self::ImportOfStd,
                syn::UseTree::Path(path) if path.ident == "crate" => Self::ImportOfOurs,
                _ => Self::Import,
            },
            _ => Self::Other,
        }
    }
}

/// Adds the blank lines between the items of a block, which the printer omits.
fn space_out(code: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut out = String::with_capacity(code.len() + code.len() / 20);
    let mut before = "";
    for line in code.lines() {
        let ends = before == "    }"
            || (indent(before) <= 8 && before.ends_with(';') && line.starts_with("    ///"));
        if ends && indent(line) == 4 && !line.trim_start().starts_with('}') {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        before = line;
    }
    out
}

/// Whether a name is used in the tokens: for importing only what is used.
pub(super) fn uses(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        proc_macro2::TokenTree::Ident(ident) => ident == name,
        proc_macro2::TokenTree::Group(group) => uses(&group.stream(), name),
        proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => false,
    })
}

/// The doc attributes of a description.
pub(super) fn doc_attributes(text: &str) -> TokenStream {
    docs::lines(text)
        .into_iter()
        .map(|line| quote!(#[doc = #line]).into_token_stream())
        .collect()
}
