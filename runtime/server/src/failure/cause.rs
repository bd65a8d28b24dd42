//! What `?` turns into an internal failure. Says what the compiler writes about everything else.

use std::error::Error;

/// What becomes an internal failure by `?`: every error, boxed errors (`Box<dyn Error + Send + Sync>`), strings, and
/// whatever converts into a boxed error, as those of error libraries do. Its text goes to the log and never to the
/// caller.
// Of these, `?` shows the label only.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no cause of an internal failure",
    label = "errors, boxed errors (`Box<dyn Error + Send + Sync>`) and strings become internal failures; pass on a \
             failure of another operation with `.map_err(Failure::of_another)?`, and anything else with \
             `Failure::internal`"
)]
pub trait Cause {
    /// The cause, for the log.
    fn into_cause(self) -> Box<dyn Error + Send + Sync>;
}

#[diagnostic::do_not_recommend]
impl<X: Into<Box<dyn Error + Send + Sync>>> Cause for X {
    fn into_cause(self) -> Box<dyn Error + Send + Sync> {
        self.into()
    }
}
