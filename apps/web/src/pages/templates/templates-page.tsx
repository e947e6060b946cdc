/** Being built. */
import { Page } from "../../kit/index.ts";

export function TemplatesPage() {
  return <Page title="Templates" />;
}
