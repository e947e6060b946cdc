/** What the listed records failed on, largest group first; choosing one narrows the list. */
import { Group, Text, UnstyledButton } from "@mantine/core";
import { formatCount } from "../../format/number.ts";
import { CauseClassBadge } from "../../kit/index.ts";
import type { CauseGroup } from "./group-by-cause.ts";
import classes from "./held.module.css";

export interface CauseListProps {
  readonly causes: readonly CauseGroup[];
  readonly total: number;
  /** Signature of the chosen cause; undefined for all. */
  readonly active: string | undefined;
  readonly onChoose: (signature: string) => void;
}

export function CauseList({ causes, total, active, onChoose }: CauseListProps) {
  return (
    <ul className={classes.list}>
      <li>
        <UnstyledButton
          className={classes.item}
          aria-current={active === undefined ? "true" : undefined}
          onClick={() => onChoose("")}
        >
          <Group justify="space-between">
            <Text size="sm" fw={600}>
              All causes
            </Text>
            <Text size="sm" fw={650}>
              {formatCount(total)}
            </Text>
          </Group>
        </UnstyledButton>
      </li>
      {causes.map((cause) => (
        <li key={cause.signature}>
          <UnstyledButton
            className={classes.item}
            aria-current={active === cause.signature ? "true" : undefined}
            onClick={() => onChoose(cause.signature)}
          >
            <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
              <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
                {cause.title}
              </Text>
              <Text size="sm" fw={650}>
                {formatCount(cause.count)}
              </Text>
            </Group>
            <Group gap={6} mt={6}>
              <CauseClassBadge value={cause.class} />
            </Group>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
