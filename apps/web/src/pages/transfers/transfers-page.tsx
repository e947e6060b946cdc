/** Being built. */
import { Page } from "../../kit/index.ts";

export function TransfersPage() {
  return <Page title="Transfers" />;
}
