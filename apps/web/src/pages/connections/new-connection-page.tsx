/** Being built. */
import { Page } from "../../kit/index.ts";

export function NewConnectionPage() {
  return <Page title="New connection" />;
}
