import { axe } from "../support/axe.ts";
import { awake, expect, test } from "../support/journey.ts";

test("register, log in, log out", async ({ page, scripts, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  const email = `nora.${info.project.name.replace(/\W+/g, "-")}.${info.repeatEachIndex}.${info.retry}@example.org`;
  const password = "seven quiet harbours";

  await page.goto("/register");
  await awake(page, scripts);
  // A form that is wrong in three ways: each is told beside its field, and what was typed stays.
  await page.getByLabel("First name").fill("Nora </textarea><script>alert(1)</script>");
  await page.getByLabel("Email address").fill("nora at example");
  await page.locator("input[name=password]").fill("short");
  await page.locator("input[name=password_again]").fill("different");
  const refused = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.getByRole("button", { name: "Make my account" }).click();
  expect((await refused).status()).toBe(422);
  for (const name of ["last_name", "email", "password"]) {
    await expect(page.locator(`[name=${name}]`)).toHaveAttribute("aria-invalid", "true");
  }
  await expect(page.locator("[name=first_name]")).toHaveValue("Nora </textarea><script>alert(1)</script>");
  await expect(page.locator("[name=email]")).toHaveValue("nora at example");
  await expect(page.locator("input[name=password]")).toHaveValue("");
  await axe(page);

  await page.getByLabel("First name").fill("Nora");
  await page.getByLabel("Last name").fill("Lindqvist");
  await page.getByLabel("Email address").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("input[name=password_again]").fill(password);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page).toHaveURL(/\/login/);
  await axe(page);

  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill("not the password");
  await page.locator("form[action^='/login'] button").first().click();
  await expect(page.locator("input[name=email]")).toHaveValue(email);
  await expect(page.locator("input[name=password]")).toHaveValue("");
  await page.locator("input[name=password]").fill(password);
  await page.locator("form[action^='/login'] button").first().click();
  await expect(page).not.toHaveURL(/\/login/);
  await page.goto("/bookings");
  await expect(page).toHaveURL(/\/bookings$/);
  await axe(page);

  await page.locator("button[popovertarget=account-menu]").click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.locator("form[action='/logout']")).toHaveCount(0);
  await page.goto("/bookings");
  await expect(page).toHaveURL(/\/login/);
});
