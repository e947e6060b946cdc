/** Being built. */
import { Page } from "../../kit/index.ts";

export function RunPage() {
  return <Page title="Run" />;
}
