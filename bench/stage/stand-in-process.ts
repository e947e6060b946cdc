/** A stand-in endpoint in a process of its own, so that its work and its memory are not counted as ours. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startStandIn, type StandInCounts, type StandInSettings } from "./stand-in.ts";

export interface StandIn {
  readonly url: string;
  counts(): Promise<StandInCounts>;
  /** Forgets the counts, not the records. */
  clear(): Promise<void>;
  /** Changes every n-th record of the source. */
  changeEvery(n: number): Promise<void>;
  /** Takes every record from now on. */
  cure(): Promise<void>;
  readonly close: () => Promise<void>;
}

const calm: StandInSettings = {
  records: 0,
  latencyMs: 0,
  poison: [],
  allOrNothing: false,
  limiter: null,
};

const isProgram = process.argv[1] === fileURLToPath(import.meta.url);

if (isProgram) {
  const { url } = await startStandIn(JSON.parse(process.argv[2] ?? "{}") as StandInSettings);
  process.send?.(url);
  // Ends with the process that started it, however that one ends.
  process.on("disconnect", () => process.exit());
}

export async function openStandIn(settings: Partial<StandInSettings>): Promise<StandIn> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify({ ...calm, ...settings })], {
    execArgv: ["--import", "tsx", "--max-old-space-size=4096"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("message", (message) => resolve(message as string));
    child.once("exit", () => reject(new Error("The stand-in endpoint did not start.")));
  });
  const ask = async (path: string): Promise<StandInCounts> =>
    (await (await fetch(`${url}/_stand-in/${path}`, { method: "POST" })).json()) as StandInCounts;
  return {
    url,
    counts: () => ask("counts"),
    clear: async () => void (await ask("clear")),
    cure: async () => void (await ask("cure")),
    changeEvery: async (n) => void (await ask(`change/${n}`)),
    close: () =>
      new Promise((resolve) => {
        child.removeAllListeners("exit");
        child.once("exit", () => resolve());
        child.kill();
      }),
  };
}
