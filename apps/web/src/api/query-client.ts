/** The cache of server answers. Refusals are final; only lost connections are tried again. */
import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./problem.ts";

const isLost = (error: Error): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status >= 502);

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => isLost(error) && failures < 2,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
