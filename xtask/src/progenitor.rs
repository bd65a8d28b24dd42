//! Runs progenitor once and divides its output: the types, the client, and the signatures of the client's
//! methods, from which the server is generated. So client and server cannot disagree.
//!
//! Emits nothing itself. What progenitor makes of the view is checked against the contract, so that a
//! change of its output is an error that names an operation, not a wrong crate.

mod client;
mod fields;
mod guard;
mod headers;
mod renamed;
mod rewrite;
mod secrets;
mod signatures;
mod types;
mod view;

use std::collections::BTreeMap;

use ::progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TypeImpl};
use quote::quote;

pub use fields::{Reading, Writing};
pub use signatures::{Argument, Signature};
pub use types::Field;

use crate::contract::{Contract, Operation};
use crate::names;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// The parts of progenitor's output.
pub struct Lifted {
    /// The items of the types crate, without open enums.
    pub types: Vec<syn::Item>,
    /// The fields of each struct, by the struct's name, in the order of the document.
    pub fields: BTreeMap<String, Vec<Field>>,
    /// The items of the client crate, without its constructor.
    pub client: Vec<syn::Item>,
    /// The signature of each operation, by the method's name.
    pub signatures: BTreeMap<String, Signature>,
}

/// Generates types and client, and reads the signatures.
///
/// # Errors
///
/// A [`Rule::GeneratorRefused`] for each operation that progenitor refuses or panics on, or one for the
/// document if there is none without which it would not.
pub fn lift(contract: &Contract) -> Result<Lifted, Vec<Problem>> {
    attempt(contract).map_err(|message| blame(contract, message))
}

fn attempt(contract: &Contract) -> Result<Lifted, String> {
    divide(contract, generate(contract)?)
}

fn generate(contract: &Contract) -> Result<syn::File, String> {
    let types_crate = names::crate_ident(&contract.info.crate_prefix, "types");
    let contract = &renamed::renamed(contract);
    let document = view::client_view(contract).map_err(|error| error.to_string())?;
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_map_type("::std::collections::BTreeMap")
        .with_derive("PartialEq")
        .with_inner_type(quote!(progenitor_client::Session))
        .with_hooks(HooksMode::Expected);
    for replacement in view::replacements(contract, &types_crate) {
        let impls = [TypeImpl::Display, TypeImpl::FromStr].into_iter();
        settings.with_replacement(replacement.placeholder, replacement.path, impls);
    }
    let tokens = guard::catch(|| Generator::new(&settings).generate_tokens(&document))?;
    let tokens = tokens.map_err(|error| error.to_string())?;
    syn::parse2(tokens).map_err(|error| error.to_string())
}

/// The operations that progenitor fails on. It does not name them itself, so each one is tried alone; if each of
/// them succeeds alone, it is the first that fails with those before it.
fn blame(contract: &Contract, message: String) -> Vec<Problem> {
    let with = |operations: &[Operation]| {
        let mut part = contract.clone();
        part.operations = operations.to_vec();
        attempt(&part).err()
    };
    if with(&[]).is_some() {
        return vec![refused(Place::Whole, &message)];
    }
    let operations = &contract.operations;
    let alone = operations
        .iter()
        .filter_map(|operation| Some((operation, with(std::slice::from_ref(operation))?)));
    let mut found: Vec<_> = alone.collect();
    if found.is_empty() {
        let up_to = |number: &usize| operations.get(..*number).and_then(with).is_some();
        let first = (1..=operations.len()).find(up_to).unwrap_or_default();
        found.extend(
            operations
                .get(first.saturating_sub(1))
                .map(|operation| (operation, message)),
        );
    }
    let problem = |(operation, message): (&Operation, String)| {
        refused(
            Place::Key(operation.at.clone()),
            &format!("`{}`: {message}", operation.id),
        )
    };
    found.into_iter().map(problem).collect()
}

fn refused(place: Place, message: &str) -> Problem {
    Problem::new(
        Rule::GeneratorRefused,
        place,
        format!("progenitor cannot take this: {message}"),
    )
}

fn divide(contract: &Contract, file: syn::File) -> Result<Lifted, String> {
    let mut types = None;
    let mut rest = Vec::new();
    for item in file.items {
        match item {
            syn::Item::Mod(module) if module.ident == "types" => types = module.content,
            other => rest.push(other),
        }
    }
    let (_, types) = types.ok_or("the output has no module of types")?;
    let (types, fields) = types::take(contract, types)?;
    let client = client::take(contract, rest)?;
    let signatures = signatures::read(contract, &client)?;
    Ok(Lifted {
        types,
        fields,
        client,
        signatures,
    })
}

#[cfg(test)]
mod tests {
    use crate::contract::Contract;
    use crate::document::{Document, Source};
    use crate::problem::Place;
    use crate::rule::Rule;

    fn minimal() -> Contract {
        let text = include_bytes!("../../tests/fixtures/good/minimal.yaml").to_vec();
        let source = Source::new("minimal.yaml", text)
            .map_err(|(_, problem)| problem)
            .unwrap();
        let document = Document::read(&source).0.unwrap();
        crate::lower::lower(&document).unwrap()
    }

    fn refused(contract: &Contract) -> Vec<(Rule, Place)> {
        let problems = super::lift(contract).err().unwrap();
        for problem in &problems {
            assert!(problem.sentence.contains("`getBook"), "{}", problem.sentence);
        }
        problems
            .into_iter()
            .map(|problem| (problem.rule, problem.place))
            .collect()
    }

    #[test]
    fn a_panic_of_progenitor_becomes_a_problem_of_its_operation() {
        let mut contract = minimal();
        let operation = contract.operations.first_mut().unwrap();
        operation.success.schema = Some("Nowhere".to_owned());
        let place = Place::Key(operation.at.clone());
        assert_eq!(refused(&contract), [(Rule::GeneratorRefused, place)]);
    }

    #[test]
    fn what_fails_only_with_others_is_a_problem_of_the_operation_that_came_last() {
        let mut contract = minimal();
        let mut second = contract.operations.first().unwrap().clone();
        second.path.push_str("/again");
        second.at = second.at.child("again");
        let place = Place::Key(second.at.clone());
        contract.operations.push(second);
        assert_eq!(refused(&contract), [(Rule::GeneratorRefused, place)]);
    }
}
