/** Somebody else saved the map meanwhile: what they changed, and the ways to keep both sides' work. */
import { Button, Group, List, Stack, Text } from "@mantine/core";
import { compareEntries, mergeValueMap, type EntryChange, type StoredValueMap } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";
import { Banner } from "../../kit/index.ts";

const MOST_SHOWN = 8;

function ChangeText({ change: { from, before, after } }: { change: EntryChange }) {
  if (before === undefined) return `“${from}” was added: ${after?.to ?? ""}`;
  if (after === undefined) return `“${from}” was removed`;
  return before.to === after.to
    ? `“${from}” has another note`
    : `“${from}” became ${after.to}, was ${before.to}`;
}

export interface ValueMapConflictProps {
  readonly base: StoredValueMap;
  readonly mine: StoredValueMap;
  /** Goes on from their version with this content in the grid. */
  readonly onResolve: (theirs: StoredValueMap, content: StoredValueMap) => void;
}

export function ValueMapConflict({ base, mine, onResolve }: ValueMapConflictProps) {
  const { data: theirs } = useApi("getValueMap", { params: { name: base.name } }, { staleTime: 0 });
  if (theirs === undefined || theirs.version === base.version) return null;
  const changes = compareEntries(base.entries, theirs.entries);
  const { merged, conflicts } = mergeValueMap(base, mine, theirs);
  const { default: _default, description: _description, ...rest } = theirs;
  return (
    <Banner kind="warning" title="Not saved: somebody else saved this value map meanwhile">
      <Stack gap={8}>
        <List size="sm">
          {changes.slice(0, MOST_SHOWN).map((change) => (
            <List.Item key={change.from}>
              <ChangeText change={change} />
            </List.Item>
          ))}
          {changes.length > MOST_SHOWN ? <List.Item>and {changes.length - MOST_SHOWN} more</List.Item> : null}
          {theirs.default === base.default ? null : (
            <List.Item>
              Unlisted values {theirs.default === undefined ? "are held now" : `become ${theirs.default} now`}
            </List.Item>
          )}
        </List>
        {conflicts.length === 0 ? null : (
          <Text size="sm">
            You changed {conflicts.map((from) => `“${from}”`).join(", ")} as well; combined, yours counts.
          </Text>
        )}
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => onResolve(theirs, { ...rest, ...merged })}>
            Combine with my changes
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => onResolve(theirs, theirs)}>
            Take theirs, drop mine
          </Button>
        </Group>
      </Stack>
    </Banner>
  );
}
