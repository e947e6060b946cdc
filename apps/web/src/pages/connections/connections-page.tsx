/** Being built. */
import { Page } from "../../kit/index.ts";

export function ConnectionsPage() {
  return <Page title="Connections" />;
}
