import { newcomerAt } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { awake, expect, test } from "../support/journey.ts";

test("a category is narrowed by what its services say, kept, and widened chip by chip @twice", async ({ page, scripts }, info) => {
  test.slow();
  await newcomerAt(page, info, "Filippa");
  await page.goto("/categories/cleaning");
  await awake(page, scripts);
  const all = Number((await page.locator(".results-count").textContent())!.replace(/\D/g, ""));
  const sheet = page.getByRole("button", { name: "Filters" });
  if (await sheet.isVisible()) await sheet.click();
  const products = page.getByRole("group", { name: "Products" });
  await products.getByLabel("Plant-based").check();
  await products.getByLabel("Yours").check();
  await page.getByRole("group", { name: "Brings materials and machines" }).getByLabel("Yes").check();
  await axe(page);
  await page.getByRole("button", { name: "Show services" }).click();
  await expect(page).toHaveURL(/f\.brings-materials-and-machines=yes&f\.products=Plant-based&f\.products=Yours/);
  await awake(page, scripts);
  await axe(page);
  const chips = page.getByRole("group", { name: "Filters in force" });
  await expect(chips.getByRole("link")).toHaveCount(3);
  const fewer = Number((await page.locator(".results-count").textContent())!.replace(/\D/g, ""));
  expect(fewer).toBeGreaterThan(0);
  expect(fewer).toBeLessThan(all);

  // Each chip takes one away; the branches below keep the rest.
  await chips.getByRole("link", { name: /Products: Yours/ }).click();
  await expect(page).toHaveURL(/\?f\.brings-materials-and-machines=yes&f\.products=Plant-based$/);
  await page.getByRole("navigation", { name: "Categories" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/categories\/(?!cleaning)[a-z-]+\?f\.brings-materials-and-machines=yes&f\.products=Plant-based/);
  await expect(chips.getByRole("link")).toHaveCount(2);
  await page.goBack();

  // The search is kept with them.
  await page.getByText("Save this search").click();
  await page.getByLabel("Name of this search").fill("Green cleaning");
  await page.getByRole("button", { name: "Save and tell me what is new" }).click();
  await expect(page.locator("main")).toContainText("cleaning, brings materials and machines, products: Plant-based");
  await page.getByRole("link", { name: "Green cleaning", exact: true }).click();
  await expect(page).toHaveURL(/category=cleaning&f\.brings-materials-and-machines=yes&f\.products=Plant-based/);
  await expect(page.getByRole("group", { name: "Filters in force" }).getByRole("link")).toHaveCount(3);
});

test("mistyped words are mended, and can be insisted on", async ({ page, scripts }) => {
  await page.goto("/services?q=plumer");
  await awake(page, scripts);
  await expect(page.getByText("Showing results for")).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "Search for exactly “plumer”" }).click();
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await axe(page);
  await page.getByLabel("What do you need?").fill("clening");
  await page.getByRole("button", { name: "Search" }).first().click();
  await expect(page.getByText("Showing results for")).toContainText("cleaning");
});

test("offers come while one types, by beginnings in any order @scripts", async ({ page, scripts }) => {
  await page.goto("/services");
  await awake(page, scripts);
  const field = page.getByLabel("What do you need?");
  await field.pressSequentially("home clean");
  await expect(page.getByRole("option").first()).toContainText(/clean/i);
  await axe(page);
});
