import { test as base, expect, type Page } from "@playwright/test";
import { Complaints } from "./complaints.ts";
import { PASSWORD, people, type Person } from "./people.ts";

type Journey = {
  /** What went wrong unseen; a journey with any unannounced complaint fails. */
  complaints: Complaints;
  /** Whether the browser runs scripts on this journey. */
  scripts: boolean;
};

/** Playwright's `test` with the site's address, and with ears for everything the browser complains about. */
export const test = base.extend<Journey>({
  baseURL: async ({}, use) => {
    await use(process.env.SITE_URL);
  },
  scripts: async ({ javaScriptEnabled }, use) => {
    await use(javaScriptEnabled !== false);
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
