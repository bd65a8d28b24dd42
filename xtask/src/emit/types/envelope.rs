//! `envelope.rs`: the implementation of `Envelope` for the schema that wraps it: what the runtimes know of it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::error_code;
use crate::contract::Contract;
use crate::emit::rust::{ident, items_file, parsed};
use crate::emit::scope::shortened;
use crate::faults::{FAULTS, VIOLATIONS};
use crate::names;
use crate::progenitor::{Field, Lifted};

/// The Rust type of the envelope.
pub(in crate::emit) fn wrapper(contract: &Contract) -> Ident {
    let name = &contract.envelope.wrapper;
    ident(
        contract
            .schema(name)
            .map_or(name.as_str(), |schema| schema.rust.as_str()),
    )
}

pub(super) fn emit(contract: &Contract, lifted: &Lifted) -> String {
    let names = Names::of(contract, lifted);
    let Names {
        wrapper, code_type, ..
    } = &names;
    let members = members(&names, lifted);
    let codes = codes(contract, code_type);
    let outermost = &contract.envelope.member;
    let items = quote! {
            impl ::fonedynamics_contract::Envelope for crate::#wrapper {
                type Code = crate::#code_type;

                const MEMBERS: &'static [&'static str] = &[#outermost];

                #members

                fn name_of(code: &crate::#code_type) -> ::std::option::Option<&'static str> {
                    let known = crate::#code_type::ALL.iter().find(|known| *known == code);
                    known.map(crate::#code_type::as_str)
                }

                fn status_of(code: &crate::#code_type) -> ::std::option::Option<u16> {
                    code.status()
                }

                fn message_of(code: &crate::#code_type) -> ::std::option::Option<&'static str> {
                    code.message()
                }

                #codes
            }
    };
    items_file(
        "The error envelope as the runtimes see it, and the codes of their faults and violations.",
        shortened(contract, parsed(items)),
    )
}

/// The types and fields of the envelope in Rust.
struct Names {
    wrapper: Ident,
    member: Ident,
    status: Ident,
    code: Ident,
    code_type: Ident,
    message: Ident,
    entries: Ident,
    entry: Ident,
    field: Ident,
}

impl Names {
    fn of(contract: &Contract, lifted: &Lifted) -> Self {
        let envelope = &contract.envelope;
        let rust = |name: &str| {
            let schema = contract.schema(name);
            ident(&schema.map_or_else(|| names::type_name(name), |schema| schema.rust.clone()))
        };
        let (wrapper, status, entry) = (
            rust(&envelope.wrapper),
            rust(&envelope.status),
            rust(&envelope.entry),
        );
        let field = |owner: &Ident, member: &str| {
            let found = fields(lifted, owner).find(|field| field.name == member);
            found.map_or_else(|| ident(&names::value_name(member)), |field| field.ident.clone())
        };
        Self {
            member: field(&wrapper, &envelope.member),
            code: field(&status, &envelope.code),
            code_type: ident(&error_code::rust_name(contract)),
            message: field(&status, &envelope.message),
            entries: field(&status, &envelope.entries),
            field: field(&entry, &envelope.field),
            wrapper,
            status,
            entry,
        }
    }
}

fn fields<'l>(lifted: &'l Lifted, owner: &Ident) -> impl Iterator<Item = &'l Field> {
    lifted.fields.get(&owner.to_string()).into_iter().flatten()
}

/// Emits what makes an envelope, and what reads it.
fn members(names: &Names, lifted: &Lifted) -> TokenStream {
    let Names {
        member,
        status,
        code,
        code_type,
        message,
        entries,
        entry,
        field,
        ..
    } = names;
    // Members beside the ones with a role are optional, or empty by default.
    let others = |owner: &Ident, roles: &[&Ident]| -> Vec<Ident> {
        let fields = fields(lifted, owner).map(|field| field.ident.clone());
        fields.filter(|ident| !roles.contains(&ident)).collect()
    };
    let other_status = others(status, &[code, message, entries]);
    let other_entry = others(entry, &[field]);
    let (set_code, set_message, set_name) = (set(code, "code"), set(message, "message"), set(field, "name"));
    quote! {
        fn from_parts(code: crate::#code_type, message: ::std::string::String, fields: ::std::vec::Vec<::std::string::String>) -> Self {
            let entry = |name| crate::#entry { #set_name, #(#other_entry: ::std::default::Default::default(),)* };
            Self {
                #member: crate::#status {
                    #set_code,
                    #set_message,
                    #entries: fields.into_iter().map(entry).collect(),
                    #(#other_status: ::std::default::Default::default(),)*
                },
            }
        }

        fn code(&self) -> ::std::option::Option<&crate::#code_type> {
            Some(&self.#member.#code).filter(|code| !code.as_str().is_empty())
        }

        fn message(&self) -> ::std::option::Option<&str> {
            Some(self.#member.#message.as_str()).filter(|message| !message.is_empty())
        }

        fn fields(&self) -> impl ::std::iter::Iterator<Item = &str> {
            let names = self.#member.#entries.iter().map(|entry| entry.#field.as_str());
            names.filter(|name| !name.is_empty())
        }
    }
}

/// Emits the codes of faults and violations.
fn codes(contract: &Contract, code_type: &Ident) -> TokenStream {
    let variant = |name: &str| {
        let code = contract.code_of(name);
        code.and_then(|code| contract.variant_of(code)).map(ident)
    };
    let faults = FAULTS
        .iter()
        .map(|fault| (ident(fault.variant), variant(fault.name)));
    let faults = faults
        .map(|(fault, code)| quote!(::fonedynamics_contract::Fault::#fault => crate::#code_type::#code,));
    let violations = VIOLATIONS
        .iter()
        .map(|(name, violation)| (ident(violation), variant(name)));
    let violations = violations.map(|(violation, code)| quote!(::fonedynamics_contract::Violation::#violation => crate::#code_type::#code,));
    quote! {
        fn code_of_fault(fault: ::fonedynamics_contract::Fault) -> crate::#code_type {
            match fault {
                #(#faults)*
            }
        }

        fn code_of_violation(violation: ::fonedynamics_contract::Violation) -> crate::#code_type {
            match violation {
                #(#violations)*
            }
        }
    }
}

/// `error_code: code`, or just `code` where the two have one name.
fn set(field: &Ident, variable: &str) -> TokenStream {
    let value = ident(variable);
    if field == variable {
        quote!(#value)
    } else {
        quote!(#field: #value)
    }
}
