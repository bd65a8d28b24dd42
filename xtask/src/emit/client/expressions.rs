//! Values of the document as a caller of the client writes them: `types::Book::new("Emma").pages(474)`.
//!
//! Trusts that a value fits its type. Decides nothing about which values are shown.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use crate::contract::{Contract, Operation, Shape, Type};
use crate::emit::client::pages::rust_type;
use crate::emit::rust::ident;
use crate::names;
use crate::progenitor::Lifted;

/// Writes expressions for the types of a document.
pub(super) struct Expressions<'c> {
    pub(super) contract: &'c Contract,
    pub(super) lifted: &'c Lifted,
}

/// What an expression has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Anything that a setter converts.
    Convertible,
    /// Of the type itself.
    Exact,
}

/// A field of a struct, with its value if it is set.
struct Setting {
    field: Ident,
    required: bool,
    value: Option<TokenStream>,
}

impl Expressions<'_> {
    /// A value of a schema.
    pub(super) fn named(&self, name: &str, value: &Value) -> TokenStream {
        let Some(schema) = self.contract.schema(name) else {
            return TokenStream::new();
        };
        let ty = ident(&schema.rust);
        match (&schema.shape, value) {
            (Shape::Enum(values), _) => {
                let value = value.as_str().unwrap_or_default();
                let code = self.contract.variant_of(value);
                let known = values.iter().find(|known| known.value == value);
                let variant = known.map(|known| known.variant.as_str()).or(code);
                let variant = ident(variant.unwrap_or(names::UNRECOGNIZED));
                quote!(types::#ty::#variant)
            }
            (Shape::Array(list), Value::Array(items)) => {
                let items = items
                    .iter()
                    .map(|item| self.value(list.item(), item, Form::Exact));
                quote!([#(#items),*].into_iter().collect::<types::#ty>())
            }
            (Shape::Map(list), Value::Object(members)) => {
                let members = self.pairs(list.item(), members, Form::Exact);
                quote!([#(#members),*].into_iter().collect::<types::#ty>())
            }
            (Shape::Object(object), Value::Object(members)) if object.members.is_empty() && object.open => {
                let members = self.pairs(&Type::Any, members, Form::Exact);
                quote!([#(#members),*].into_iter().collect::<types::#ty>())
            }
            (Shape::Object(object), Value::Object(members)) => {
                let settings = object.members.iter().filter_map(|member| {
                    let form = match member.nullable && member.ty != Type::String {
                        true => Form::Exact,
                        false => Form::Convertible,
                    };
                    let value = members.get(&member.name).map(|value| match value {
                        Value::Null if member.nullable => quote!(None),
                        value => self.value(&member.ty, value, form),
                    });
                    self.setting(&schema.rust, &member.name, value)
                });
                let made = made(&ty, &settings.collect::<Vec<_>>());
                let known = |name: &String| object.members.iter().any(|member| member.name == *name);
                let further = members.iter().filter(|(name, _)| !known(name));
                let further: Map<_, _> = further
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect();
                if further.is_empty() {
                    return made;
                }
                let further = self.pairs(&Type::Any, &further, Form::Convertible);
                quote!(#made.extra([#(#further),*]))
            }
            _ => TokenStream::new(),
        }
    }

    /// The query parameters that an operation requires, as its struct.
    pub(super) fn query(&self, operation: &Operation) -> Option<TokenStream> {
        let query = operation.query_struct()?;
        let settings = operation.query().filter_map(|parameter| {
            let value = parameter
                .required
                .then(|| self.value(&parameter.ty, &parameter.example, Form::Convertible));
            self.setting(&query, &parameter.name, value)
        });
        Some(made(&ident(&query), &settings.collect::<Vec<_>>()))
    }

    /// A value of a path or header parameter, owned.
    pub(super) fn argument(&self, ty: &Type, value: &Value) -> TokenStream {
        match ty {
            Type::Array(_) => {
                let items = self.value(ty, value, Form::Exact);
                quote!(types::CommaList::from(#items))
            }
            _ => self.value(ty, value, Form::Convertible),
        }
    }

    fn value(&self, ty: &Type, value: &Value, form: Form) -> TokenStream {
        match (ty, value) {
            (Type::String, _) => {
                let text = Literal::string(value.as_str().unwrap_or_default());
                match form {
                    Form::Convertible => quote!(#text),
                    Form::Exact => quote!(#text.to_owned()),
                }
            }
            (Type::Integer, _) => {
                let number = value.as_i64().unwrap_or_default();
                let is_short = i32::try_from(number).is_ok() && form == Form::Convertible;
                let number = match is_short {
                    true => Literal::i64_unsuffixed(number),
                    false => Literal::i64_suffixed(number),
                };
                quote!(#number)
            }
            (Type::Number, _) => {
                let number = Literal::f64_unsuffixed(value.as_f64().unwrap_or_default());
                quote!(#number)
            }
            (Type::Boolean, _) => {
                let value = value.as_bool().unwrap_or_default();
                quote!(#value)
            }
            (Type::Any, _) => self.any(value),
            (Type::Array(item), Value::Array(items)) => {
                let item_form = match item.as_ref() {
                    Type::Array(_) | Type::Map(_) => Form::Exact,
                    _ => form,
                };
                let values = items.iter().map(|value| self.value(item, value, item_form));
                match form {
                    Form::Convertible if !items.is_empty() => quote!([#(#values),*]),
                    // An array without items would not say of which type.
                    Form::Convertible => {
                        let item = self.rust_type(item);
                        quote!(Vec::<#item>::new())
                    }
                    Form::Exact => quote!(vec![#(#values),*]),
                }
            }
            (Type::Map(item), Value::Object(members)) => {
                let item_form = match item.as_ref() {
                    Type::Array(_) | Type::Map(_) => Form::Exact,
                    _ => form,
                };
                let pairs = self.pairs(item, members, item_form);
                match form {
                    Form::Convertible if !members.is_empty() => quote!([#(#pairs),*]),
                    Form::Convertible => {
                        let item = self.rust_type(item);
                        quote!(Vec::<(String, #item)>::new())
                    }
                    Form::Exact => quote!([#(#pairs),*].into_iter().collect()),
                }
            }
            (Type::Named(name), _) => self.named(name, value),
            (Type::Array(_) | Type::Map(_), _) => TokenStream::new(),
        }
    }

    /// A value of any type.
    fn any(&self, value: &Value) -> TokenStream {
        let client = self.client();
        match value {
            Value::Null => quote!(#client::Value::Null),
            Value::Bool(value) => quote!(#client::Value::from(#value)),
            Value::String(text) => quote!(#client::Value::from(#text)),
            Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                let text = value.to_string();
                quote!(#text.parse::<#client::Value>()?)
            }
        }
    }

    /// The members of a map, as tuples.
    fn pairs(&self, item: &Type, members: &Map<String, Value>, form: Form) -> Vec<TokenStream> {
        let pair = |(name, value)| {
            let value = self.value(item, value, form);
            match form {
                Form::Convertible => quote!((#name, #value)),
                Form::Exact => quote!((#name.to_owned(), #value)),
            }
        };
        members.iter().map(pair).collect()
    }

    fn setting(&self, owner: &str, member: &str, value: Option<TokenStream>) -> Option<Setting> {
        let mut fields = self.lifted.fields.get(owner)?.iter();
        let field = fields.find(|field| field.name == member)?;
        Some(Setting {
            field: field.ident.clone(),
            required: field.required,
            value,
        })
    }

    fn rust_type(&self, ty: &Type) -> TokenStream {
        let client = self.client();
        rust_type(self.contract, ty, &quote!(#client))
    }

    /// The name of the client crate.
    pub(super) fn client(&self) -> Ident {
        ident(&names::crate_ident(&self.contract.info.crate_prefix, "client"))
    }
}

/// `new` with what is required, and a setter for each other member that has a value.
fn made(ty: &Ident, settings: &[Setting]) -> TokenStream {
    let mut required = settings.iter().filter(|setting| setting.required).peekable();
    let start = if required.peek().is_some() {
        let values = required.map(|setting| &setting.value);
        quote!(types::#ty::new(#(#values),*))
    } else {
        quote!(types::#ty::default())
    };
    let optional = settings.iter().filter(|setting| !setting.required);
    let setters = optional.filter_map(|setting| {
        let setter = ident(&names::setter(&setting.field.to_string()));
        let value = setting.value.as_ref()?;
        Some(quote!(.#setter(#value)))
    });
    quote!(#start #(#setters)*)
}
