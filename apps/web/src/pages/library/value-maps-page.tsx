/** Being built. */
import { Page } from "../../kit/index.ts";

export function ValueMapsPage() {
  return <Page title="Value maps" />;
}
