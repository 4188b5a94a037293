import { freshAddress, logInOperator } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { awake, expect, test } from "../support/journey.ts";

test("the tree of categories: added, renamed, told of the other tab, asked before it merges @twice", async ({ page, scripts, complaints }, info) => {
  test.slow();
  complaints.announce(409, 422);
  const name = `Journey ${freshAddress("x", info).split(".")[3]!.split("@")[0]} ${info.workerIndex}`;
  await logInOperator(page, "admin");
  await page.goto("/admin");
  await awake(page, scripts);
  await page.locator(".side").getByRole("link", { name: "Categories" }).click();
  await axe(page);
  await page.getByRole("link", { name: "Add a category" }).first().click();
  await page.getByRole("button", { name: "Add the category" }).click();
  await expect(page.locator("[name=name]")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Add the category" }).click();
  await expect(page.locator("h1")).toHaveText(name);
  await axe(page);
  const first = await page.locator("[name=slug]").inputValue();

  // Another tab is faster.
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByLabel("Address").fill(`${first}-two`);
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("status").first()).toContainText("Saved.");
  await page.getByLabel("In a sentence").fill("What I typed in this tab.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("main")).toContainText("How it is now");
  await expect(page.locator("[name=blurb]")).toHaveValue("What I typed in this tab.");
  await axe(page);
  await other.close();
  await page.goto(`/categories/${first}`);
  await expect(page).toHaveURL(new RegExp(`/categories/${first}-two$`));

  await page.goto("/admin/categories");
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("link", { name: "Add a field" }).click();
  await page.getByLabel("What is asked").fill("Largest flat");
  await page.getByLabel("Kind").selectOption("number");
  await page.getByLabel("Unit").fill("m²");
  await axe(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("main")).toContainText("Largest flat");
  await page.getByRole("link", { name: "Merge into another" }).click();
  await axe(page);
  await page.getByLabel("Into").selectOption({ index: 1 });
  await page.goBack();
  await expect(page.locator("h1")).toHaveText(name);
});
