import { logInOperator, newcomerAt } from "../support/accounts.ts";
import { applyAs } from "../support/applying.ts";
import { axe } from "../support/axe.ts";
import { awake, expect, test } from "../support/journey.ts";
import { colourOf, png } from "../support/png.ts";

test("somebody new registers, applies, is approved, writes a first service, and is found and booked @twice", async ({ page, newcomer, scripts, complaints }, info) => {
  test.setTimeout(240_000);
  complaints.announce(422);
  const owner = await newcomer();
  const account = await newcomerAt(owner, info, "Nilo");
  // Letters alone: everything that is found by words later is called by it.
  const word = [...account.email.split("@")[0]!].map((c) => (/[a-z]/.test(c) ? c : "abcdefghij"[Number(c)] ?? "")).join("");
  const business = `${word} Repairs`;
  const title = `Shelves hung by ${word}`;

  await owner.goto("/provider/apply");
  await applyAs(owner, business, "Leaks & repairs");
  await logInOperator(page, "onboarding");
  await page.goto(`/admin/providers?q=${encodeURIComponent(business)}`);
  await page.getByRole("link", { name: business }).click();
  await page.getByRole("button", { name: "Approve and open the business" }).click();
  await expect(page.getByRole("status").first()).toContainText("Approved.");

  // Hours: the usual ones are there; Sunday comes along.
  await owner.goto("/provider/availability");
  await awake(owner, scripts);
  const sunday = owner.getByRole("group", { name: "Sunday" });
  await sunday.getByRole("button", { name: "Hours on Sunday" }).click();
  await sunday.getByLabel(/from$/).first().fill("10:00");
  await sunday.getByLabel(/to$/).first().fill("15:00");
  await owner.getByRole("button", { name: "Save weekly hours" }).click();
  await expect(owner.getByText("Saved.").first()).toBeVisible();

  // The first service. Its category asks for more; choosing another one keeps everything that was typed.
  await owner.goto("/provider/services/new");
  await owner.getByLabel("Title").fill(title);
  await owner.getByLabel("Category").selectOption({ label: "Gardening › Lawns" });
  await owner.getByRole("button", { name: "Go on writing" }).click();
  await expect(owner.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(owner.getByLabel("Takes the clippings along")).toBeVisible();
  await owner.getByLabel("In a sentence or two").fill("Level, strong, and where you want them.");
  await owner.getByLabel("Category").selectOption({ label: "Plumbing › Leaks & repairs" });
  await owner.getByRole("button", { name: "Show its fields" }).click();
  await expect(owner.getByLabel("In a sentence or two")).toHaveValue("Level, strong, and where you want them.");
  await expect(owner.getByLabel("Takes the clippings along")).toHaveCount(0);
  await owner.getByLabel("Comes in an emergency").selectOption("Yes");
  await owner.getByLabel("Guarantee on the work").fill("a while");
  await owner.getByLabel("Description").fill("I bring a long level and the right plugs for your wall, and I take the dust along.");
  await owner.getByRole("textbox", { name: "Price", exact: true }).fill("64");
  await owner.getByRole("button", { name: "Save and choose pictures" }).click();
  await expect(owner.getByRole("alert")).toContainText("Give a number like 80 or 2.5.");
  await axe(owner);
  await owner.getByLabel("Guarantee on the work").fill("24");
  await owner.getByRole("button", { name: "Save and choose pictures" }).click();
  await expect(owner.getByRole("heading", { level: 1, name: "Pictures" })).toBeVisible();
  const shelf = { name: "shelf.png", mimeType: "image/png", buffer: png(640, 480, colourOf(account.email)) };
  await owner.locator("input[type=file]").setInputFiles(shelf);
  await owner.getByRole("button", { name: "Add these pictures" }).click();
  await expect(owner.locator(".gallery-row")).toHaveCount(1);
  await axe(owner);
  await owner.getByRole("link", { name: "Back to the text" }).click();
  await owner.getByRole("button", { name: "Save and hand in" }).click();
  await expect(owner.getByText("We are looking at it")).toBeVisible();

  const desk = await newcomer();
  await logInOperator(desk, "admin");
  await desk.goto(`/admin/services?q=${encodeURIComponent(word)}`);
  await desk.getByRole("link", { name: title }).click();
  await expect(desk.locator("main")).toContainText("Guarantee on the work (months): 24");
  await axe(desk);
  await desk.getByRole("button", { name: "Put it on show" }).click();
  await expect(desk.getByRole("status").first()).toBeVisible();

  // A customer who has never been here.
  const customer = await newcomer();
  await newcomerAt(customer, info, "Cleo");
  await expect(async () => {
    await customer.goto(`/services?q=${encodeURIComponent(`shelves ${word}`)}&place=Berlin`);
    await expect(customer.getByRole("link", { name: title }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await customer.getByRole("link", { name: title }).first().click();
  await expect(customer.locator("h1")).toHaveText(title);
  await expect(customer.locator("main")).toContainText("24 months");
  await axe(customer);
  await customer.locator("a[href*='/book']").filter({ visible: true }).first().click();
  await expect(customer.locator("h1")).toHaveText("Choose a time");
  await awake(customer, scripts);
  await customer.locator("input[name=start]").first().check({ force: true });
  await customer.getByRole("button", { name: "Continue with this time" }).click();
  await customer.getByLabel("Street and number").fill("Lindenweg 12");
  await customer.getByLabel("Postal code").fill("10115");
  await customer.getByLabel("City").fill("Berlin");
  await customer.getByRole("button", { name: "Continue to confirm" }).click();
  await customer.getByRole("button", { name: /^Book / }).click();
  await expect(customer.locator("main")).toContainText("Confirmed");
  const booking = new URL(customer.url()).pathname;

  await owner.goto("/provider/bookings");
  await expect(owner.locator(`a[href='${booking}']`).first()).toBeVisible();
});
