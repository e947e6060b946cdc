/** Tests the chosen connections as soon as they are chosen; a test changes nothing, so it is read like a query. */
import { useQueries } from "@tanstack/react-query";
import { apiQuery } from "../../api/index.ts";

export const useConnectionTests = (ids: readonly string[]) =>
  useQueries({
    queries: ids.map((id) => ({
      ...apiQuery("testConnection", { params: { id } }),
      staleTime: 60_000,
      refetchOnWindowFocus: false,
    })),
  });

export type ConnectionTest = ReturnType<typeof useConnectionTests>[number];
