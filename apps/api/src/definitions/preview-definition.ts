/** A dry run of a definition on real records: the engine's own line with the writes replaced by a comparison. */
import { previewTransfer } from "@fieldbridge/engine";
import {
  toParameterSet,
  type Preview,
  type PreviewSelection,
  type RunParameters,
  type TransferDefinition,
  type ValueMap,
} from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { createRunMemory } from "../stores/run-memory.store.ts";
import { openDefinition } from "./open-definition.ts";

export async function previewDefinition(
  context: AppContext,
  definition: TransferDefinition,
  {
    selection,
    parameters,
    valueMaps,
  }: {
    readonly selection: PreviewSelection;
    readonly parameters: RunParameters;
    readonly valueMaps?: readonly ValueMap[] | undefined;
  },
): Promise<Preview> {
  const opened = await openDefinition(context, definition, { before: "the preview", parameters, valueMaps });
  return previewTransfer({
    ...opened,
    store: createRunMemory(context.db, {
      transferId: definition.id,
      parameters: toParameterSet(opened.parameters),
      targetConnection: definition.target.connection,
    }),
    selection,
  });
}
