import type { Page } from "@playwright/test";
import { confirmAddress } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { Device } from "../support/device.ts";
import { expect, test } from "../support/journey.ts";

const PASSWORD = "seven quiet harbours";

async function register(page: Page, email: string): Promise<void> {
  await page.goto("/register");
  await page.getByLabel("First name").fill("Nora");
  await page.getByLabel("Last name").fill("Lindqvist");
  await page.getByLabel("Email address").fill(email);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("input[name=password_again]").fill(PASSWORD);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page).toHaveURL(/\/login/);
  await logIn(page, email);
}

/** The first step: address and password. */
async function logIn(page: Page, email: string): Promise<void> {
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
}

async function logOut(page: Page): Promise<void> {
  await page.goto("/");
  await page.locator("button[popovertarget=account-menu]").click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.locator("form[action='/logout']")).toHaveCount(0);
}

test("a passkey is added, opens the account, is the second step, and goes @scripts", async ({ page, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  const device = await Device.in(page);
  const email = `passkey.${info.project.name.replace(/\W+/g, "-")}.${info.repeatEachIndex}.${info.retry}@example.org`;
  await register(page, email);

  await page.goto("/account/security");
  await axe(page);
  await page.getByRole("link", { name: "Add a passkey" }).click();
  await page.getByLabel("A name for it").fill("This laptop");
  await page.locator("input[name=password]").fill("not the password");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByLabel("A name for it")).toHaveValue("This laptop");
  await expect(page.locator("main"), "nobody locks the owner of an address out").toContainText("Confirm your email address first");
  await confirmAddress(page, email);
  await page.goto("/account/security/passkeys/new");
  await page.getByLabel("A name for it").fill("This laptop");
  await page.locator("input[name=password]").fill("not the password");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByLabel("A name for it")).toHaveValue("This laptop");
  await page.locator("input[name=password]").fill(PASSWORD);
  await axe(page);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.locator("h1")).toHaveText("Now your device");
  await axe(page);
  await page.getByRole("button", { name: "Make the passkey" }).click();
  await expect(page.locator("h1")).toHaveText("Your recovery codes");
  await expect(page.locator(".codes code")).toHaveCount(10);
  expect(await device.passkeys()).toBe(1);
  await page.goto("/account/security");
  await expect(page.getByText("This laptop", { exact: true })).toBeVisible();
  await expect(page.getByText("On, by passkey")).toBeVisible();
  await axe(page);

  // The device that has one says so instead of making another.
  await page.getByRole("link", { name: "Add a passkey" }).click();
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("button", { name: "Make the passkey" }).click();
  await expect(page.getByText("This device has a passkey for your account already.")).toBeVisible();

  // Alone, with nothing typed.
  await logOut(page);
  await page.goto("/login?next=%2Fbookings");
  await axe(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL(/\/bookings$/);

  // After the password.
  await logOut(page);
  await page.goto("/login");
  await logIn(page, email);
  await expect(page).toHaveURL(/\/login\/two-factor/);
  await axe(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).not.toHaveURL(/\/login/);

  // Removed here, it opens nothing, though the device still has it.
  await page.goto("/account/security");
  await page.getByRole("link", { name: "Rename This laptop" }).click();
  await page.getByLabel("Its name").fill("The old laptop");
  await page.getByRole("button", { name: "Rename it" }).click();
  await page.getByRole("link", { name: "Remove The old laptop" }).click();
  await axe(page);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByText("Off", { exact: true })).toBeVisible();
  await logOut(page);
  await page.goto("/login");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("That passkey does not open an account here.")).toBeVisible();
  await axe(page);
  await logIn(page, email);
  await expect(page).not.toHaveURL(/\/login/);
});

test("a device that does not know its owner opens nothing @scripts", async ({ page }) => {
  const device = await Device.in(page);
  await device.owned(false);
  await page.goto("/login");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("Nothing was chosen. You can try again at any time.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeEnabled();
});

test("without scripts the page says what passkeys need", async ({ page, scripts }) => {
  await page.goto("/login");
  const sentence = page.getByText("Passkeys need scripts, which are off in this browser");
  const button = page.getByRole("button", { name: "Sign in with a passkey" });
  if (scripts) {
    await expect(button).toBeVisible();
    await expect(sentence).toBeHidden();
  } else {
    await expect(sentence).toBeVisible();
    await expect(button).toBeHidden();
  }
});
