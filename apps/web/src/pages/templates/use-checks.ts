/** Checks the definitions a template would create; nothing is stored. */
import type { TransferDefinition, ValueMap } from "@fieldbridge/model";
import { useQueries } from "@tanstack/react-query";
import { apiQuery } from "../../api/index.ts";

export const useChecks = (
  definitions: readonly TransferDefinition[],
  valueMaps: readonly ValueMap[],
  enabled: boolean,
) =>
  useQueries({
    queries: definitions.map((definition) => ({
      ...apiQuery("checkDefinition", { body: { definition, valueMaps: [...valueMaps] } }),
      enabled,
      staleTime: 60_000,
      refetchOnWindowFocus: false,
    })),
  });

export type DefinitionCheck = ReturnType<typeof useChecks>[number];
