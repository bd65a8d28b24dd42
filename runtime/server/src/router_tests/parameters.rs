//! How parameters of path, query and headers are read.

use axum::http::HeaderValue;

use super::{BOOK, FullResponse, check, request, send, with};

async fn find(suffix: &str) -> FullResponse {
    send(request("GET", &format!("/books/{suffix}"), "")).await
}

#[track_caller]
fn check_found(response: &FullResponse, expected: &str) {
    assert_eq!(
        serde_json::from_str::<String>(&response.body).unwrap_or_else(|_| response.body.clone()),
        expected
    );
    assert_eq!(response.status, 200);
}

#[track_caller]
fn check_invalid(response: &FullResponse, code: &str, message: &str, fields: &[&str]) {
    check(response, 400, code, message, fields);
}

#[tokio::test]
async fn prefix_is_put_back_once() {
    for path in ["6131234567", "+6131234567", "%2b6131234567"] {
        check_found(
            &find(&format!("{path}?Since=1")).await,
            "+6131234567 None 1 None None",
        );
    }
}

#[tokio::test]
async fn escapes_in_a_path_are_undone_and_plus_is_itself() {
    check_found(&find("%2B6%2F1%20x+y?Since=1").await, "+6/1 x+y None 1 None None");
}

#[tokio::test]
async fn path_that_cannot_be_read_has_the_code_of_its_parameter() {
    let encoded = "Isbn must be UTF-8, percent-encoded.";
    let longer = "Isbn must have at least 2 characters.";
    for (path, message) in [
        ("%zz1", encoded),
        ("%F", encoded),
        ("%FF12", encoded),
        ("1", longer),
    ] {
        let response = find(&format!("{path}?Since=1")).await;
        check_invalid(&response, "MALFORMED_ISBN", message, &["Isbn"]);
    }
}

#[tokio::test]
async fn query_is_read_as_a_form() {
    let response = find("6131?Since=%2D7&&Author=J%c3%b6rg+%C3%96&Cover=Hard").await;
    check_found(&response, r#"+6131 Some("Jörg Ö") -7 Some(Cover("Hard")) None"#);
}

#[tokio::test]
async fn empty_query_value_is_present() {
    for query in ["Author=&Since=1", "Author&Since=1"] {
        check_found(
            &find(&format!("6131?{query}")).await,
            r#"+6131 Some("") 1 None None"#,
        );
    }
    let message = "Since must be an integer.";
    check_invalid(&find("6131?Since=").await, "VALUE_INVALID", message, &["Since"]);
}

#[tokio::test]
async fn required_query_is_missing_when_absent() {
    for query in ["", "?", "?since=1"] {
        let message = "Since must be present and not null.";
        check(
            &find(&format!("6131{query}")).await,
            400,
            "VALUE_MISSING",
            message,
            &["Since"],
        );
    }
}

#[tokio::test]
async fn repeated_or_unreadable_query_is_invalid() {
    let of_type = "Since must be an integer.";
    for (query, message) in [
        ("Since=1&Since=1", "Since must be sent once."),
        ("Since=%zz", "Since must be UTF-8, percent-encoded."),
        ("Since=x", of_type),
        (
            "Since=9223372036854775808",
            "Since must be an integer from -9223372036854775808 to 9223372036854775807.",
        ),
    ] {
        let response = find(&format!("6131?{query}")).await;
        check_invalid(&response, "VALUE_INVALID", message, &["Since"]);
    }
    let message = "Author must be UTF-8, percent-encoded; Since must be an integer.";
    let response = find("6131?Author=%FF&Since=x").await;
    check_invalid(&response, "VALUE_INVALID", message, &["Author", "Since"]);
}

#[tokio::test]
async fn value_that_is_not_acceptable_has_the_code_of_its_parameter() {
    let known = "Cover must be Hard or Soft.";
    for (query, message) in [
        ("Cover=Paper", known),
        ("Cover=", known),
        ("Cover=%FF", "Cover must be UTF-8, percent-encoded."),
    ] {
        let response = find(&format!("6131?Since=x&{query}")).await;
        check_invalid(&response, "UNKNOWN_COVER", message, &["Cover"]);
    }
    // Nothing is wrong with either value, so its code would mislead.
    let response = find("6131?Since=1&Cover=Hard&Cover=Paper").await;
    check_invalid(&response, "VALUE_INVALID", "Cover must be sent once.", &["Cover"]);
}

#[tokio::test]
async fn first_parameter_with_a_code_of_its_own_decides() {
    let response = find("1?Since=1&Cover=Paper").await;
    let message = "Isbn must have at least 2 characters.";
    check_invalid(&response, "MALFORMED_ISBN", message, &["Isbn"]);
}

#[tokio::test]
async fn length_of_a_parameter_is_checked() {
    let message = "Author must have at most 10 characters.";
    let response = find("6131?Since=1&Author=12345678901").await;
    check(&response, 400, "VALUE_TOO_LONG", message, &["Author"]);
}

#[tokio::test]
async fn headers_are_read_in_any_case_and_once() {
    let path = format!("{BOOK}?Since=1");
    let response = send(with(request("GET", &path, ""), "language", "en")).await;
    check_found(&response, r#"+6131234567 None 1 None Some("en")"#);
    let mut repeated = with(request("GET", &path, ""), "language", "en");
    repeated.headers_mut().append("language", "de".parse().unwrap());
    let message = "Language must be sent once.";
    check_invalid(&send(repeated).await, "VALUE_INVALID", message, &["Language"]);
    let mut unreadable = request("GET", &path, "");
    unreadable
        .headers_mut()
        .insert("language", HeaderValue::from_bytes(b"\xff").unwrap());
    let message = "Language must be UTF-8.";
    check_invalid(&send(unreadable).await, "VALUE_INVALID", message, &["Language"]);
}
