/** What a compare found on one record, as icon, word and colour. */
import type { Drift } from "@fieldbridge/model";
import { CircleDashed, EqualNot, Unlink, type LucideIcon } from "lucide-react";
import { driftWords } from "../format/compare-words.ts";
import { StatusBadge, type Tone } from "./status-badge.tsx";

const looks: Record<Drift, [Tone, LucideIcon]> = {
  missing: ["yellow", CircleDashed],
  different: ["blue", EqualNot],
  orphaned: ["gray", Unlink],
};

export function DriftBadge({ drift }: { drift: Drift }) {
  const [tone, icon] = looks[drift];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {driftWords[drift].name}
    </StatusBadge>
  );
}
