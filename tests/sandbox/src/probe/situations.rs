//! The situations in which not the handlers but the framework of a server responds, or should: 36 of them, by which
//! servers can be compared. Judges nothing.
//!
//! Their names say what is wrong with the request, whatever the operation. The document bounds no array from above, has
//! no unique items and no body integer with a bound, so three rows are the closest that it has: an array too short, two
//! members that exclude each other, and an integer with a fraction.

use serde_json::{Value, json};

use super::call::Call;
use super::case::Case;
use super::document::{Document, Failure, Operation, Violation};

/// What only the server's own author can bring about.
pub(super) const FROM_WITHIN: [&str; 2] = ["panic in a handler", "internal error of a handler"];

/// An operation that the situations need is not in the document.
#[derive(Debug)]
pub(super) struct NotInDocument(pub(super) &'static str);

/// More than any server reads of a body without being asked to.
const LARGE: usize = 3 << 20;

pub(super) fn cases(document: &Document, operations: &[Operation]) -> Cases {
    let draft = Draft { document, operations };
    let mut cases = draft.without_credentials()?;
    cases.extend(draft.bodies()?);
    cases.extend(draft.members()?);
    cases.extend(draft.parameters()?);
    cases.extend(draft.routes()?);
    cases.extend(draft.bytes()?);
    Ok(cases)
}

type Cases = Result<Vec<Case>, NotInDocument>;

struct Draft<'d> {
    document: &'d Document,
    operations: &'d [Operation],
}

impl Draft<'_> {
    fn right(&self, id: &'static str) -> Result<Call, NotInDocument> {
        let mut operations = self.operations.iter();
        let operation = operations.find(|operation| operation.id == id);
        operation.map(Call::right).ok_or(NotInDocument(id))
    }

    /// A right request to an operation, and what is changed about it.
    fn case(
        &self,
        name: &str,
        id: &'static str,
        change: impl FnOnce(Call) -> Call,
        expected: Failure,
    ) -> Result<Case, NotInDocument> {
        Ok(Case {
            name: name.to_owned(),
            operation: id.to_owned(),
            request: change(self.right(id)?).request(),
            expected,
        })
    }

    /// A request with a body of its own.
    fn body(
        &self,
        name: &str,
        id: &'static str,
        body: Value,
        expected: Failure,
    ) -> Result<Case, NotInDocument> {
        self.case(name, id, |call| call.with_json(body), expected)
    }

    fn query(
        &self,
        name: &str,
        id: &'static str,
        (key, text): (&str, &str),
        expected: Failure,
    ) -> Result<Case, NotInDocument> {
        self.case(name, id, |call| call.with_query(key, text), expected)
    }

    fn violation(&self, violation: Violation, fields: &[&str]) -> Failure {
        self.document.violation(violation, None, fields)
    }

    fn invalid(&self, fields: &[&str]) -> Failure {
        self.violation(Violation::Invalid, fields)
    }

    /// A value that has a code of its own.
    fn coded(&self, code: &str, field: &str) -> Failure {
        self.document.violation(Violation::Invalid, Some(code), &[field])
    }

    fn without_credentials(&self) -> Cases {
        let expected = self.document.fault("credentials", &[]);
        let broken = |call: Call| call.with_bytes("{\"To\":").without_credentials();
        Ok(vec![
            self.case(
                "no credentials",
                "listProjects",
                Call::without_credentials,
                expected.clone(),
            )?,
            self.case("malformed JSON, no credentials", "sendMessage", broken, expected)?,
        ])
    }

    fn bodies(&self) -> Cases {
        let syntax = self.document.fault("syntax", &[]);
        let missing = self.violation(Violation::Missing, &["To", "Text"]);
        Ok(vec![
            self.case(
                "malformed JSON",
                "sendMessage",
                |call| call.with_bytes("{\"To\":"),
                syntax,
            )?,
            self.case("empty body", "sendMessage", |call| call.with_bytes(""), missing)?,
            self.body("array for an object", "sendMessage", json!([]), self.invalid(&[]))?,
        ])
    }

    fn members(&self) -> Cases {
        let long = "x".repeat(17);
        let message = |name, member: Value, expected| {
            let mut body = json!({ "To": "+61255509999", "Text": "Hello." });
            merge(&mut body, member);
            self.body(name, "sendMessage", body, expected)
        };
        let project = |name, member: Value, expected| {
            let zone = "AUS Eastern Standard Time";
            let mut body = json!({ "Name": "Example", "MainDomain": "example.com", "TimeZone": zone });
            merge(&mut body, member);
            self.body(name, "createProject", body, expected)
        };
        let batch = |name, messages: Value, expected| {
            self.body(
                name,
                "sendMessageBatch",
                json!({ "Messages": messages }),
                expected,
            )
        };
        let one_missing = json!({ "To": "+61255509999" });
        let address = json!({ "Line1": "1 Example Street", "City": "Sydney", "CountryCode": "au" });
        let long_sender = json!([{ "To": "+61255509999", "Text": "Hello.", "From": long }]);
        let permission = json!({ "AccountSid": "probe", "PropertySid": "probe", "Scopes": "Reporting" });
        let permissions = json!({ "Permissions": [permission] });
        let both = ["Permissions[0].AccountSid", "Permissions[0].PropertySid"];
        let unknown_country = self.coded("INVALID_COUNTRYCODE_FORMAT", "CountryCode");
        let schedule = || self.invalid(&["Schedule"]);
        let too_long = |field| self.violation(Violation::TooLong, &[field]);
        let too_short = |field| self.violation(Violation::TooShort, &[field]);
        Ok(vec![
            self.body(
                "missing member",
                "sendMessage",
                one_missing,
                self.violation(Violation::Missing, &["Text"]),
            )?,
            message(
                "integer for a string",
                json!({ "Text": 7 }),
                self.invalid(&["Text"]),
            )?,
            message("string too long", json!({ "From": long }), too_long("From"))?,
            project("string too short", json!({ "Name": "" }), too_short("Name"))?,
            self.body("pattern mismatch", "addAddress", address, unknown_country)?,
            project(
                "two members wrong",
                json!({ "SmsEnabled": "yes", "Active": "yes" }),
                self.invalid(&["SmsEnabled", "Active"]),
            )?,
            batch("array too short", json!([]), too_short("Messages"))?,
            self.body(
                "members that exclude each other",
                "updateOnlineLogin",
                permissions,
                self.invalid(&both),
            )?,
            batch(
                "string in an array too long",
                long_sender,
                too_long("Messages[0].From"),
            )?,
            message(
                "date and time for Unix time",
                json!({ "Schedule": "2026-01-31T09:30:00Z" }),
                schedule(),
            )?,
            message(
                "null for an optional member",
                json!({ "From": null }),
                self.invalid(&["From"]),
            )?,
            message(
                "integer beyond 64 bits",
                json!({ "Schedule": 1_u64 << 63 }),
                schedule(),
            )?,
            message("integer with a fraction", json!({ "Schedule": 1.5 }), schedule())?,
        ])
    }

    fn parameters(&self) -> Cases {
        let missing = self.violation(Violation::Missing, &["Date_From"]);
        let number = |name, text| {
            let expected = self.coded("INVALID_PHONENUMBER_FORMAT", "Number");
            self.case(name, "getNumber", |call| call.with_path("Number", text), expected)
        };
        Ok(vec![
            self.case(
                "missing query parameter",
                "findMessages",
                |call| call.without_query("Date_From"),
                missing,
            )?,
            self.query(
                "query parameter of a wrong type",
                "findMessages",
                ("Date_From", "yesterday"),
                self.invalid(&["Date_From"]),
            )?,
            self.query(
                "query parameter out of range",
                "listPropertyNumbers",
                ("Results_Count", "201"),
                self.invalid(&["Results_Count"]),
            )?,
            self.query(
                "unknown value in a query",
                "listPropertyCalls",
                ("Disposition", "Lost"),
                self.coded("UNKNOWN_DISPOSITION", "Disposition"),
            )?,
            self.query(
                "pattern mismatch in a query",
                "listAddresses",
                ("CountryCode", "au"),
                self.coded("INVALID_COUNTRYCODE_FORMAT", "CountryCode"),
            )?,
            number("path parameter of a wrong type", "probe")?,
            number("path parameter too small", "0")?,
            number("path parameter beyond 64 bits", "99999999999999999999")?,
        ])
    }

    fn routes(&self) -> Cases {
        let case = |name: &str, call: Call, fault: &str| Case {
            name: name.to_owned(),
            operation: String::new(),
            request: call.request(),
            expected: self.document.fault(fault, &[]),
        };
        let media_type = self.document.fault("media-type", &["Content-Type"]);
        let of_type = |media_type: Option<&'static str>| move |call: Call| call.with_media_type(media_type);
        // A method that no operation has and that changes nothing where a server knows it.
        let other = Call::new("PROPFIND", "/v2/Properties");
        Ok(vec![
            case("unknown route", Call::new("GET", "/v2/Probe"), "unknown-route"),
            case(
                "trailing slash",
                Call::new("GET", "/v2/Properties/"),
                "unknown-route",
            ),
            case("wrong method", other, "wrong-method"),
            self.case(
                "wrong content type",
                "updateProject",
                of_type(Some("application/json")),
                media_type.clone(),
            )?,
            self.case("absent content type", "sendMessage", of_type(None), media_type)?,
        ])
    }

    fn bytes(&self) -> Cases {
        // Never ends, so that it cannot be carried out where as much is read.
        let large = format!("{{\"Text\":\"{}", "x".repeat(LARGE));
        let not_utf8 = b"{\"To\":\"+61255509999\",\"Text\":\"\xff\"}".to_vec();
        let too_large = self.document.fault("too-large", &[]);
        let syntax = self.document.fault("syntax", &[]);
        let call_sid = self.invalid(&["CallSid"]);
        Ok(vec![
            self.case(
                "body of 3 MiB",
                "sendMessage",
                |call| call.with_bytes(large),
                too_large,
            )?,
            self.case(
                "invalid UTF-8 in JSON",
                "sendMessage",
                |call| call.with_bytes(not_utf8),
                syntax,
            )?,
            self.case(
                "bad escape in a path",
                "getCall",
                |call| call.with_path("CallSid", "%zz"),
                call_sid,
            )?,
        ])
    }
}

/// Adds members to an object, or replaces them.
fn merge(body: &mut Value, members: Value) {
    if let (Value::Object(body), Value::Object(members)) = (body, members) {
        body.extend(members);
    }
}
