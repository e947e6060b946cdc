/**
 * The commands of the README: `start`, `test`, `demo`, `sandbox`, `bench`, `proof`. Needs only Node and npm: it brings the pinned pnpm, installs
 * what is missing, builds what changed and then does the job. No dependency, because it runs before there is one.
 */
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);
const [command = "start", ...rest] = process.argv.slice(2);
const manifest = JSON.parse(fs.readFileSync("package.json", "utf8"));
const isWindows = process.platform === "win32";

const fail = (sentence) => {
  console.error(sentence);
  process.exit(1);
};

const checkNode = () => {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(
      `Fieldbridge needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and try again.`,
    );
};

const checkWritable = () => {
  try {
    fs.mkdirSync("node_modules", { recursive: true });
    fs.accessSync("node_modules", fs.constants.W_OK);
    fs.accessSync(".", fs.constants.W_OK);
    fs.writeFileSync("node_modules/.write-test", "");
    fs.rmSync("node_modules/.write-test");
  } catch {
    fail(
      `The folder ${root} cannot be written; copy Fieldbridge to a folder that you own and start it there.`,
    );
  }
};

Object.assign(process.env, { TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", CHECKPOINT_DISABLE: "1" });

/** Runs pnpm: the one on PATH where it is the pinned version, else through npx. Ends the process if it fails. */
const pnpm = (() => {
  const pin = manifest.packageManager;
  const installed = spawnSync("pnpm", ["--version"], {
    shell: isWindows,
    encoding: "utf8",
    cwd: os.homedir(),
  });
  const found = installed.stdout?.trim() === pin.split("@")[1];
  const [program, prefix] = found ? ["pnpm", []] : ["npx", ["--yes", "--loglevel=error", pin]];
  return (args, options = {}) => {
    const result = spawnSync(program, [...prefix, ...args], {
      stdio: "inherit",
      shell: isWindows,
      ...options,
    });
    if (result.status !== 0 && !options.mayFail) {
      if (result.stderr !== null) console.error(String(result.stdout), String(result.stderr));
      process.exit(result.status ?? 1);
    }
    return result.status === 0;
  };
})();

const install = () => {
  const stamp = "node_modules/.modules.yaml";
  if (fs.existsSync(stamp) && fs.statSync(stamp).mtimeMs >= fs.statSync("pnpm-lock.yaml").mtimeMs) return;
  console.log("Installing packages (the first time takes about half a minute) ...");
  pnpm(["install", "--frozen-lockfile", "--reporter=silent"], { stdio: "pipe", encoding: "utf8" });
  fs.utimesSync(stamp, new Date(), new Date());
};

const turbo = (tasks, ...options) =>
  pnpm(
    [
      "exec",
      "turbo",
      "run",
      ...tasks,
      "--output-logs=errors-only",
      "--log-prefix=none",
      "--summarize=false",
      ...options,
    ],
    {
      stdio: ["ignore", "inherit", "inherit"],
      mayFail: true,
    },
  );

const build = () => {
  console.log("Building what changed ...");
  pnpm(["exec", "turbo", "run", "build", "--output-logs=errors-only", "--log-prefix=none"], {
    stdio: "pipe",
    encoding: "utf8",
  });
};

/** The npm process above us, if npm started this; undefined where that cannot be told. */
const findNpm = () => {
  if (!process.env.npm_lifecycle_event || isWindows) return undefined;
  for (let pid = process.ppid, steps = 0; pid > 1 && steps < 4; steps += 1) {
    const line = spawnSync("ps", ["-o", "ppid=,args=", "-p", String(pid)], {
      encoding: "utf8",
    }).stdout?.trim();
    if (!line) return undefined;
    if (/\bnpm\b/.test(line) && !/\bsh -c\b/.test(line)) return pid;
    pid = Number(line.split(/\s+/)[0]);
  }
  return undefined;
};

/**
 * Runs a Node program as the job of this command. Ctrl-C reaches it directly, other signals are passed on, and it
 * learns by its IPC channel when this process is gone, so that nothing is left behind.
 */
const runProgram = (args) => {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const npm = findNpm();
  if (npm !== undefined)
    setInterval(() => {
      try {
        process.kill(npm, 0);
      } catch {
        child.kill("SIGTERM");
      }
    }, 1000).unref();
  child.on("exit", (code, signal) =>
    process.exit(code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 0 : 1)),
  );
};

/**
 * Runs `bench/<id>-*.ts` for each id named, or for all with this first letter; 1 if one of them missed its goal.
 * Options (`--size small`) are given to each of them.
 */
const runFigures = (letter, args) => {
  const files = fs.readdirSync("bench").filter((file) => new RegExp(`^${letter}\\d+-.*\\.ts$`).test(file));
  const firstOption = args.findIndex((arg) => arg.startsWith("-"));
  const wanted = firstOption < 0 ? args : args.slice(0, firstOption);
  const options = firstOption < 0 ? [] : args.slice(firstOption);
  const unknown = wanted.find((id) => !files.some((file) => file.startsWith(`${id.toLowerCase()}-`)));
  const known = files
    .map((file) => file.split("-")[0].toUpperCase())
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  if (unknown) fail(`There is no ${unknown}. There are: ${known.join(", ")}.`);
  const missed = known
    .filter((id) => wanted.length === 0 || wanted.some((each) => each.toUpperCase() === id))
    .filter((id) => {
      const file = files.find((each) => each.startsWith(`${id.toLowerCase()}-`));
      console.log(`\n== ${id} ${file}`);
      return (
        spawnSync(process.execPath, ["--import", "tsx", path.join("bench", file), ...options], {
          stdio: "inherit",
        }).status !== 0
      );
    });
  if (missed.length > 0) console.error(`\nMissed: ${missed.join(", ")}`);
  return missed.length > 0 ? 1 : 0;
};

checkNode();
checkWritable();
switch (command) {
  case "start":
    install();
    build();
    runProgram(["apps/api/dist/server.mjs", ...rest]);
    break;
  case "demo":
    install();
    build();
    runProgram(["scripts/demo.mjs", ...rest]);
    break;
  case "sandbox":
    install();
    runProgram([
      "--import",
      "tsx",
      "packages/sandbox/src/cli.ts",
      "--data",
      process.env.FIELDBRIDGE_DATA
        ? path.join(process.env.FIELDBRIDGE_DATA, "sandboxes")
        : ".fieldbridge/sandboxes",
      ...rest,
    ]);
    break;
  case "screenshots": {
    install();
    build();
    const { findBrowser } = await import("./find-browser.mjs");
    const browser = await findBrowser({ pnpm });
    if (browser) process.env.CHROMIUM_PATH = browser;
    runProgram(["--import", "tsx", "e2e/screenshots.ts"]);
    break;
  }
  case "bench":
  case "proof": {
    install();
    build();
    process.exit(runFigures(command === "bench" ? "p" : "r", rest));
    break;
  }
  case "test": {
    install();
    const { runTests } = await import("./run-tests.mjs");
    process.exit(await runTests({ pnpm, turbo, root }));
    break;
  }
  default:
    fail(`Unknown command "${command}". There are: start, test, demo, sandbox, bench, proof, screenshots.`);
}
