/** Settings of a connection, its test, a new secret, and its removal. */
import { Anchor, Button, Grid, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { Connection } from "@fieldbridge/model";
import { ExternalLink, PlugZap } from "lucide-react";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ActionError, Banner, Panel, SystemText, TimeText } from "../../kit/index.ts";
import { CallsPanel } from "./calls-panel.tsx";
import { CheckLines } from "./check-lines.tsx";
import classes from "./connections.module.css";
import { DeleteConnection } from "./delete-connection.tsx";
import { LimitsPanel } from "./limits-panel.tsx";
import { toFacts } from "./connection-facts.ts";

function TestPanel({ connection }: { connection: Connection }) {
  const test = useApiMutation("testConnection", {
    invalidates: ["getConnection", "listConnections", "getHome"],
  });
  return (
    <Panel
      title="Test"
      actions={
        <Button
          leftSection={<PlugZap size={16} aria-hidden />}
          loading={test.isPending}
          onClick={() => test.mutate({ params: { id: connection.id } })}
        >
          Test now
        </Button>
      }
    >
      <div aria-live="polite">
        {test.error ? <ActionError error={test.error} what="The test could not be done" /> : null}
        {test.data === undefined ? (
          test.error ? null : (
            <Text size="sm" c="dimmed">
              Checks address, sign-in, rights and reading, one by one.
              {connection.stateSince === null ? null : (
                <>
                  {" "}
                  Last seen as it is since <TimeText at={connection.stateSince} both />.
                </>
              )}
            </Text>
          )
        ) : (
          <Stack gap="sm">
            <CheckLines checks={test.data.checks} />
            {test.data.objects === null ? null : (
              <Text size="sm">{countOf(test.data.objects, "object")} can be used in transfers.</Text>
            )}
          </Stack>
        )}
      </div>
    </Panel>
  );
}

function SecretPanel({ connection }: { connection: Connection }) {
  const [secret, setSecret] = useState("");
  const save = useApiMutation("updateConnection", {
    invalidates: ["getConnection", "listConnections"],
    onSuccess: () => setSecret(""),
  });
  return (
    <Panel title="Secret">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (secret !== "")
            save.mutate({
              params: { id: connection.id },
              body: {
                name: connection.name,
                environment: connection.environment,
                config: connection.config,
                secrets: { clientSecret: secret },
              },
            });
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {connection.secretsSet.length === 0
              ? "No secret is stored."
              : `Stored: ${connection.secretsSet.join(", ")}. Stored secrets are never shown; enter a new one to replace it.`}
          </Text>
          <PasswordInput
            label="New client secret"
            autoComplete="off"
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": "Show the secret" }}
          />
          {save.error ? <ActionError error={save.error} what="The secret was not stored" /> : null}
          {save.isSuccess && secret === "" ? <Banner kind="success" title="The secret was stored" /> : null}
          <div>
            <Button type="submit" variant="default" disabled={secret === ""} loading={save.isPending}>
              Store secret
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  );
}

export function ConnectionOverview({ connection }: { connection: Connection }) {
  const navigate = useNavigate();
  const health = useApi("getHealth", undefined, { enabled: connection.builtIn, staleTime: 60_000 });
  const sandbox = health.data?.sandboxes.find((each) => each.system === connection.config.system);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, search: 7 }}>
        <Stack gap="md">
          <CallsPanel connection={connection} />
          <TestPanel connection={connection} />
          <Panel title="Settings">
            <dl className={classes.facts}>
              <dt>System</dt>
              <dd>
                <SystemText system={connection.config.system} />
              </dd>
              <dt>Name in files</dt>
              <dd className="fb-mono">{connection.id}</dd>
              {toFacts(connection.config).map(([name, value]) => (
                <div key={name} style={{ display: "contents" }}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </Panel>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, search: 5 }}>
        <Stack gap="md">
          {connection.builtIn ? (
            <Panel title="Built-in sandbox">
              <Text size="sm">
                Starts with Fieldbridge, speaks the system's real protocol and holds made-up data. Nothing in
                it is real.
              </Text>
              {sandbox === undefined ? null : (
                <Group mt="sm">
                  <Anchor href={sandbox.url} target="_blank" rel="noreferrer" underline="always">
                    Look at its records <ExternalLink size={14} aria-hidden />
                    <span className="fb-hidden"> (new tab)</span>
                  </Anchor>
                </Group>
              )}
            </Panel>
          ) : (
            <SecretPanel connection={connection} />
          )}
          <LimitsPanel connection={connection} />
          {connection.builtIn ? null : (
            <DeleteConnection connection={connection} onDone={() => void navigate({ to: "/connections" })} />
          )}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
