/** The next scheduled run of one transfer, with the way to its schedules; nothing where it has none. */
import { Text } from "@mantine/core";
import { CalendarClock } from "lucide-react";
import { useApi } from "../../api/index.ts";
import { TextLink } from "../../kit/index.ts";
import { NextTime } from "./next-time.tsx";

export function NextRun({ transferId }: { transferId: string }) {
  const schedules = useApi("listSchedules", undefined, { staleTime: 30_000 });
  // The list comes in the order of the next tick.
  const next = schedules.data?.items.find((each) => each.transferId === transferId && each.nextAt !== null);
  if (next === undefined || next.nextAt === null) return null;
  return (
    <Text size="xs" c="dimmed" component="span">
      <CalendarClock size={13} aria-hidden style={{ verticalAlign: "-2px" }} />{" "}
      <TextLink to="/schedules">Next run</TextLink> <NextTime at={next.nextAt} />
    </Text>
  );
}
