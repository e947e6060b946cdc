/**
 * Keeps the embedded database from outliving the product. It holds the read end of a pipe whose write end is the
 * product; when the product ends in any way, kill -9 included, the pipe closes and the server is stopped. Plain
 * JavaScript, because it is started as a file of its own from source and from the build alike.
 *
 * Arguments, as one JSON text: `{ adopt: pid }` watches a running server, else
 * `{ command, args, uid, gid, env, logFile }` starts one. It says `started <pid>` or `ended <code>` on stdout.
 */
import { spawn } from "node:child_process";
import { openSync } from "node:fs";

const order = JSON.parse(process.argv[2] ?? "{}");

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** SIGINT is PostgreSQL's fast shutdown: open transactions roll back, everything confirmed is on disk. */
const stop = (pid) => {
  if (!isAlive(pid)) process.exit(0);
  process.kill(pid, "SIGINT");
  setInterval(() => isAlive(pid) || process.exit(0), 20);
};

let serverPid = order.adopt;
if (serverPid === undefined) {
  const log = openSync(order.logFile, "a", 0o600);
  const server = spawn(order.command, order.args, {
    uid: order.uid,
    gid: order.gid,
    env: order.env,
    cwd: "/",
    stdio: ["ignore", log, log],
    detached: true,
  });
  server.on("error", (error) => {
    process.stdout.write(`ended ${error.message}\n`);
    process.exit(1);
  });
  server.on("exit", (code) => {
    process.stdout.write(`ended ${code}\n`);
    process.exit(code ?? 1);
  });
  serverPid = server.pid;
}

// The product may be gone before it reads what is written here.
process.stdout.on("error", () => {});
process.stdout.write(`started ${serverPid}\n`);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
process.stdin.on("end", () => stop(serverPid)).on("error", () => stop(serverPid));
process.stdin.resume();
