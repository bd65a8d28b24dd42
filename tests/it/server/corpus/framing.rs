//! Probes of what comes before a body has a meaning: request lines, headers, framing, sizes.

use crate::support::examples;

use crate::support::probe::{Probe, get, open_post, post};

const PROJECTS: &str = "/v2/Properties";
const JSON: &str = "Content-Type: application/json\r\n";

pub(super) fn probes() -> Vec<Probe> {
    [request_lines(), headers(), framing(), sizes()]
        .into_iter()
        .flatten()
        .collect()
}

fn request_lines() -> Vec<Probe> {
    let rest = "\r\nHost: a\r\nConnection: close\r\n\r\n";
    let mut probes: Vec<_> = [
        ("only a method", "GET"),
        ("no version", "GET /v2/Calls/CA1"),
        ("no target", "GET  HTTP/1.1"),
        ("version of tomorrow", "GET /v2/Calls/CA1 HTTP/1.2"),
        ("version 3", "GET /v2/Calls/CA1 HTTP/3.0"),
        ("version in lower case", "GET /v2/Calls/CA1 http/1.1"),
        ("another protocol", "INVITE sip:a SIP/2.0"),
        ("two spaces", "GET  /v2/Calls/CA1 HTTP/1.1"),
        ("words after the version", "GET /v2/Calls/CA1 HTTP/1.1 please"),
        ("method that is no token", "G@T /v2/Calls/CA1 HTTP/1.1"),
        ("space before the method", " GET /v2/Calls/CA1 HTTP/1.1"),
        ("control character in the target", "GET /v2/Calls/\u{1} HTTP/1.1"),
    ]
    .into_iter()
    .map(|(name, line)| Probe::new("request line", name).send_text(&format!("{line}{rest}")))
    .collect();
    let raw = |name: &str, bytes: &[u8]| Probe::new("request line", name).send_bytes(bytes);
    probes.extend([
        raw(
            "TLS",
            b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\x00\x01\x02\x03",
        ),
        raw(
            "preface of HTTP/2",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
        ),
        raw("half a preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\n"),
        raw("bytes that are no text", b"\xff\xfe\x00\x01\r\n\r\n"),
        raw("breaks off", b"GET /v2/Ca").finish(),
        raw("breaks off behind the line", b"GET /v2/Calls/CA1 HTTP/1.1\r\n").finish(),
        raw(
            "malformed, in version 1.0",
            b"GET /v2/Calls /CA1 HTTP/1.0\r\n\r\n",
        ),
    ]);
    probes
}

fn headers() -> Vec<Probe> {
    let mut probes: Vec<_> = [
        ("no colon", "Colourless"),
        ("space in a name", "Two words: 1"),
        ("space before the colon", "Colour : red"),
        ("no name", ": red"),
        ("control character in a value", "Colour: re\u{1}d"),
        ("zero byte in a value", "Colour: re\0d"),
        ("name that is no ASCII", "Cöur: red"),
        ("line that is folded", "Colour: dark\r\n red"),
        ("return without a new line", "Colour: re\rd"),
        ("second host", "Host: b"),
        ("second, empty host", "Host: "),
    ]
    .into_iter()
    .map(|(name, line)| Probe::new("headers", name).send_text(&get("/v2/Calls/CA1", &format!("{line}\r\n"))))
    .collect();
    let raw = |name: &str, text: &str| Probe::new("headers", name).send_text(text);
    probes.extend(
        ["a b", "a/b", "a@b", "a:b", "a:80:90", "[::1", "a?b", "http://a"].map(|host| {
            let text = get("/v2/Calls/CA1", "").replace("Host: a", &format!("Host: {host}"));
            raw(&format!("host {host}"), &text)
        }),
    );
    probes.extend([
        raw(
            "no host",
            "GET /v2/Calls/CA1 HTTP/1.1\r\nConnection: close\r\n\r\n",
        ),
        raw(
            "malformed, in version 1.0",
            "GET /v2/Calls/CA1 HTTP/1.0\r\nTwo words: 1\r\n\r\n",
        ),
        raw("breaks off", "GET /v2/Calls/CA1 HTTP/1.1\r\nHost: a\r\nCol").finish(),
        raw(
            "two credentials",
            &get("/v2/Calls/CA1", "Authorization: Basic QUMxOnNlY3JldA==\r\n"),
        ),
        raw(
            "no credentials",
            "GET /v2/Calls/CA1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        ),
    ]);
    probes
}

fn framing() -> Vec<Probe> {
    let head = |headers: &str| open_post(PROJECTS, &format!("{JSON}{headers}\r\n\r\n"));
    let chunked = head("Transfer-Encoding: chunked");
    let probe = |name: &str, text: &str| Probe::new("framing", name).send_text(text);
    vec![
        probe(
            "lengths that differ",
            &head("Content-Length: 2\r\nContent-Length: 3"),
        ),
        probe("lengths that differ in one header", &head("Content-Length: 2, 3")),
        probe("negative length", &head("Content-Length: -1")),
        probe("length with a sign", &head("Content-Length: +2")),
        probe("length that is no number", &head("Content-Length: two")),
        probe(
            "length beyond all numbers",
            &head("Content-Length: 99999999999999999999999"),
        ),
        probe("empty length", &head("Content-Length: ")),
        probe("unknown coding", &head("Transfer-Encoding: gzip")),
        probe("coding after chunks", &head("Transfer-Encoding: chunked, gzip")),
        probe(
            "coding before chunks",
            &format!("{}0\r\n\r\n", head("Transfer-Encoding: gzip, chunked")),
        ),
        probe(
            "chunks of chunks",
            &format!("{}0\r\n\r\n", head("Transfer-Encoding: chunked, chunked")),
        ),
        probe(
            "two codings",
            &format!(
                "{}0\r\n\r\n",
                head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")
            ),
        ),
        probe(
            "length and chunks",
            &format!(
                "{}0\r\n\r\n",
                head("Content-Length: 5\r\nTransfer-Encoding: chunked")
            ),
        ),
        probe(
            "chunks and length",
            &format!(
                "{}0\r\n\r\n",
                head("Transfer-Encoding: chunked\r\nContent-Length: 5")
            ),
        ),
        probe("length of 64 bits", &head("Content-Length: 18446744073709551615")),
        probe("chunks in version 1.0", &chunked.replace("HTTP/1.1", "HTTP/1.0")),
        probe(
            "size of a chunk is no number",
            &format!("{chunked}zz\r\n{{}}\r\n0\r\n\r\n"),
        ),
        probe(
            "size of a chunk beyond all numbers",
            &format!("{chunked}fffffffffffffffff\r\n{{}}"),
        ),
        probe(
            "chunk longer than its size",
            &format!("{chunked}1\r\n{{}}\r\n0\r\n\r\n"),
        ),
        probe("chunks break off", &format!("{chunked}5\r\n{{}}")).finish(),
        probe("no last chunk", &format!("{chunked}2\r\n{{}}\r\n")).finish(),
        probe(
            "body shorter than its length",
            &format!("{}{{}}", head("Content-Length: 20")),
        )
        .finish(),
        probe(
            "body longer than its length",
            &post(PROJECTS, JSON, "{}").replace("Content-Length: 2", "Content-Length: 1"),
        ),
    ]
}

fn sizes() -> Vec<Probe> {
    let long = "a".repeat(70_000);
    let project = examples::request("NewProject", "required");
    let probe = |name: &str, text: &str| Probe::new("size", name).send_text(text);
    let chunk = format!("1000\r\n{}\r\n", "x".repeat(4096));
    let chunked = open_post(PROJECTS, &format!("{JSON}Transfer-Encoding: chunked\r\n\r\n"));
    let announced = open_post(PROJECTS, &format!("{JSON}Content-Length: 4097\r\n\r\n"));
    let enormous = open_post(
        PROJECTS,
        &format!("{JSON}Content-Length: 1000000000000000000\r\n\r\n"),
    );
    vec![
        probe("long target", &get(&format!("/v2/Calls/{}", &long[..20_000]), "")),
        probe("target without end", &format!("GET /{long}")),
        probe("long query", &get(&format!("/v2/Properties?a={long}"), "")),
        probe(
            "long header",
            &get("/v2/Calls/CA1", &format!("Colour: {}\r\n", &long[..20_000])),
        ),
        probe(
            "long name of a header",
            &get("/v2/Calls/CA1", &format!("{}: red\r\n", &long[..20_000])),
        ),
        probe("many headers", &get("/v2/Calls/CA1", &"A: 1\r\n".repeat(101))),
        probe(
            "headers without end",
            &"A: 1\r\n".repeat(10_000).replacen("A: 1", "GET / HTTP/1.1", 1),
        ),
        probe(
            "long method",
            &format!(
                "{} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                &long[..20_000]
            ),
        ),
        // The document's own example, which is right but for its size.
        probe(
            "body of a byte too many",
            &post(PROJECTS, JSON, &format!("{project:4097}")),
        ),
        probe("body that is only announced", &announced),
        probe("enormous body that is only announced", &enormous),
        probe("long body", &post(PROJECTS, JSON, &long.repeat(30))),
        probe("chunks without end", &format!("{chunked}{}", chunk.repeat(100))),
        probe(
            "caller that waits for leave",
            &announced.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"),
        ),
    ]
}
