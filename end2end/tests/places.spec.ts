import { axe } from "../support/axe.ts";
import { awake, expect, logIn, test } from "../support/journey.ts";

test("a business adds a place, says hours for it, and gives it up @twice", async ({ page, scripts, complaints }) => {
  test.slow();
  complaints.announce(422);
  await logIn(page, "provider");
  await page.goto("/provider/availability");
  await awake(page, scripts);
  await expect(page.getByLabel("Monday, where")).toHaveCount(0);
  await page.locator("main").getByRole("link", { name: "Places" }).click();
  await axe(page);
  await page.getByRole("link", { name: "Add a place" }).click();
  await page.getByLabel("Name").fill("North");
  await page.getByLabel("Town").fill("Atlantis");
  await page.getByRole("button", { name: "Save the place" }).click();
  await expect(page.locator("[name=city]")).toHaveAttribute("aria-invalid", "true");
  await axe(page);
  await page.getByLabel("Town").fill("London");
  await page.getByRole("button", { name: "Save the place" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await axe(page);

  await page.goto("/provider/availability");
  await awake(page, scripts);
  await expect(page.getByLabel("Monday, where").first()).toBeVisible();
  await axe(page);
  await page.getByLabel("Monday, where").first().selectOption({ label: "North" });
  await page.getByRole("button", { name: "Save weekly hours" }).last().click();
  // Visits that are booked there already are shown first.
  const stay = page.getByRole("button", { name: "Save, the visits stay" });
  if (await stay.count()) await stay.click();
  await expect(page.getByText("Saved.").first()).toBeVisible();

  await page.goto("/provider/places");
  await page.getByRole("link", { name: "Remove North" }).click();
  await expect(page.getByText("Weekly hours still name this place")).toBeVisible();
  await axe(page);
  await page.goto("/provider/availability");
  await awake(page, scripts);
  await page.getByLabel("Monday, where").first().selectOption({ label: "Everywhere" });
  await page.getByRole("button", { name: "Save weekly hours" }).last().click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await page.goto("/provider/places");
  await page.getByRole("link", { name: "Remove North" }).click();
  await page.getByRole("button", { name: "Remove the place" }).click();
  await expect(page.getByText("Removed.").first()).toBeVisible();
});
