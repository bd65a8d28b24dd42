//! What becomes of right requests in wrong hands. Does not judge: a disturbed request may still be a right one.

use fastrand::Rng;
use serde_json::{Value, json};

use super::cases::{CANARY, encoded};
use super::oracle::{GUEST, TOKEN};
use super::request::{Content, Json, Request};

/// Values that are odd in one way or another.
fn odd(rng: &mut Rng) -> Value {
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(7.5),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MAX),
        json!(""),
        json!(CANARY),
        json!("hunter2hunter2hunter2hunter2"),
        json!("\u{0}\u{7f}\u{2028}hunter2"),
        json!([]),
        json!({}),
        json!(["hunter2", "hunter2"]),
        json!({ "hunter2": "hunter2" }),
        json!([1, 2, 3, 4, 5, 6]),
        json!("100000000000000000000000"),
        json!("2026-02-29"),
        json!("2026-01-31T23:59:60Z"),
        json!("6b7f6c1e-5d8a-4c0f-9f2e-3a1b2c4d5e6"),
    ];
    rng.choice(&odd).unwrap().clone()
}

/// Changes one thing about a request.
pub(super) fn disturb(request: &mut Request, rng: &mut Rng) {
    match rng.usize(..20) {
        0 => {
            request.method = (*rng
                .choice(&[
                    "GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "get", "HUNTER2",
                ])
                .unwrap())
            .to_owned()
        }
        1 => request.path = disturbed_path(&request.path, rng),
        2 => {
            request.headers.retain(|(name, _)| name != "Authorization");
            let values: [&[u8]; 10] = [
                b"",
                b"Basic",
                b"Bearer hunter2",
                b"Bearer =",
                b"Bearer hunter2, hunter2",
                TOKEN,
                b"Basic aHVudGVyMg==",
                b"Basic ???",
                GUEST,
                b"\xff",
            ];
            if rng.usize(..4) > 0 {
                request
                    .headers
                    .push(("Authorization".to_owned(), rng.choice(&values).unwrap().to_vec()));
            }
        }
        3 => {
            request.headers.retain(|(name, _)| name != "Content-Type");
            let values: [&[u8]; 6] = [
                b"text/plain",
                b"application/json; charset=utf-8",
                b"APPLICATION/JSON",
                b"",
                b"\xff",
                b"application/merge-patch+json",
            ];
            for _ in 0..rng.usize(..3) {
                request
                    .headers
                    .push(("Content-Type".to_owned(), rng.choice(&values).unwrap().to_vec()));
            }
        }
        4..=6 => disturb_query(&mut request.query, rng),
        7 => disturb_headers(&mut request.headers, rng),
        8 => {
            // A text in which nothing occurs twice, whatever was done to it before: the oracle reads it anew.
            let once = |json: &Json| {
                serde_json::from_str::<Value>(&json.to_string())
                    .unwrap()
                    .to_string()
            };
            let mut bytes = match &request.content {
                Content::Json(json) => once(json).into_bytes(),
                _ => request.body(),
            };
            let place = rng.usize(..bytes.len() + 1);
            match rng.usize(..5) {
                0 => bytes.truncate(place),
                1 => bytes.insert(place, *rng.choice(b"\"{}[],:\\0-e. \xff\x00").unwrap()),
                2 => bytes.splice(0..0, *b"\xef\xbb\xbf").for_each(drop),
                3 => bytes.extend(b"{}"),
                _ => bytes = format!("{}hunter2", "[".repeat(rng.usize(..300))).into_bytes(),
            }
            request.content = Content::Bytes(bytes);
        }
        _ => match &mut request.content {
            Content::Json(json) => disturb_json(json, rng),
            _ => disturb_query(&mut request.query, rng),
        },
    }
}

fn disturbed_path(path: &str, rng: &mut Rng) -> String {
    let mut segments: Vec<&str> = path.split('/').collect();
    let place = rng.usize(1..segments.len().max(2));
    match rng.usize(..5) {
        0 => segments.push(""),
        1 => drop(segments.remove(place)),
        2 => segments.insert(place, *rng.choice(&["", "..", "%2e", CANARY]).unwrap()),
        _ => {
            segments[place] = *rng
                .choice(&[
                    "%FF",
                    "%zz",
                    "%",
                    "0",
                    "-1",
                    "9223372036854775808",
                    "hunter2",
                    "%23hunter2",
                    "+1",
                    "a%2Fb",
                    "100",
                ])
                .unwrap()
        }
    }
    match segments.join("/") {
        nothing if nothing.is_empty() => "/".to_owned(),
        path => path,
    }
}

fn disturb_query(query: &mut Vec<(String, String)>, rng: &mut Rng) {
    let value = match rng.usize(..6) {
        0 => "%FF".to_owned(),
        1 => "%zz".to_owned(),
        2 => (*rng
            .choice(&[
                "+5",
                "-0",
                "007",
                "1e3",
                "NaN",
                "inf",
                "1.0",
                "true",
                "True",
                "Novel,Play",
                "Novel,Novel",
                "1,2,",
                "a,b,c,d",
            ])
            .unwrap())
        .to_owned(),
        _ => match odd(rng) {
            Value::String(text) => encoded(&text),
            other => encoded(&other.to_string()),
        },
    };
    let place = rng.usize(..query.len() + 1);
    match (query.get(place).cloned(), rng.usize(..4)) {
        (Some(_), 0) => drop(query.remove(place)),
        (Some(pair), 1) => query.push(pair),
        (Some((name, _)), _) => query[place] = (name, value),
        (None, _) => {
            let names = [
                "Results_Count",
                "Results_Skip",
                "Limit",
                "Genres",
                "Shelves",
                "Marks",
                "Price",
                "Dry",
                "Date_From",
                "hunter2",
                "%zz",
                "",
            ];
            query.push(((*rng.choice(&names).unwrap()).to_owned(), value));
        }
    }
}

fn disturb_headers(headers: &mut Vec<(String, Vec<u8>)>, rng: &mut Rng) {
    let place = rng.usize(..headers.len().max(1));
    let Some((name, value)) = headers.get(place).cloned() else {
        return;
    };
    match rng.usize(..3) {
        0 => drop(headers.remove(place)),
        1 => headers.push((name, value)),
        _ => {
            headers[place] = (
                name,
                rng.choice(&[&b"\xff"[..], b"", b"a", b"hunter2hunter2", b"\xc3\xbc"])
                    .unwrap()
                    .to_vec(),
            )
        }
    }
}

/// Changes one value somewhere in a body.
fn disturb_json(json: &mut Json, rng: &mut Rng) {
    match json {
        Json::Object(members) if !members.is_empty() && rng.usize(..8) > 0 => {
            let place = rng.usize(..members.len());
            match rng.usize(..7) {
                0 => drop(members.remove(place)),
                1 => members[place].1 = Json::Scalar(Value::Null),
                2 => {
                    let member = members[place].clone();
                    members.push(member);
                }
                3 => members.push((
                    (*rng
                        .choice(&["hunter2", "Weeks", "Until", "AccountSid", "Tags", "a.b", "\n"])
                        .unwrap())
                    .to_owned(),
                    Json::from(&odd(rng)),
                )),
                _ => disturb_json(&mut members[place].1, rng),
            }
        }
        Json::List(items) if !items.is_empty() && rng.usize(..8) > 0 => {
            let place = rng.usize(..items.len());
            match rng.usize(..4) {
                0 => drop(items.remove(place)),
                1 => {
                    for _ in 0..1 + rng.usize(..5) {
                        let item = items[place].clone();
                        items.push(item);
                    }
                }
                _ => disturb_json(&mut items[place], rng),
            }
        }
        other => *other = Json::from(&odd(rng)),
    }
}
