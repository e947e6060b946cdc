/** The last resort where even the frame cannot be drawn; it leans on nothing but the component library. */
import { Button, Code, Container, Stack, Text, Title } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { describeError } from "../api/problem.ts";
import { CopyButton } from "../kit/copy-button.tsx";

export function RootError({ error }: ErrorComponentProps) {
  const { message, details } = describeError(error);
  return (
    <Container component="main" py={60} size="sm">
      <Stack align="flex-start">
        <Title order={1}>Fieldbridge stopped working in this tab</Title>
        <Text>
          Nothing was changed on the server by this, and runs go on. Reload the page; if it happens again,
          copy the details into a report.
        </Text>
        <Code>{message}</Code>
        <Button onClick={() => window.location.reload()}>Reload the page</Button>
        <CopyButton text={details} label="Copy details" />
      </Stack>
    </Container>
  );
}
