//! Every violation, in a body and in parameters, with the exact bytes of its response.

use super::operations::{self, Server};
use super::{BOOKS, bare, check, request, send, send_to, with};

async fn check_body(body: &str, code: &str, message: &str, fields: &[&str]) {
    check(
        &send(request("POST", BOOKS, body)).await,
        400,
        code,
        message,
        fields,
    );
}

#[tokio::test]
async fn missing_wins_over_everything() {
    let message = "Title must be present and not null.";
    for body in [
        "{}",
        r#"{"Title":null}"#,
        r#"{"Cover":"Paper","Volume":"x","Authors":[{}]}"#,
    ] {
        check_body(body, "VALUE_MISSING", message, &["Title"]).await;
    }
}

#[tokio::test]
async fn absent_body_names_the_required_members() {
    let message = "Title must be present and not null.";
    check_body("", "VALUE_MISSING", message, &["Title"]).await;
    let typed = with(request("POST", BOOKS, ""), "Content-Type", "application/json");
    check(&send(typed).await, 400, "VALUE_MISSING", message, &["Title"]);
}

#[tokio::test]
async fn one_of_wins_over_specific() {
    check_body(
        r#"{"Title":"Ulysses","Cover":"Paper","Authors":[{"Key":1},{},{}]}"#,
        "ALTERNATIVE_MISSING",
        "One of Authors[1].Name, Authors[1].Key; one of Authors[2].Name, Authors[2].Key must be present and not null.",
        &["Authors[1].Name,Authors[1].Key", "Authors[2].Name,Authors[2].Key"],
    )
    .await;
}

#[tokio::test]
async fn specific_wins_over_length() {
    let known = "Cover must be Hard or Soft.";
    for (cover, message) in [(r#""hunter2""#, known), ("7", known), ("null", known)] {
        let body = format!(r#"{{"Title":"","Cover":{cover}}}"#);
        check_body(&body, "UNKNOWN_COVER", message, &["Cover"]).await;
    }
}

#[tokio::test]
async fn too_short_wins_over_invalid() {
    let message = "Title must have at least 2 characters.";
    check_body(
        r#"{"Title":"1","Volume":"x"}"#,
        "VALUE_TOO_SHORT",
        message,
        &["Title"],
    )
    .await;
}

#[tokio::test]
async fn too_long_wins_over_invalid() {
    let message = "Title must have at most 20 characters.";
    let body = r#"{"Title":"a title that is far too long","Volume":"x"}"#;
    check_body(body, "VALUE_TOO_LONG", message, &["Title"]).await;
}

#[tokio::test]
async fn invalid_lists_all_in_order() {
    let message = "Title must be a string; Volume must be an integer; Authors[1] must be an object.";
    let body = r#"{"Authors":[{"Key":1},2],"Volume":null,"Title":1}"#;
    check_body(body, "VALUE_INVALID", message, &["Title", "Volume", "Authors[1]"]).await;
}

#[tokio::test]
async fn body_of_another_type_has_no_name() {
    let message = "The body must be an object.";
    for body in ["[]", "null", "1", r#""hunter2""#] {
        check_body(body, "VALUE_INVALID", message, &[]).await;
    }
}

#[tokio::test]
async fn value_that_only_the_type_refuses_is_invalid() {
    let message = "The body must be as documented.";
    check_body(
        r#"{"Title":"Ulysses","Volume":1000}"#,
        "VALUE_INVALID",
        message,
        &[],
    )
    .await;
}

#[tokio::test]
async fn member_that_stands_twice_is_found_behind_any_number_of_unknown_ones() {
    let unknown: String = (0..200)
        .map(|number| format!(r#""U{number}":1,"U{number}":2,"#))
        .collect();
    let body = format!(r#"{{{unknown}"Volume":1,"Title":"Emma","Volume":2}}"#);
    let router = operations::routes(Server).into_router();
    check(
        &send_to(router, request("POST", BOOKS, &body)).await,
        400,
        "VALUE_INVALID",
        "Volume must be sent once.",
        &["Volume"],
    );
}

#[tokio::test]
async fn member_that_stands_twice_is_invalid_and_an_unknown_one_is_ignored() {
    let message = "Title must be sent once.";
    let body = r#"{"Title":"Ulysses","X":1,"X":2,"Title":"Emma"}"#;
    check_body(body, "VALUE_INVALID", message, &["Title"]).await;
    let body = r#"{"Title":"Ulysses","X":1,"X":2,"Authors":[{"Key":1,"K":1,"K":2}]}"#;
    assert_eq!(send(request("POST", BOOKS, body)).await.status, 200);
}

#[tokio::test]
async fn parameters_and_body_are_judged_together() {
    let path = "/shelves/%FF/books";
    let response = send(request("POST", path, r#"{"Title":1}"#)).await;
    let message = "ShelfId must be UTF-8, percent-encoded; Title must be a string.";
    check(&response, 400, "VALUE_INVALID", message, &["ShelfId", "Title"]);
    let response = send(request("POST", path, "{}")).await;
    check(
        &response,
        400,
        "VALUE_MISSING",
        "Title must be present and not null.",
        &["Title"],
    );
}

#[tokio::test]
async fn unknown_members_and_query_keys_are_ignored() {
    let request = request(
        "POST",
        &format!("{BOOKS}?x=%zz&%zz=1&x"),
        r#"{"Title":"Ulysses","X":1}"#,
    );
    let response = send(request).await;
    assert_eq!(response.body, r#""addBook by user at S1, Ulysses, None, None""#);
    assert_eq!(response.status, 200);
    assert_eq!(response.header("Content-Type"), "application/json");
}

#[tokio::test]
async fn values_of_a_request_are_never_repeated() {
    let bodies = [
        r#"{"Title":"Ulysses","Cover":"hunter2"}"#,
        r#"{"Title":"Ulysses","hunter2":1,"Volume":"hunter2"}"#,
        r#"{"Title":"Ulysses","Authors":{"hunter2":"hunter2"}}"#,
        "hunter2",
    ];
    for body in bodies {
        let response = send(request("POST", BOOKS, body)).await;
        assert_eq!(response.status, 400);
        assert!(!format!("{response:?}").contains("hunter2"), "{response:?}");
    }
    let response = send(bare("GET", "/hunter2?hunter2", "hunter2")).await;
    assert!(!format!("{response:?}").contains("hunter2"), "{response:?}");
}
