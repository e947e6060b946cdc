/** A dry run of a definition on real records: the engine's own line with the writes replaced by a comparison. */
import { previewTransfer } from "@fieldbridge/engine";
import type { Preview, PreviewSelection, TransferDefinition, ValueMap } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { createRunMemory } from "../stores/run-memory.store.ts";
import { openDefinition } from "./open-definition.ts";

export async function previewDefinition(
  context: AppContext,
  definition: TransferDefinition,
  selection: PreviewSelection,
  valueMaps?: readonly ValueMap[],
): Promise<Preview> {
  const opened = await openDefinition(context, definition, "the preview", valueMaps);
  return previewTransfer({
    ...opened,
    store: createRunMemory(context.db, {
      transferId: definition.id,
      targetConnection: definition.target.connection,
    }),
    runStartedAt: opened.clock.now(),
    selection,
  });
}
