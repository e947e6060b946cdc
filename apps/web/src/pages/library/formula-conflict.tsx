/** Somebody else saved the named formula meanwhile: what they have, and the choice between both. */
import { Button, Group, Stack, Text } from "@mantine/core";
import type { StoredFormula } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";
import { Banner, FormulaText } from "../../kit/index.ts";

export interface FormulaConflictProps {
  readonly base: StoredFormula;
  readonly onTakeTheirs: (theirs: StoredFormula) => void;
  /** Goes on with what is on the screen, as a change of theirs. */
  readonly onKeepMine: (theirs: StoredFormula) => void;
}

export function FormulaConflict({ base, onTakeTheirs, onKeepMine }: FormulaConflictProps) {
  const { data: theirs } = useApi("getNamedFormula", { params: { name: base.name } }, { staleTime: 0 });
  if (theirs === undefined || theirs.version === base.version) return null;
  return (
    <Banner kind="warning" title="Not saved: somebody else saved this formula meanwhile">
      <Stack gap={8}>
        <Text size="sm">
          Theirs: <FormulaText formula={theirs.body} />
        </Text>
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => onTakeTheirs(theirs)}>
            Take theirs, drop mine
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => onKeepMine(theirs)}>
            Keep mine
          </Button>
        </Group>
      </Stack>
    </Banner>
  );
}
