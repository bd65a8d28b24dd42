//! Entries of successful responses that may have failed by themselves: outside of the envelope, whatever has an
//! optional error code.
//!
//! Emits its part of `setters.rs`, and tells other emitters which schemas these are.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::error_code;
use crate::contract::{Contract, Member, Operation, Schema, Shape, Type};
use crate::emit::rust::ident;
use crate::progenitor::Lifted;

/// The fields of an entry that say why it failed.
pub(in crate::emit) struct Entry {
    pub(in crate::emit) code: Ident,
    pub(in crate::emit) message: Option<Ident>,
}

/// What the values of a schema say about their failure, if they are entries.
pub(in crate::emit) fn entry(contract: &Contract, lifted: &Lifted, schema: &Schema) -> Option<Entry> {
    let envelope = &contract.envelope;
    let Shape::Object(object) = &schema.shape else {
        return None;
    };
    if [&envelope.status, &envelope.entry].contains(&&schema.name) {
        return None;
    }
    let field = |member: &Member| {
        let mut fields = lifted.fields.get(&schema.rust)?.iter();
        let field = fields.find(|field| field.name == member.name)?;
        Some(field.ident.clone())
    };
    let may_be_absent = |member: &&Member| !member.required && !member.nullable && !member.deprecated;
    let mut optional = object.members.iter().filter(may_be_absent);
    let code = Type::Named(envelope.code_schema.clone());
    let code = optional.clone().find(|member| member.ty == code)?;
    let message = optional.find(|member| member.name == envelope.message && member.ty == Type::String);
    Some(Entry {
        code: field(code)?,
        message: message.and_then(field),
    })
}

/// The first operation that responds with an array of entries, and what its entries are.
pub(in crate::emit) fn batch<'c>(
    contract: &'c Contract,
    lifted: &Lifted,
) -> Option<(&'c Operation, &'c Schema, Entry)> {
    contract.operations.iter().find_map(|operation| {
        let response = contract.schema(operation.success.schema.as_ref()?)?;
        let (Shape::Array(list), false) = (&response.shape, operation.deprecated) else {
            return None;
        };
        let Type::Named(item) = list.item() else {
            return None;
        };
        let schema = contract.schema(item)?;
        Some((operation, schema, entry(contract, lifted, schema)?))
    })
}

/// Emits the method that makes a result of an entry.
pub(super) fn into_result(contract: &Contract, lifted: &Lifted, owner: &Ident) -> Option<TokenStream> {
    let schema = contract.schemas.of_type(&owner.to_string())?;
    let Entry { code, message } = entry(contract, lifted, schema)?;
    let code_type = ident(&error_code::rust_name(contract));
    let docs = format!(" The entry itself, or its failure if `{code}` is there.");
    let message = message.map_or(quote!(None), |message| quote!(self.#message.clone()));
    Some(quote! {
        impl crate::#owner {
            #[doc = #docs]
            ///
            /// # Errors
            ///
            /// The entry failed.
            pub fn into_result(
                self,
            ) -> ::std::result::Result<Self, ::fonedynamics_contract::FailedEntry<Self, crate::#code_type>> {
                match self.#code.clone() {
                    None => Ok(self),
                    Some(code) => {
                        let message = #message;
                        Err(::fonedynamics_contract::FailedEntry::new(self, code, message))
                    }
                }
            }
        }
    })
}
