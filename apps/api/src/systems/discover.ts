/** Objects and fields of a system: from the cache, else from the system itself; the state of the connection follows. */
import { Fault, type SystemPort } from "@fieldbridge/engine";
import type { ObjectSummary } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { setConnectionState, type ConnectionState } from "../stores/connections.store.ts";
import {
  readObjectList,
  readSchema,
  saveObjectList,
  saveSchema,
  type StoredSchema,
} from "../stores/schemas.store.ts";

type Context = Pick<AppContext, "db" | "systems">;

/** What a failed call says about the connection; undefined where it says nothing. */
const toState = (fault: Fault): ConnectionState | undefined => {
  if (fault.issue.code === "CON-601") return "needs-sign-in";
  return ["CON-602", "CON-604", "CON-608"].includes(fault.issue.code) ? "unreachable" : undefined;
};

/** Calls the system and remembers on the connection whether it answered. */
export async function callSystem<T>(
  context: Context,
  connectionId: string,
  call: (port: SystemPort) => Promise<T>,
): Promise<T> {
  const port = await context.systems.openPort(connectionId);
  try {
    const answer = await call(port);
    await setConnectionState(context.db, connectionId, "ok");
    return answer;
  } catch (error) {
    const state = error instanceof Fault ? toState(error) : undefined;
    if (state !== undefined) await setConnectionState(context.db, connectionId, state);
    throw error;
  }
}

export async function loadObjects(
  context: Context,
  connectionId: string,
  refresh = false,
): Promise<readonly ObjectSummary[]> {
  const known = refresh ? undefined : await readObjectList(context.db, connectionId);
  if (known !== undefined) return known;
  const objects = await callSystem(context, connectionId, (port) => port.discoverObjects());
  await saveObjectList(context.db, connectionId, objects);
  return objects;
}

/** Undefined where the system does not offer the object. */
export async function loadSchema(
  context: Context,
  connectionId: string,
  object: string,
  refresh = false,
): Promise<StoredSchema | undefined> {
  const known = refresh ? undefined : await readSchema(context.db, connectionId, object);
  if (known !== undefined) return known;
  const objects = await loadObjects(context, connectionId, refresh);
  if (!objects.some((each) => each.name === object)) return undefined;
  const schema = await callSystem(context, connectionId, (port) => port.discoverObject(object));
  return saveSchema(context.db, connectionId, schema);
}
