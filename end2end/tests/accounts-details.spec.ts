import { expectLoggedIn, freshAddress, enter, knock, newcomerAt } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { awake, expect, test } from "../support/journey.ts";
import { countLetters, linkInLetter } from "../support/mail.ts";

test("name, phone, time zone and language are changed; a wrong form keeps what was typed @twice", async ({ page, scripts, complaints }, info) => {
  complaints.announce(422);
  await newcomerAt(page, info, "Ines");
  await page.goto("/account");
  await awake(page, scripts);
  const typed = "</textarea><b>Ines</b> & \"Co\"";
  await page.getByLabel("First name").fill(typed);
  await page.getByLabel("Last name").fill("");
  await page.getByLabel("Phone").fill("call me maybe");
  await page.getByLabel("Time zone").selectOption("America/Sao_Paulo");
  await page.getByRole("button", { name: "Save" }).click();
  for (const name of ["last_name", "phone"]) {
    const field = page.locator(`[name=${name}]`);
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator(`#${await field.getAttribute("id")}-error`)).toBeVisible();
  }
  await expect(page.locator("[name=first_name]")).toHaveValue(typed);
  await expect(page.locator("[name=phone]")).toHaveValue("call me maybe");
  await expect(page.locator("[name=zone]")).toHaveValue("America/Sao_Paulo");
  await axe(page);
  // The summary leads to the field.
  await page.getByRole("alert").getByRole("link").first().click();
  await expect(page.locator(":focus, :target").first()).toHaveAttribute("name", "last_name");

  await page.getByLabel("First name").fill("Inês");
  await page.getByLabel("Last name").fill("Carvalho");
  await page.getByLabel("Phone").fill("+55 11 91234 5678");
  await page.getByLabel("Language").selectOption({ index: 1 });
  const language = await page.getByLabel("Language").inputValue();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved.");
  await expect(page.locator("[name=first_name]")).toHaveValue("Inês");
  await expect(page.locator("[name=last_name]")).toHaveValue("Carvalho");
  await expect(page.locator("[name=zone]")).toHaveValue("America/Sao_Paulo");
  await expect(page.locator("[name=locale]")).toHaveValue(language);
  await expect(page.locator("[name=phone]")).toHaveValue(/^\+55/);
  await expect(page.locator(".top-me")).toContainText("Inês");
});

test("another address: the password, a link to the new one, word to the old one @twice", async ({ page, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  const account = await newcomerAt(page, info, "Greta");
  const email = freshAddress("greta.new", info);
  await page.goto("/account/security/email");
  await axe(page);
  await page.getByLabel("New email address").fill(email);
  await page.getByLabel("Your password").fill("not the password");
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page.locator("[name=password]")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("[name=password]")).toHaveValue("");
  await expect(page.locator("[name=email]")).toHaveValue(email);
  await axe(page);
  await page.getByLabel("Your password").fill(account.password);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page).toHaveURL(/\/account\?/);
  await expect(page.getByText("A new address waits")).toBeVisible();
  await axe(page);

  const other = await newcomer();
  const link = await linkInLetter(other, email, "Confirm your new email address");
  await other.goto(link);
  await other.getByRole("button", { name: "Yes, this address is mine" }).click();
  await expect(other).toHaveURL(/\/login\?said=email-verified/);
  expect(await countLetters(other, account.email, "The email address of your account was changed")).toBe(1);
  await page.goto("/account");
  await expect(page.locator("main")).toContainText(email);
  await expect(page.locator("main")).not.toContainText(account.email);
  await knock(other, account.email, account.password);
  await expect(other.locator("main")).toContainText("do not belong together");
  await enter(other, { ...account, email });
});

test("another password: the present one, two equal new ones, and other devices are out @twice", async ({ page, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  const account = await newcomerAt(page, info, "Rosa");
  const other = await newcomer();
  await enter(other, account);
  await page.goto("/account/security/password");
  const fields = { present: page.locator("[name=password]"), fresh: page.locator("[name=new_password]"), again: page.locator("[name=new_password_again]") };
  const change = page.getByRole("button", { name: "Change my password" });
  await fields.present.fill("not the password");
  await fields.fresh.fill("rosa");
  await fields.again.fill("something else");
  await change.click();
  await expect(fields.present).toHaveAttribute("aria-invalid", "true");
  await expect(fields.fresh).toHaveAttribute("aria-invalid", "true");
  for (const field of Object.values(fields)) await expect(field).toHaveValue("");
  await axe(page);
  await fields.present.fill(account.password);
  await fields.fresh.fill("nine patient gardeners");
  await fields.again.fill("nine patient gardeners");
  await change.click();
  await expect(page.getByRole("status")).toContainText("Your password is changed");
  await expectLoggedIn(page, true);
  await expectLoggedIn(other, false);
  await knock(other, account.email, account.password);
  await expect(other.locator("main")).toContainText("do not belong together");
  await enter(other, { ...account, password: "nine patient gardeners" });
});
