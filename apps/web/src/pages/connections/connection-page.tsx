/** Being built. */
import { Page } from "../../kit/index.ts";

export function ConnectionPage() {
  return <Page title="Connection" />;
}
