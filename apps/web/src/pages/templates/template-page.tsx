/** Being built. */
import { Page } from "../../kit/index.ts";

export function TemplatePage() {
  return <Page title="Template" />;
}
