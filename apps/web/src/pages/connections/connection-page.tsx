/** One connection: its settings and test, what the system offers, and who uses it. */
import { Tabs } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useApi } from "../../api/index.ts";
import { ConnectionStateBadge, Loaded, Page, RowsSkeleton, TextLink } from "../../kit/index.ts";
import { ConnectionOverview } from "./connection-overview.tsx";
import { ConnectionSchema } from "./connection-schema.tsx";
import { ConnectionUsage } from "./connection-usage.tsx";
import { EnvironmentText } from "./environment-text.tsx";

/** A pause comes and goes without anybody pressing anything. */
const CLOSURE_MS = 5_000;

const route = getRouteApi("/connections/$id");

export function ConnectionPage() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/connections/$id" });
  const query = useApi("getConnection", { params: { id } }, { refetchInterval: CLOSURE_MS });
  const tab = search.tab ?? "overview";
  return (
    <Page
      title={query.data?.name ?? "Connection"}
      above={<TextLink to="/connections">Connections</TextLink>}
      {...(query.data
        ? {
            beside: (
              <>
                <ConnectionStateBadge connection={query.data} />
                <EnvironmentText environment={query.data.environment} />
              </>
            ),
          }
        : {})}
    >
      <Loaded query={query} what="This connection" skeleton={<RowsSkeleton rows={6} />}>
        {(connection) => (
          <Tabs
            value={tab}
            keepMounted={false}
            onChange={(value) =>
              void navigate({ search: (before) => ({ ...before, tab: value ?? "" }), replace: true })
            }
          >
            <Tabs.List mb="md">
              <Tabs.Tab value="overview">Overview</Tabs.Tab>
              <Tabs.Tab value="schema">Schema</Tabs.Tab>
              <Tabs.Tab value="usage">Usage ({connection.usedByTransfers})</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="overview">
              <ConnectionOverview connection={connection} />
            </Tabs.Panel>
            <Tabs.Panel value="schema">
              <ConnectionSchema connection={connection} />
            </Tabs.Panel>
            <Tabs.Panel value="usage">
              <ConnectionUsage connection={connection} />
            </Tabs.Panel>
          </Tabs>
        )}
      </Loaded>
    </Page>
  );
}
