/** Judges the mappings of a header or of lines against the target object they fill. */
import type { Scope } from "@fieldbridge/formula";
import { toIssue, type Issue, type Mappings, type ObjectSchema } from "@fieldbridge/model";
import type { TransferContext } from "../plan/transfer-plan.ts";
import { checkFormulaAt } from "./check-formula-at.ts";

/** `place` is the path of the mappings, such as `mappings` or `lines.salesInvoiceLines.mappings`. */
export interface MappingsPlace {
  readonly place: string;
  readonly target: ObjectSchema;
  readonly scope: Scope;
  /** The transfer creates records, so required fields need a mapping. */
  readonly creates: boolean;
  /** Fields that get their value otherwise, as the key of the parent. */
  readonly given?: readonly string[] | undefined;
}

const checkMissing = (mappings: Mappings, { place, target, creates, given = [] }: MappingsPlace): Issue[] =>
  !creates
    ? []
    : target.fields
        .filter((field) => field.required && field.creatable)
        .filter((field) => !(field.name in mappings) && !given.includes(field.name))
        .map((field) =>
          toIssue(
            "MAP-101",
            `${place}.${field.name}`,
            `Required target field "${field.label}" has no mapping.`,
          ),
        );

const checkDefault = (
  path: string,
  mapping: Mappings[string],
  scope: Scope,
  context: TransferContext,
  field: ObjectSchema["fields"][number],
): Issue[] => {
  if (mapping.whenBlank !== "default") return [];
  return mapping.default === undefined
    ? [
        toIssue("MAP-110", `${path}.default`, `The default of "${field.label}" is not given.`, {
          class: "mapping",
          hint: "Write the value to use when the result is blank.",
        }),
      ]
    : checkFormulaAt(`${path}.default`, mapping.default, scope, context, field);
};

/** Unknown, read-only and required fields, and every formula. */
export function checkMappings(mappings: Mappings, place: MappingsPlace, context: TransferContext): Issue[] {
  const { target, scope } = place;
  const each = Object.entries(mappings).flatMap(([name, mapping]) => {
    const path = `${place.place}.${name}`;
    const field = target.fields.find((candidate) => candidate.name === name);
    if (!field) return [toIssue("MAP-109", path, `${target.label} has no field "${name}".`)];
    const readOnly = field.creatable || field.updatable;
    return [
      ...(readOnly
        ? []
        : [
            toIssue("MAP-106", path, `"${field.label}" is read-only in the target and is left out.`, {
              severity: "warning",
            }),
          ]),
      ...checkFormulaAt(path, mapping.value, scope, context, {
        ...field,
        nullable: field.nullable || mapping.whenBlank !== undefined,
      }),
      ...checkDefault(path, mapping, scope, context, field),
    ];
  });
  return [...each, ...checkMissing(mappings, place)];
}
