/** Being built. */
import { Page } from "../../kit/index.ts";

export function HomePage() {
  return <Page title="Home" />;
}
