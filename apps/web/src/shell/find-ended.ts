/** Which runs ended between two looks at Home. */
import type { Home, Run } from "@fieldbridge/model";

/** Runs that were in progress before and are not any more, as they ended; those nobody knows any more are left out. */
export const findEnded = (running: readonly Run[], home: Pick<Home, "running" | "recentRuns">): Run[] =>
  running
    .filter((run) => !home.running.some((each) => each.id === run.id))
    .flatMap((run) => home.recentRuns.find((each) => each.id === run.id) ?? []);
