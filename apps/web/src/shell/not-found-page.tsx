/** An address that leads nowhere. */
import { Compass } from "lucide-react";
import { ButtonLink, EmptyState, Page } from "../kit/index.ts";

export function NotFoundPage() {
  return (
    <Page title="Page not found">
      <EmptyState
        title="There is nothing at this address"
        icon={Compass}
        action={<ButtonLink to="/">Go to Home</ButtonLink>}
      >
        The link may be old, or what it showed was deleted.
      </EmptyState>
    </Page>
  );
}
