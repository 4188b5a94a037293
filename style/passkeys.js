// The small script of pages that ask for passkeys: hands the server's question to the browser's own dialog, and sends what
// comes back through the form around the button.
//
// <form data-passkey="get|create" data-origin="https://…" data-options="{…}"> with a field "credential" and an aria-live="polite".
// Without data-options the question is asked of the server when the button is pressed.

const able = isSecureContext && "PublicKeyCredential" in window;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  // Passkeys belong to one origin; where the site is reached by another name, they would only fail.
  if (!able || form.dataset.origin !== location.origin) {
    form.parentElement.querySelector("[data-passkey-unable]")?.removeAttribute("hidden");
    continue;
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(form);
  });
}

async function answer(form) {
  const [button, status] = [form.querySelector("button"), form.querySelector("[aria-live]")];
  button.disabled = true;
  status.textContent = "Your device asks you now.";
  try {
    const options = form.dataset.options ? JSON.parse(form.dataset.options) : await question(`${form.getAttribute("action")}/options`);
    form.elements.credential.value = JSON.stringify(await dialog(form.dataset.passkey, options.publicKey));
    // Not requestSubmit: nothing is to be asked again.
    form.submit();
  } catch (error) {
    status.textContent = words(error);
    button.disabled = false;
  }
}

/** What the server wants signed. */
async function question(address) {
  const response = await fetch(address, { method: "POST", headers: { accept: "application/json" }, redirect: "manual" });
  if (!response.ok) throw new Refused(response.status);
  return response.json();
}

class Refused extends Error {
  constructor(status) {
    super(`status ${status}`);
    this.status = status;
  }
}

/** The browser's dialog; what comes back, with bytes as text. */
async function dialog(act, publicKey) {
  publicKey.challenge = bytes(publicKey.challenge);
  for (const list of [publicKey.allowCredentials, publicKey.excludeCredentials]) {
    for (const known of list ?? []) known.id = bytes(known.id);
  }
  if (act === "create") publicKey.user.id = bytes(publicKey.user.id);
  const { id, rawId, type, response } = await navigator.credentials[act]({ publicKey });
  const answer = { clientDataJSON: text(response.clientDataJSON) };
  if (act === "create") {
    answer.attestationObject = text(response.attestationObject);
  } else {
    answer.authenticatorData = text(response.authenticatorData);
    answer.signature = text(response.signature);
    answer.userHandle = response.userHandle ? text(response.userHandle) : null;
  }
  return { id, rawId: text(rawId), type, response: answer };
}

function words(error) {
  if (error instanceof Refused) {
    if (error.status === 429) return "That was too often in a short time. Wait a little and try again.";
    return "That did not work. Open this page again and retry.";
  }
  // The device holds one of those the server named already.
  if (error.name === "InvalidStateError") return "This device has a passkey for your account already.";
  if (error.name === "NotAllowedError") return "Nothing was chosen. You can try again at any time.";
  return "Your browser could not do it. Try another device.";
}

/** Base64 for addresses to bytes, and back. */
function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function text(bytes) {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
