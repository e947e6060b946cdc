/** A new connection: system, settings with examples, write-only secrets; tested before it is stored. */
import { Button, Group, PasswordInput, Radio, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Connection, SystemName } from "@fieldbridge/model";
import { PlugZap } from "lucide-react";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ActionError, Banner, Page, Panel, systemLabel, TextLink } from "../../kit/index.ts";
import { CheckLines } from "./check-lines.tsx";
import { checkForm, formFields, toConfig, toSlug, type FormValues } from "./connection-form.ts";

const route = getRouteApi("/connections/new");
const systems: readonly SystemName[] = ["salesforce", "business-central"];

export function NewConnectionPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/connections/new" });
  const system = systems.find((each) => each === search.system) ?? "salesforce";
  const [name, setName] = useState("");
  const [environment, setEnvironment] = useState<Connection["environment"]>("sandbox");
  const [values, setValues] = useState<FormValues>({});
  const [showErrors, setShowErrors] = useState(false);
  const test = useApiMutation("testConnectionInput");
  const create = useApiMutation("createConnection", {
    invalidates: ["listConnections", "getHome"],
    onSuccess: (made) => void navigate({ to: "/connections/$id", params: { id: made.id } }),
  });

  const errors = checkForm(system, name, values);
  const count = Object.keys(errors).length;
  const errorOf = (field: string): string | null => (showErrors ? (errors[field] ?? null) : null);
  const set = (field: string) => (event: { currentTarget: { value: string } }) => {
    setValues({ ...values, [field]: event.currentTarget.value });
    test.reset();
  };
  const secrets = {
    ...(values.clientSecret ? { clientSecret: values.clientSecret } : {}),
    ...(system === "salesforce" && values.refreshToken ? { refreshToken: values.refreshToken } : {}),
  };
  const config = toConfig(system, values);
  const whenValid = (action: () => void): void => {
    setShowErrors(count > 0);
    if (count === 0) action();
  };
  const isTested = test.data?.ok === true;

  return (
    <Page title="New connection" above={<TextLink to="/connections">Connections</TextLink>}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          whenValid(() =>
            isTested
              ? create.mutate({ body: { id: toSlug(name), name: name.trim(), environment, config, secrets } })
              : test.mutate({ body: { config, secrets } }),
          );
        }}
      >
        <Stack gap="md" maw={720}>
          {showErrors && count > 0 ? (
            <Banner kind="error" title={`${countOf(count, "field")} to complete`}>
              <Text size="sm">{Object.values(errors).join(" ")}</Text>
            </Banner>
          ) : null}
          <Panel title="System">
            <Radio.Group
              aria-label="System"
              value={system}
              onChange={(value) => {
                test.reset();
                void navigate({ search: { system: value }, replace: true });
              }}
            >
              <Stack gap="xs">
                {systems.map((each) => (
                  <Radio key={each} value={each} label={systemLabel(each)} />
                ))}
              </Stack>
            </Radio.Group>
          </Panel>
          <Panel title="Settings">
            <Stack gap="sm">
              <TextInput
                label="Name"
                description={
                  toSlug(name) === "" ? "Shown in lists." : `In files it is called ${toSlug(name)}.`
                }
                value={name}
                maxLength={100}
                error={errorOf("name")}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <div>
                <Text size="sm" fw={500} id="environment-label">
                  Environment
                </Text>
                <SegmentedControl
                  aria-labelledby="environment-label"
                  value={environment}
                  onChange={setEnvironment}
                  data={[
                    { value: "sandbox", label: "Sandbox" },
                    { value: "production", label: "Production" },
                  ]}
                />
              </div>
              {formFields[system].map((field) => (
                <TextInput
                  key={`${system}-${field.name}`}
                  label={field.label}
                  description={`${field.hint ?? ""} For example ${field.example}`.trim()}
                  value={values[field.name] ?? ""}
                  error={errorOf(field.name)}
                  spellCheck={false}
                  onChange={set(field.name)}
                />
              ))}
            </Stack>
          </Panel>
          <Panel title="Secrets">
            <Stack gap="sm">
              <Text size="sm" c="dimmed">
                Sealed when stored and never shown again, not in logs and not in exports.
              </Text>
              <PasswordInput
                label="Client secret"
                autoComplete="off"
                value={values.clientSecret ?? ""}
                error={errorOf("clientSecret")}
                visibilityToggleButtonProps={{ "aria-label": "Show the client secret" }}
                onChange={set("clientSecret")}
              />
              {system === "salesforce" ? (
                <PasswordInput
                  label="Refresh token (optional)"
                  description="Only where the connected app signs in on behalf of a person."
                  autoComplete="off"
                  value={values.refreshToken ?? ""}
                  visibilityToggleButtonProps={{ "aria-label": "Show the refresh token" }}
                  onChange={set("refreshToken")}
                />
              ) : null}
            </Stack>
          </Panel>
          <div aria-live="polite">
            {test.error ? <ActionError error={test.error} what="The test could not be done" /> : null}
            {test.data === undefined ? null : (
              <Panel title={test.data.ok ? "The test passed" : "The test failed"}>
                <CheckLines checks={test.data.checks} />
              </Panel>
            )}
            {create.error ? <ActionError error={create.error} what="The connection was not stored" /> : null}
          </div>
          <Group gap="sm">
            <Button
              type="submit"
              leftSection={isTested ? null : <PlugZap size={16} aria-hidden />}
              loading={test.isPending || create.isPending}
            >
              {isTested ? "Save connection" : "Test connection"}
            </Button>
            <Text size="sm" c="dimmed">
              {isTested ? "" : "It can be saved when the test has passed."}
            </Text>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
