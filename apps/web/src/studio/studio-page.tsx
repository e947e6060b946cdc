/** The transfer studio. */
import { Page } from "../kit/index.ts";

export function StudioPage() {
  return <Page title="Transfer" wide />;
}
