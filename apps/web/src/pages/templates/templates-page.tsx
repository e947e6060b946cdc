/** The gallery of starter templates. */
import { Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Template } from "@fieldbridge/model";
import { ArrowRight, Search } from "lucide-react";
import { useApi } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { toTitle } from "../../format/object-words.ts";
import {
  ButtonLink,
  CardsSkeleton,
  EmptyState,
  Loaded,
  MarkIcon,
  Page,
  Panel,
  SystemText,
} from "../../kit/index.ts";
import { countMappings } from "./template-words.ts";

const route = getRouteApi("/templates");

function TemplateCard({ template }: { template: Template }) {
  const [from, to] = template.ends;
  return (
    <Panel title={template.name} h="100%">
      <Stack gap="sm" justify="space-between">
        <Text>{template.summary}</Text>
        <Group gap="sm" wrap="wrap">
          {from === undefined ? null : <SystemText system={from.system} />}
          <MarkIcon icon={ArrowRight} label="to" />
          {to === undefined ? null : <SystemText system={to.system} />}
        </Group>
        <Text size="sm" c="dimmed">
          {countOf(template.transfers.length, "transfer")}, {countOf(countMappings(template), "mapping")},{" "}
          {countOf(template.valueMaps.length, "value map")}. Needs:{" "}
          {template.ends.flatMap((end) => end.objects.map(toTitle)).join(", ")}.
        </Text>
        <div>
          <ButtonLink to="/templates/$id" params={{ id: template.id }}>
            Use this template
            <span className="fb-hidden">: {template.name}</span>
          </ButtonLink>
        </div>
      </Stack>
    </Panel>
  );
}

export function TemplatesPage() {
  const { q = "" } = route.useSearch();
  const navigate = useNavigate({ from: "/templates" });
  const query = useApi("listTemplates");
  return (
    <Page
      title="Templates"
      description="Ready transfers with mappings and value maps. You see your own records before anything is created."
    >
      <TextInput
        label="Find a template"
        maw={320}
        leftSection={<Search size={16} aria-hidden />}
        value={q}
        onChange={(event) => void navigate({ search: { q: event.currentTarget.value }, replace: true })}
      />
      <Loaded query={query} what="Templates" skeleton={<CardsSkeleton height={220} cards={2} />}>
        {(data) => {
          const shown = data.items.filter((each) =>
            `${each.name} ${each.summary} ${each.ends.flatMap((end) => end.objects).join(" ")}`
              .toLowerCase()
              .includes(q.trim().toLowerCase()),
          );
          if (shown.length === 0)
            return (
              <EmptyState
                title="No template fits"
                action={
                  <ButtonLink to="/transfers" search={{ new: "1" }}>
                    Start from scratch
                  </ButtonLink>
                }
              >
                Nothing here holds “{q}”.
              </EmptyState>
            );
          return (
            <SimpleGrid cols={{ base: 1, navigation: 2 }} spacing="md">
              {shown.map((template) => (
                <TemplateCard key={template.id} template={template} />
              ))}
            </SimpleGrid>
          );
        }}
      </Loaded>
    </Page>
  );
}
