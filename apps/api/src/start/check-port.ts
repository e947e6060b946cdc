/** Looks whether a port can be had before anything is started, for one clear sentence instead of a half start. */
import { createServer } from "node:net";
import { StartProblem } from "../start-problem.ts";

export const checkPort = (host: string, port: number, use: string, variable: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? "is used by another program"
          : `cannot be opened (${error.code ?? error.message})`;
      reject(new StartProblem(`Port ${port} for ${use} ${reason}. Stop that program, or set ${variable}.`));
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });
