import { type Account, enter, expectLoggedIn, freshAddress, knock, logInOperator, newcomerAt, register } from "../support/accounts.ts";
import { codeOf } from "../support/authenticator.ts";
import { axe } from "../support/axe.ts";
import { awake, expect, logIn, test } from "../support/journey.ts";
import { linkInLetter, openLetter } from "../support/mail.ts";
import type { Page } from "@playwright/test";

/** Finds somebody by address among the people, and opens their page. */
async function openPerson(page: Page, account: Account): Promise<void> {
  await page.goto("/admin/users");
  await page.getByLabel("Name or address").fill(account.email);
  await page.locator("main").getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: account.name }).click();
  await expect(page.locator("h1")).toContainText(account.name);
}

test("suspended with reason and evidence, answered, restored @twice", async ({ page, scripts, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(403, 422);
  const person = await newcomer();
  const account = await newcomerAt(person, info, "Zelda");
  await logInOperator(page, "admin");
  await expect(page).toHaveURL(/\/admin\?/);
  await axe(page);
  await page.goto("/admin/users");
  await awake(page, scripts);
  await axe(page);
  await openPerson(page, account);
  await axe(page);

  await page.getByRole("link", { name: "Suspend" }).click();
  const evidence = "Booking SH-7K3MQ2XD.\n<script>alert(1)</script> & two complaints.";
  await page.getByLabel("What it is based on").fill(evidence);
  await page.getByRole("button", { name: "Suspend" }).click();
  await expect(page.locator("[name=reason]")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("[name=evidence]")).toHaveValue(evidence);
  await axe(page);
  await page.getByLabel("Reason").fill("Three visits were booked and nobody was at home.");
  await page.getByRole("button", { name: "Suspend" }).click();
  await expect(page.getByRole("status").first()).toContainText("Suspended.");

  // Out at once; the letter and the door say why.
  await expectLoggedIn(person, false);
  await openLetter(person, account.email, "Your account is suspended");
  await expect(person.locator(".mail-text")).toContainText("nobody was at home");
  await knock(person, account.email, "not the password");
  await expect(person.locator("main"), "who does not know the password learns nothing").not.toContainText("suspended");
  await knock(person, account.email, account.password);
  await expect(person.locator("h1")).toHaveText("Your account is suspended");
  await axe(person);
  // An answer that says nothing: the page still shows what it is about.
  await person.getByRole("button", { name: "Send my answer" }).click();
  await expect(person.locator("[name=appeal]")).toHaveAttribute("aria-invalid", "true");
  await expect(person.locator("main")).toContainText("Three visits were booked and nobody was at home.");
  await expect(person.locator("main")).toContainText("<script>alert(1)</script> & two complaints.");
  await axe(person);
  await person.getByLabel("Your answer").fill("I was in hospital. The papers are on their way.");
  await person.getByRole("button", { name: "Send my answer" }).click();
  await expect(person.getByRole("status")).toContainText("A person reads what you wrote");
  await knock(person, account.email, account.password);
  await expect(person.locator("main")).toContainText("You have answered");
  await expect(person.locator("main")).toContainText("I was in hospital.");
  await axe(person);

  await page.goto("/admin");
  await page.getByRole("link", { name: "Answers to read" }).click();
  await expect(page.getByRole("checkbox", { name: "Suspended only" })).toBeChecked();
  await openPerson(page, account);
  await expect(page.locator("main")).toContainText("I was in hospital.");
  await axe(page);
  await page.getByLabel("A word to the person").fill("Get well soon. All is as it was.");
  await page.getByRole("button", { name: "Restore the account" }).click();
  await expect(page.getByRole("status").first()).toContainText("The account works again");
  await openLetter(person, account.email, "Your account works again");
  await expect(person.locator(".mail-text")).toContainText("Get well soon.");
  await enter(person, account);

  // Without a suspension: out, and in again with the password.
  await openPerson(page, account);
  await page.getByRole("button", { name: "Log out everywhere" }).click();
  await expect(page.getByRole("status").first()).toContainText("All devices of that person are logged out");
  await expectLoggedIn(person, false);
});

test("invited by mail, accepted by the right person, and asleep until the second factor @twice", async ({ page, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(404, 409, 422);
  await logInOperator(page, "superadmin");
  await page.goto("/admin/users");
  await page.getByRole("link", { name: "Invite operators" }).click();
  await page.getByLabel("Email address").fill("nobody at example");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  for (const name of ["email", "role"]) await expect(page.locator(`[name=${name}]`)).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("[name=email]")).toHaveValue("nobody at example");
  await axe(page);
  const person = await newcomer();
  const account = await register(person, info, "Oda");
  const mistaken = freshAddress("mistake", info);
  for (const email of [mistaken, account.email]) {
    await page.getByLabel("Email address").fill(email);
    await page.getByLabel("Role").selectOption({ label: "Auditor" });
    await page.getByRole("button", { name: "Send the invitation" }).click();
    await expect(page.getByRole("status")).toContainText("The invitation is on its way");
  }
  await axe(page);
  const dead = await linkInLetter(person, mistaken, "You are invited to the back office");
  await page.locator("main li").filter({ hasText: mistaken }).getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByRole("status")).toContainText("works no more");
  await person.goto(dead);
  await expect(person.locator("main")).toContainText("This invitation does not work");
  await axe(person);

  const link = await linkInLetter(person, account.email, "You are invited to the back office");
  // The link alone is not enough: it is for one address.
  const stranger = await newcomer();
  await newcomerAt(stranger, info, "Sven");
  await stranger.goto(link);
  await expect(stranger.locator("main")).toContainText("for another account");
  await expect(stranger.getByRole("button", { name: "Accept", exact: true })).toHaveCount(0);
  await axe(stranger);

  await person.goto(link);
  await axe(person);
  await person.getByRole("link", { name: "Log in and accept" }).click();
  await person.locator("input[name=email]").fill(account.email);
  await person.locator("input[name=password]").fill(account.password);
  await person.getByRole("button", { name: "Log in", exact: true }).click();
  await person.getByRole("button", { name: "Accept" }).click();
  await expect(person.locator("main")).toContainText("Your work begins with two-step login");
  await axe(person);
  await person.goto("/admin");
  await expect(person).toHaveURL(/\/account\/security/);
  await person.getByRole("link", { name: "Turn two-step login on" }).click();
  await person.getByLabel("Six digits").fill(codeOf(await person.locator("#totp-secret").innerText()));
  await person.getByLabel("Your password").fill(account.password);
  await person.getByRole("button", { name: "Turn it on" }).click();
  await person.getByRole("link", { name: "Go to the back office" }).click();
  await expect(person.locator("h1")).toHaveText("Back office");
  await expect(person.getByRole("navigation", { name: "Back office" }).getByRole("link")).toHaveText(["Overview", "History"]);
  await axe(person);
  expect((await person.goto("/admin/users"))?.status()).toBe(404);

  await openPerson(page, account);
  await page.locator("summary", { hasText: "Take away" }).click();
  await page.getByRole("button", { name: "Take Auditor away" }).click();
  await expect(page.getByRole("status").first()).toContainText("That role is taken away");
  await expectLoggedIn(person, false);
});

test("for customers and providers there is no back office @twice", async ({ page, newcomer, complaints }) => {
  complaints.announce(404);
  for (const [who, window] of [["customer", page], ["provider", await newcomer()]] as const) {
    await logIn(window, who);
    await expect(window.locator("a[href='/admin']")).toHaveCount(0);
    for (const path of ["/admin", "/admin/users", "/admin/users/invitations", "/admin/audit", "/admin/audit/export.csv"]) {
      const answer = await window.goto(path);
      expect(answer?.status(), `${path} as ${who}`).toBe(404);
    }
  }
});
