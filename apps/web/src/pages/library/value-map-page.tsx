/** Being built. */
import { Page } from "../../kit/index.ts";

export function ValueMapPage() {
  return <Page title="Value map" />;
}
