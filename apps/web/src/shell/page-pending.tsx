/** What stands in the page while its code arrives. */
import { Loading } from "../kit/index.ts";

export function PagePending() {
  return <Loading what="Loading this page" />;
}
