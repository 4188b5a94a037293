import { expectLoggedIn, enter, knock, newcomerAt } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { expect, test } from "../support/journey.ts";
import { countLetters, openLetter } from "../support/mail.ts";

test("devices: seen, told by mail, logged out one by one and all at once @twice", async ({ page, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  const account = await newcomerAt(page, info, "Dora");
  expect(await countLetters(page, account.email, "A new device logged in"), "the first device is no news").toBe(0);

  const [phone, library] = [await newcomer(), await newcomer()];
  await knock(phone, account.email, "not the password");
  await expect(phone.locator("main")).toContainText("do not belong together");
  await enter(phone, account);
  await enter(library, account);
  await openLetter(page, account.email, "A new device logged in");
  await expect(page.locator(".mail-text")).toContainText("Chrome on");
  expect(await countLetters(page, account.email, "A new device logged in")).toBe(2);

  await page.goto("/account/sessions");
  const others = page.getByRole("radio", { name: /^Chrome on / });
  const leave = page.locator("main").getByRole("button", { name: "Log out", exact: true });
  await expect(page.getByText("This device")).toHaveCount(1);
  await expect(others).toHaveCount(2);
  await expect(page.getByRole("region", { name: "Latest logins" })).toContainText("Wrong password");
  await axe(page);
  // The newest stands first.
  await others.first().check();
  await page.getByLabel("Your password").fill("not the password");
  await leave.click();
  await expect(page.locator("[name=password]")).toHaveAttribute("aria-invalid", "true");
  await expect(others.first(), "what was chosen stays chosen").toBeChecked();
  await axe(page);
  await page.getByLabel("Your password").fill(account.password);
  await leave.click();
  await expect(page.getByRole("status")).toContainText("That device is logged out");
  await expect(others).toHaveCount(1);
  await expectLoggedIn(library, false);
  await expectLoggedIn(phone, true);

  await enter(library, account);
  await page.goto("/account/sessions");
  await expect(others).toHaveCount(2);
  await page.getByRole("radio", { name: "All devices but this one" }).check();
  await page.getByLabel("Your password").fill(account.password);
  await leave.click();
  await expect(page.getByRole("status")).toContainText("All other devices are logged out");
  await expect(others).toHaveCount(0);
  await expect(leave).toHaveCount(0);
  await expectLoggedIn(library, false);
  await expectLoggedIn(phone, false);
  await expectLoggedIn(page, true);
  // Both were known by now: coming back is no news.
  await enter(phone, account);
  expect(await countLetters(page, account.email, "A new device logged in")).toBe(2);
});
