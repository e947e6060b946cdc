/**
 * Lets the gates of all processes act as one: a pause or a broken system is told to everybody at once, calls at once
 * are divided among the processes that want to call, and the calls of a span are leased in chunks. No call waits for
 * the database unless its process has used up what it holds; what is held is renewed in the background.
 */
import { randomUUID } from "node:crypto";
import type { ShareLimits, GateShare } from "@fieldbridge/connectors";
import type { Database } from "../db/database.ts";
import { listen, type Listener } from "../db/listen.ts";
import { GATE_CHANNEL } from "../stores/connection-gates.store.ts";
import { createSharedGate, type SharedGate } from "./shared-gate.ts";

export interface SharedGates {
  /** The part of this process in the gate of a connection; other limits make a part of their own. */
  open(connectionId: string, limits: ShareLimits): Promise<GateShare>;
  /** Gives everything back. */
  close(): Promise<void>;
}

const RENEW_MS = 1_000;

/** `onError` hears of a database that does not answer; gates go on with what they hold until its lease is over. */
export function createSharedGates(db: Database, onError: (error: unknown) => void): SharedGates {
  const processId = randomUUID();
  const gates: SharedGate[] = [];
  let listener: Promise<Listener> | undefined;
  let renewal: NodeJS.Timeout | undefined;

  const renewAll = (which: (gate: SharedGate) => boolean): void => {
    for (const gate of gates.filter(which)) gate.renew().catch(onError);
  };

  const start = async (): Promise<void> => {
    renewal ??= setInterval(() => renewAll((gate) => gate.isUsed()), RENEW_MS).unref();
    listener ??= listen(db.address, {
      channel: GATE_CHANNEL,
      name: "fieldbridge gates",
      onError,
      onMessage: (payload) => {
        const [connectionId, teller = ""] = payload.split(" ");
        if (!teller.startsWith(processId)) renewAll((gate) => gate.connectionId === connectionId);
      },
    }).catch((error: unknown) => {
      listener = undefined;
      throw error;
    });
    await listener;
  };

  return {
    async open(connectionId, limits) {
      await start();
      const gate = createSharedGate(db, {
        connectionId,
        holder: `${processId}/${gates.length}`,
        limits,
        onError,
      });
      gates.push(gate);
      await gate.renew();
      return gate.share;
    },
    async close() {
      clearInterval(renewal);
      await Promise.all(gates.map((gate) => gate.close().catch(onError)));
      await (await listener?.catch(() => undefined))?.close();
    },
  };
}
