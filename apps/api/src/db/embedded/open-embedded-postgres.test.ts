/** The embedded server as a newcomer meets it: first start, second start, a second product, a crash. */
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { openEmbeddedPostgres, type EmbeddedPostgres } from "./open-embedded-postgres.ts";

const opened: EmbeddedPostgres[] = [];
const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(path.join(tmpdir(), "fieldbridge-test-"));
  // As root the server runs as another user, who must be able to pass through.
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
};
const open = async (dataDir: string) => {
  const server = await openEmbeddedPostgres({ dataDir, log: () => {} });
  opened.push(server);
  return server;
};
const query = async (server: EmbeddedPostgres, sql: string) => {
  const client = new pg.Client(server.address);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
};
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

afterEach(async () => {
  for (const server of opened.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test("what was written is there after a stop and a second start", async () => {
  const folder = newFolder();
  const first = await open(folder);
  await query(first, "create table kept (n int); insert into kept values (7)");
  await first.stop();
  const second = await open(folder);
  expect(await query(second, "select n from kept")).toEqual([{ n: 7 }]);
}, 60_000);

test("a second product on the same folder gets one clear sentence and leaves the first alone", async () => {
  const folder = newFolder();
  const first = await open(folder);
  await expect(openEmbeddedPostgres({ dataDir: folder, log: () => {} })).rejects.toThrow(
    /Another Fieldbridge is using/,
  );
  expect(await query(first, "select 1 as one")).toEqual([{ one: 1 }]);
}, 60_000);

test("a folder of another PostgreSQL version is refused with the way to move it, and not touched", async () => {
  const folder = newFolder();
  await (await open(folder)).stop();
  const version = path.join(folder, "postgres", "PG_VERSION");
  writeFileSync(version, "15\n");
  await expect(openEmbeddedPostgres({ dataDir: folder, log: () => {} })).rejects.toThrow(
    /PostgreSQL 15.*pg_dump/,
  );
  expect(readFileSync(version, "utf8")).toBe("15\n");
}, 60_000);

/** A product in a process of its own that has confirmed one row. */
const startProduct = async (folder: string) => {
  const module = fileURLToPath(new URL("./open-embedded-postgres.ts", import.meta.url));
  const script = `
    import { openEmbeddedPostgres } from ${JSON.stringify(module)};
    import pg from "pg";
    const server = await openEmbeddedPostgres({ dataDir: ${JSON.stringify(folder)}, log: () => {} });
    const client = new pg.Client(server.address);
    await client.connect();
    await client.query("create table kept (n int); insert into kept values (1)");
    console.log("confirmed");
    setInterval(() => {}, 1000);`;
  const product = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: path.dirname(module),
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve) =>
    product.stdout.on("data", (chunk) => String(chunk).includes("confirmed") && resolve()),
  );
  const pidFile = path.join(folder, "postgres", "postmaster.pid");
  return { product, serverPid: Number(readFileSync(pidFile, "utf8").split("\n")[0]) };
};

test("kill -9 of the product leaves no server behind and loses nothing that was confirmed", async () => {
  const folder = newFolder();
  const { product, serverPid } = await startProduct(folder);
  product.kill("SIGKILL");
  await expect.poll(() => isAlive(serverPid), { timeout: 10_000 }).toBe(false);
  expect(await query(await open(folder), "select n from kept")).toEqual([{ n: 1 }]);
}, 60_000);

test.runIf(process.platform === "linux")(
  "a server whose product and supervisor were both killed is taken over, and ends with its new product",
  async () => {
    const folder = newFolder();
    const { product, serverPid } = await startProduct(folder);
    const supervisorPid = Number(
      readFileSync(`/proc/${serverPid}/stat`, "utf8").split(") ")[1]?.split(" ")[1],
    );
    process.kill(supervisorPid, "SIGKILL");
    const ended = new Promise((resolve) => product.once("exit", resolve));
    product.kill("SIGKILL");
    await ended;
    const next = await open(folder);
    expect(isAlive(serverPid)).toBe(true);
    expect(await query(next, "select n from kept")).toEqual([{ n: 1 }]);
    await next.stop();
    expect(isAlive(serverPid)).toBe(false);
  },
  60_000,
);
