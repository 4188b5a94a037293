import { type Page, type TestInfo } from "@playwright/test";
import { axe } from "../support/axe.ts";
import { expect, test } from "../support/journey.ts";

const PASSWORD = "seven quiet harbours";

/** A new person for each journey and way of looking, logged in. */
async function newcomer(page: Page, info: TestInfo, name: string): Promise<void> {
  const email = `${name}.${info.project.name.replace(/\W+/g, "-")}.${info.repeatEachIndex}.${info.retry}@example.org`;
  await page.goto("/register");
  await page.getByLabel("First name").fill("Nora");
  await page.getByLabel("Last name").fill("Lindqvist");
  await page.getByLabel("Email address").fill(email);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("input[name=password_again]").fill(PASSWORD);
  await page.getByRole("button", { name: "Make my account" }).click();
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("form[action^='/login'] button").first().click();
  await expect(page).not.toHaveURL(/\/login/);
}

/** A number nobody else has: each may get only a few codes a day. */
function freshNumber(): string {
  return `+49309${String(Date.now() % 100_000_000).padStart(8, "0")}`;
}

test("a phone number is confirmed with the code that goes there @twice", async ({ page, complaints }, info) => {
  complaints.announce(422);
  const number = freshNumber();
  await newcomer(page, info, "phone");
  await page.goto("/account");
  await page.getByLabel("Phone").fill(number);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Confirm this number" }).click();
  await axe(page);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByText("A message is on its way")).toBeVisible();
  await axe(page);

  await page.getByLabel("The six digits").fill("12345");
  await page.getByRole("button", { name: "Confirm this number" }).click();
  await expect(page.locator("[name=code]")).toHaveAttribute("aria-invalid", "true");
  await axe(page);

  await page.goto(`/dev/mail?q=${encodeURIComponent(number.slice(1))}`);
  const code = (await page.locator("main").innerText()).match(/ServiceHub: (\d{6})/)?.[1];
  await page.goto("/account/phone");
  await page.getByLabel("The six digits").fill(code ?? "no message");
  await page.getByRole("button", { name: "Confirm this number" }).click();
  await expect(page).toHaveURL(/\/account\?said=phone-confirmed/);
  await expect(page.getByRole("link", { name: "Confirm this number" })).toHaveCount(0);
  await axe(page);
});

test("an API key is made, shown once and revoked @twice", async ({ page, complaints }, info) => {
  complaints.announce(422);
  await newcomer(page, info, "keys");
  await page.goto("/account");
  await page.getByRole("link", { name: "API keys" }).click();
  await axe(page);
  await page.getByRole("link", { name: "Make a key" }).click();
  await page.getByLabel("What is it for?").fill("Calendar in the van");
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Make the key" }).click();
  await expect(page.getByRole("link", { name: "Choose what the key may do" })).toBeVisible();
  await axe(page);

  await page.getByLabel("Read your calendar").check();
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.locator("#api-key").innerText();
  expect(key).toMatch(/^sh_live_[0-9a-f]{72}$/);
  await axe(page);
  await page.getByRole("link", { name: "Done, I have it" }).click();
  await expect(page.getByText(`${key.slice(0, 16)}…`)).toBeVisible();
  expect(await page.content()).not.toContain(key.slice(0, 24));
  await axe(page);

  await page.getByRole("link", { name: "Revoke" }).click();
  await axe(page);
  await page.getByRole("button", { name: "Revoke this key" }).click();
  await expect(page.getByText("Revoked", { exact: true })).toBeVisible();
});
