//! `envelope.rs`: the implementation of `Envelope` for the schema that wraps it: what the runtimes know of it.

use quote::quote;

use super::error_code;
use crate::contract::Contract;
use crate::emit::rust::{ident, rust_file};
use crate::faults::{FAULTS, VIOLATIONS};
use crate::names;
use crate::progenitor::Lifted;

/// The Rust type of the envelope.
pub(in crate::emit) fn wrapper(contract: &Contract) -> proc_macro2::Ident {
    let name = &contract.envelope.wrapper;
    ident(
        contract
            .schema(name)
            .map_or(name.as_str(), |schema| schema.rust.as_str()),
    )
}

pub(super) fn emit(contract: &Contract, lifted: &Lifted) -> String {
    let envelope = &contract.envelope;
    let rust = |schema: &str| {
        contract
            .schema(schema)
            .map_or_else(|| names::type_name(schema), |s| s.rust.clone())
    };
    let (wrapper, status, entry) = (
        rust(&envelope.wrapper),
        rust(&envelope.status),
        rust(&envelope.entry),
    );
    let field = |owner: &str, member: &str| {
        let fields = lifted.fields.get(owner).into_iter().flatten();
        fields
            .into_iter()
            .find(|field| field.name == member)
            .map_or_else(|| ident(&names::value_name(member)), |f| f.ident.clone())
    };
    let member = field(&wrapper, &envelope.member);
    let code = field(&status, &envelope.code);
    let message = field(&status, &envelope.message);
    let entries = field(&status, &envelope.entries);
    let name = field(&entry, &envelope.field);
    // Members beside the ones with a role are optional, or empty by default.
    let others = |owner: &str, known: &[&proc_macro2::Ident]| -> Vec<proc_macro2::Ident> {
        let fields = lifted.fields.get(owner).into_iter().flatten();
        fields
            .map(|field| field.ident.clone())
            .filter(|ident| !known.contains(&ident))
            .collect()
    };
    let other_status = others(&status, &[&code, &message, &entries]);
    let other_entry = others(&entry, &[&name]);
    let code_type = ident(&error_code::rust_name(contract));
    let (wrapper, status, entry) = (ident(&wrapper), ident(&status), ident(&entry));
    let variant = |name: &str| {
        contract
            .code_of(name)
            .and_then(|code| contract.variant_of(code))
            .map(ident)
    };
    let faults = FAULTS.iter().map(|(name, fault)| (ident(fault), variant(name)));
    let faults = faults.map(|(fault, code)| quote!(Fault::#fault => #code_type::#code,));
    let violations = VIOLATIONS
        .iter()
        .map(|(name, violation)| (ident(violation), variant(name)));
    let violations = violations.map(|(violation, code)| quote!(Violation::#violation => #code_type::#code,));
    let (set_code, set_message, set_name) =
        (set(&code, "code"), set(&message, "message"), set(&name, "name"));
    rust_file(
        "The error envelope as the runtimes see it, and the codes of their faults and violations.",
        &quote! {
            use fonedynamics_contract::{Envelope, Fault, Violation};

            use crate::{#entry, #code_type, #wrapper, #status};

            impl Envelope for #wrapper {
                type Code = #code_type;

                fn from_parts(code: #code_type, message: String, fields: Vec<String>) -> Self {
                    let entry = |name| #entry { #set_name, #(#other_entry: Default::default(),)* };
                    Self {
                        #member: #status {
                            #set_code,
                            #set_message,
                            #entries: fields.into_iter().map(entry).collect(),
                            #(#other_status: Default::default(),)*
                        },
                    }
                }

                fn code(&self) -> Option<&#code_type> {
                    Some(&self.#member.#code).filter(|code| !code.as_str().is_empty())
                }

                fn message(&self) -> Option<&str> {
                    Some(self.#member.#message.as_str()).filter(|message| !message.is_empty())
                }

                fn fields(&self) -> impl Iterator<Item = &str> {
                    let names = self.#member.#entries.iter().map(|entry| entry.#name.as_str());
                    names.filter(|name| !name.is_empty())
                }

                fn status_of(code: &#code_type) -> Option<u16> {
                    code.status()
                }

                fn meaning_of(code: &#code_type) -> Option<&'static str> {
                    code.summary()
                }

                fn code_of_fault(fault: Fault) -> #code_type {
                    match fault {
                        #(#faults)*
                    }
                }

                fn code_of_violation(violation: Violation) -> #code_type {
                    match violation {
                        #(#violations)*
                    }
                }
            }
        },
    )
}

/// `error_code: code`, or just `code` where the two have one name.
fn set(field: &proc_macro2::Ident, variable: &str) -> proc_macro2::TokenStream {
    let value = ident(variable);
    if field == variable {
        quote!(#value)
    } else {
        quote!(#field: #value)
    }
}
