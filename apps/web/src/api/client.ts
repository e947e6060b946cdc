/** One typed call for every route of the contract: `callApi("getTransfer", { params: { id } })`. */
import type { RouteInput, RouteName, RouteResponse } from "@fieldbridge/model";
import { toApiProblem, toUnreachable } from "./problem.ts";
import { routeTable } from "./route-table.ts";

/** Routes that can be called without any input. */
export type InputArgs<N extends RouteName> =
  object extends RouteInput<N> ? [input?: RouteInput<N>] : [input: RouteInput<N>];

export interface LooseInput {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** A value as it stands in an address; blank where it is no plain value. */
const toPlain = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";

/** Method and address of a call; blank query values are left out. */
export function toRequest(name: RouteName, input: LooseInput): { method: string; url: string } {
  const [method = "GET", path = ""] = routeTable[name].split(" ");
  const params = isRecord(input.params) ? input.params : {};
  const filled = path.replace(/:(\w+)/g, (_all, key: string) => encodeURIComponent(toPlain(params[key])));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(isRecord(input.query) ? input.query : {}))
    if (toPlain(value) !== "") query.set(key, toPlain(value));
  const text = query.toString();
  return { method, url: `/api${filled}${text === "" ? "" : `?${text}`}` };
}

/**
 * The call below `callApi` and the hooks, for inputs whose parts are only known by their names. The server validates
 * every answer against the contract before it sends it, hence no second validation here.
 */
export async function sendRequest<N extends RouteName>(
  name: N,
  input: LooseInput = {},
  signal?: AbortSignal,
): Promise<RouteResponse<N>> {
  const { method, url } = toRequest(name, input);
  const hasBody = input.body !== undefined;
  const response = await fetch(url, {
    method,
    headers: hasBody
      ? { accept: "application/json", "content-type": "application/json" }
      : { accept: "application/json" },
    ...(hasBody ? { body: JSON.stringify(input.body) } : {}),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw toUnreachable();
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok || body === undefined) throw toApiProblem(response.status, body);
  return body as RouteResponse<N>;
}

/** Throws `ApiProblem` where the server refused or could not be reached; an abort is passed on as it is. */
export const callApi = <N extends RouteName>(name: N, ...[input]: InputArgs<N>): Promise<RouteResponse<N>> =>
  sendRequest(name, input);
