//! How emitted Rust is written: identifiers, documentation, files of items.
//!
//! Knows nothing of the contract.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::parse_quote;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;

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
pub(super) fn items_file(about: &str, items: impl IntoIterator<Item = syn::Item>) -> String {
    let mut out = opening(about);
    let mut before = None;
    for mut item in items {
        Finish.visit_item_mut(&mut item);
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
                out.push_str(&space_out(&filled(&prettyplease::unparse(&file))));
            }
        }
        before = Some(kind);
    }
    out
}

/// The lines of some statements.
pub(super) fn statements(tokens: &TokenStream) -> Vec<String> {
    let function = syn::parse2::<syn::File>(quote!(fn f() { #tokens }));
    // Code that cannot be parsed does not compile either, which the tests of examples show.
    let text = function.map_or_else(|_| tokens.to_string(), |file| prettyplease::unparse(&file));
    let lines = text.lines().filter_map(|line| line.strip_prefix("    "));
    lines.map(str::to_owned).collect()
}

/// A call of a macro as it is written by hand, which the printer cannot know. The elements of an array at the end have
/// lines of their own.
fn macro_call(item: &syn::Item) -> Option<String> {
    let syn::Item::Macro(call) = item else { return None };
    let arguments = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
    let arguments = call.mac.parse_body_with(arguments).ok()?;
    let text = |tokens: &dyn ToTokens| tokens.to_token_stream().to_string().replace(' ', "");
    let arguments = arguments.iter().map(|argument| match argument {
        syn::Expr::Array(array) => {
            let elements: Vec<_> = array.elems.iter().map(|element| text(element) + ",").collect();
            format!("[\n{}]", lines_of(&elements, 4))
        }
        other => text(other),
    });
    let arguments: Vec<_> = arguments.collect();
    Some(format!("{}!({});\n", text(&call.mac.path), arguments.join(", ")))
}

/// What all code needs before it is printed: documentation line by line, and an `allow` where a method has many
/// arguments, as many as its operation has parameters, which nobody can change here.
struct Finish;

impl Finish {
    fn allow(attributes: &mut Vec<syn::Attribute>, signature: &syn::Signature) {
        if signature.inputs.len() > 7 {
            attributes.push(parse_quote!(#[allow(clippy::too_many_arguments)]));
        }
    }
}

impl VisitMut for Finish {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        docs::each_line(attributes);
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut syn::ImplItemFn) {
        Self::allow(&mut function.attrs, &function.sig);
        self.visit_attributes_mut(&mut function.attrs);
    }

    fn visit_trait_item_fn_mut(&mut self, function: &mut syn::TraitItemFn) {
        Self::allow(&mut function.attrs, &function.sig);
        self.visit_attributes_mut(&mut function.attrs);
    }

    // There is nothing to finish in bodies.
    fn visit_block_mut(&mut self, _: &mut syn::Block) {}
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

/// The longest line of a filled array, which is that of the printer.
const WIDTH: usize = 89;

/// Fills the lines of arrays of names and texts, of which the printer writes each element on a line of its own, and
/// writes attributes that depend on a feature on one line, as they are one for each field.
fn filled(code: &str) -> String {
    let is_simple = |line: &&str| {
        let element = line.trim().strip_suffix(',');
        element.is_some_and(|element| !element.contains([' ', '(', '{', '[', ']']))
    };
    let mut out = String::with_capacity(code.len());
    let mut lines = code.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        if line.trim() == "#[cfg_attr(" {
            while let Some(part) = lines.next_if(|part| part.trim() != ")]") {
                let part = part.trim();
                let space = if part.ends_with(',') { " " } else { "" };
                out.push_str(part);
                out.push_str(space);
            }
            out.push_str(lines.next().map(str::trim).unwrap_or_default());
        }
        out.push('\n');
        if line.ends_with("&[") && !line.trim_start().starts_with("//") {
            let mut elements = Vec::new();
            while let Some(element) = lines.next_if(is_simple) {
                elements.push(element.trim().to_owned());
            }
            out.push_str(&lines_of(&elements, line.len() - line.trim_start().len() + 4));
        }
    }
    out
}

/// Elements side by side, in lines with an indent.
fn lines_of(elements: &[String], indent: usize) -> String {
    let mut out = String::new();
    let mut room = 0;
    for element in elements {
        if element.len() < room {
            out.push(' ');
            room -= element.len() + 1;
        } else {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&" ".repeat(indent));
            room = WIDTH.saturating_sub(indent + element.len());
        }
        out.push_str(element);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
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
            || (indent(before) <= 8
                && before.ends_with(';')
                && !before.starts_with("    ///")
                && line.starts_with("    ///"));
        if ends && indent(line) == 4 && !line.trim_start().starts_with('}') {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        before = line;
    }
    out
}

/// The names that paths begin with: for importing only what is used. The document's names are behind a module, or
/// followed by no path.
pub(super) fn roots(items: &[syn::Item]) -> BTreeSet<String> {
    let mut roots = Roots::default();
    items.iter().for_each(|item| roots.visit_item(item));
    roots.found
}

#[derive(Default)]
struct Roots {
    found: BTreeSet<String>,
}

impl<'i> Visit<'i> for Roots {
    fn visit_path(&mut self, path: &'i syn::Path) {
        if let (Some(root), true) = (path.segments.first(), path.segments.len() > 1)
            && !self.found.iter().any(|known| root.ident == known)
        {
            self.found.insert(root.ident.to_string());
        }
        visit::visit_path(self, path);
    }
}
