/** A page that could not be drawn: the frame stays, the page says what happened and can be tried again. */
import { Button, Code } from "@mantine/core";
import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { describeError } from "../api/problem.ts";
import { Banner, CopyButton, Page } from "../kit/index.ts";

export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const { message, details } = describeError(error);
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title="This page stopped working">
      <Banner
        kind="error"
        title="Something went wrong while this page was drawn"
        actions={
          <>
            <Button size="compact-sm" variant="default" onClick={retry}>
              Retry
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => window.location.reload()}>
              Reload the page
            </Button>
            <CopyButton text={details} label="Copy details" />
          </>
        }
      >
        Nothing was changed on the server by this. <Code>{message}</Code>
      </Banner>
    </Page>
  );
}
