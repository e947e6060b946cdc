// The command as a person starts it: killed without warning it keeps what it confirmed, and --reset starts afresh.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

const workspace = createRequire(new URL("../../../package.json", import.meta.url));
const loader = pathToFileURL(workspace.resolve("tsx")).href;
const command = fileURLToPath(new URL("./cli.ts", import.meta.url));
const running = new Set<ChildProcess>();
let data = "";
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), "sandbox-cli-"));
});
afterEach(() => running.forEach((child) => child.kill("SIGKILL")));
afterAll(() => rmSync(data, { recursive: true, force: true }));

async function start(
  ...more: string[]
): Promise<{ child: ChildProcess; salesforce: string; lines: string[] }> {
  const ports = ["--salesforce-port", "0", "--business-central-port", "0", "--data", data];
  const child = spawn(process.execPath, ["--import", loader, command, ...ports, ...more], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
    lines.push(line);
    if (lines.length === 2) break;
  }
  const salesforce = /http\S+/.exec(lines[0] ?? "")?.[0] ?? "";
  return { child, salesforce, lines };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
  running.delete(child);
  return child.exitCode;
}

async function post(origin: string, path: string, body: string, type: string, token = ""): Promise<unknown> {
  const headers = { "content-type": type, authorization: `Bearer ${token}` };
  return (await fetch(origin + path, { method: "POST", headers, body })).json();
}

async function findAccount(origin: string): Promise<boolean> {
  return (await (await fetch(`${origin}/?object=Account&q=Confirmed`)).text()).includes("1 record,");
}

describe("the sandbox command", { timeout: 30_000 }, () => {
  it("prints a line per server, survives kill -9 with all it confirmed, and resets when told", async () => {
    const first = await start();
    expect(first.lines).toEqual([
      expect.stringMatching(/^Salesforce-like sandbox: http:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^Business-Central-like sandbox: http:\/\/127\.0\.0\.1:\d+$/),
    ]);
    const form =
      "grant_type=client_credentials&client_id=fieldbridge-demo&client_secret=fieldbridge-demo-secret";
    const token = await post(
      first.salesforce,
      "/services/oauth2/token",
      form,
      "application/x-www-form-urlencoded",
    );
    const access = (token as { access_token: string }).access_token;
    const path = "/services/data/v66.0/sobjects/Account";
    const made = await post(first.salesforce, path, '{"Name":"Confirmed"}', "application/json", access);
    expect(made).toMatchObject({ success: true });
    await kill(first.child, "SIGKILL");

    const second = await start();
    expect(await findAccount(second.salesforce)).toBe(true);
    expect(await kill(second.child, "SIGTERM")).toBe(0);

    const third = await start("--reset");
    expect(await findAccount(third.salesforce)).toBe(false);
    await kill(third.child, "SIGTERM");
  });
});
