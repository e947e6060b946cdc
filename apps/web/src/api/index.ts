/** The server as the pages see it. */
export { callApi } from "./client.ts";
export { apiKey, apiQuery, invalidateApi, useApi, useApiMutation, useApiPages } from "./hooks.ts";
export type { ApiQueryOptions } from "./hooks.ts";
export { useLiveState } from "./live-context.tsx";
export { ApiProblem, describeError } from "./problem.ts";
