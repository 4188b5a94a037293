import { newcomerAt } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { awake, expect, logIn, test } from "../support/journey.ts";
import { linkInLetter } from "../support/mail.ts";

test("invited, joined, given work, deactivated and away again @twice", async ({ page, scripts, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(404, 409, 422);
  const person = await newcomer();
  const account = await newcomerAt(person, info, "Tilda");
  await logIn(page, "company");
  await page.goto("/provider");
  await awake(page, scripts);
  await page.locator(".side").getByRole("link", { name: "Team" }).click();
  await expect(page.locator("h1")).toHaveText("Team");
  await axe(page);

  await page.getByRole("link", { name: "Invite somebody" }).click();
  await page.getByLabel("Email address").fill("nobody");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.locator("[name=email]")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("[name=email]")).toHaveValue("nobody");
  await axe(page);
  await page.getByLabel("Email address").fill(account.email);
  await page.getByLabel("Name", { exact: true }).fill("Tilda Lindqvist");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("status").first()).toContainText("on its way");
  await expect(page.locator("main")).toContainText(account.email);

  const business = (await page.locator(".lead").innerText()).replace("Who works for ", "").replace(", and what they do.", "");
  const link = await linkInLetter(person, account.email, `${business} invites you to its team`);
  // Somebody else's link opens nothing.
  await page.goto(link);
  await expect(page.locator("main")).toContainText("for another account");
  await expect(page.getByRole("button", { name: `Join ${business}` })).toHaveCount(0);
  await axe(page);
  await person.goto(link);
  await axe(person);
  await person.getByRole("button", { name: `Join ${business}` }).click();
  await expect(person).toHaveURL(/\/provider\?said=team-joined/);

  await page.goto("/provider/team");
  await page.getByRole("link", { name: "Tilda Lindqvist" }).first().click();
  await axe(page);
  await page.getByLabel("Skills").fill("Ovens\nWindows");
  await page.locator("input[name=services]").first().check({ force: true });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").first()).toContainText("Saved.");
  await expect(page.locator("[name=skills]")).toHaveValue("Ovens\nWindows");
  await expect(page.locator("input[name=services]").first()).toBeChecked();

  // Another window still has the form of before: it is told so, shows both, and goes on knowingly.
  const window = await page.context().newPage();
  await window.goto(new URL(page.url()).pathname);
  await page.getByLabel("Skills").fill("Ovens\nCarpets");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("[name=skills]")).toHaveValue("Ovens\nCarpets");
  await window.getByLabel("Skills").fill("Ovens\nChandeliers");
  await window.getByRole("button", { name: "Save" }).click();
  await expect(window.getByText("This was changed in another window")).toBeVisible();
  await expect(window.locator(".diff del")).toHaveText("Carpets");
  await expect(window.locator(".diff ins")).toHaveText("Chandeliers");
  await axe(window);
  await window.getByRole("button", { name: "Save" }).click();
  await expect(window.locator("[name=skills]")).toHaveValue("Ovens\nChandeliers");
  await window.close();

  await page.getByRole("link", { name: "Deactivate" }).click();
  await expect(page.locator("main")).toContainText("Nothing is agreed with customers that is still ahead.");
  await axe(page);
  await page.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByRole("status").first()).toContainText("Deactivated.");
  await person.goto("/provider/team");
  await expect(person.locator("main")).toContainText("does not belong to a business");
  await page.getByRole("button", { name: "Activate again" }).click();
  await expect(page.getByRole("status").first()).toContainText("Active again.");

  await person.goto("/provider/team");
  await person.getByRole("link", { name: `Leave ${business}` }).click();
  await axe(person);
  await person.getByRole("button", { name: "Leave" }).click();
  await expect(person.getByRole("status").first()).toContainText("You have left the business.");
  // The last owner stays.
  await page.goto("/provider/team/leave");
  await expect(page.locator("main")).toContainText("You are the only owner");
  await expect(page.getByRole("button", { name: "Leave" })).toHaveCount(0);
});
