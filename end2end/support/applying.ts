import type { Page } from "@playwright/test";
import { expect } from "./journey.ts";
import { png } from "./png.ts";

/** Saves a step of the application and goes on. */
export const goOn = (page: Page) => page.getByRole("button", { name: "Save and go on" }).click();

/** Shows a document that is good for years. */
export async function addDocument(page: Page, kind: string): Promise<void> {
  await page.getByLabel("What is it?").selectOption({ label: kind });
  await page.getByLabel("Number on it").fill("L01X00T47");
  await page.getByLabel("Good until").fill("2031-05-31");
  await page.locator("input[type=file][name=document]").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: png(300, 420, [240, 240, 240]) });
  await page.getByRole("button", { name: "Add this document" }).click();
  await expect(page.locator(".paper-title", { hasText: kind })).toBeVisible();
}

/** The rest of an application in Berlin, from the line about the business to the end. */
export async function applyAs(page: Page, business: string, work: string): Promise<void> {
  await page.getByLabel("Name of the business").fill(business);
  await page.getByText("I work alone").click();
  await page.getByLabel("In one line").fill("Small repairs, done on the day they are promised");
  await goOn(page);
  await page.getByLabel("Town").fill("Berlin");
  await page.getByLabel("Country").selectOption("DE");
  await goOn(page);
  await expect(page.locator("h1")).toHaveText("What do you do?");
  await page.getByLabel(work).check();
  await goOn(page);
  await addDocument(page, "Proof of identity");
  await addDocument(page, "Liability insurance");
  await page.getByRole("link", { name: "Go on" }).click();
  await page.getByLabel("Country of your bank account").selectOption("DE");
  await goOn(page);
  await page.getByRole("button", { name: "Send my application" }).click();
  await expect(page.locator("h1")).toHaveText("Your application is with us");
}
