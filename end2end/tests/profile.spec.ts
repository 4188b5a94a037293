import { axe } from "../support/axe.ts";
import { expect, logIn, test } from "../support/journey.ts";

test("a business says what it is, is told of the other window, and customers read it @twice", async ({ page, newcomer, scripts, complaints }, info) => {
  complaints.announce(409);
  complaints.announce(422);
  const words = `Leaks found and fixed, ${info.project.name} ${info.repeatEachIndex}${info.retry}`;
  // Each way of looking has a business of its own: they are walked at once.
  await logIn(page, scripts ? "provider" : "company");
  await page.goto("/provider/profile");
  await axe(page);
  const before = await page.getByLabel("In one line").inputValue();
  const version = await page.locator("input[name=version]").inputValue();

  await page.getByLabel("In one line").fill("Short");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator("#f-headline-error")).toContainText("at least ten letters");
  await axe(page);
  await page.getByLabel("In one line").fill(words);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();

  // A window that was open before is told, and shows both.
  await page.locator("input[name=version]").evaluate((field, old) => ((field as HTMLInputElement).value = old), version);
  await page.getByLabel("In one line").fill("Something else from an old window");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator("del", { hasText: words })).toBeVisible();
  await expect(page.locator("ins", { hasText: "Something else" })).toBeVisible();
  await expect(page.getByLabel("In one line")).toHaveValue("Something else from an old window");
  await axe(page);
  await page.getByRole("link", { name: "Take what was saved, and drop mine" }).click();
  await expect(page.getByLabel("In one line")).toHaveValue(words);

  const visitor = await newcomer();
  await visitor.goto((await page.getByRole("link", { name: "What customers see" }).getAttribute("href"))!);
  await expect(visitor.getByText(words)).toBeVisible();

  await page.getByLabel("In one line").fill(before);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
});
