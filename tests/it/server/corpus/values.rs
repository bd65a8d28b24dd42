//! Probes of what can be read as HTTP and means nothing: URIs, methods, media types, bodies, and the responses
//! of layers and own routes.

use crate::support::probe::{Probe, get, open_post, post};

const PROJECTS: &str = "/v2/Properties";
const JSON: &str = "Content-Type: application/json\r\n";

pub(super) fn probes() -> Vec<Probe> {
    [uris(), methods(), media_types(), bodies(), encodings(), layers()]
        .into_iter()
        .flatten()
        .collect()
}

fn uris() -> Vec<Probe> {
    let mut probes: Vec<_> = [
        ("root", "/"),
        ("unknown", "/v2/Nothing"),
        ("case of letters", "/v2/calls/CA1"),
        ("trailing slash", "/v2/Calls/CA1/"),
        ("double slash", "/v2//Calls/CA1"),
        ("dots", "/v2/x/../Calls/CA1"),
        ("empty parameter", "/v2/Calls/"),
        ("empty parameter in the middle", "/v2/Properties//Numbers"),
        ("escape that is none", "/v2/Calls/%zz"),
        ("escape that breaks off", "/v2/Calls/%4"),
        ("escaped bytes that are no text", "/v2/Calls/%ff"),
        ("asterisk", "*"),
        ("whole URL", "http://b/v2/Nothing"),
        ("URL without a host", "http:///v2/Calls/CA1"),
        ("authority", "a:443"),
        ("no slash", "v2/Calls/CA1"),
        (
            "query that cannot be decoded",
            "/v2/Properties/PR1/Calls?Results_Count=%zz",
        ),
        (
            "query that is no number",
            "/v2/Properties/PR1/Calls?Results_Count=ten",
        ),
    ]
    .into_iter()
    .map(|(name, target)| Probe::new("uri", name).send_text(&get(target, "")))
    .collect();
    let bytes = get("/v2/Calls/CA?", "").into_bytes();
    let bytes: Vec<_> = bytes
        .iter()
        .map(|byte| if *byte == b'?' { 0xff } else { *byte })
        .collect();
    probes.push(Probe::new("uri", "bytes that are no ASCII").send_bytes(&bytes));
    probes
}

fn methods() -> Vec<Probe> {
    [
        ("PUT", "/v2/Calls/CA1"),
        ("PATCH", "/v2/Calls/CA1"),
        ("DELETE", "/v2/Calls/CA1"),
        ("OPTIONS", "/v2/Calls/CA1"),
        ("OPTIONS", "*"),
        ("TRACE", "/v2/Calls/CA1"),
        ("CONNECT", "a:443"),
        ("CONNECT", "/v2/Calls/CA1"),
        ("BREW", "/v2/Calls/CA1"),
        ("get", "/v2/Calls/CA1"),
        ("PRI", "*"),
        ("GET", "/own/only-post"),
    ]
    .into_iter()
    .map(|(method, target)| {
        let request = get(target, "").replacen("GET", method, 1);
        Probe::new("method", format!("{method} {target}")).send_text(&request)
    })
    .collect()
}

fn media_types() -> Vec<Probe> {
    [
        ("none", ""),
        ("empty", "Content-Type:\r\n"),
        ("text", "Content-Type: text/plain\r\n"),
        ("form", "Content-Type: application/x-www-form-urlencoded\r\n"),
        ("almost", "Content-Type: application/json2\r\n"),
        (
            "two",
            "Content-Type: application/json\r\nContent-Type: application/json\r\n",
        ),
        (
            "two in one",
            "Content-Type: application/json, application/json\r\n",
        ),
        ("no text", "Content-Type: \u{e4}\r\n"),
        ("parameters only", "Content-Type: ; charset=utf-8\r\n"),
    ]
    .into_iter()
    .map(|(name, headers)| Probe::new("media type", name).send_text(&post(PROJECTS, headers, "{}")))
    .collect()
}

fn bodies() -> Vec<Probe> {
    let deep = "[".repeat(2000);
    [
        ("nothing", ""),
        ("nothing but space", "  "),
        ("breaks off", r#"{"Name":"#),
        ("single quotes", "{'Name':'a'}"),
        ("trailing comma", r#"{"Name":"a",}"#),
        ("comment", "{} // done"),
        ("two values", "{}{}"),
        ("no number", "NaN"),
        ("number beyond all numbers", r#"{"Name":1e999}"#),
        ("deep", &deep),
        ("list", "[]"),
        ("text", r#""{}""#),
        ("null", "null"),
        ("empty object", "{}"),
        (
            "member of another type",
            r#"{"Name":7,"MainDomain":"a","TimeZone":"b"}"#,
        ),
        (
            "null member",
            r#"{"Name":null,"MainDomain":null,"TimeZone":null}"#,
        ),
    ]
    .into_iter()
    .map(|(name, body)| Probe::new("json", name).send_text(&post(PROJECTS, JSON, body)))
    .collect()
}

fn encodings() -> Vec<Probe> {
    let bodies: [(&str, &[u8]); 8] = [
        ("byte order mark", b"\xef\xbb\xbf{}"),
        ("UTF-16", b"{\0}\0"),
        ("Latin-1", b"{\"Name\":\"\xe4\"}"),
        ("overlong", b"{\"Name\":\"\xc0\xaf\"}"),
        ("half a surrogate, escaped", b"{\"Name\":\"\\ud800\"}"),
        ("half a surrogate, as bytes", b"{\"Name\":\"\xed\xa0\x80\"}"),
        ("zero byte", b"{\"Name\":\"\0\"}"),
        (
            "compressed",
            b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\xae\x05\x00\x43\xbf\xa6\xa3\x02\x00\x00\x00",
        ),
    ];
    let probe = |name: &str, headers: &str, body: &[u8]| {
        let head = open_post(PROJECTS, &format!("{JSON}{headers}"));
        let head = format!("{head}Content-Length: {}\r\n\r\n", body.len());
        Probe::new("encoding", name).send_text(&head).send_bytes(body)
    };
    let mut probes: Vec<_> = bodies.iter().map(|(name, body)| probe(name, "", body)).collect();
    for coding in ["gzip", "identity, gzip", ""] {
        let headers = format!("Content-Encoding: {coding}\r\n");
        probes.push(probe(&format!("coding {coding:?}"), &headers, b"{}"));
    }
    probes
}

fn layers() -> Vec<Probe> {
    [
        ("rate limit", "/own/limited", ""),
        ("page that is not there", "/own/gone", ""),
        ("gateway", "/own/gateway", ""),
        ("late", "/own/late", ""),
        ("teapot", "/own/teapot", ""),
        ("coding that a layer does not know", "/own/coding", ""),
        ("credentials of another service", "/own/foreign", ""),
        ("interim status as a response", "/own/interim", ""),
        ("panic of an own route", "/own/panics", ""),
        ("panic of a layer", "/v2/Calls/CA1", "X-Panic: 1\r\n"),
        ("panic of a handler", "/v2/Calls/PANIC", ""),
        ("error of a handler", "/v2/Calls/FAIL", ""),
    ]
    .into_iter()
    .map(|(name, target, headers)| Probe::new("layers", name).send_text(&get(target, headers)))
    .collect()
}
