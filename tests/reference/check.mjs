// axe-core on each page, in light and dark, wide and narrow; and pictures of what it saw. `run` beside this file calls it.

import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

const [, , base, executablePath] = process.argv;
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
let violations = 0;

for (const page of ["errors", "operations"]) {
  for (const scheme of ["light", "dark"]) {
    for (const width of [1400, 390]) {
      const tab = await browser.newPage();
      await tab.setViewport({ width, height: 1000 });
      await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await tab.goto(`${base}/${page}.html`);
      await tab.screenshot({ path: `${page}-${scheme}-${width}.png` });
      await tab.evaluate(axe);
      const found = await tab.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), rules);
      console.log(`${page}.html, ${scheme}, ${width}: ${found.passes.length} rules pass, ${found.violations.length} do not`);
      for (const { id, help, nodes } of found.violations) console.log(`  ${id}: ${help}\n    ${nodes[0].html}`);
      violations += found.violations.length;
      await tab.close();
    }
  }
  const tab = await browser.newPage();
  await tab.goto(`${base}/${page}.html`);
  await tab.pdf({ path: `${page}.pdf`, preferCSSPageSize: true, format: "A4" });
}
await browser.close();
process.exit(violations ? 1 : 0);
