/** One field for each parameter of a run, by its type; a wrong value is said under its field. */
import { Group, Select, Stack, TextInput } from "@mantine/core";
import { labelOfParameter, type Parameter } from "@fieldbridge/model";
import type { ParameterValues } from "./use-parameter-values.ts";

function ParameterField({
  name,
  parameter,
  asked,
}: {
  name: string;
  parameter: Parameter;
  asked: ParameterValues;
}) {
  const value = asked.values[name] ?? "";
  const problem = value === "" ? undefined : asked.problems[name];
  const common = {
    label: labelOfParameter(name, parameter),
    error: problem,
    withAsterisk: parameter.default === undefined,
  };
  const choices = parameter.choices ?? [];
  if (choices.length > 0)
    return (
      <Select
        {...common}
        data={choices}
        value={value === "" ? null : value}
        clearable={parameter.default === ""}
        onChange={(chosen) => asked.setValue(name, chosen ?? "")}
      />
    );
  return (
    <TextInput
      {...common}
      value={value}
      type={parameter.type === "date" ? "date" : "text"}
      inputMode={parameter.type === "number" ? "decimal" : "text"}
      onChange={(event) => asked.setValue(name, event.currentTarget.value)}
    />
  );
}

/** `row` puts them beside each other. */
export function ParameterFields({ asked, row = false }: { asked: ParameterValues; row?: boolean }) {
  const Layout = row ? Group : Stack;
  return (
    <Layout gap="sm">
      {Object.entries(asked.defined).map(([name, parameter]) => (
        <ParameterField key={name} name={name} parameter={parameter} asked={asked} />
      ))}
    </Layout>
  );
}
