// The small script of the pages on which a service is written: the preview beside the form follows what is typed,
// pictures are sent one by one with progress, and drawn into their order. Without it forms and buttons do the same.

/** How long nothing is typed before the preview is asked for, in milliseconds. */
const PATIENCE = 500;

preview(document.querySelector("[data-preview]"));
pictures();

/** <section data-preview="address" data-form="id" hidden> with an <iframe>: shown where there is room beside the form. */
function preview(stage) {
  const form = stage && document.getElementById(stage.dataset.form);
  if (!form || !matchMedia("(min-width: 64rem)").matches) return;
  const frame = stage.querySelector("iframe");
  const sheet = document.querySelector("link[rel=stylesheet]");
  let timer, asking, shown;
  stage.hidden = false;
  // A document of its own, so that it looks as on a phone; inert, because it is only to be looked at.
  frame.srcdoc = `<!doctype html><html lang="en"><head><title>Preview</title>${sheet.outerHTML}</head><body inert><main class="page"></main></body></html>`;
  frame.addEventListener("load", ask, { once: true });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PATIENCE);
  });

  async function ask() {
    const typed = new URLSearchParams(new FormData(form)).toString();
    if (typed === shown) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(stage.dataset.preview, { method: "POST", body: new URLSearchParams(typed), redirect: "manual", signal: asking.signal });
      // Logged out, or too often: the buttons of the form still work, and say why.
      if (!answer.ok) return void (stage.hidden = true);
      frame.contentDocument.querySelector("main").innerHTML = await answer.text();
      shown = typed;
      stage.dataset.shown = "yes";
    } catch (error) {
      if (error.name !== "AbortError") stage.hidden = true;
    }
  }
}

/** Everything inside of [data-pictures], which is replaced when it has changed. */
function pictures() {
  const form = document.querySelector("form[data-upload]");
  form?.addEventListener("submit", (event) => {
    const files = [...form.elements.picture.files];
    if (files.length === 0) return;
    event.preventDefault();
    send(form, files);
  });
  order(document.querySelector("[data-order]"));
}

/** One request for each file, so that each may be as large as one may be. */
async function send(form, files) {
  const [button, bar, status] = [form.querySelector("button"), form.querySelector("progress"), form.querySelector("[aria-live]")];
  const largest = Number(form.dataset.largest);
  const all = files.reduce((sum, file) => sum + file.size, 0);
  const refused = [];
  let before = 0;
  // The words are about the first picture that is taken.
  let alt = form.elements.alt.value;
  button.disabled = true;
  bar.hidden = false;
  for (const [place, file] of files.entries()) {
    status.textContent = files.length === 1 ? "Sending the picture." : `Sending picture ${place + 1} of ${files.length}.`;
    if (file.size > largest) {
      refused.push(`${file.name}: it is larger than 10 MB.`);
    } else {
      const told = await sendOne(form.action, file, alt, (sent) => (bar.value = (before + Math.min(sent, file.size)) / all));
      if (told.length === 0) alt = "";
      refused.push(...told.map((words) => (files.length === 1 ? words : `${file.name}: ${words}`)));
    }
    before += file.size;
    bar.value = before / all;
  }
  if (refused.length === 0) return location.assign(`${form.getAttribute("action")}?said=picture-added`);
  await renew(`Not added: ${refused.join(" ")}`);
}

/** Sends a file; what comes back are the reasons why it was not taken. */
function sendOne(address, file, alt, progress) {
  return new Promise((resolve) => {
    const [request, body] = [new XMLHttpRequest(), new FormData()];
    body.append("alt", alt);
    body.append("picture", file);
    request.upload.onprogress = (event) => progress(event.loaded);
    request.onload = () => resolve(request.status === 200 ? JSON.parse(request.responseText).refused : ["It could not be sent. Try again."]);
    request.onerror = () => resolve(["It could not be sent. Try again."]);
    request.open("POST", address);
    request.setRequestHeader("accept", "application/json");
    request.send(body);
  });
}

/** The pictures as they are by now, with a word about what went wrong. */
async function renew(words) {
  const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
  document.querySelector("[data-pictures]").replaceWith(page.querySelector("[data-pictures]"));
  pictures();
  const status = document.querySelector("[data-pictures] [data-told]");
  status.hidden = false;
  status.textContent = words;
  status.focus();
}

/** Rows are drawn by their grips; what is let go is sent by the form of its row, as the buttons do. */
function order(list) {
  let row, from;
  for (const grip of list?.querySelectorAll("[data-grip]") ?? []) {
    grip.hidden = false;
    grip.draggable = true;
    grip.addEventListener("dragstart", (event) => {
      row = grip.closest("li");
      from = [...list.children].indexOf(row);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      event.dataTransfer.setDragImage(row, 0, 0);
      row.dataset.drawn = "yes";
    });
    grip.addEventListener("dragend", (event) => {
      delete row.dataset.drawn;
      const to = [...list.children].indexOf(row);
      if (event.dataTransfer.dropEffect === "none") {
        list.insertBefore(row, list.children[from < to ? from : from + 1] ?? null);
      } else if (to !== from) {
        const form = row.querySelector("form");
        for (const [name, value] of [["act", "to"], ["place", to]]) {
          form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
        }
        form.submit();
      }
      row = undefined;
    });
  }
  list?.addEventListener("dragover", (event) => {
    if (!row) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    const over = event.target.closest("[data-order] > li");
    if (!over || over === row) return;
    const { top, height } = over.getBoundingClientRect();
    list.insertBefore(row, event.clientY < top + height / 2 ? over : over.nextSibling);
  });
  list?.addEventListener("drop", (event) => event.preventDefault());
}
