import type { Page } from "@playwright/test";
import { type Account, confirmAddress, expectLoggedIn, knock, logOut, newcomerAt } from "../support/accounts.ts";
import { codeOf } from "../support/authenticator.ts";
import { axe } from "../support/axe.ts";
import { expect, test } from "../support/journey.ts";
import { countLetters } from "../support/mail.ts";

/** Sends a code at the second step. */
async function show(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Go on" }).click();
}

/** Fills in the page that turns two-step login on, and sends it. */
async function confirm(page: Page, account: Account, code: string): Promise<void> {
  await page.getByLabel("Six digits").fill(code);
  await page.getByLabel("Your password").fill(account.password);
  await page.getByRole("button", { name: "Turn it on" }).click();
}

test("two-step login: on, in by code and by recovery code, each once, and off @twice", async ({ page, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  const account = await newcomerAt(page, info, "Tilda");
  const elsewhere = await newcomer();
  await knock(elsewhere, account.email, account.password);

  await page.goto("/account/security");
  await axe(page);
  await page.getByRole("link", { name: "Turn two-step login on" }).click();
  await expect(page.getByRole("status"), "nobody locks the owner of an address out").toContainText("Confirm your email address first");
  await confirmAddress(page, account.email);
  await page.goto("/account/security/two-factor");
  const secret = await page.locator("#totp-secret").innerText();
  await expect(page.getByRole("img", { name: "The secret as a picture" })).toBeVisible();
  await axe(page);
  const wrong = codeOf(secret, 40);
  await confirm(page, account, wrong);
  await expect(page.locator("[name=code]")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("[name=code]")).toHaveValue(wrong);
  await expect(page.locator("#totp-secret"), "the secret stays the same while one tries").toHaveText(secret);
  await axe(page);
  const first = codeOf(secret);
  await confirm(page, account, first);
  await expect(page.locator("h1")).toHaveText("Your recovery codes");
  const recovery = await page.locator(".codes code").allInnerTexts();
  expect(new Set(recovery).size).toBe(10);
  await axe(page);
  await page.getByRole("link", { name: "Done, I have them" }).click();
  await expect(page.locator("main")).toContainText("10 of 10 recovery codes are left.");
  await axe(page);
  expect(await countLetters(page, account.email, "Two-step login was turned on")).toBe(1);
  // Opened without the second factor: over.
  await expectLoggedIn(elsewhere, false);

  await logOut(page);
  await knock(page, account.email, account.password);
  await expect(page).toHaveURL(/\/login\/two-factor/);
  await axe(page);
  await expectLoggedIn(page, false);
  await page.goto("/login/two-factor");
  for (const dead of [first, codeOf(secret, 40), "not-a-code"]) {
    await show(page, dead);
    await expect(page.locator("main")).toContainText("This code does not open");
    await expect(page.locator("[name=code]")).toHaveAttribute("aria-invalid", "true");
  }
  await axe(page);
  // The one after the present one counts too: clocks of phones differ.
  await show(page, codeOf(secret, 1));
  await expect(page).not.toHaveURL(/\/login/);
  await expectLoggedIn(page, true);

  // The phone is lost: people type recovery codes as they like.
  await logOut(page);
  await knock(page, account.email, account.password);
  await show(page, ` ${recovery[3]!.toUpperCase().replace("-", " ")} `);
  await expect(page).not.toHaveURL(/\/login/);
  await page.goto("/account/security");
  await expect(page.locator("main")).toContainText("9 of 10 recovery codes are left.");
  await logOut(page);
  await knock(page, account.email, account.password);
  await show(page, recovery[3]!);
  await expect(page.locator("main")).toContainText("This code does not open");
  await show(page, recovery[4]!);
  await expectLoggedIn(page, true);

  await page.goto("/account/security/recovery-codes");
  await axe(page);
  await page.getByLabel("Your password").fill(account.password);
  await page.getByRole("button", { name: "Make new codes" }).click();
  const renewed = await page.locator(".codes code").allInnerTexts();
  expect(renewed.filter((code) => recovery.includes(code))).toEqual([]);

  await page.goto("/account/security");
  await page.getByRole("link", { name: "Turn off" }).click();
  await page.getByLabel("Your password").fill("not the password");
  await page.getByRole("button", { name: "Turn it off" }).click();
  await expect(page.locator("[name=password]")).toHaveAttribute("aria-invalid", "true");
  await axe(page);
  await page.getByLabel("Your password").fill(account.password);
  await page.getByRole("button", { name: "Turn it off" }).click();
  await expect(page.getByRole("status")).toContainText("Two-step login is off.");
  await logOut(page);
  await knock(page, account.email, account.password);
  await expect(page).not.toHaveURL(/\/login/);
  await expectLoggedIn(page, true);
});
