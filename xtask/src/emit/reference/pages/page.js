// Search, and buttons that copy. Without this script the page lacks nothing else.
"use strict";

const box = document.querySelector("search");
if (box) {
  const entries = [...document.querySelectorAll("article")].map((article) => ({
    article,
    name: article.id,
    item: document.querySelector(`nav.index a[href="#${article.id}"]`).parentElement,
    text: `${article.textContent} ${article.dataset.also ?? ""}`.toLowerCase(),
    messages: (article.dataset.messages ?? "").split("\n").filter(Boolean).map(pattern),
  }));

  // A message as it is in a log: any names and any numbers.
  function pattern(message) {
    const literal = message.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    return { length: message.length, is: new RegExp(literal.replace(/\{\w+\}/g, ".+").replace(/\d+/g, "\\d+"), "i") };
  }

  const fold = (name) => name.toUpperCase().replace(/[^A-Z0-9]+/g, "");

  // Whatever says most precisely what is meant: a name, a part of one, a message, words.
  function find(query) {
    const spelt = entries.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(query));
    if (spelt.length) return spelt;
    const folded = fold(query);
    const equal = entries.filter(({ name }) => fold(name) === folded);
    if (equal.length) return equal;
    const partly = entries.filter(({ name }) => /[A-Z]{3}/.test(folded) && fold(name).includes(folded));
    if (partly.length) return partly;
    const said = entries
      .map((entry) => ({ entry, length: Math.max(0, ...entry.messages.filter(({ is }) => is.test(query)).map(({ length }) => length)) }))
      .filter(({ length }) => length > 0);
    const longest = Math.max(...said.map(({ length }) => length));
    if (said.length) return said.filter(({ length }) => length === longest).map(({ entry }) => entry);
    const words = [...new Set(query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])];
    if (!words.length) return [];
    const counted = entries.map((entry) => ({ entry, count: words.filter((word) => entry.text.includes(word)).length }));
    const most = Math.max(...counted.map(({ count }) => count));
    return counted.filter(({ count }) => count === most && count >= words.length * 0.6).map(({ entry }) => entry);
  }

  const input = box.querySelector("input");
  const others = [...document.querySelectorAll(".part")].filter((part) => !part.querySelector("article"));
  const groups = [...document.querySelectorAll("nav.index .group")];
  input.addEventListener("input", () => {
    const query = input.value.trim();
    const found = query ? find(query) : entries;
    for (const entry of entries) entry.article.hidden = entry.item.hidden = !found.includes(entry);
    for (const part of others) part.hidden = query !== "";
    for (const group of groups) group.hidden = !group.nextElementSibling.querySelector("li:not([hidden])");
    box.querySelector("[role=status]").textContent = query ? `${found.length || "None"} of ${entries.length}` : "";
  });
  input.addEventListener("keydown", (event) => {
    const first = entries.find(({ article }) => !article.hidden);
    if (event.key === "Enter" && first) location.hash = first.name;
  });
  box.hidden = false;
}

if (navigator.clipboard) {
  for (const block of document.querySelectorAll("pre.sh, pre.rust")) {
    const button = document.createElement("button");
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("code").textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    block.append(button);
  }
}
