import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Loading the demo data draws its pictures, which takes minutes in an unoptimised build on a busy machine. */
const START_WITHIN_MS = 600_000;

const root = fileURLToPath(new URL("../..", import.meta.url));
const results = fileURLToPath(new URL("../results", import.meta.url));

/**
 * Starts one server with demo data for all journeys, in a folder of its own, and returns what ends it.
 * SITE_URL names a running server instead; then nothing is started.
 */
export default async function startServer(): Promise<() => Promise<void>> {
  if (process.env.SITE_URL) return async () => {};

  const program = process.env.SERVICEHUB_BIN;
  if (!program) throw new Error("SERVICEHUB_BIN names the program to test. Run the journeys with: tools/journeys");

  const folder = mkdtempSync(join(tmpdir(), "servicehub-journeys-"));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  // By name: browsers have no passkeys for an address made of numbers.
  const site = `http://localhost:${port}`;
  const { DATABASE_URL: _, ...environment } = process.env;
  const server = spawn(program, ["serve"], {
    cwd: root,
    env: {
      ...environment,
      LISTEN: address,
      PUBLIC_URL: site,
      DATA_DIR: folder,
      DEMO: "on",
      // All visitors here share one address; limits have tests of their own.
      RATE_LIMITS: "off",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = join(results, "server.log");
  mkdirSync(results, { recursive: true });
  const file = createWriteStream(log);
  server.stdout.pipe(file);
  server.stderr.pipe(file);

  const end = async () => {
    await stop(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(site, server);
  } catch (error) {
    await end();
    const lastWords = readFileSync(log, "utf8").split("\n").slice(-30).join("\n");
    throw new Error(`${(error as Error).message} The last lines of ${log}:\n${lastWords}`);
  }
  process.env.SITE_URL = site;
  return end;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function ready(site: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_WITHIN_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null || server.signalCode !== null) throw new Error("The server ended while starting.");
    const answer = await fetch(`${site}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`The server was not ready within ${START_WITHIN_MS / 1000} s.`);
}

/** Asks the server to end, and makes it after a while. Only the process started here is ever touched. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, "exit");
  server.kill("SIGTERM");
  const impatience = setTimeout(() => server.kill("SIGKILL"), 20_000);
  await gone;
  clearTimeout(impatience);
}
