// The small script of every page. First: bringing the interactive parts (its "islands") to life.
// Pages without any load nothing more.
//
// The page carries <script type="module" src="…boot.js" data-js="…" data-wasm="…">; the server knows the hashed names.

const { js, wasm } = document.querySelector("script[data-js][data-wasm]")?.dataset ?? {};
const islands = document.querySelectorAll("leptos-island");

if (js && islands.length > 0) {
  whenIdle(() => start(js, wasm, islands));
}

/** Waits until the page is drawn and quiet, but not for ever. */
function whenIdle(task) {
  if ("requestIdleCallback" in window) {
    requestIdleCallback(task, { timeout: 1000 });
  } else {
    setTimeout(task, 50);
  }
}

async function start(js, wasm, islands) {
  const bundle = await import(js);
  await bundle.default({ module_or_path: wasm });
  bundle.hydrate();
  // Document order: an island is awake before those among its children.
  for (const island of islands) {
    await wake(island, bundle);
  }
  // Tests wait for this.
  document.documentElement.dataset.islands = "awake";
}

/** Runs the function of the bundle that bears the island's name. */
async function wake(island, bundle) {
  const name = island.dataset.component;
  const component = bundle[name];
  if (!island.isConnected) return;
  if (!component) throw new Error(`The bundle has no island "${name}".`);
  // Children that the server rendered into another island belong to that island's scope;
  // it left a function on their wrapper that enters the scope.
  island.parentElement?.closest("leptos-children")?.$$on_hydrate?.();
  await component(island);
}

// The device's zone, so that pages can show the viewer's own time beside that of the visit.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) {
  // Over TLS the prefix keeps other hosts of the domain from setting it for us.
  const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; secure"] : ["", ""];
  document.cookie = `${prefix}zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax${secure}`;
}

// The picture of the card that was pressed grows into the first picture of its page (`service-hero`).
addEventListener("pageswap", ({ activation, viewTransition }) => {
  const to = activation?.entry?.url;
  if (!viewTransition || !to) return;
  const link = [...document.querySelectorAll(".service-link")].find((card) => card.href === to);
  const picture = link?.closest(".service")?.querySelector(".picture");
  if (picture) picture.style.viewTransitionName = "service-picture";
});
