/** The tests of the transfer, and what the draft on the screen makes of them. */
import type { TransferTest } from "@fieldbridge/model";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { callApi, invalidateApi, useApi, useApiMutation } from "../../api/index.ts";
import { useDefinition, useStudio } from "../session/studio-context.tsx";

export function useTransferTests() {
  const { session } = useStudio();
  const id = session.transferId;
  const definition = useDeferredValue(useDefinition());
  const tests = useApi("listTransferTests", { params: { id } });
  const items = tests.data?.items ?? [];
  const results = useQuery({
    queryKey: ["runTransferTests", id, definition, items],
    enabled: items.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: () => callApi("runTransferTests", { params: { id }, body: { definition } }),
  });
  return { tests, results };
}

/** What a person does with a test; every success reads the list again. */
export function useTestActions() {
  const { session, announce } = useStudio();
  const client = useQueryClient();
  const id = session.transferId;
  const done = async (sentence: string) => {
    announce(sentence);
    await invalidateApi(client, ["listTransferTests"]);
  };
  const change = useApiMutation("changeTransferTest", { onSuccess: () => done("Test changed") });
  const reread = useApiMutation("rereadTransferTest", { onSuccess: () => done("Record read again") });
  const remove = useApiMutation("deleteTransferTest", { onSuccess: () => done("Test deleted") });
  return {
    change,
    reread,
    remove,
    save: ({ id: test, name, expected }: TransferTest, more: Partial<TransferTest>) =>
      change.mutate({
        params: { id, test },
        body: { name: more.name ?? name, expected: more.expected ?? expected },
      }),
  };
}

/** Keeps a record as a test; what the saved draft makes of it becomes the expected result. */
export function useKeepTest(onKept?: (test: TransferTest) => void) {
  const { session, announce } = useStudio();
  const client = useQueryClient();
  const keep = useApiMutation("keepTransferTest", {
    onSuccess: async (test) => {
      announce(`${test.label} is kept as a test`);
      await invalidateApi(client, ["listTransferTests"]);
      onKept?.(test);
    },
  });
  return {
    ...keep,
    keepRecord: async (sourceKey: string) => {
      await session.autosave.flush();
      keep.mutate({ params: { id: session.transferId }, body: { sourceKey } });
    },
  };
}
