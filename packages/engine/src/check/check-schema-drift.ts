/** What changed in the fields a transfer relies on since it was compiled, as issues that name the field. */
import { toIssue, type FieldSchema, type Issue, type ObjectSchema } from "@fieldbridge/model";
import type { UsedField } from "../plan/transfer-plan.ts";

/** Objects of each side as they are now; an object that is missing was not looked at. */
export interface FreshSchemas {
  readonly source: Readonly<Record<string, ObjectSchema>>;
  readonly target: Readonly<Record<string, ObjectSchema>>;
}

const isShorter = (before: number | undefined, now: number | undefined): boolean =>
  now !== undefined && (before === undefined || now < before);

const describeChange = (before: FieldSchema, now: FieldSchema | undefined): string | null => {
  if (!now) return "does not exist any more";
  if (now.type !== before.type) return `was ${before.type} and is ${now.type} now`;
  if (isShorter(before.length, now.length)) return `takes ${now.length} characters only`;
  if (isShorter(before.precision, now.precision)) return `takes ${now.precision} digits only`;
  if (isShorter(before.scale, now.scale)) return `takes ${now.scale} decimals only`;
  if (before.updatable && !now.updatable) return "cannot be changed any more";
  if (before.creatable && !now.creatable) return "cannot be set any more";
  const gone = (before.choices ?? []).filter(({ code }) => !now.choices?.some((each) => each.code === code));
  if (now.restricted && gone.length > 0)
    return `does not offer ${gone.map(({ code }) => `"${code}"`).join(", ")} any more`;
  return null;
};

/** A field that lost something is an error; new fields and longer ones are none of this transfer's business. */
export function checkSchemaDrift(usedFields: readonly UsedField[], fresh: FreshSchemas): Issue[] {
  return usedFields.flatMap(({ side, object, field }) => {
    const schema = fresh[side][object];
    if (!schema) return [];
    const change = describeChange(
      field,
      schema.fields.find((each) => each.name === field.name),
    );
    return change === null
      ? []
      : [
          toIssue(
            "SCH-501",
            `${side}.${object}.${field.name}`,
            `"${field.label}" of ${schema.label} ${change}.`,
            {
              value: field.name,
            },
          ),
        ];
  });
}
