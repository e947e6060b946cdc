/** Whether a test passes, as icon and word. */
import { CircleAlert, CircleCheck, CircleDashed, RotateCw } from "lucide-react";
import { StatusBadge } from "../../kit/index.ts";
import type { TestState } from "./test-words.ts";

const badges = {
  passes: { tone: "green", icon: CircleCheck, word: "Passes" },
  fails: { tone: "red", icon: CircleAlert, word: "Fails" },
  lacks: { tone: "yellow", icon: RotateCw, word: "Read again" },
  unknown: { tone: "gray", icon: CircleDashed, word: "Not run" },
} as const satisfies Record<TestState, object>;

export function TestStateBadge({ state }: { readonly state: TestState }) {
  const { tone, icon, word } = badges[state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {word}
    </StatusBadge>
  );
}
