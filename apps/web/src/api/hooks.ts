/** TanStack Query bound to the route table: keys, queries, pages and mutations by route name. */
import type { RouteInput, RouteName, RouteResponse } from "@fieldbridge/model";
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseMutationOptions,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { sendRequest, type InputArgs } from "./client.ts";

/** Key of one query; `[name]` alone addresses every query of that route. */
export const apiKey = (name: RouteName, input?: unknown): readonly unknown[] =>
  input === undefined ? [name] : [name, input];

/** Query options for prefetching, `useQueries` and loaders. */
export const apiQuery = <N extends RouteName>(name: N, ...[input]: InputArgs<N>) =>
  queryOptions({
    queryKey: apiKey(name, input),
    queryFn: ({ signal }) => sendRequest(name, input, signal),
  });

export interface ApiQueryOptions {
  readonly enabled?: boolean;
  /** Milliseconds during which the answer counts as fresh. */
  readonly staleTime?: number;
  /** Milliseconds between polls; false for none. */
  readonly refetchInterval?: number | false;
  /** Show the previous answer while another input loads. */
  readonly keepPrevious?: boolean;
}

/** `useApi("getTransfer", { params: { id } })`; the options come last. */
export function useApi<N extends RouteName>(
  name: N,
  input?: RouteInput<N>,
  options: ApiQueryOptions = {},
): UseQueryResult<RouteResponse<N>> {
  const { keepPrevious, ...rest } = options;
  return useQuery({
    queryKey: apiKey(name, input),
    queryFn: ({ signal }) => sendRequest(name, input, signal),
    ...rest,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

export type ListRoute = "listRuns" | "listOutcomes" | "listHeld" | "listTransfers" | "listLinks";
export type ListItem<N extends ListRoute> = RouteResponse<N>["items"][number];

/** All pages read so far of a list route, flattened; `fetchNextPage` continues after the last. */
export function useApiPages<N extends ListRoute>(
  name: N,
  input: RouteInput<N>,
  options: ApiQueryOptions = {},
) {
  const { keepPrevious: _unused, ...rest } = options;
  const result = useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: [name, input, "pages"],
      initialPageParam: "",
      queryFn: ({ pageParam, signal }) => {
        const query = { ...input.query, ...(pageParam === "" ? {} : { after: pageParam }) };
        return sendRequest(name, { ...input, query }, signal);
      },
      getNextPageParam: (last: RouteResponse<N>) => last.next ?? undefined,
    }),
    ...rest,
  });
  const pages = result.data?.pages ?? [];
  return {
    ...result,
    items: pages.flatMap((each) => each.items as ListItem<N>[]),
    total: pages[0]?.total ?? 0,
  };
}

/** `invalidates` names the routes whose answers are old after a success. */
export function useApiMutation<N extends RouteName>(
  name: N,
  options: Omit<UseMutationOptions<RouteResponse<N>, Error, RouteInput<N>>, "mutationFn"> & {
    readonly invalidates?: readonly RouteName[];
  } = {},
): UseMutationResult<RouteResponse<N>, Error, RouteInput<N>> {
  const client = useQueryClient();
  const { invalidates = [], onSuccess, ...rest } = options;
  return useMutation({
    ...rest,
    mutationFn: (input: RouteInput<N>) => sendRequest(name, input),
    onSuccess: async (...details) => {
      void invalidateApi(client, invalidates);
      await onSuccess?.(...details);
    },
  });
}

/** Marks all answers of these routes as old; those on screen are read again. */
export const invalidateApi = (client: QueryClient, names: readonly RouteName[]): Promise<unknown> =>
  Promise.all(names.map((name) => client.invalidateQueries({ queryKey: apiKey(name) })));
