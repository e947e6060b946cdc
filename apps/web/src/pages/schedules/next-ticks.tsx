/** The next runs of the schedule in the editor, as the server will start them. */
import { List, Text } from "@mantine/core";
import { describeCron } from "../../format/schedule-words.ts";
import { zoneName } from "../../format/time.ts";

const formatIn = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat(undefined, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone,
  }).format(new Date(at));

export function NextTicks(props: { cron: string; timeZone: string; next: readonly string[] }) {
  const { cron, timeZone, next } = props;
  const isElsewhere = timeZone !== zoneName();
  return (
    <section aria-label="Next runs" aria-live="polite">
      {next.length === 0 ? null : (
        <Text size="sm" fw={600}>
          {describeCron(cron)} ({timeZone})
        </Text>
      )}
      <List size="sm" mt={4} mih={next.length === 0 ? 138 : 116}>
        {next.map((at) => (
          <List.Item key={at}>
            {formatIn(at, timeZone)}
            {isElsewhere ? (
              <Text span size="xs" c="dimmed">
                {" "}
                there, {formatIn(at, zoneName())} here
              </Text>
            ) : null}
          </List.Item>
        ))}
      </List>
    </section>
  );
}
