import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test, type Page } from "@playwright/test";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2, levels A and AA. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

type Violation = { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] };

/** Expects that axe finds nothing to fix on the page as it is now. */
export async function axe(page: Page): Promise<void> {
  // axe works with promises, which a page without scripts never settles. The markup is the same with scripts, and
  // every journey runs with them too.
  if (test.info().project.use.javaScriptEnabled === false) return;
  await page.evaluate(source);
  const violations = await page.evaluate(async (rules) => {
    const checker = (window as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: unknown[] }> } }).axe;
    const { violations } = await checker.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] });
    return violations as Violation[];
  }, RULES);
  const told = violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(" ")}\n      ${failureSummary?.replace(/\n\s*/g, " ")}`);
    return `${id}: ${help}\n    ${places.join("\n    ")}`;
  });
  expect(told, `accessibility of ${page.url()}`).toEqual([]);
}
