import { axe } from "../support/axe.ts";
import { awake, expect, test } from "../support/journey.ts";

test("say how many windows there are, and see what they cost", async ({ page, scripts, complaints }) => {
  complaints.announce(422);
  await page.goto("/services?q=builders+glass+frames&place=Berlin");
  await expect(page.locator("main")).toContainText("per window");
  await page.getByRole("link", { name: "After the builders: glass and frames" }).first().click();
  await expect(page.locator("main")).toContainText("per window");
  await page.locator("a[href$='/book']").filter({ visible: true }).first().click();
  await awake(page, scripts);
  await expect(page.locator("#choice")).toContainText("4 × window");
  await page.getByLabel("How many?").fill("8");
  await page.getByLabel("How many?").blur();
  if (!scripts) await page.getByRole("button", { name: "Show this choice" }).click();
  await expect(page.locator("#choice")).toContainText("8 × window");
  await axe(page);
  await page.goto(`${new URL(page.url()).pathname}?count=99`);
  await expect(page.getByRole("alert")).toContainText("Choose a number from 4 to 30.");
  await axe(page);
});

test("what weekends and nights cost more is said before anybody chooses a time", async ({ page }) => {
  await page.goto("/services/leak-found-and-stopped-london");
  await expect(page.getByRole("heading", { name: "Weekends and nights" })).toBeVisible();
  await page.goto("/services/leak-found-and-stopped-london/book");
  await expect(page.locator("#choice")).toContainText("Visits on Saturdays and Sundays cost 25% more.");
  await expect(page.locator("#choice")).toContainText("Visits that start at night (20:00–06:00) cost 50% more.");
  await axe(page);
});
