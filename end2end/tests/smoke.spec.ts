import { axe } from "../support/axe.ts";
import { awake, expect, logIn, test } from "../support/journey.ts";

for (const path of ["/", "/services", "/login", "/register", "/kit"]) {
  test(`${path} opens @everywhere`, async ({ page, scripts }) => {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(200);
    await expect(page.locator("h1")).toHaveCount(1);
    await expect(page).toHaveTitle(/ServiceHub/);
    await awake(page, scripts);
    // A page that is wider than its window scrolls sideways.
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overhang).toBeLessThanOrEqual(0);
    await axe(page);
  });
}

test("a missing page says so and shows a way on", async ({ page, complaints }) => {
  complaints.announce(404);
  const answer = await page.goto("/no-such-page");
  expect(answer?.status()).toBe(404);
  await expect(page.locator("h1")).toHaveCount(1);
  await expect(page.locator("main a").first()).toBeVisible();
  await axe(page);
});

test("people of the demo data can log in", async ({ page }) => {
  await logIn(page, "customer");
  await expect(page.locator("h1")).toHaveCount(1);
});
