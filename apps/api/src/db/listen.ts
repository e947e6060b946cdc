/** Hears what the database notifies, on a connection of its own that is made again when it breaks. */
import pg from "pg";
import type { PoolConfig } from "./database.ts";

export interface Listener {
  close(): Promise<void>;
}

const RECONNECT_MS = 1_000;

/** `name` is shown in the database's list of connections. The first connection is waited for; later ones are not. */
export async function listen(
  address: PoolConfig,
  options: {
    readonly channel: string;
    readonly name: string;
    readonly onMessage: (payload: string) => void;
    readonly onError: (error: Error) => void;
  },
): Promise<Listener> {
  let closed = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const mine = new pg.Client({ ...address, application_name: options.name });
    client = mine;
    const retry = (): void => {
      if (closed || client !== mine) return;
      client = undefined;
      mine.end().catch(() => {});
      timer = setTimeout(() => void connect().catch(() => retry()), RECONNECT_MS);
    };
    mine.on("error", (error) => {
      options.onError(error);
      retry();
    });
    mine.on("end", retry);
    mine.on("notification", (message) => options.onMessage(message.payload ?? ""));
    try {
      await mine.connect();
      await mine.query(`listen ${options.channel}`);
    } catch (error) {
      retry();
      throw error;
    }
  };

  await connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
