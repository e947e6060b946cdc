/** The transfer's pinned sample records, and how a record is pinned, found by what people call it, and unpinned. */
import { formatSegment, formatTextLiteral } from "@fieldbridge/formula";
import type { ObjectSchema, PinnedSample } from "@fieldbridge/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { callApi, invalidateApi, useApi } from "../../api/index.ts";
import { useStudio } from "../session/studio-context.tsx";
import type { SampleRecord } from "./use-samples.ts";

export interface SampleSource {
  readonly connection: string;
  readonly object: ObjectSchema | undefined;
}

/** The key of the record with this name or key; null where there is none. */
async function findKey({ connection, object }: SampleSource, text: string): Promise<string | null> {
  if (object === undefined) return null;
  const { keyField, nameField } = object;
  const read = async (which: { filter?: string; keys?: string[] }) => {
    const { rows } = await callApi("readSamples", {
      params: { id: connection },
      body: { object: object.name, paths: [keyField], limit: 1, ...which },
    });
    const key = rows[0]?.[keyField];
    return typeof key === "string" ? key : null;
  };
  const byName =
    nameField === undefined
      ? null
      : await read({ filter: `${formatSegment(nameField)} = ${formatTextLiteral(text)}` });
  return byName ?? read({ filter: "FALSE", keys: [text] });
}

export function usePinnedSamples(source: SampleSource) {
  const { session, announce } = useStudio();
  const client = useQueryClient();
  const id = session.transferId;
  const list = useApi("listPinnedSamples", { params: { id } });
  const settle = (sentence: string) => async () => {
    announce(sentence);
    await invalidateApi(client, ["listPinnedSamples"]);
  };
  const pin = useMutation({
    mutationFn: ({ key, label }: Pick<SampleRecord, "key" | "label">) =>
      callApi("pinSample", { params: { id }, body: { sourceKey: key, label } }),
    onSuccess: settle("Sample pinned"),
  });
  const unpin = useMutation({
    mutationFn: (sourceKey: string) => callApi("unpinSample", { params: { id, sourceKey } }),
    onSuccess: settle("Sample unpinned"),
  });
  const add = useMutation({
    mutationFn: async (text: string): Promise<PinnedSample> => {
      const key = await findKey(source, text);
      if (key === null) throw new Error(`No record has the name or key “${text}”.`);
      return callApi("pinSample", { params: { id }, body: { sourceKey: key, label: text } });
    },
    onSuccess: settle("Sample pinned"),
  });
  /** Null until they are known; a list that cannot be read pins nothing. */
  const keys = list.isPending ? null : (list.data?.items ?? []).map((each) => each.sourceKey);
  return { keys, pin, unpin, add };
}

export type PinnedSamples = ReturnType<typeof usePinnedSamples>;
