/** The list of keyboard shortcuts, with the switch for single letters. */
import { Group, Kbd, Modal, Stack, Switch, Table, Title } from "@mantine/core";
import { useSingleKeysSetting } from "../kit/index.ts";
import { places } from "./navigation.tsx";

const everywhere: readonly (readonly [string, string])[] = [
  ["Ctrl K", "Search or jump to anything"],
  ["?", "This list"],
  ["Esc", "Close the topmost layer"],
  ...places.map((place) => [`g ${place.letter}`, `Go to ${place.label}`] as const),
];

const lists: readonly (readonly [string, string])[] = [
  ["↑ ↓", "Move between rows of a table or list"],
  ["Enter", "Open the row"],
  ["Space", "Select the row's box"],
  ["f", "Runs: only runs with failures"],
  ["n", "Transfers: new transfer"],
  ["j k", "Run and held records: next, previous record"],
  ["r", "Run and held records: re-run"],
];

const studio: readonly (readonly [string, string])[] = [
  ["Ctrl S", "Save now"],
  ["Ctrl Z, Ctrl Shift Z", "Undo, redo"],
  ["Ctrl Enter", "Preview"],
  ["Ctrl Shift P", "Publish"],
  ["F6", "Next pane"],
  ["L", "Link the field: choose its partner"],
];

function Keys({ title, rows }: { title: string; rows: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <Title order={3} size="h5" mb={4}>
        {title}
      </Title>
      <Table verticalSpacing={4} aria-label={`Shortcuts: ${title}`}>
        <Table.Thead className="fb-hidden">
          <Table.Tr>
            <Table.Th scope="col">Keys</Table.Th>
            <Table.Th scope="col">What they do</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([keys, words]) => (
            <Table.Tr key={keys}>
              <Table.Td w={190}>
                <Group gap={4}>
                  {keys.split(" ").map((key, index) => (
                    <Kbd key={index}>{key}</Kbd>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>{words}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [enabled, setEnabled] = useSingleKeysSetting();
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="lg">
      <Stack gap="md">
        <Switch
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
          label="Single-letter shortcuts"
          description="Switch them off if you dictate or if letters fire by accident. Kept in this browser."
        />
        <Keys title="Everywhere" rows={everywhere} />
        <Keys title="Lists" rows={lists} />
        <Keys title="Transfer studio" rows={studio} />
      </Stack>
    </Modal>
  );
}
