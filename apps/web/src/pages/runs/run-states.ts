/** The states of a run as choices of a filter. */
import type { Run } from "@fieldbridge/model";

export const runStateChoices: { value: Run["state"]; label: string }[] = [
  { value: "queued", label: "Queued" },
  { value: "running", label: "Running" },
  { value: "finished", label: "Finished" },
  { value: "stopped", label: "Stopped" },
  { value: "failed", label: "Failed" },
];

/** A text of the address as a state; undefined where it is none. */
export const readRunState = (text: string | undefined): Run["state"] | undefined =>
  runStateChoices.find((choice) => choice.value === text)?.value;
