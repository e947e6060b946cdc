/** Fields that a system changed since transfers were published with them, with the transfers each one touches. */
import { List, Text } from "@mantine/core";
import type { FieldImpact } from "@fieldbridge/model";
import { countOf } from "../../format/number.ts";
import { Banner, TextLink } from "../../kit/index.ts";

export function SchemaImpact({ impact }: { impact: readonly FieldImpact[] }) {
  if (impact.length === 0) return null;
  return (
    <Banner
      kind="warning"
      title={`${countOf(impact.length, "field")} changed since transfers were published`}
    >
      <Text size="sm">
        Mappings were not touched. Review the transfers named here, then publish them again.
      </Text>
      <List size="sm" mt={4}>
        {impact.map((each) => (
          <List.Item key={`${each.object}.${each.field}`}>
            {each.message}{" "}
            {each.transfers.map((transfer, index) => (
              <span key={transfer.id}>
                {index === 0 ? "Used by " : ", "}
                <TextLink to="/transfers/$id/$tab" params={{ id: transfer.id, tab: "map" }}>
                  {transfer.name}
                </TextLink>
              </span>
            ))}
          </List.Item>
        ))}
      </List>
    </Banner>
  );
}
