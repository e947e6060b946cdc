/** Being built. */
import { Page } from "../../kit/index.ts";

export function RunsPage() {
  return <Page title="Runs" />;
}
