/** What marks a target record as removed: field ← formula. The formulas see the target record, not the source's. */
import { Select, Stack } from "@mantine/core";
import { formatSegment } from "@fieldbridge/formula";
import { useMemo } from "react";
import { useLive, useTransferContext } from "../data/use-transfer-context.ts";
import { FieldFormulas } from "../formula-editor/field-formulas.tsx";
import { toVocabulary } from "../formula-editor/vocabulary.ts";
import { useDefinition, useStudio } from "../session/studio-context.tsx";

type Values = Readonly<Record<string, string>>;

export function FlagValues({
  values,
  onChange,
}: {
  values: Values;
  onChange: (name: string, values: Record<string, string>) => void;
}) {
  const { schemas } = useStudio();
  const definition = useDefinition();
  const context = useTransferContext(definition, schemas);
  const { live, scope } = useLive(context, definition, "flag", null);
  const vocabulary = useMemo(() => toVocabulary(scope, () => null, formatSegment), [scope]);
  const fields = context.target?.fields ?? [];
  const find = (name: string) => fields.find((field) => field.name === name) ?? null;
  return (
    <Stack gap="xs">
      {Object.keys(values).length === 0 ? null : (
        <FieldFormulas
          label="Flag of a removed record"
          fieldHeader="Target field"
          formulaHeader="becomes"
          formulas={values}
          labelOf={(name) => find(name)?.label}
          formulaLabel={(name) => `${name} of a removed record`}
          removeLabel={(name) => `Remove ${name} from the flag`}
          placeholder="A value, or a formula with target. and run."
          vocabulary={vocabulary}
          check={(name, text) => live.check(text, find(name)).issues}
          onChange={(name, text) => onChange(`Flag ${name}`, { ...values, [name]: text })}
          onRemove={(name) => {
            const { [name]: _removed, ...rest } = values;
            onChange(`Remove ${name} from the flag`, rest);
          }}
        />
      )}
      <Select
        aria-label="Add a field to the flag"
        placeholder="Add a target field to fill…"
        maw={420}
        searchable
        limit={100}
        value={null}
        data={fields
          .filter((field) => field.updatable && !(field.name in values))
          .map((field) => ({ value: field.name, label: `${field.label} (${field.name})` }))}
        onChange={(name) => {
          if (name !== null)
            onChange(`Flag ${name}`, { ...values, [name]: find(name)?.type === "boolean" ? "TRUE" : "" });
        }}
      />
    </Stack>
  );
}
