import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { Complaints } from "./complaints.ts";
import { PASSWORD, people, type Person } from "./people.ts";

type Journey = {
  /** What went wrong unseen; a journey with any unannounced complaint fails. */
  complaints: Complaints;
  /** Whether the browser runs scripts on this journey. */
  scripts: boolean;
  /** Opens another browser that looks at the site in the same way; what it complains about counts as well. */
  newcomer: () => Promise<Page>;
};

/** Playwright's `test` with the site's address, and with ears for everything the browser complains about. */
export const test = base.extend<Journey>({
  baseURL: async ({}, use) => {
    await use(process.env.SITE_URL);
  },
  scripts: async ({ javaScriptEnabled }, use) => {
    await use(javaScriptEnabled !== false);
  },
  newcomer: async ({ browser, complaints, contextOptions, javaScriptEnabled, viewport, colorScheme, hasTouch, isMobile, locale, timezoneId }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const looks = { ...contextOptions, javaScriptEnabled, viewport, colorScheme, hasTouch, isMobile, locale, timezoneId };
      const context = await browser.newContext({ ...looks, baseURL: process.env.SITE_URL });
      opened.push(context);
      complaints.listen(context);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints(context);
      await use(complaints);
      expect(complaints.list(), "the browser complained").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Logs somebody in through the form, as people do. */
export async function logIn(page: Page, person: Person): Promise<void> {
  await page.goto("/login");
  await page.locator("input[name=email]").fill(people[person]);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("form[action^='/login'] button[type=submit], form[action^='/login'] button:not([type])").first().click();
  await expect(page).not.toHaveURL(/\/login/);
}

/** Waits until the interactive parts of a page answer; without scripts, or on pages without any, there is nothing to wait for. */
export async function awake(page: Page, scripts: boolean): Promise<void> {
  if (!scripts || (await page.locator("leptos-island").count()) === 0) return;
  await expect(page.locator("html[data-islands=awake]")).toBeAttached();
}
