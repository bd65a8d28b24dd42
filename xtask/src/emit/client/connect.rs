//! How a client is made, and raw calls.
//!
//! Emits names and calls only; what they do is in the client's runtime.

use proc_macro2::TokenStream;
use quote::quote;

use crate::contract::{Contract, Credentials as Names, Scheme};
use crate::emit::rust::{ident, rust_file};
use crate::emit::types::envelope::wrapper;
use crate::names;

pub(super) fn emit(contract: &Contract) -> String {
    let server = &contract.info.server;
    let agent = names::crate_name(&contract.info.crate_prefix, "client");
    let wrapper = wrapper(contract);
    let schemes = &contract.schemes;
    let basic = schemes
        .contains(&Scheme::Basic)
        .then(|| basic(&contract.credentials));
    let constructors = basic
        .into_iter()
        .chain(schemes.contains(&Scheme::Bearer).then(|| bearer(contract)));
    rust_file(
        "How a client is made.",
        &quote! {
            use progenitor_client::{BuildError, CallOptions, Credentials, Options, RawCall};

            use crate::{Client, types};

            impl Client {
                /// The URL of the API, unless [`Options::base_url`] says otherwise.
                pub const BASE_URL: &str = #server;

                #(#constructors)*

                /// A client with options of your own.
                ///
                /// # Errors
                ///
                /// The options contradict each other or would send credentials unencrypted, or the HTTP client
                /// cannot be set up.
                pub fn connect(options: Options) -> Result<Self, BuildError> {
                    let agent = concat!(#agent, "/", env!("CARGO_PKG_VERSION"));
                    let connection = options.connect(Self::BASE_URL, agent)?;
                    Ok(Self {
                        baseurl: connection.base_url,
                        client: connection.http_client,
                        inner: connection.session,
                    })
                }

                /// This client with other options for the calls that are made with it. Connections and the retry
                /// budget are shared.
                #[must_use]
                pub fn with(&self, options: CallOptions) -> Self {
                    let mut client = self.clone();
                    client.inner = client.inner.with(options);
                    client
                }

                /// A call that the document does not cover, with the same credentials, retries and errors.
                ///
                /// `path` follows the base URL: it begins with a slash, may end in a query, and is encoded
                /// already. It cannot lead to another host.
                pub fn request(
                    &self,
                    method: reqwest::Method,
                    path: &str,
                ) -> RawCall<'_, Self, types::#wrapper> {
                    RawCall::new(self, method, path)
                }
            }
        },
    )
}

fn basic(credentials: &Names) -> TokenStream {
    let (user, password) = (ident(&credentials.user), ident(&credentials.password));
    let parts = (*credentials != Names::default()).then(|| {
        let docs = format!(" The user is the `{user}`, and the password the `{password}`.");
        quote!(#[doc = ""] #[doc = #docs])
    });
    quote! {
        /// A client with the default options: https, HTTP Basic authentication with every request.
        #parts
        ///
        /// # Errors
        ///
        /// The HTTP client cannot be set up, or the credentials cannot be sent in a header.
        pub fn new(#user: &str, #password: &str) -> Result<Self, BuildError> {
            Self::connect(Options::new(Credentials::basic(#user, #password)))
        }
    }
}

fn bearer(contract: &Contract) -> TokenStream {
    // `new` takes the user and the password where the document has both.
    let name = match contract.schemes.as_slice() {
        [_] => ident("new"),
        _ => ident("from_token"),
    };
    let token = ident(&contract.credentials.token);
    quote! {
        /// A client with the default options: https, HTTP Bearer authentication with every request.
        ///
        /// # Errors
        ///
        /// The HTTP client cannot be set up, or the token is none: it is empty, or has a character that no
        /// token has.
        pub fn #name(#token: &str) -> Result<Self, BuildError> {
            Self::connect(Options::new(Credentials::bearer(#token)))
        }
    }
}
