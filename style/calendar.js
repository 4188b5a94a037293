// The small script of the calendar: visits and blocks are drawn to another time, and free time is dragged over to block it.
// Nothing happens by drawing: a visit asks in a dialog, whose answer is the form that moves visits; hours lead to the form
// of the page, filled in. Without it links lead to the same forms. A finger draws what it has rested on; before that it scrolls.

/** Minutes of a row. */
const ROW = 15;
/** How far a mouse goes before it draws, in pixels, and how long a finger rests, in milliseconds. */
const [FAR, REST] = [5, 400];
/** How near to the edge of the window it scrolls, and how much at once, in pixels. */
const [EDGE, SCROLL] = [56, 10];

const calendar = document.querySelector(".cal:has([data-instants])");
/** Phones have a list, which has no rows to draw over. */
const roomy = matchMedia("(min-width: 56rem)");
/** What is held: where it was taken, and since it is drawn also the ghost that shows where it would be. */
let held;

if (calendar) {
  document.querySelector("[data-hint]")?.removeAttribute("hidden");
  calendar.dataset.draws = "yes";
  calendar.addEventListener("pointerdown", take);
  calendar.addEventListener("dragstart", (event) => roomy.matches && event.preventDefault());
  calendar.addEventListener("contextmenu", (event) => held?.finger && event.preventDefault());
  calendar.addEventListener("touchmove", (event) => held?.ghost && event.preventDefault(), { passive: false });
  addEventListener("pointermove", follow);
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", (event) => event.pointerId === held?.pointer && letGo());
  addEventListener("blur", () => letGo());
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !held?.ghost) return;
    event.preventDefault();
    notClicked(true);
    letGo();
  });
}

function take(event) {
  if (event.button !== 0 || held || !roomy.matches || event.target.closest(".cal-change")) return;
  const grid = event.target.closest("[data-instants]");
  const item = event.target.closest(".cal-event");
  if (!grid || (item ? !item.dataset.move : !grid.dataset.block)) return;
  const finger = event.pointerType !== "mouse";
  held = { pointer: event.pointerId, finger, item, grid, from: grid, x: event.clientX, y: event.clientY, left: event.clientX, top: event.clientY };
  held.row = rowAt(grid, event.clientY);
  // Where in the thing it was taken, so that it does not jump.
  held.before = item ? held.row - number(item, "cal-at-") : 0;
  held.rows = item ? number(item, "cal-for-") : 1;
  if (finger) held.timer = setTimeout(draw, REST);
}

function follow(event) {
  if (event.pointerId !== held?.pointer) return;
  [held.x, held.y] = [event.clientX, event.clientY];
  if (held.ghost) return;
  if (Math.hypot(held.x - held.left, held.y - held.top) < FAR) return;
  if (held.finger) letGo();
  else draw();
}

/** From here on it is drawn. */
function draw() {
  const title = held.item?.querySelector(".cal-title")?.textContent ?? "Block";
  const ghost = document.createElement("li");
  ghost.setAttribute("aria-hidden", "true");
  ghost.innerHTML = '<div class="cal-face"><span class="cal-time"></span><span class="cal-title"></span></div>';
  ghost.querySelector(".cal-title").textContent = title;
  if (held.item) held.item.dataset.drawn = "yes";
  held.ghost = ghost;
  calendar.dataset.drawing = "yes";
  getSelection()?.removeAllRanges();
  requestAnimationFrame(keepUp);
}

/** The ghost follows the pointer, also while the page scrolls under it. */
function keepUp() {
  if (!held?.ghost) return;
  if (held.y < EDGE) scrollBy(0, -SCROLL);
  if (held.y > innerHeight - EDGE) scrollBy(0, SCROLL);
  place();
  requestAnimationFrame(keepUp);
}

function place() {
  // A visit keeps its person, and a block lies within a day.
  const columns = held.item ? [...calendar.querySelectorAll("[data-instants]")] : [held.from];
  const over = columns.find((column) => {
    const { left, right } = column.getBoundingClientRect();
    return column.dataset.lane === held.from.dataset.lane && left <= held.x && held.x < right;
  });
  held.grid = over ?? held.grid;
  const [row, count] = [rowAt(held.grid, held.y), rowsOf(held.grid)];
  if (held.item) {
    held.first = Math.max(0, Math.min(row - held.before, count - held.rows));
    held.last = held.first + held.rows;
  } else {
    [held.first, held.last] = [Math.min(row, held.row), Math.max(row, held.row) + 1];
  }
  const kind = held.item ? "" : " cal-plain";
  const length = held.last - held.first;
  held.ghost.className = `cal-event cal-ghost${kind} cal-at-${held.first} cal-for-${length}${length < 2 ? " cal-short" : ""}`;
  held.ghost.querySelector(".cal-time").textContent = `${clock(minuteOf(held.first))}–${clock(minuteOf(held.last))}`;
  const list = held.grid.querySelector(".cal-events");
  if (held.ghost.parentNode !== list) list.append(held.ghost);
}

function drop(event) {
  if (event.pointerId !== held?.pointer) return;
  if (!held.ghost) return letGo();
  notClicked();
  place();
  const { item, grid, first, last } = held;
  const still = item && grid === held.from && first === number(item, "cal-at-");
  if (still) return letGo();
  const [from, to] = [minuteOf(first), minuteOf(last)];
  if (item?.dataset.by === "start") return ask(`${item.dataset.move}&start=${encodeURIComponent(instant(grid, from))}`);
  const hours = `&from=${clock(from)}&to=${clock(to)}`;
  location.assign(item ? `${item.dataset.move}&on=${grid.dataset.date}${hours}${item.dataset.place}` : `${grid.dataset.block}${hours}#block-time`);
  letGo();
}

/** The server's question in a dialog; what cannot be asked in place is asked on the page for it. */
async function ask(address) {
  const { ghost, item } = held;
  held = undefined;
  delete calendar.dataset.drawing;
  let words;
  try {
    const answer = await fetch(`${address}&part=question`, { redirect: "error" });
    if (answer.ok) words = await answer.text();
  } catch {
    // Away, or logged out: the page says so.
  }
  if (words === undefined) return location.assign(address);
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "move-title");
  dialog.innerHTML = words;
  dialog.addEventListener("close", () => {
    dialog.remove();
    ghost.remove();
    delete item.dataset.drawn;
    item.querySelector(".cal-face").focus({ preventScroll: true });
  });
  dialog.querySelector("[data-cancel]")?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  calendar.closest("main").append(dialog);
  dialog.showModal();
}

function letGo() {
  if (!held) return;
  clearTimeout(held.timer);
  held.ghost?.remove();
  if (held.item) delete held.item.dataset.drawn;
  delete calendar.dataset.drawing;
  held = undefined;
}

/** What was drawn is a link as well; letting it go does not follow it. After Escape the button is still `down`. */
function notClicked(down) {
  const stop = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", stop, { capture: true, once: true });
  const over = () => setTimeout(() => removeEventListener("click", stop, { capture: true }), 0);
  if (down) addEventListener("pointerup", over, { once: true });
  else over();
}

const rowsOf = (grid) => number(grid, "cal-hours-") * (60 / ROW);
const minuteOf = (row) => Number(held.grid.dataset.first) + row * ROW;
const clock = (minute) => `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** The row at a height of the window, within the day. */
function rowAt(grid, y) {
  const { top, height } = grid.getBoundingClientRect();
  const count = rowsOf(grid);
  return Math.max(0, Math.min(count - 1, Math.floor(((y - top) / height) * count)));
}

/** Positions are class names: "cal-at-12". */
function number(element, prefix) {
  return Number([...element.classList].find((name) => name.startsWith(prefix)).slice(prefix.length));
}

/** The instant at which the server says a minute of that day begins. */
function instant(grid, minute) {
  const known = grid.dataset.instants.split(" ").map((pair) => pair.split(":").map(Number));
  const [from, at] = known.findLast(([from]) => from <= minute);
  return new Date((at + (minute - from) * 60) * 1000).toISOString();
}
