import { enter, expectLoggedIn, freshAddress, knock, newcomerAt, register } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { awake, expect, test } from "../support/journey.ts";
import { countLetters, linkInLetter } from "../support/mail.ts";

test("a new address is confirmed by the link in the mail, once @twice", async ({ page, scripts, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(409);
  const email = freshAddress("vera", info);
  await page.goto("/register");
  await awake(page, scripts);
  await page.getByLabel("First name").fill("Vera");
  await page.getByLabel("Last name").fill("Sandoval");
  await page.getByLabel("Email address").fill(email);
  await page.locator("input[name=password]").fill("seven quiet harbours");
  await page.locator("input[name=password_again]").fill("seven quiet harbours");
  await page.getByRole("button", { name: "Make my account" }).click();
  // Who has just registered types the password only.
  await expect(page.locator("input[name=email]")).toHaveValue(email);
  await page.locator("input[name=password]").fill("seven quiet harbours");
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await page.goto("/account");
  await expect(page.getByText("Not confirmed yet")).toBeVisible();
  await axe(page);

  const link = await linkInLetter(page, email, "Confirm your email address");
  await axe(page);
  // Looking uses nothing up: mail programs look before people do.
  const other = await newcomer();
  await other.goto(link);
  await page.goto(link);
  await axe(page);
  await page.getByRole("button", { name: "Yes, this address is mine" }).click();
  await expect(page).toHaveURL(/\/account\?said=email-verified/);
  await expect(page.getByRole("status")).toContainText("Your address is confirmed");
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send me the link again" })).toHaveCount(0);

  // The same link again: the page of one that does not work, also for the button that still stood open elsewhere.
  await other.getByRole("button", { name: "Yes, this address is mine" }).click();
  await expect(other.locator("main")).toContainText("This link does not work");
  const answer = await page.goto(link);
  expect(answer?.status()).toBe(409);
  await axe(page);
  await page.getByRole("link", { name: "Go to your account" }).click();
  await expect(page).toHaveURL(/\/account$/);
});

test("links that were replaced, invented or meant for something else do nothing @twice", async ({ page, complaints }, info) => {
  complaints.announce(409);
  const account = await newcomerAt(page, info, "Stella");
  const first = await linkInLetter(page, account.email, "Confirm your email address");
  await page.goto("/account");
  await page.getByRole("button", { name: "Send me the link again" }).click();
  await expect(page.getByRole("status")).toContainText("A mail is on its way");
  await expect.poll(() => countLetters(page, account.email, "Confirm your email address")).toBe(2);
  const second = await linkInLetter(page, account.email, "Confirm your email address");
  expect(second).not.toBe(first);
  const dead = [first, "/verify-email/invented", "/password/reset/invented", second.replace("/verify-email/", "/password/reset/"), "/invitation/invented"];
  for (const path of dead) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(409);
    await expect(page.locator("main"), path).toContainText("does not work");
    await expect(page.locator("main form"), path).toHaveCount(0);
  }
  await axe(page);
  await page.goto(second);
  await page.getByRole("button", { name: "Yes, this address is mine" }).click();
  await expect(page.getByRole("status")).toContainText("Your address is confirmed");
});

test("a forgotten password: mail, new password, and everything old is dead @twice", async ({ page, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(409, 422);
  const account = await newcomerAt(page, info, "Paula");
  const lost = await newcomer();
  const asked: string[] = [];
  for (const email of [freshAddress("nobody", info), account.email]) {
    await lost.goto("/login");
    await lost.getByRole("link", { name: "Forgotten your password?" }).click();
    await lost.getByLabel("Email address").fill(email);
    await lost.getByRole("button", { name: "Send me a link" }).click();
    await expect(lost.getByText("Look into your mailbox")).toBeVisible();
    asked.push(await lost.locator("main").innerText());
  }
  expect(asked[0], "an unknown address gets the same words").toBe(asked[1]);
  await axe(lost);

  const link = await linkInLetter(lost, account.email, "Choose a new password");
  await lost.goto(link);
  await lost.locator("input[name=new_password]").fill("short");
  await lost.locator("input[name=new_password_again]").fill("short");
  await lost.getByRole("button", { name: "Change my password" }).click();
  await expect(lost.locator("[name=new_password]")).toHaveAttribute("aria-invalid", "true");
  await axe(lost);
  await lost.locator("input[name=new_password]").fill("eleven loud lighthouses");
  await lost.locator("input[name=new_password_again]").fill("eleven loud lighthouses");
  await lost.getByRole("button", { name: "Change my password" }).click();
  await expect(lost.getByRole("status")).toContainText("Log in with the new one");

  await expectLoggedIn(page, false);
  const answer = await lost.goto(link);
  expect(answer?.status()).toBe(409);
  await knock(lost, account.email, account.password);
  await expect(lost.locator("main")).toContainText("do not belong together");
  await enter(lost, { ...account, password: "eleven loud lighthouses" });
  await expectLoggedIn(lost, true);
  // Whoever reads this mailbox has proved the address on the way.
  await expect(lost.getByText("Confirmed", { exact: true })).toBeVisible();
  expect(await countLetters(lost, account.email, "Your password was changed")).toBe(1);
});

test("registering a known address says nothing about it, and its owner is told @twice", async ({ page }, info) => {
  const account = await register(page, info, "Klara");
  const form = { intent: "customer", first_name: "Somebody", last_name: "Else", email: account.email };
  const passwords = { password: "another long password", password_again: "another long password" };
  const answer = await page.request.post("/register", { form: { ...form, ...passwords }, headers: { origin: process.env.SITE_URL! }, maxRedirects: 0 });
  expect([answer.status(), answer.headers()["location"]]).toEqual([303, "/login?said=registered"]);
  await expect.poll(() => countLetters(page, account.email, "You already have an account")).toBe(1);
  await enter(page, account);
});
