/** The parents a waiting record needs first, each with the way to its own held record. */
import { Text } from "@mantine/core";
import type { HeldRecordDetail } from "@fieldbridge/model";
import { Banner, TextLink } from "../../kit/index.ts";

export function WaitsFor({ parents }: { parents: HeldRecordDetail["waitsFor"] }) {
  if (parents.length === 0) return null;
  return (
    <Banner kind="info" title="It waits for a record that is held itself">
      <Text size="sm">
        Repair{" "}
        {parents.map((parent, index) => (
          <span key={parent.id}>
            {index === 0 ? "" : ", "}
            <TextLink to="/held" search={{ record: parent.id }}>
              {parent.label}
            </TextLink>{" "}
            of {parent.transferName}
          </span>
        ))}
        ; this record then goes out by itself.
      </Text>
    </Banner>
  );
}
