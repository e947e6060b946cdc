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

/** Opens a port when it is needed first, and the same one from then on. */
export type PortOpener = () => Promise<SystemPort>;

export function openOnce(context: Context, connectionId: string, port?: SystemPort): PortOpener {
  let opened = port === undefined ? undefined : Promise.resolve(port);
  return () => (opened ??= context.systems.openPort(connectionId));
}

/** Calls the system and remembers on the connection whether it answered. */
export async function callSystem<T>(
  context: Context,
  connectionId: string,
  call: (port: SystemPort) => Promise<T>,
  open: PortOpener = openOnce(context, connectionId),
): Promise<T> {
  const port = await open();
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

interface Asking {
  /** Ask the system even where the cache knows. */
  readonly refresh?: boolean;
  readonly open?: PortOpener;
}

export async function loadObjects(
  context: Context,
  connectionId: string,
  { refresh = false, open }: Asking = {},
): Promise<readonly ObjectSummary[]> {
  const known = refresh ? undefined : await readObjectList(context.db, connectionId);
  if (known !== undefined) return known;
  const objects = await callSystem(context, connectionId, (port) => port.discoverObjects(), open);
  await saveObjectList(context.db, connectionId, objects);
  return objects;
}

/** Whether the system offers the object; a list that does not name it may only be old. */
async function isOffered(
  context: Context,
  connectionId: string,
  object: string,
  open: PortOpener | undefined,
): Promise<boolean> {
  const names = (objects: readonly ObjectSummary[]) => objects.some((each) => each.name === object);
  if (names(await loadObjects(context, connectionId, { ...(open && { open }) }))) return true;
  return names(await loadObjects(context, connectionId, { refresh: true, ...(open && { open }) }));
}

/** Undefined where the system does not offer the object. */
export async function loadSchema(
  context: Context,
  connectionId: string,
  object: string,
  { refresh = false, open }: Asking = {},
): Promise<StoredSchema | undefined> {
  const known = refresh ? undefined : await readSchema(context.db, connectionId, object);
  if (known !== undefined) return known;
  if (!(await isOffered(context, connectionId, object, open))) return undefined;
  const schema = await callSystem(context, connectionId, (port) => port.discoverObject(object), open);
  return saveSchema(context.db, connectionId, schema);
}
