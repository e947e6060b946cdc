// Finds the endpoint for a path written in a composite request; fixed segments win over named ones.
import type { ApiRoute } from "./route.ts";

export interface MatchedRoute {
  readonly route: ApiRoute;
  readonly params: Readonly<Record<string, string>>;
}

function matchPath(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decodeURIComponent(segment);
    else if (part.toLowerCase() !== segment.toLowerCase()) return null;
  }
  return params;
}

/** `path` begins below the version, without query: "/sobjects/Account". */
export function matchRoute(routes: readonly ApiRoute[], method: string, path: string): MatchedRoute | null {
  const segments = path.split("/").filter((each) => each !== "");
  const found = routes.flatMap((route): (MatchedRoute & { named: number })[] => {
    if (route.method !== method) return [];
    const params = matchPath(
      route.path.split("/").filter((each) => each !== ""),
      segments,
    );
    return params ? [{ route, params, named: Object.keys(params).length }] : [];
  });
  return found.sort((left, right) => left.named - right.named)[0] ?? null;
}
