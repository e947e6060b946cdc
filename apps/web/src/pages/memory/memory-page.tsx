/** What a transfer remembers between its runs: how far it has read, and which record became which. */
import { Stack } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useApi } from "../../api/index.ts";
import { Loaded, Page, RowsSkeleton, TextLink } from "../../kit/index.ts";
import { CursorPanel } from "./cursor-panel.tsx";
import { LinksPanel } from "./links-panel.tsx";

const route = getRouteApi("/transfers/$id/links");

export function MemoryPage() {
  const { id } = route.useParams();
  const query = useApi("getTransfer", { params: { id } });
  return (
    <Page
      title="Links and reading position"
      tabTitle={query.data === undefined ? "Links" : `Links: ${query.data.name}`}
      above={
        <TextLink to="/transfers/$id/$tab" params={{ id, tab: "history" }}>
          {query.data?.name ?? "Transfer"}
        </TextLink>
      }
      description="What this transfer remembers between its runs. Links keep a record from being created twice; the reading position keeps it from being read for nothing."
    >
      <Loaded query={query} what="The transfer" skeleton={<RowsSkeleton rows={10} />}>
        {(transfer) => (
          <Stack gap="md">
            <CursorPanel transfer={transfer} />
            <LinksPanel transfer={transfer} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
