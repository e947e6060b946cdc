/** Values that the whole group gives to those of its transfers that know a parameter of the name. */
import { SimpleGrid, Text } from "@mantine/core";
import type { GroupDefinition, Transfer } from "@fieldbridge/model";
import { Panel } from "../../kit/index.ts";
import { changeParameter } from "./edit-group.ts";
import { ParameterInput } from "./parameter-input.tsx";

export function GroupParameters({
  group,
  transfers,
  onChange,
}: {
  group: GroupDefinition;
  transfers: readonly Transfer[];
  onChange: (group: GroupDefinition) => void;
}) {
  const inGroup = transfers.filter((each) => group.members.some((member) => member.transfer === each.id));
  const names = new Set([
    ...inGroup.flatMap((each) => Object.keys(each.definition.parameters ?? {})),
    ...Object.keys(group.parameters ?? {}),
  ]);
  if (names.size === 0) return null;
  const definedIn = (name: string): readonly Transfer[] =>
    inGroup.filter((each) => Object.hasOwn(each.definition.parameters ?? {}, name));
  const describeUsers = (name: string): string => {
    const users = definedIn(name).map((each) => each.name);
    return users.length === 0 ? "No transfer of the group has it" : `For ${users.join(", ")}`;
  };
  return (
    <Panel title="Parameters">
      <Text size="sm" c="dimmed" mb="sm">
        Given to every transfer of the group that has the parameter. What a transfer says for itself wins.
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {[...names].map((name) => (
          <ParameterInput
            key={name}
            name={name}
            parameter={definedIn(name)[0]?.definition.parameters?.[name]}
            description={describeUsers(name)}
            value={group.parameters?.[name] ?? ""}
            onChange={(value) =>
              onChange({ ...group, parameters: changeParameter(group.parameters, name, value) })
            }
          />
        ))}
      </SimpleGrid>
    </Panel>
  );
}
