//! A failure on its way from one operation to another. Decides nothing: that is done where it arrives.

use std::fmt;

use fonedynamics_contract::Envelope;

use crate::failure::codes::Endpoint;
use crate::failure::{Failure, Kind};

/// A failure of one operation on its way to another, made by [`Failure::of_another`]. By `?` or `into()` it becomes a
/// failure of the operation that it is passed on to.
pub struct FailureOfAnother<E: Envelope>(Failure<E, ()>);

impl<E: Envelope, P> Failure<E, P> {
    /// Prepares a failure for being passed on by the handler of another operation:
    ///
    /// ```
    /// # use fonedynamics_contract::Envelope;
    /// # use fonedynamics_server_runtime::{Endpoint, Failure};
    /// fn pass_on<E: Envelope, One, Other: Endpoint>(result: Result<u8, Failure<E, One>>) -> Result<u8, Failure<E, Other>> {
    ///     let number = result.map_err(Failure::of_another)?;
    ///     Ok(number + 1)
    /// }
    /// ```
    ///
    /// Where the document lists its code for the other operation, it stays as it is, fields and message included.
    /// Everywhere else it becomes an internal failure: the caller of an operation gets no code that the document does
    /// not list for it.
    #[must_use]
    pub fn of_another(self) -> FailureOfAnother<E> {
        FailureOfAnother(self.for_any())
    }
}

impl<E: Envelope, O: Endpoint> From<FailureOfAnother<E>> for Failure<E, O> {
    fn from(FailureOfAnother(failure): FailureOfAnother<E>) -> Self {
        match &failure.0.kind {
            Kind::Coded { code, .. } => match Self::try_new(code.clone()) {
                Ok(_) => failure.for_any(),
                Err(cause) => Self::internal(cause),
            },
            Kind::Rejected(_) => failure.for_any(),
        }
    }
}

impl<E: Envelope> fmt::Debug for FailureOfAnother<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("FailureOfAnother").field(&self.0).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::router_tests::contract::codes::ShelfNotFound;
    use crate::router_tests::contract::{Code, Failure};
    use crate::router_tests::operations::{AddBook, FindBooks, RemoveBook};

    fn failure() -> Failure<AddBook> {
        Failure::at(ShelfNotFound, "ShelfId").message("No such shelf.")
    }

    #[test]
    fn failure_whose_code_is_listed_stays_as_it_is() {
        let passed_on: Failure<FindBooks> = failure().of_another().into();
        assert_eq!(format!("{passed_on:?}"), format!("{:?}", failure()));
        let internal: Failure<AddBook> = Failure::internal("secret").retry_after(Duration::from_secs(1));
        let before = format!("{internal:?}");
        let passed_on: Failure<RemoveBook> = internal.of_another().into();
        assert_eq!(format!("{passed_on:?}"), before);
    }

    #[test]
    fn failure_whose_code_is_not_listed_becomes_internal() {
        let passed_on: Failure<RemoveBook> = failure().of_another().into();
        assert_eq!(passed_on.code(), Code::Internal);
        let cause = format!("{passed_on:?}");
        assert!(
            cause.contains("SHELF_NOT_FOUND") && cause.contains("removeBook"),
            "{cause}"
        );
    }
}
