/** Home: what needs a person, what is running, what happened last, and where to start. */
import { Grid, Stack } from "@mantine/core";
import { useApi } from "../../api/index.ts";
import { CardsSkeleton, Loaded, Page } from "../../kit/index.ts";
import { Attention } from "./attention.tsx";
import { Continue } from "./continue.tsx";
import { FirstStart } from "./first-start.tsx";
import { RecentRuns } from "./recent-runs.tsx";
import { RunningNow } from "./running-now.tsx";
import { StartCards } from "./start-cards.tsx";

export function HomePage() {
  const home = useApi("getHome");
  const isEmpty = home.data?.transfers.length === 0;
  return (
    <Page
      title={isEmpty ? "Welcome to Fieldbridge" : "Home"}
      tabTitle="Home"
      {...(isEmpty
        ? { description: "Move records from one system to another, and see what happened to each of them." }
        : {})}
    >
      <Loaded query={home} what="Home" skeleton={<CardsSkeleton height={220} cards={2} />}>
        {(data) =>
          data.transfers.length === 0 ? (
            <FirstStart />
          ) : (
            <Grid gap="md">
              <Grid.Col span={{ base: 12, search: 8 }}>
                <Stack gap="md">
                  <Attention openHeld={data.openHeld} recentRuns={data.recentRuns} />
                  <RunningNow running={data.running} />
                  <RecentRuns runs={data.recentRuns} />
                </Stack>
              </Grid.Col>
              <Grid.Col span={{ base: 12, search: 4 }}>
                <Stack gap="md">
                  <Continue transfers={data.transfers} />
                  <StartCards />
                </Stack>
              </Grid.Col>
            </Grid>
          )
        }
      </Loaded>
    </Page>
  );
}
