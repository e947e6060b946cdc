/** The target record of an outcome by the name people know it by, as a link where the system has a page for it. */
import { Anchor } from "@mantine/core";
import type { RecordOutcome } from "@fieldbridge/model";
import { ExternalLink } from "lucide-react";

export function TargetName({ outcome }: { outcome: RecordOutcome }) {
  const label = outcome.targetLabel ?? outcome.targetKey;
  if (label === null) return "—";
  if (outcome.targetUrl === null) return label;
  return (
    <Anchor href={outcome.targetUrl} target="_blank" rel="noreferrer" inherit underline="always">
      {label} <ExternalLink size={13} aria-hidden />
      <span className="fb-hidden"> (new tab)</span>
    </Anchor>
  );
}
