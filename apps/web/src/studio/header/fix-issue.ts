/** The repair a finding offers, as an edit: the checker's own replacement put into the formula it speaks about. */
import type { Issue, TransferDefinition, TransferEdit } from "@fieldbridge/model";
import { mappingsOf } from "../graph/resolve-path.ts";
import { setMapping } from "../graph/to-edit.ts";
import { readFieldPlace } from "../session/studio-url.ts";
import { replaceSpan } from "../graph/replace-span.ts";

export interface IssueFix {
  readonly label: string;
  readonly name: string;
  readonly edit: TransferEdit;
}

/** Null where only a person knows what to do. */
export function fixIssue(issue: Issue, definition: TransferDefinition): IssueFix | null {
  const { scope, target } = readFieldPlace(definition, issue.path, null);
  const isMapping = issue.path.startsWith("mappings.") || issue.path.includes(".mappings.");
  if (isMapping && target !== null) {
    const mapping = mappingsOf(definition, scope)[target];
    if (mapping && issue.fix) {
      const value = replaceSpan(mapping.value, issue.fix.span, issue.fix.text);
      const name = `Fix ${target}: ${issue.fix.label}`;
      return { label: issue.fix.label, name, edit: setMapping(scope, target, { ...mapping, value }) };
    }
    if (mapping && (issue.code === "MAP-106" || issue.code === "MAP-109"))
      return {
        label: "Remove mapping",
        name: `Remove mapping ${target}`,
        edit: setMapping(scope, target, null),
      };
    return null;
  }
  if (issue.path === "filter" && issue.fix && definition.filter !== undefined) {
    const filter = replaceSpan(definition.filter, issue.fix.span, issue.fix.text);
    return {
      label: issue.fix.label,
      name: `Fix filter: ${issue.fix.label}`,
      edit: { type: "set-filter", filter },
    };
  }
  return null;
}
