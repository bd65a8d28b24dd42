//! The pages in a real browser: what the search finds, and whether anything is cut off. Skipped, with a message,
//! where there is no Chromium.
//!
//! The page is put into a frame of a page made for the test, which writes down what it sees.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use super::{PAGES, page};
use crate::support::PLAN;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

fn browser() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let mut programs = env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    programs.find(|program| program.is_file())
}

/// What a script sees of a page in frames of these widths: the value of the expression, in which `page` is the frame's
/// document and `window` its window. Nothing where there is no browser.
fn seen(name: &str, widths: &[u32], settings: &[&str], expression: &str) -> Option<Vec<Value>> {
    let Some(program) = browser() else {
        eprintln!("skipped: there is no Chromium");
        return None;
    };
    let text = json!(page(&PLAN, name)).to_string().replace('<', "\\u003c");
    let harness = format!(
        "<!doctype html><meta charset=utf-8><body><script>\n\
         const seen = [], widths = {widths:?};\n\
         function next() {{\n\
           const frame = document.createElement('iframe');\n\
           frame.style = `width: ${{widths[seen.length]}}px; height: 900px; border: 0`;\n\
           frame.onload = () => {{\n\
             const window = frame.contentWindow, page = frame.contentDocument;\n\
             try {{ seen.push({expression}); }} catch (error) {{ seen.push(String(error)); }}\n\
             frame.remove();\n\
             if (seen.length < widths.length) return next();\n\
             const said = document.createElement('pre');\n\
             said.textContent = JSON.stringify(seen);\n\
             document.body.replaceChildren(said);\n\
           }};\n\
           frame.srcdoc = {text};\n\
           document.body.append(frame);\n\
         }}\n\
         next();\n\
         </script>"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("harness.html");
    fs::write(&file, harness).unwrap();
    let output = Command::new(program)
        .args([
            "--headless=new",
            "--disable-gpu",
            "--no-sandbox",
            "--virtual-time-budget=10000",
            "--dump-dom",
        ])
        .args(settings)
        .arg(format!(
            "--user-data-dir={}",
            folder.path().join("profile").display()
        ))
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8(output.stdout).unwrap();
    let said = dom
        .split_once("<pre>")
        .and_then(|(_, rest)| rest.split_once("</pre>"));
    let said = said.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let said = said
        .0
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    Some(serde_json::from_str(&said).unwrap())
}

#[test]
fn search_finds_a_status_a_word_a_code_in_any_case_and_a_line_of_a_log() {
    let queries = [
        (
            "404",
            vec![
                "PARAMETER_INVALID",
                "ADDRESS_NOT_FOUND",
                "NUMBER_NOT_FOUND",
                "LOCATION_NOT_FOUND",
                "COUNTRY_NOT_FOUND",
                "PROPERTY_NOT_FOUND",
                "ACCOUNT_NOT_FOUND",
                "CALL_NOT_FOUND",
            ],
        ),
        ("403", vec!["ADDRESS_CANNOT_BE_DELETED", "FORBIDDEN"]),
        ("405", vec!["PARAMETER_INVALID"]),
        ("address", vec!["ADDRESS_CANNOT_BE_DELETED", "ADDRESS_NOT_FOUND"]),
        ("misspelt hyphen", vec!["UNKNOWN_NUMBERTYPE"]),
        ("unknown_time_zone", vec!["UNKNOWN_TIME_ZONE"]),
        ("Unknown time-zone", vec!["UNKNOWN_TIME_ZONE"]),
        ("  FORBIDDEN ", vec!["FORBIDDEN"]),
        (
            "403 Forbidden: ADDRESS_CANNOT_BE_DELETED: The address",
            vec!["ADDRESS_CANNOT_BE_DELETED"],
        ),
        (
            r#"{"ResponseStatus":{"ErrorCode":"CALL_NOT_FOUND","Message":"No call matches CallSid."}}"#,
            vec!["CALL_NOT_FOUND"],
        ),
        (
            "WARN api: Line1, City must be present and not null.",
            vec!["PARAMETER_REQUIRED"],
        ),
        (
            "One of A, B must be present and not null.",
            vec!["ONE_OF_SEVERAL_PARAMETERS_REQUIRED"],
        ),
        (
            "Text must have at most 160 characters.",
            vec!["PARAMETER_TOO_LONG"],
        ),
        (
            "2026-01-01T00:00:00Z error There is no operation at this path.",
            vec!["PARAMETER_INVALID"],
        ),
        ("xyzzy", vec![]),
        ("(", vec![]),
    ];
    let expression = format!(
        "{}.map((query) => {{\n\
           const input = page.querySelector('search input');\n\
           input.value = query;\n\
           input.dispatchEvent(new window.Event('input'));\n\
           return [...page.querySelectorAll('article:not([hidden])')].map(({{ id }}) => id);\n\
         }})",
        json!(queries.iter().map(|(query, _)| query).collect::<Vec<_>>())
            .to_string()
            .replace('<', "\\u003c")
    );
    if let Some(seen) = seen("errors.html", &[1200], &[], &expression) {
        let expected: Vec<_> = queries.iter().map(|(_, codes)| codes).collect();
        assert_eq!(seen, [json!(expected)]);
    }
}

#[test]
fn nothing_is_cut_off_on_a_phone_a_tablet_and_a_desktop() {
    // What is wider than the page, unless it can be scrolled to.
    let expression = "{ width: page.documentElement.scrollWidth, wide: [...page.querySelectorAll('main *, nav *, header *')]\
         .filter((it) => it.getBoundingClientRect().right > page.documentElement.clientWidth + 1 && !it.closest('.matrix, .scroll, svg'))\
         .map((it) => it.outerHTML.slice(0, 80)) }";
    let expression = format!("({expression})");
    let widths = [320, 390, 820, 1400];
    for name in PAGES {
        let seen = seen(name, &widths, &["--window-size=1600,1000"], &expression);
        for (width, seen) in widths.iter().zip(seen.into_iter().flatten()) {
            assert_eq!(seen["wide"], json!([]), "{name} at {width}");
            assert!(
                seen["width"].as_u64().unwrap() <= u64::from(*width),
                "{name} at {width}: {seen}"
            );
        }
    }
}

#[test]
fn the_page_is_dark_for_those_who_want_it_so() {
    let expression = "window.getComputedStyle(page.body).backgroundColor";
    for (scheme, colour) in [("1", "rgb(255, 255, 255)"), ("0", "rgb(21, 23, 26)")] {
        let setting = format!("--blink-settings=preferredColorScheme={scheme}");
        if let Some(seen) = seen("errors.html", &[1200], &[&setting], expression) {
            assert_eq!(seen, [json!(colour)]);
        }
    }
}
