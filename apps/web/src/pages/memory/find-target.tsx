/** Finds a target record by the name people know it by, and gives its key; a key can be entered as well. */
import { Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import type { ObjectSchema, Row, TransferDefinition } from "@fieldbridge/model";
import { Search } from "lucide-react";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { toTitle } from "../../format/object-words.ts";
import { formatCell } from "../../format/value.ts";
import { ActionError } from "../../kit/index.ts";

export interface FindTargetProps {
  readonly target: TransferDefinition["target"];
  /** Key of the chosen record; blank for none. */
  readonly value: string;
  readonly onChange: (key: string) => void;
}

const textOf = (row: Row, name: string): string => {
  const cell = row[name];
  return typeof cell === "string" ? cell : "";
};

/** A few fields beside the name that tell records of one name apart. */
const pickPaths = (schema: ObjectSchema): string[] =>
  schema.fields
    .filter((field) => field.name !== schema.keyField && field.type !== "id" && field.type !== "binary")
    .slice(0, 4)
    .map((field) => field.name);

export function FindTarget({ target, value, onChange }: FindTargetProps) {
  const [name, setName] = useState("");
  const schema = useApi("getObject", { params: { id: target.connection, object: target.object } });
  const find = useApiMutation("readSamples");
  const nameField = schema.data?.fields.find((field) => field.name === schema.data.nameField);
  const paths = schema.data === undefined ? [] : pickPaths(schema.data);
  const search = (): void => {
    if (schema.data === undefined || nameField === undefined) return;
    find.mutate({
      params: { id: target.connection },
      body: {
        object: target.object,
        paths: [...new Set([schema.data.keyField, nameField.name, ...paths])],
        filter: `${nameField.name} = "${name.trim().replaceAll('"', '""')}"`,
        limit: 10,
      },
    });
  };
  const keyField = schema.data?.keyField ?? "";
  return (
    <Stack gap="sm">
      {nameField === undefined ? null : (
        <Group align="flex-end" gap="xs">
          <TextInput
            label={`Find by ${nameField.label}`}
            value={name}
            style={{ flex: 1 }}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              search();
            }}
          />
          <Button
            variant="default"
            leftSection={<Search size={16} aria-hidden />}
            loading={find.isPending}
            disabled={name.trim() === ""}
            onClick={search}
          >
            Find
          </Button>
        </Group>
      )}
      {find.error ? <ActionError error={find.error} what="The target was not searched" /> : null}
      {find.data === undefined ? null : find.data.rows.length === 0 ? (
        <Text size="sm" role="status">
          The target has no record of this name.
        </Text>
      ) : (
        <Radio.Group label={`${toTitle(target.object)} found`} value={value} onChange={onChange}>
          <Stack gap={6} mt={6}>
            {find.data.rows.map((row) => (
              <Radio
                key={textOf(row, keyField)}
                value={textOf(row, keyField)}
                label={paths.map((path) => formatCell(row[path])).join(" · ")}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <TextInput
        label={nameField === undefined ? "Key in the target" : "Or enter its key"}
        description={keyField === "" ? undefined : `The value of ${keyField} in the target.`}
        value={value}
        maxLength={400}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Stack>
  );
}
