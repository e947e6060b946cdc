/** "Suggest the order": what the transfers ask of each other, with the reasons, before it is taken over. */
import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import type { GroupDefinition } from "@fieldbridge/model";
import { Route } from "lucide-react";
import { useApiMutation } from "../../api/index.ts";
import { ActionError } from "../../kit/index.ts";
import { applyOrder } from "./edit-group.ts";

export function SuggestOrder({
  group,
  nameOf,
  onChange,
}: {
  group: GroupDefinition;
  nameOf: (id: string) => string;
  onChange: (group: GroupDefinition) => void;
}) {
  const suggest = useApiMutation("suggestGroupOrder");
  const order = suggest.data?.members ?? [];
  const sentences = order.flatMap(({ transfer, after }) =>
    after.map((before) => ({
      key: `${transfer} ${before.transfer}`,
      title: `${nameOf(transfer)} after ${nameOf(before.transfer)}`,
      reason: before.reason,
    })),
  );
  return (
    <>
      <Button
        variant="default"
        leftSection={<Route size={16} aria-hidden />}
        disabled={group.members.length < 2}
        loading={suggest.isPending}
        onClick={() => suggest.mutate({ body: { transfers: group.members.map((each) => each.transfer) } })}
      >
        Suggest the order
      </Button>
      <Modal
        opened={suggest.isSuccess || suggest.isError}
        onClose={suggest.reset}
        title="The order the transfers ask for"
        size="lg"
      >
        <Stack gap="md">
          {suggest.error ? <ActionError error={suggest.error} what="The order was not found" /> : null}
          {suggest.isSuccess && sentences.length === 0 ? (
            <Text size="sm">
              No transfer looks up, refers to or reads back what another one writes. They can all start at
              once.
            </Text>
          ) : null}
          {sentences.length === 0 ? null : (
            <List spacing="sm">
              {sentences.map(({ key, title, reason }) => (
                <List.Item key={key}>
                  <Text size="sm" fw={600}>
                    {title}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {reason}
                  </Text>
                </List.Item>
              ))}
            </List>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={suggest.reset}>
              {sentences.length === 0 ? "Close" : "Keep mine"}
            </Button>
            {sentences.length === 0 ? null : (
              <Button
                data-autofocus
                onClick={() => {
                  onChange(applyOrder(group, order));
                  suggest.reset();
                }}
              >
                Use this order
              </Button>
            )}
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
