// A request to the API and its answer, the same for a call of its own and for one inside a batch.
import type { FaultPlan } from "../../core/faults.ts";
import type { Json } from "../../core/json.ts";

export interface ApiRequest {
  readonly method: string;
  /** Path below the API root, still escaped, e.g. `companies(…)/customers`. */
  readonly path: string;
  /** The part after `?`, still escaped. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Json | undefined;
  /** Absolute address of the API root as the caller reached it. */
  readonly root: string;
  readonly plan: FaultPlan;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON value, or text when `Content-Type` is not JSON; undefined for no body. */
  readonly body: unknown;
}

export const JSON_TYPE = "application/json; odata.metadata=minimal; odata.streaming=true";

/** Values of `Prefer`, split at commas, blanks removed. */
export function preferences(request: ApiRequest): readonly string[] {
  return (request.headers["prefer"] ?? "").split(",").map((part) => part.replaceAll(/[\s"]/g, ""));
}

/** Value of a preference such as `odata.maxpagesize=500`. */
export function preference(request: ApiRequest, name: string): string | undefined {
  return preferences(request)
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

/** A parameter of a media type, e.g. `odata.metadata` in `application/json;odata.metadata=none`. */
export function mediaParameter(header: string | undefined, name: string): string | undefined {
  const parts = (header ?? "").split(/[;,]/).map((part) => part.trim());
  return parts
    .find((part) => part.toLowerCase().startsWith(`${name.toLowerCase()}=`))
    ?.slice(name.length + 1);
}
