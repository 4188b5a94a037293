import { logInOperator, newcomerAt } from "../support/accounts.ts";
import { applyAs } from "../support/applying.ts";
import { axe } from "../support/axe.ts";
import { expect, test } from "../support/journey.ts";

test("a business moves, asks for another name, is asked why, and gets it @twice", async ({ page, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(409, 422);
  const person = await newcomer();
  const account = await newcomerAt(person, info, "Runa");
  const before = `${account.email.split("@")[0]} Repairs`;
  const after = `${account.email.split("@")[0]} & Daughters`;
  await person.goto("/provider/apply");
  await applyAs(person, before, "Leaks & repairs");
  await logInOperator(page, "onboarding");
  await page.goto(`/admin/providers?q=${encodeURIComponent(before)}`);
  await page.getByRole("link", { name: before }).click();
  await page.getByRole("button", { name: "Approve and open the business" }).click();
  await expect(page.getByRole("status").first()).toContainText("Approved.");
  const old = new URL(page.url()).pathname.split("/").at(-1)!;

  // It moves by itself. A town nobody knows is said beside its field, and a window that was open before is told.
  await person.goto("/provider/profile");
  await axe(person);
  await person.getByRole("link", { name: "Change where you are" }).click();
  await axe(person);
  await person.getByLabel("Town").fill("Atlantis-on-Sea");
  await person.getByRole("button", { name: "Move the business" }).click();
  await expect(person.locator("#f-city-error")).toContainText("We do not know this place");
  await person.getByLabel("Town").fill("Berlin");
  await person.getByLabel("Postal code").fill("10437");
  await person.getByRole("button", { name: "Move the business" }).click();
  await expect(person.getByText("Moved. Your services start from there")).toBeVisible();
  await expect(person.locator("main")).toContainText("10437 Berlin, Germany");
  await person.getByRole("link", { name: "Change where you are" }).click();
  await person.locator("input[name=version]").evaluate((field) => ((field as HTMLInputElement).value = "0"));
  await person.getByLabel("Postal code").fill("10999");
  await person.getByRole("button", { name: "Move the business" }).click();
  await expect(person.locator("del", { hasText: "10437" })).toBeVisible();
  await expect(person.locator("ins", { hasText: "10999" })).toBeVisible();
  await axe(person);

  // Another name waits, shows nowhere, and is sent back with a reason.
  await person.goto("/provider/profile/name");
  await axe(person);
  await person.getByLabel("Name of the business").fill(after);
  await person.getByLabel("Country of your bank account").selectOption("AT");
  await person.getByRole("button", { name: "Ask for it" }).click();
  await expect(person.getByRole("heading", { name: "Waits for us" })).toBeVisible();
  await expect(person.locator("ins", { hasText: after })).toBeVisible();
  await axe(person);
  await page.goto("/admin/providers?show=changes");
  await axe(page);
  await page.getByRole("link", { name: before }).click();
  await expect(page.locator("del", { hasText: before })).toBeVisible();
  await expect(page.locator("ins", { hasText: "Austria (AT)" })).toBeVisible();
  await axe(page);
  await page.locator("summary", { hasText: "Decline the change" }).click();
  await page.getByRole("button", { name: "Decline the change" }).click();
  await expect(page.locator("#f-reason-error")).toBeVisible();
  await axe(page);
  await page.getByLabel("Why not?").fill("Please show us the register first.");
  await page.getByRole("button", { name: "Decline the change" }).click();
  await expect(page.getByRole("status").first()).toContainText("Declined.");

  // Asked again; taken back once by mistake; then approved.
  await person.goto("/provider/profile/name");
  await expect(person.locator("main")).toContainText("Please show us the register first.");
  await expect(person.getByLabel("Name of the business")).toHaveValue(after);
  await person.getByRole("button", { name: "Ask for it" }).click();
  await person.getByRole("button", { name: "Take it back" }).click();
  await expect(person.getByText("Taken back. Everything stays")).toBeVisible();
  await person.getByLabel("Name of the business").fill(after);
  await person.getByRole("button", { name: "Ask for it" }).click();
  await expect(person.getByRole("heading", { name: "Waits for us" })).toBeVisible();
  await page.goto(`/admin/providers/${old}`);
  await page.getByRole("button", { name: "Approve the change" }).click();
  await expect(page.getByRole("status").first()).toContainText("Approved.");
  await expect(page.locator("h1")).toHaveText(after);

  const answer = await person.request.get(`/providers/${old}`, { maxRedirects: 0 });
  expect(answer.status()).toBe(301);
  await person.goto(`/providers/${old}`);
  await expect(person).toHaveURL(/and-daughters/);
  await expect(person.locator("h1")).toHaveText(after);
});
