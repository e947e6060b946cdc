/** The transfer as its canonical YAML, exactly what an export writes. Editing happens in the other views. */
import { Group, ScrollArea, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useStore } from "zustand";
import { callApi } from "../../api/index.ts";
import { CopyButton, Loaded } from "../../kit/index.ts";
import { useStudio } from "../session/studio-context.tsx";
import classes from "./code-view.module.css";

export function CodeView() {
  const { session } = useStudio();
  const revision = useStore(session.autosave.state, (state) => state.draftRevision);
  const query = useQuery({
    queryKey: ["getTransferFile", session.transferId, revision],
    queryFn: async () => {
      await session.autosave.flush();
      return callApi("getTransferFile", { params: { id: session.transferId } });
    },
  });
  return (
    <div className={classes.code}>
      <Loaded query={query} what="The transfer as text">
        {(file) => (
          <>
            <Group justify="space-between" px="md" py={8}>
              <Text size="sm" c="dimmed">
                The saved draft as YAML, as it is written to files. Read-only here; edit in Lines or Table.
              </Text>
              <CopyButton text={file.yaml} label="Copy YAML" />
            </Group>
            <ScrollArea
              className={classes.scroll}
              viewportProps={{ tabIndex: 0, role: "region", "aria-label": "Transfer as YAML" }}
            >
              <pre className={classes.text}>{file.yaml}</pre>
            </ScrollArea>
          </>
        )}
      </Loaded>
    </div>
  );
}
