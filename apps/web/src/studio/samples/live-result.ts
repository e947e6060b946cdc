/** The result of one formula on one sample record, ready to be shown. */
import type { Issue } from "@fieldbridge/model";

export interface LiveResult {
  /** `lookup` waits for a value of the target system that only a preview reads. */
  readonly kind: "value" | "blank" | "skip" | "lookup" | "error";
  readonly text: string;
  /** What went wrong, where it did. */
  readonly message: string | null;
  readonly valueMap: Issue["valueMap"] | null;
}
