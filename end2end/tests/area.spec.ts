import { axe } from "../support/axe.ts";
import { awake, expect, logIn, test } from "../support/journey.ts";

/** A day next month, so that nobody else's journey takes its times. */
function later(): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7) + 35);
  return day.toISOString().slice(0, 10);
}

test("an address too far away is said kindly, and others are a press away @twice", async ({ page, scripts, complaints }) => {
  complaints.announce(422);
  await logIn(page, "customer");
  await page.goto(`/services/dripping-tap-repaired-london/book?from=${later()}`);
  await awake(page, scripts);
  await page.locator("input[name=start]").first().check({ force: true });
  await page.getByRole("button", { name: "Continue with this time" }).click();
  await expect(page.getByLabel("Country")).toHaveValue("GB");
  await page.getByLabel("Street and number").fill("Lindenweg 12");
  await page.getByLabel("Postal code").fill("10115");
  await page.getByLabel("City").fill("Berlin");
  await page.getByLabel("State or region").fill("Brandenburg");
  await page.getByLabel("Country").selectOption("DE");
  await page.getByRole("button", { name: "Continue to confirm" }).click();

  await expect(page.getByRole("alert")).toContainText(/that is too far: \d+ km from/);
  await expect(page.locator("[name=postal_code]")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Street and number")).toHaveValue("Lindenweg 12");
  await expect(page.getByLabel("Country")).toHaveValue("DE");
  await axe(page);
  const others = page.getByRole("link", { name: "Look for others near 10115" });
  await expect(others).toHaveAttribute("href", /category=.*lat=52.*lng=13/);

  await page.getByLabel("Postal code").fill("E8 3QX");
  await page.getByLabel("City").fill("London");
  await page.getByLabel("State or region").fill("Greater London");
  await page.getByLabel("Country").selectOption("GB");
  await page.getByRole("button", { name: "Continue to confirm" }).click();
  await expect(page.locator("h1")).toHaveText("Everything right?");
  await expect(page.locator("main")).toContainText("E8 3QX London, Greater London, United Kingdom");
  await axe(page);
});
