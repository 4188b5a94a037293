import type { Page, TestInfo } from "@playwright/test";
import { expect } from "./journey.ts";
import { linkInLetter } from "./mail.ts";
import { PASSWORD, people, type Person } from "./people.ts";

/** Somebody who is made in a journey. */
export type Account = { email: string; password: string; name: string };

let made = 0;

/** An address that nobody has: every journey, way of looking and run makes its own. */
export function freshAddress(name: string, info: TestInfo): string {
  made += 1;
  const run = Date.now().toString(36);
  return `${name}.${info.workerIndex}.${made}.${run}@example.org`;
}

/** Makes an account as the form does, and leaves the browser logged out. */
export async function register(page: Page, info: TestInfo, name: string, password = "seven quiet harbours"): Promise<Account> {
  const account = { email: freshAddress(name.toLowerCase(), info), password, name };
  const form = { intent: "customer", first_name: name, last_name: "Lindqvist", email: account.email, password, password_again: password };
  const answer = await page.request.post("/register", { form, headers: { origin: process.env.SITE_URL! }, maxRedirects: 0 });
  expect(answer.status(), `registering ${account.email}`).toBe(303);
  return account;
}

/** Types address and password into the form at `/login` and sends it. What comes then is the caller's. */
export async function knock(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/login");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
}

/** Logs somebody in who has no second factor. */
export async function enter(page: Page, account: Account): Promise<void> {
  await knock(page, account.email, account.password);
  await expect(page).not.toHaveURL(/\/login/);
}

/** Makes an account and logs it in. */
export async function newcomerAt(page: Page, info: TestInfo, name: string): Promise<Account> {
  const account = await register(page, info, name);
  await enter(page, account);
  return account;
}

/**
 * Logs an operator of the demo data in: after the password the page shows the code their app would show. Each code
 * works once, so whoever is beaten to it by another journey takes the next. The journey announces 422 for that.
 */
export async function logInOperator(page: Page, person: Person): Promise<void> {
  await knock(page, people[person], PASSWORD);
  await expect(async () => {
    await page.goto("/login/two-factor");
    await expect(page.getByLabel("Code")).toHaveValue(/^\d{6}$/, { timeout: 100 });
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page).not.toHaveURL(/\/login/, { timeout: 2_000 });
  }).toPass({ timeout: 45_000, intervals: [250, 1_000, 2_000] });
}

/** Logs out through the menu of the page. */
export async function logOut(page: Page): Promise<void> {
  await page.goto("/account");
  await page.locator("button[popovertarget=account-menu]").click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.locator("form[action='/logout']")).toHaveCount(0);
}

/** Whether the browser is still logged in: a page of one's own opens, or the door. */
export async function expectLoggedIn(page: Page, yes: boolean): Promise<void> {
  await page.goto("/account");
  await expect(page).toHaveURL(yes ? /\/account$/ : /\/login\?next=/);
}

/** Opens the link in the mail and says that the address is one's own. */
export async function confirmAddress(page: Page, email: string): Promise<void> {
  await page.goto(await linkInLetter(page, email, "Confirm your email address"));
  await page.getByRole("button", { name: "Yes, this address is mine" }).click();
  await expect(page).toHaveURL(/\/account\?said=email-verified/);
}
