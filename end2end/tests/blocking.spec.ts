import { newcomerAt } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { awake, expect, logIn, test } from "../support/journey.ts";

test("a customer blocks a business, reads why nothing can be booked, and takes it back @twice", async ({ page, scripts }, info) => {
  test.slow();
  // Somebody of their own: a customer of the demo data may be booking with that business in another journey.
  await newcomerAt(page, info, "Greta");
  await page.goto("/services?kind=visit");
  await awake(page, scripts);
  const services = await page.locator("a[href^='/services/']").evaluateAll((links) => [
    ...new Set(links.map((link) => new URL((link as HTMLAnchorElement).href).pathname)),
  ]);
  const service = services.filter((path) => /^\/services\/[^/]+$/.test(path) && !path.endsWith("/suggest"))[0]!;
  await page.goto(service);
  await page.locator("a.show-provider").click();
  await expect(page).toHaveURL(/\/providers\//);
  const name = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  await axe(page);
  await page.getByRole("link", { name: `Block ${name}` }).click();
  await expect(page.getByRole("heading", { name: `Block ${name}?` })).toBeVisible();
  await axe(page);
  await page.locator("[name=reason]").fill("We did not get along.");
  await page.getByRole("button", { name: "Block", exact: true }).click();
  await expect(page).toHaveURL(/\/account\/blocked/);
  await expect(page.getByText("We did not get along.").first()).toBeVisible();
  await axe(page);

  await page.goto(service);
  await expect(page.getByText(`You have blocked ${name}`)).toBeVisible();
  await axe(page);
  await page.goto(`${service}/book`);
  await expect(page.getByText("This service is not available to you")).toBeVisible();
  await expect(page.locator("main")).not.toContainText("locked");
  await axe(page);

  await page.goto("/account/blocked");
  await page.getByRole("button", { name: `Unblock ${name}` }).click();
  await expect(page.getByText("Unblocked.")).toBeVisible();
  await page.goto(`${service}/book`);
  await expect(page.getByRole("heading", { level: 1, name: "Choose a time" })).toBeVisible();
});

test("a business blocks a customer from their booking, and takes it back @twice", async ({ page }, info) => {
  test.slow();
  await logIn(page, "provider");
  // Another customer in each way of looking, and never one who logs in and books in other journeys.
  let place = info.project.name === "wide light" ? 0 : 1;
  await page.goto("/provider/bookings?show=past");
  const found = await page.locator("main a[href^='/bookings/']").evaluateAll((links) => [
    ...new Set(links.map((link) => new URL((link as HTMLAnchorElement).href).pathname)),
  ]);
  const bookings = found.filter((path) => /^\/bookings\/[^/]+$/.test(path));
  const met = new Set<string>();
  const link = page.getByRole("link", { name: /^Block / });
  for (const booking of bookings) {
    await page.goto(booking);
    const name = ((await link.textContent()) ?? "").replace(/^Block /, "");
    if (/^(Ana|Carla) /.test(name) || met.has(name)) continue;
    met.add(name);
    if (place-- === 0) break;
  }
  const name = [...met].pop()!;
  await link.click();
  await expect(page.getByRole("heading", { level: 1, name: `Block ${name}?` })).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Block", exact: true }).click();
  await expect(page).toHaveURL(/\/provider\/blocked/);
  await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: `Unblock ${name}` }).click();
  await expect(page.getByText("Unblocked.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name })).toHaveCount(0);
});
