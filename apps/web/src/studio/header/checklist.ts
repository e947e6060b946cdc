/** What is missing until the first publish, in the order of the tabs; each entry knows where it is solved. */
import type { Issue, ObjectSchema, TransferDefinition } from "@fieldbridge/model";
import type { StudioTab } from "../session/studio-url.ts";

export interface ChecklistEntry {
  readonly id: string;
  readonly text: string;
  readonly done: boolean;
  readonly tab: StudioTab;
}

export function toChecklist(
  definition: TransferDefinition,
  target: ObjectSchema | undefined,
  issues: readonly Issue[],
  previewSeen: boolean,
): ChecklistEntry[] {
  const required = target?.fields.filter((field) => field.required && field.creatable) ?? [];
  const filled = required.filter((field) => field.name in definition.mappings);
  const keys = definition.match?.by === "keys" ? Object.keys(definition.match.keys).length : 1;
  const mapped = Object.keys(definition.mappings).length;
  return [
    { id: "source", text: "Source object", done: definition.source.object !== "", tab: "filter" },
    { id: "target", text: "Target object", done: definition.target.object !== "", tab: "filter" },
    {
      id: "required",
      text:
        required.length === 0
          ? `${mapped} fields mapped`
          : `Required fields ${filled.length}/${required.length}`,
      done: mapped > 0 && filled.length === required.length,
      tab: "map",
    },
    { id: "match", text: "Match rule", done: definition.match !== undefined && keys > 0, tab: "behaviour" },
    {
      id: "errors",
      text: "No errors",
      done: issues.every((issue) => issue.severity !== "error"),
      tab: "map",
    },
    { id: "preview", text: "Preview seen", done: previewSeen, tab: "preview" },
  ];
}
