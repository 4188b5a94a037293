import { logInOperator } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { awake, expect, logIn, test } from "../support/journey.ts";
import { people } from "../support/people.ts";

test("an operator acts for a customer and stops @twice", async ({ page, scripts, complaints, browser, baseURL }, info) => {
  test.slow();
  // An operator acts for one person at a time, so each way of looking needs an operator of its own.
  const operator = info.project.name === "wide light" ? "admin" : "superadmin";
  complaints.announce(403, 404, 422);
  const reason = `She asked us by phone to look at her bookings (${info.project.name}, ${info.repeatEachIndex}.${info.retry}).`;
  await logInOperator(page, operator);

  await page.goto(`/admin/users?q=${encodeURIComponent(people.customer)}`);
  await page.locator(`a[href^="/admin/users/"]`, { hasText: /^Ana / }).first().click();
  const person = new URL(page.url()).pathname;
  await page.getByRole("link", { name: /^Act as Ana/ }).click();
  await axe(page);
  // Without a reason nothing begins.
  await page.getByRole("button", { name: /^Act as Ana/ }).click();
  await expect(page.locator("[name=reason]")).toHaveAttribute("aria-invalid", "true");
  await page.locator("[name=reason]").fill(reason);
  await page.getByRole("button", { name: /^Act as Ana/ }).click();
  await expect(page).toHaveURL(/\/bookings$/);

  const banner = page.getByRole("region", { name: "You act for somebody" });
  for (const path of ["/bookings", "/", "/services", "/account", "/account/blocked", "/services/nothing-here"]) {
    await page.goto(path);
    await awake(page, scripts);
    await expect(banner).toContainText("You act as Ana");
    await expect(banner).toContainText("because: She asked us by phone");
    await expect(banner.getByRole("button", { name: "Stop acting" })).toBeInViewport();
  }
  await page.goto("/bookings");
  await axe(page);
  await page.goto("/account/privacy");
  await expect(page.getByText("This is for them alone")).toBeVisible();
  await page.goto("/admin");
  await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();

  // The person sees it, and a mail is there.
  const hers = await browser.newPage({ baseURL, javaScriptEnabled: scripts });
  await logIn(hers, "customer");
  await hers.goto("/account/sessions");
  await expect(hers.getByText("An operator of ServiceHub acts for you right now")).toBeVisible();
  await expect(hers.getByText(reason).first()).toBeVisible();
  await axe(hers);
  await hers.close();

  await page.goto("/bookings");
  await banner.getByRole("button", { name: "Stop acting" }).click();
  await expect(page).toHaveURL(new RegExp(`${person}`));
  await expect(banner).toHaveCount(0);
  await expect(page.getByText("You are yourself again.")).toBeVisible();
  await page.goto("/admin/audit?action=behalf.");
  await expect(page.getByText("behalf.ended").first()).toBeVisible();
});
