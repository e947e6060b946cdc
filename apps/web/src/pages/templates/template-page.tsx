/**
 * A template put to use in three steps on one page: connect, check, preview. Nothing is created before the last
 * button; going back keeps every answer.
 */
import { Grid, Stack } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { underAllNames, type Connection, type Template, type ValueMap } from "@fieldbridge/model";
import { useState } from "react";
import { useApi } from "../../api/index.ts";
import { dropEmpty, Loaded, Page, RowsSkeleton, TextLink } from "../../kit/index.ts";
import { CheckStep } from "./check-step.tsx";
import { ConnectStep } from "./connect-step.tsx";
import { PreviewStep } from "./preview-step.tsx";
import { StepFrame } from "./step-frame.tsx";
import { TemplateSummary } from "./template-summary.tsx";
import { useChecks } from "./use-checks.ts";
import { useConnectionTests } from "./use-connection-tests.ts";
import { withConnections } from "./template-words.ts";
import { proposeConnections, readStep, reviewMaps, wizardSteps, type WizardStep } from "./wizard-state.ts";

const route = getRouteApi("/templates/$id");

interface WizardProps {
  readonly template: Template;
  readonly connections: readonly Connection[];
  readonly library: readonly ValueMap[];
}

function Wizard({ template, connections, library }: WizardProps) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/templates/$id" });
  const [choice, setChoice] = useState<Record<string, string>>({});
  const [edited, setEdited] = useState<Record<string, ValueMap>>({});
  const step = readStep(search.step);
  const goTo = (next: WizardStep): void => void navigate({ search: (before) => ({ ...before, step: next }) });

  const chosen = { ...proposeConnections(template, connections), ...choice };
  const maps = reviewMaps(template, edited, library);
  const valueMaps = maps.map(({ map }) => ({ ...map, entries: dropEmpty(map.entries) }));
  const definitions = withConnections(template, chosen);
  const tests = useConnectionTests(Object.values(chosen));
  const isConnected =
    template.ends.every((end) => chosen[end.role] !== undefined) &&
    tests.every((test) => test.data?.ok === true);
  const checks = useChecks(definitions, valueMaps, isConnected && step !== "connect");
  const isChecked = checks.every((check) => check.data?.ok === true);
  const stepAt = wizardSteps.findIndex((each) => each.id === step);

  const frame = (id: WizardStep) => ({
    number: wizardSteps.findIndex((each) => each.id === id) + 1,
    title: wizardSteps.find((each) => each.id === id)?.title ?? "",
    isOpen: step === id,
    isDone: wizardSteps.findIndex((each) => each.id === id) < stepAt,
    onOpen: () => goTo(id),
  });

  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, search: step === "preview" ? 12 : 8.5 }}>
        <Stack gap="sm">
          <StepFrame
            {...frame("connect")}
            summary={Object.values(chosen)
              .map((id) => connections.find((each) => each.id === id)?.name ?? id)
              .join(" → ")}
          >
            <ConnectStep
              template={template}
              connections={connections}
              chosen={chosen}
              tests={tests}
              onChoose={(role, id) => setChoice({ ...choice, [role]: id })}
              isReady={isConnected}
              onContinue={() => goTo("check")}
            />
          </StepFrame>
          <StepFrame
            {...frame("check")}
            summary={`Fields and ${maps.map(({ map }) => map.name).join(", ")} reviewed`}
          >
            <CheckStep
              template={template}
              definitions={definitions}
              chosen={chosen}
              checks={checks}
              maps={maps}
              onEdit={(map) => setEdited({ ...edited, [map.name]: map })}
              onBack={() => goTo("connect")}
              onContinue={() => goTo("preview")}
            />
          </StepFrame>
          <StepFrame {...frame("preview")} summary="">
            <PreviewStep
              template={template}
              definitions={definitions}
              valueMaps={valueMaps}
              chosen={chosen}
              isReady={isConnected && step === "preview"}
              isChecked={isChecked}
              record={search.record}
              onRecord={(record) =>
                void navigate({ search: (before) => ({ ...before, record }), replace: true })
              }
              onBack={() => goTo("check")}
            />
          </StepFrame>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, search: step === "preview" ? 12 : 3.5 }}>
        <TemplateSummary template={template} chosen={chosen} connections={connections} />
      </Grid.Col>
    </Grid>
  );
}

export function TemplatePage() {
  const { id } = route.useParams();
  const template = useApi("getTemplate", { params: { id } }, { staleTime: 300_000 });
  const connections = useApi("listConnections");
  const library = useApi("listValueMaps");
  return (
    <Page
      title={template.data?.name ?? "Template"}
      above={<TextLink to="/templates">Templates</TextLink>}
      description={template.data?.description}
      focusKey={`/templates/${id}`}
    >
      <Loaded query={template} what="This template" skeleton={<RowsSkeleton rows={8} />}>
        {(data) => (
          <Loaded query={connections} what="Connections" skeleton={<RowsSkeleton rows={8} />}>
            {(list) => (
              <Loaded query={library} what="Value maps" skeleton={<RowsSkeleton rows={8} />}>
                {(maps) => (
                  <Wizard template={data} connections={list.items} library={underAllNames(maps.items)} />
                )}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
