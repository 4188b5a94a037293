// Applies migrations/*.sql in order to the empty database that DATABASE_URL names (a socket folder, as tools/with-postgres makes them).
// The server does this itself; here it cannot, for compiling it needs the answers first.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";

const [, user, folder, database] = /^postgres:\/\/([^@]+)@([^/]+)\/(.+)$/.exec(process.env.DATABASE_URL);
const sql = postgres({
  path: join(decodeURIComponent(folder), ".s.PGSQL.5432"),
  user,
  database,
  max: 1,
  onnotice: () => {},
});

for (const name of readdirSync("migrations").filter((name) => name.endsWith(".sql")).sort()) {
  try {
    await sql.unsafe(readFileSync(join("migrations", name), "utf8")).simple();
  } catch (error) {
    console.error(`migrations/${name}: ${error.message}`);
    process.exit(1);
  }
}
await sql.end();
