import type { Page } from "@playwright/test";
import { awake } from "./journey.ts";

/** From a service's page of times to the question whether to book: the first free time of a day, at an address in London. */
export async function choose(page: Page, scripts: boolean, service: string, day: string): Promise<void> {
  await page.goto(`/services/${service}/book?from=${day}`);
  await awake(page, scripts);
  await page.locator("input[name=start]").first().check({ force: true });
  await page.getByRole("button", { name: "Continue with this time" }).click();
  await page.getByLabel("Street and number").fill("12 Orchard Row");
  await page.getByLabel("Postal code").fill("N1 7GU");
  await page.getByLabel("City").fill("London");
  await page.getByRole("button", { name: "Continue to confirm" }).click();
}
