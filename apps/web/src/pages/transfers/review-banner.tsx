/** A transfer that pauses because a system changed fields it uses: what changed, who else is hit, and where to go. */
import { List, Text } from "@mantine/core";
import type { FieldImpact, Transfer } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";
import { Banner, TextLink, TimeText } from "../../kit/index.ts";
import { findMappingOf, readChangedField, type ChangedField } from "./find-mapping-of.ts";

interface ReviewedFieldProps {
  readonly transfer: Transfer;
  readonly message: string;
  readonly changed: ChangedField | null;
  readonly impact: readonly FieldImpact[];
}

function ReviewedField({ transfer, message, changed, impact }: ReviewedFieldProps) {
  const place = changed && findMappingOf(transfer.definition, changed);
  const others = impact
    .filter((each) => each.object === changed?.object && each.field === changed.field)
    .flatMap((each) => each.transfers)
    .filter((each) => each.id !== transfer.id);
  return (
    <List.Item>
      {message}{" "}
      {place === null ? null : (
        <TextLink
          to="/transfers/$id/$tab"
          params={{ id: transfer.id, tab: "map" }}
          search={{ field: place.field, ...(place.lines === null ? {} : { lines: place.lines }) }}
          aria-label={`Open mapping of ${place.field}`}
        >
          Open mapping
        </TextLink>
      )}
      {others.map((other, index) => (
        <span key={other.id}>
          {index === 0 ? ". Also used by " : ", "}
          <TextLink to="/transfers/$id/$tab" params={{ id: other.id, tab: "map" }}>
            {other.name}
          </TextLink>
        </span>
      ))}
    </List.Item>
  );
}

export interface ReviewBannerProps {
  readonly transfer: Transfer;
  /** Names the transfer, where the page shows several. */
  readonly named?: boolean;
}

export function ReviewBanner({ transfer, named = false }: ReviewBannerProps) {
  const { review, definition } = transfer;
  const enabled = review !== null;
  const source = useApi("getImpact", { params: { id: definition.source.connection } }, { enabled });
  const target = useApi("getImpact", { params: { id: definition.target.connection } }, { enabled });
  if (review === null) return null;
  const impactOf = { source: source.data?.items ?? [], target: target.data?.items ?? [] };
  return (
    <Banner
      kind="warning"
      title={
        named
          ? `${transfer.name} pauses: a system changed fields it uses`
          : "This transfer pauses: a system changed fields it uses"
      }
    >
      <Text size="sm">
        Since <TimeText at={review.since} both />. Nothing was written with the changed fields and nothing is
        lost: correct the mappings and publish, then it goes on where it stopped.
      </Text>
      <List size="sm" mt={4}>
        {review.issues.map((issue) => {
          const changed = readChangedField(issue);
          return (
            <ReviewedField
              key={issue.path}
              transfer={transfer}
              message={issue.message}
              changed={changed}
              impact={changed === null ? [] : impactOf[changed.side]}
            />
          );
        })}
      </List>
    </Banner>
  );
}
