import { axe } from "../support/axe.ts";
import { newcomerAt } from "../support/accounts.ts";
import { expect, logIn, test } from "../support/journey.ts";

test("a person subscribes to their bookings, renews the address and takes it back @twice", async ({ page }, info) => {
  await newcomerAt(page, info, "Freya");
  await page.goto("/account/calendar");
  await axe(page);
  await page.getByRole("button", { name: "Make an address" }).click();
  const address = (await page.locator("#feed-address").textContent())!.trim();
  expect(address).toMatch(/\/calendar\/[\w-]{43}\.ics$/);
  await axe(page);
  const path = new URL(address).pathname;
  const feed = await page.request.get(path);
  expect(feed.headers()["content-type"]).toContain("text/calendar");
  expect(await feed.text()).toContain("BEGIN:VCALENDAR");
  await page.goto("/account/calendar");
  await expect(page.locator("#feed-address")).toHaveCount(0);
  await page.getByRole("button", { name: "Renew the address" }).click();
  await expect(page.locator("#feed-address")).toBeVisible();
  expect((await page.request.get(path)).status()).toBe(404);
  await page.locator("summary", { hasText: "Revoke" }).click();
  await page.getByRole("button", { name: "Revoke it" }).click();
  await expect(page.getByText("That address shows nothing any more.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Make an address" })).toBeVisible();
});

test("a provider has a calendar read, and no more @twice", async ({ page, complaints }, info) => {
  // Addresses nobody goes to are refused.
  complaints.announce(422);
  await logIn(page, "provider");
  await page.goto("/provider/calendar");
  await page.getByRole("link", { name: "Other calendars" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Calendars elsewhere" })).toBeVisible();
  const name = `Football ${info.project.name}`;
  const member = page.locator("select[name=member]");
  if (await member.count()) await member.selectOption({ index: 1 });
  await page.locator("[name=name]").fill(name);
  await page.locator("[name=address]").fill("http://169.254.169.254/latest/meta-data/");
  await page.getByRole("button", { name: "Add this calendar" }).click();
  await expect(page.locator("[name=name]")).toHaveValue(name);
  await expect(page.getByText("Paste an address that begins with https://").first()).toBeVisible();
  await axe(page);
  await page.locator("[name=address]").fill("https://calendar.servicehub.invalid/private.ics");
  await page.getByRole("button", { name: "Add this calendar" }).click();
  // A name that nobody has is refused by what it ends with; one that may be somebody's is tried.
  await expect(page.locator("[name=address]")).toHaveValue(/invalid/);
  await page.locator("[name=address]").fill("https://calendar.servicehub-nobody.example/private.ics");
  await page.getByRole("button", { name: "Add this calendar" }).click();
  await expect(page.getByText("Added. It is read within a minute.")).toBeVisible();
  const card = page.locator("li", { hasText: name });
  await expect(card).toBeVisible();
  await expect(page.locator("main")).not.toContainText("private.ics");
  await axe(page);
  await card.locator("summary").click();
  await card.getByRole("button", { name: /^Remove it/ }).click();
  await expect(page.getByText("Removed. Its time is free again.")).toBeVisible();
});
