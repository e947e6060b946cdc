/** The life of the process: start, one line for the person, and a clean end on Ctrl-C, SIGTERM or a lost parent. */
import { readConfig } from "../config.ts";
import { StartProblem } from "../start-problem.ts";
import { startProduct } from "./start-product.ts";

/** A page in flight is stored or given up well within this. */
const STOP_LIMIT_MS = 20_000;

const tell = (line: string): void => console.log(line);

export async function runProcess(parts: "all" | "worker"): Promise<void> {
  let product: Awaited<ReturnType<typeof startProduct>>;
  let stopping: Promise<void> | undefined;
  let asked = false;

  const end = (): void => {
    asked = true;
    // Asked while still starting: the start goes on to its end and is stopped then.
    if (product === undefined || stopping !== undefined) return;
    tell("Stopping ...");
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    stopping = product.stop().then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  process.on("disconnect", end);

  try {
    const config = readConfig();
    if (parts === "worker" && config.databaseUrl === undefined)
      throw new StartProblem(
        "A worker of its own needs DATABASE_URL: the embedded database belongs to one process alone.",
      );
    product = await startProduct(config, { parts, tell });
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  tell(
    product.url === undefined ? "Fieldbridge worker is ready." : `Fieldbridge is ready: open ${product.url}`,
  );
  if (asked) end();
}
