//! Values that have the documented form, and that the state or the clock makes invalid all the same.

use fonedynamics_server::{Endpoint, Failure, Lists, codes};

/// The names of parameters that are invalid, in the document's order, each with the sentence that says what would be
/// right.
#[derive(Debug, Default)]
pub(crate) struct Invalid(Vec<(String, String)>);

impl Invalid {
    /// Adds a parameter. `expected` ends the sentence "… must be".
    pub(crate) fn add(&mut self, name: impl Into<String>, expected: &str) {
        let name = name.into();
        let message = format!("{name} must be {expected}.");
        self.0.push((name, message));
    }

    /// Fails if a parameter was added: the response names all of them and says what is wrong with the first.
    pub(crate) fn finish<O>(self) -> Result<(), Failure<O>>
    where
        O: Endpoint + Lists<codes::ParameterInvalid>,
    {
        let mut found = self.0.into_iter();
        let Some((name, message)) = found.next() else {
            return Ok(());
        };
        let failure = Failure::at(codes::ParameterInvalid, name).message(message);
        Err(found.fold(failure, |failure, (name, _)| failure.field(name)))
    }
}
