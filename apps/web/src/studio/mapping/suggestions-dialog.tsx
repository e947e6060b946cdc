/** All proposed mappings with their reasons; each is accepted or turned down, and turned-down ones do not return. */
import { Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { Check, X } from "lucide-react";
import { useFocusReturn } from "../session/use-focus-return.ts";
import type { Suggestion } from "../suggest/suggest-mappings.ts";

export interface SuggestionsDialogProps {
  readonly suggestions: readonly Suggestion[];
  readonly sampleOf: (suggestion: Suggestion) => string | null;
  readonly onAccept: (suggestions: readonly Suggestion[]) => void;
  readonly onReject: (suggestion: Suggestion) => void;
  readonly onClose: () => void;
}

export function SuggestionsDialog({
  suggestions,
  sampleOf,
  onAccept,
  onReject,
  onClose,
}: SuggestionsDialogProps) {
  useFocusReturn();
  const high = suggestions.filter((each) => each.band === "high");
  return (
    <Modal opened onClose={onClose} title="Suggested mappings" size="xl">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Found by comparing names, labels and types. Nothing is mapped until you accept it.
        </Text>
        {suggestions.length === 0 ? (
          <Text>No field of the target looks like a field of the source any more.</Text>
        ) : null}
        <Table verticalSpacing={6} highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Source</Table.Th>
              <Table.Th>Target</Table.Th>
              <Table.Th>Sample</Table.Th>
              <Table.Th>Why</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {suggestions.map((each) => (
              <Table.Tr key={each.target.id}>
                <Table.Td>
                  {each.source.label}
                  {each.source.path.length > 1 ? (
                    <Text size="xs" c="dimmed" className="fb-mono">
                      {each.source.id}
                    </Text>
                  ) : null}
                </Table.Td>
                <Table.Td>{each.target.label}</Table.Td>
                <Table.Td c="dimmed">{sampleOf(each)}</Table.Td>
                <Table.Td>
                  <Text size="sm">
                    {Math.round(each.score * 100)} % {each.band === "high" ? "High" : "Medium"}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {each.reason}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Group gap={4} wrap="nowrap" justify="flex-end">
                    <Button
                      size="compact-sm"
                      variant="default"
                      leftSection={<Check size={14} aria-hidden />}
                      onClick={() => onAccept([each])}
                      aria-label={`Accept ${each.source.label} to ${each.target.label}`}
                    >
                      Accept
                    </Button>
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="gray"
                      leftSection={<X size={14} aria-hidden />}
                      onClick={() => onReject(each)}
                      aria-label={`No, do not map ${each.source.label} to ${each.target.label}`}
                    >
                      No
                    </Button>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button disabled={high.length === 0} onClick={() => onAccept(high)}>
            Accept all High ({high.length})
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
