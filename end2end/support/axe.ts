import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, expect, type Page, type Route, test } from "@playwright/test";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2, levels A and AA. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

type Violation = { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] };

/** Expects that axe finds nothing to fix on the page as it is now. A page that is still arriving is waited for: half of one has faults of its own. */
export async function axe(page: Page): Promise<void> {
  await page.waitForLoadState();
  const violations = test.info().project.use.javaScriptEnabled === false ? await readElsewhere(page) : await read(page);
  const told = violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(" ")}\n      ${failureSummary?.replace(/\n\s*/g, " ")}`);
    return `${id}: ${help}\n    ${places.join("\n    ")}`;
  });
  expect(told, `accessibility of ${page.url()}`).toEqual([]);
}

async function read(page: Page): Promise<Violation[]> {
  await page.evaluate(source);
  return page.evaluate(async (rules) => {
    const checker = (window as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: unknown[] }> } }).axe;
    const { violations } = await checker.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] });
    return violations as Violation[];
  }, RULES);
}

/** One window for copies per browser: opening it, and loading style sheets and typefaces anew, takes longer than axe. */
const copies = new WeakMap<Browser, Promise<Page>>();

/**
 * axe works with promises, which a page without scripts never settles. So the page as it is now, with what was typed
 * and chosen, is opened in a second window, where scripts run but none of the site's are let through.
 */
async function readElsewhere(page: Page): Promise<Violation[]> {
  const browser = page.context().browser()!;
  if (!copies.has(browser)) copies.set(browser, openForCopies(browser));
  const [copy, body, address] = [await copies.get(browser)!, await page.content(), page.url()];
  const answer = (route: Route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" });
  await copy.route(address, answer);
  try {
    await copy.goto(address);
    return await read(copy);
  } finally {
    await copy.goto("about:blank");
    await copy.unroute(address, answer);
  }
}

async function openForCopies(browser: Browser): Promise<Page> {
  const { viewport, colorScheme, hasTouch, isMobile, locale, timezoneId } = test.info().project.use;
  const looks = { viewport, colorScheme, hasTouch, isMobile, locale, timezoneId, reducedMotion: "reduce" as const, javaScriptEnabled: true };
  const copy = await (await browser.newContext(looks)).newPage();
  await copy.route(/\.(js|wasm)(\?|$)/, (route) => route.abort());
  return copy;
}
