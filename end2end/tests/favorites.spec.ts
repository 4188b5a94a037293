import { newcomerAt, register } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { awake, expect, test } from "../support/journey.ts";

test("a visitor presses a heart, logs in, and finds it kept; then lets it go @twice", async ({ page, scripts }, info) => {
  test.slow();
  const account = await register(page, info, "Hedda");
  await page.goto("/services?kind=visit");
  await awake(page, scripts);
  await axe(page);
  const card = page.locator("article.service").first();
  const title = (await card.locator(".service-link").textContent()) ?? "";
  await card.getByRole("button", { name: `Keep ${title}` }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.locator("input[name=email]").fill(account.email);
  await page.locator("input[name=password]").fill(account.password);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page).toHaveURL(/\/services\?kind=visit&said=kept/);
  await expect(page.getByRole("button", { name: `Let ${title} go` }).first()).toBeVisible();

  await page.goto("/favorites");
  await axe(page);
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  await page.getByRole("button", { name: `Let ${title} go` }).click();
  await expect(page.getByText("Nothing kept yet")).toBeVisible();
});

test("a search is saved, renamed and removed @twice", async ({ page, scripts }, info) => {
  test.slow();
  await newcomerAt(page, info, "Ida");
  await page.goto("/services?q=leak");
  await awake(page, scripts);
  await page.getByText("Save this search").click();
  await page.getByLabel("Name of this search").fill("Leaks everywhere");
  await page.getByRole("button", { name: "Save and tell me what is new" }).click();
  await expect(page).toHaveURL(/\/favorites\?show=searches/);
  await axe(page);
  await page.getByRole("button", { name: /^Stop letters/ }).click();
  await expect(page.getByText("No letters.", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: /^Rename/ }).click();
  await axe(page);
  await page.getByLabel("Name").fill("Dripping taps");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("link", { name: "Dripping taps", exact: true })).toBeVisible();
  await page.locator("summary", { hasText: "Remove" }).click();
  await axe(page);
  await page.getByRole("button", { name: /^Remove it/ }).click();
  await expect(page.getByText("No searches saved yet")).toBeVisible();
});

test("each result says why it is there, and the page tells how all of it works", async ({ page, scripts }) => {
  await page.goto("/services");
  await awake(page, scripts);
  const card = page.locator("article.service").first();
  await card.getByText("Why is this here?").click();
  await expect(card.getByText(/of 4,000/)).toBeVisible();
  await axe(page);
  await page.getByRole("navigation", { name: "Order" }).getByRole("link", { name: "How this works" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "How ranking works" })).toBeVisible();
  await axe(page);
});
