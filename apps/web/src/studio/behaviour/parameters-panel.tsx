/**
 * Parameters of a run, so that one transfer serves many companies: their type, default and choices, where they are used,
 * and the company that is chosen by them where a system has several.
 */
import { ActionIcon, Button, Select, Stack, Table, TagsInput, Text, TextInput } from "@mantine/core";
import type { Parameter, Parameters } from "@fieldbridge/model";
import { Plus, Trash2 } from "lucide-react";
import { IssueText, Panel } from "../../kit/index.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import { CompanyField } from "./company-field.tsx";
import { ParameterNameInput } from "./parameter-name-input.tsx";
import { countUses, renameParameter } from "./rename-parameter.ts";

const types = [
  { value: "text", label: "Text" },
  { value: "number", label: "Number" },
  { value: "date", label: "Date" },
] as const;

const freeName = (parameters: Parameters): string => {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? "Company" : `Parameter${n}`;
    if (!Object.hasOwn(parameters, name)) return name;
  }
};

export function ParametersPanel() {
  const { issues } = useStudio();
  const definition = useDefinition();
  const apply = useApply();
  const parameters = definition.parameters ?? {};
  const names = Object.keys(parameters);
  const save = (name: string, next: Parameters, mergeKey?: string) =>
    apply(
      name,
      [{ type: "set-parameters", parameters: next }],
      mergeKey === undefined ? undefined : { mergeKey },
    );
  const change = (name: string, next: Parameter, mergeKey?: string) =>
    save(`Parameter ${name}`, { ...parameters, [name]: next }, mergeKey && `${name}-${mergeKey}`);
  const own = issues.filter(
    ({ path }) => path.startsWith("parameters.") || path === "source.company" || path === "target.company",
  );
  return (
    <Panel
      title="Parameters"
      actions={
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => save("Add parameter", { ...parameters, [freeName(parameters)]: { type: "text" } })}
        >
          Add parameter
        </Button>
      }
    >
      <Stack gap="md">
        <Text size="sm">
          Values that are asked for when a run starts. Formulas read them as <code>param.Name</code>, and
          every set of values has its own reading position, links and held records.
          {names.length === 0 ? " This transfer takes none." : ""}
        </Text>
        {names.length === 0 ? null : (
          <Table.ScrollContainer minWidth={720}>
            <Table verticalSpacing={6} aria-label="Parameters">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w="24%">Name</Table.Th>
                  <Table.Th w="15%">Type</Table.Th>
                  <Table.Th>Default</Table.Th>
                  <Table.Th w="28%">Choices</Table.Th>
                  <Table.Th w={92}>Used by</Table.Th>
                  <Table.Td w={44} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {Object.entries(parameters).map(([name, parameter]) => (
                  <ParameterRow
                    key={name}
                    name={name}
                    parameter={parameter}
                    uses={countUses(definition, name)}
                    taken={names}
                    onChange={(next, mergeKey) => change(name, next, mergeKey)}
                    onRename={(to) =>
                      apply(`Rename parameter ${name}`, renameParameter(definition, name, to))
                    }
                    onRemove={() => {
                      const { [name]: _gone, ...rest } = parameters;
                      save(`Remove parameter ${name}`, rest);
                    }}
                  />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        <CompanyField side="source" />
        <CompanyField side="target" />
        {own.map((issue) => (
          <IssueText key={`${issue.code}${issue.path}${issue.message}`} issue={issue} />
        ))}
      </Stack>
    </Panel>
  );
}

interface ParameterRowProps {
  readonly name: string;
  readonly parameter: Parameter;
  readonly uses: number;
  readonly taken: readonly string[];
  readonly onChange: (next: Parameter, mergeKey?: string) => void;
  readonly onRename: (to: string) => void;
  readonly onRemove: () => void;
}

function ParameterRow({ name, parameter, uses, taken, onChange, onRename, onRemove }: ParameterRowProps) {
  return (
    <Table.Tr style={{ verticalAlign: "top" }}>
      <Table.Td>
        <ParameterNameInput name={name} taken={taken} onRename={onRename} />
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`Type of ${name}`}
          data={[...types]}
          allowDeselect={false}
          value={parameter.type}
          onChange={(value) => {
            const type = types.find((each) => each.value === value)?.value;
            if (type) onChange({ ...parameter, type });
          }}
        />
      </Table.Td>
      <Table.Td>
        <TextInput
          aria-label={`Default of ${name}`}
          placeholder="Always asked"
          value={parameter.default ?? ""}
          maxLength={1_000}
          onChange={({ currentTarget: { value } }) => {
            const { default: _before, ...rest } = parameter;
            onChange(value === "" ? rest : { ...rest, default: value }, "default");
          }}
        />
      </Table.Td>
      <Table.Td>
        <TagsInput
          aria-label={`Choices of ${name}`}
          placeholder={(parameter.choices ?? []).length === 0 ? "Any value" : ""}
          value={parameter.choices ?? []}
          onChange={(choices) => {
            const { choices: _before, ...rest } = parameter;
            onChange(choices.length === 0 ? rest : { ...rest, choices });
          }}
        />
      </Table.Td>
      <Table.Td>
        <Text size="sm" lh="36px" c={uses === 0 ? "dimmed" : "var(--mantine-color-text)"}>
          {uses === 0 ? "nothing" : uses === 1 ? "1 formula" : `${uses} formulas`}
        </Text>
      </Table.Td>
      <Table.Td>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={`Remove the parameter ${name}`}
          onClick={onRemove}
        >
          <Trash2 size={16} aria-hidden />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  );
}
