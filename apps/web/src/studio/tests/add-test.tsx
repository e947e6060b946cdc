/** Chooses the record of a new test: one of the samples, or any by its key. */
import { Autocomplete, Button, Group } from "@mantine/core";
import type { TransferTest } from "@fieldbridge/model";
import { Plus } from "lucide-react";
import { useState } from "react";
import { ActionError } from "../../kit/index.ts";
import { useSamples } from "../samples/use-samples.ts";
import { useDefinition, useStudio } from "../session/studio-context.tsx";
import { useKeepTest } from "./use-transfer-tests.ts";

const nothingOpen: ReadonlySet<string> = new Set();

export function AddTest({ onKept }: { readonly onKept: (test: TransferTest) => void }) {
  const { session, schemas } = useStudio();
  const samples = useSamples(useDefinition(), schemas.source, nothingOpen, session.read);
  const [text, setText] = useState("");
  const keep = useKeepTest((test) => {
    setText("");
    onKept(test);
  });
  const byLabel = new Map(samples.records.map((record) => [record.label, record.key]));
  const wanted = text.trim();
  return (
    <>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Autocomplete
          label="Record for a new test"
          placeholder="A sample record, or a key"
          w={280}
          data={[...byLabel.keys()]}
          value={text}
          onChange={setText}
        />
        <Button
          leftSection={<Plus size={15} aria-hidden />}
          loading={keep.isPending}
          disabled={wanted === ""}
          onClick={() => void keep.keepRecord(byLabel.get(wanted) ?? wanted)}
        >
          Add test
        </Button>
      </Group>
      {keep.error ? <ActionError error={keep.error} what="No test was added" /> : null}
    </>
  );
}
