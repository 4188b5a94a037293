import type { Page } from "@playwright/test";
import { expect } from "./journey.ts";

/** Opens the newest letter to somebody with this title at `/dev/mail`, as soon as it is there. */
export async function openLetter(page: Page, to: string, title: string): Promise<void> {
  const letter = page.getByRole("link", { name: title, exact: true });
  await expect(async () => {
    await page.goto(`/dev/mail?q=${encodeURIComponent(to)}`);
    await expect(letter.first()).toBeVisible({ timeout: 200 });
  }).toPass({ timeout: 20_000 });
  await letter.first().click();
  await expect(page.locator("h1")).toHaveText(title);
}

/** The path behind the button of that letter. */
export async function linkInLetter(page: Page, to: string, title: string): Promise<string> {
  await openLetter(page, to, title);
  const href = await page.locator(".mail-text a").first().getAttribute("href");
  expect(href).toContain(process.env.SITE_URL);
  return new URL(href!).pathname;
}

/** How many letters somebody has with this title, of those that have been written by now. */
export async function countLetters(page: Page, to: string, title: string): Promise<number> {
  await page.goto(`/dev/mail?q=${encodeURIComponent(to)}`);
  return page.getByRole("link", { name: title, exact: true }).count();
}
