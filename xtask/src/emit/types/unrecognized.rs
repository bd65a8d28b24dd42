//! `unrecognized.rs`: the payload of unknown values.

use quote::quote;

use crate::emit::rust::rust_file;

pub(super) fn emit() -> String {
    rust_file(
        "The payload of values that the document does not list. Not public, so that it cannot be named.",
        &quote! {
            /// A value that the document does not list.
            #[derive(Clone, PartialEq, Eq, Hash)]
            pub struct Unrecognized(Box<str>);

            impl Unrecognized {
                pub(crate) fn new(text: &str) -> Self {
                    Self(text.into())
                }

                pub(crate) fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl std::fmt::Debug for Unrecognized {
                fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    std::fmt::Debug::fmt(&self.0, formatter)
                }
            }
        },
    )
}
