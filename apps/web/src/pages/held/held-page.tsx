/** Being built. */
import { Page } from "../../kit/index.ts";

export function HeldPage() {
  return <Page title="Held records" />;
}
