import { axe } from "../support/axe.ts";
import { expect, logIn, test } from "../support/journey.ts";

test("write a service, add and take away extras, save it, look at it, put it away @twice", async ({ page, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  await logIn(page, "provider");
  await page.goto("/provider/services");
  await expect(page.getByRole("heading", { level: 1, name: "Services" })).toBeVisible();
  await page.getByRole("link", { name: "New service" }).click();

  // A title of its own for every way of looking.
  const title = `Garden tap fitted ${info.project.name} ${info.repeatEachIndex}${info.retry}`;
  await page.getByRole("button", { name: "Go on writing" }).click();
  await expect(page.getByRole("alert")).toContainText("Choose where people find it.");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Category").selectOption({ index: 2 });
  await page.getByRole("button", { name: "Go on writing" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await axe(page);

  await page.getByLabel("In a sentence or two").fill("A tap for the hose, on the wall you choose.");
  await page.getByLabel("Description").fill("I drill once, **seal twice** and leave no dust.\n\n- Pipe up to two metres\n- Frost-proof tap");
  await page.getByRole("button", { name: "Add an extra" }).click();
  await page.getByLabel("What can be added").fill("A second tap");
  await page.getByLabel("Adds to the price").fill("40");
  await page.getByRole("button", { name: "Add an extra" }).click();
  await page.getByRole("button", { name: "Remove extra 2" }).click();
  await expect(page.getByLabel("What can be added")).toHaveCount(1);
  await expect(page.getByLabel("What can be added")).toHaveValue("A second tap");

  await page.getByRole("button", { name: "Save and hand in" }).click();
  await expect(page.getByRole("alert")).toContainText("Give a price.");
  await page.getByRole("textbox", { name: "Price", exact: true }).fill("120");
  await page.getByRole("button", { name: "Save and look at it" }).click();
  await expect(page.getByText("Only you see this")).toBeVisible();
  await expect(page.locator("strong", { hasText: "seal twice" })).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "Back to the text" }).click();
  await page.getByRole("button", { name: "Save and hand in" }).click();
  await expect(page.getByText("We are looking at it")).toBeVisible();

  await page.getByRole("link", { name: "Put it into the archive" }).click();
  await page.getByRole("button", { name: "Put it into the archive" }).click();
  await expect(page.getByText("In the archive").first()).toBeVisible();
});
