import { axe } from "../support/axe.ts";
import { expect, test } from "../support/journey.ts";
import { png } from "../support/png.ts";

test("choose a picture, try a wrong one, take another, remove it @twice", async ({ page, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  // Somebody of their own for each journey, because a picture is shown on every page.
  const email = `pia.${info.project.name.replace(/\W+/g, "-")}.${info.repeatEachIndex}.${info.retry}@example.org`;
  const password = "nine green umbrellas";
  // Pictures of the same content are one picture: each journey has a colour of its own.
  const shade = [...email].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 200, 0);
  await page.goto("/register");
  await page.getByLabel("First name").fill("Pia");
  await page.getByLabel("Last name").fill("Ek");
  await page.getByLabel("Email address").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("input[name=password_again]").fill(password);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("form[action^='/login'] button").first().click();
  await expect(page).not.toHaveURL(/\/login/);

  await page.goto("/account");
  const face = page.locator(".face-part .avatar");
  const top = page.locator(".top-me .avatar");
  const field = page.locator("input[name=picture]");
  const use = page.getByRole("button", { name: "Use this picture" });
  await expect(face).toHaveText("PE");
  await axe(page);

  // A drawing that calls itself a photo is told apart by what is in it.
  await field.setInputFiles({ name: "me.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") });
  const refused = page.waitForResponse((answer) => answer.request().method() === "POST");
  await use.click();
  expect((await refused).status()).toBe(422);
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#f-picture-error")).toContainText("SVG");
  await expect(page.locator("[name=first_name]")).toHaveValue("Pia");
  await axe(page);

  await field.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: png(200, 200, [200, 60, shade]) });
  await use.click();
  await expect(page).toHaveURL(/\/account/);
  await expect(page.getByText("That is your picture now.")).toBeVisible();
  const first = await face.getAttribute("src");
  expect(first).toMatch(/^\/pictures\/photo-[0-9a-f]{64}-384\.jpg$/);
  await expect(top).toHaveAttribute("src", first!.replace("-384", "-96"));
  expect((await page.request.get(first!)).headers()["content-type"]).toBe("image/jpeg");
  await axe(page);

  await field.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: png(300, 300, [60, shade, 200]) });
  await use.click();
  await expect(face).not.toHaveAttribute("src", first!);
  expect((await page.request.get(first!)).status(), "the old one is gone").toBe(404);

  await page.getByRole("link", { name: "Remove it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Remove your picture?");
  await axe(page);
  await page.getByRole("link", { name: "Keep it" }).click();
  await expect(face).toHaveAttribute("src", /photo-/);
  await page.getByRole("link", { name: "Remove it" }).click();
  await page.getByRole("button", { name: "Remove my picture" }).click();
  await expect(page.getByText("Your picture is gone.")).toBeVisible();
  await expect(face).toHaveText("PE");
  await expect(top, "the header knows the first name only").toHaveText("P");
});
