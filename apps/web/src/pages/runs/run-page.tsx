/** One run: what it did, live; then its causes of failure with their repair, or all its outcomes. */
import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Run, Transfer } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";
import { isLook } from "../../format/compare-words.ts";
import { formatCount } from "../../format/number.ts";
import { describeRun, isActive, toPercent } from "../../format/run-words.ts";
import { Banner, Loaded, Page, RunStateBadge, RowsSkeleton, TextLink } from "../../kit/index.ts";
import { describeParameters } from "../../parameters/describe-parameters.ts";
import { useNow } from "../../state/use-now.ts";
import { ReviewBanner } from "../transfers/review-banner.tsx";
import { AllOutcomes } from "./all-outcomes.tsx";
import { DriftList } from "./drift-list.tsx";
import { ConfirmRemovals } from "./confirm-removals.tsx";
import { RunActions } from "./run-actions.tsx";
import { RunCauses } from "./run-causes.tsx";
import { RunNumbers } from "./run-numbers.tsx";
import { RunTotals } from "./run-totals.tsx";
import { SandboxLink } from "./run-target.tsx";

const route = getRouteApi("/runs/$id");

/** A used field was changed by its system. */
const driftCode = "SCH-501";

/** What one looks for first: failures, then what a compare found. */
const chooseView = (run: Run): string =>
  run.counts.held > 0 || (run.state === "failed" && !isLook(run))
    ? "causes"
    : run.drift !== null
      ? "drift"
      : "all";

/** The transfer where it pauses for what failed this run; the banner then says more than the issues. */
function usePaused(run: Run): Transfer | null {
  const isDrift = run.issues.some(({ code }) => code === driftCode);
  const { data } = useApi("getTransfer", { params: { id: run.transferId } }, { enabled: isDrift });
  return isDrift && data?.review ? data : null;
}

function RunBody({ run }: { run: Run }) {
  const review = usePaused(run);
  const issues = review === null ? run.issues : run.issues.filter(({ code }) => code !== driftCode);
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/runs/$id" });
  const view = search.view ?? chooseView(run);
  return (
    <Stack gap="md">
      <RunNumbers run={run} />
      <RunTotals run={run} />
      {review === null ? null : <ReviewBanner transfer={review} />}
      {issues.map((issue) =>
        issue.code === "RUN-707" ? (
          <ConfirmRemovals key={issue.code} run={run} message={issue.message} code={issue.code} />
        ) : (
          <Banner
            key={`${issue.code}-${issue.message}`}
            kind={run.state === "failed" ? "error" : "warning"}
            title={issue.message}
            code={issue.code}
          >
            {issue.hint}
          </Banner>
        ),
      )}
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          aria-label="Records to show"
          value={view}
          onChange={(value) =>
            void navigate({ search: (before) => ({ ...before, view: value }), replace: true })
          }
          data={[
            ...(run.drift === null
              ? []
              : [{ value: "drift", label: `Differences (${formatCount(run.drift)})` }]),
            ...(isLook(run)
              ? []
              : [{ value: "causes", label: `Held records (${formatCount(run.counts.held)})` }]),
            { value: "all", label: `All records (${formatCount(run.counts.read)})` },
          ]}
        />
        <SandboxLink run={run} />
      </Group>
      {view === "causes" ? (
        <RunCauses run={run} />
      ) : view === "drift" && run.drift !== null ? (
        <DriftList run={run} />
      ) : (
        <AllOutcomes run={run} />
      )}
    </Stack>
  );
}

export function RunPage() {
  const { id } = route.useParams();
  const query = useApi("getRun", { params: { id } });
  const run = query.data;
  const active = run !== undefined && isActive(run);
  const now = useNow(active);
  const percent = run === undefined ? null : toPercent(run);
  const parameters = run === undefined ? "" : describeParameters(run.parameters);
  const title = run === undefined ? "Run" : `Run ${run.number}`;
  return (
    <Page
      title={title}
      tabTitle={
        run === undefined
          ? "Run"
          : active && percent !== null
            ? `${percent} % ${title}`
            : `${title}, ${run.transferName}`
      }
      wide
      above={<TextLink to="/runs">Runs</TextLink>}
      {...(run === undefined
        ? {}
        : {
            beside: <RunStateBadge run={run} />,
            description: (
              <>
                <Text span inherit fw={600} c="var(--mantine-color-text)" className="fb-numbers">
                  {describeRun(run, now)}.
                </Text>{" "}
                {run.transferName}, revision {run.revision}
                {run.group === null ? null : (
                  <>
                    , in{" "}
                    <TextLink
                      to="/groups/$id"
                      params={{ id: run.group.id }}
                      search={{ run: run.group.runId }}
                    >
                      {run.group.name}, group run {run.group.runNumber}
                    </TextLink>
                  </>
                )}
                {parameters === "" ? "" : `, ${parameters}`}
              </>
            ),
            actions: <RunActions run={run} />,
          })}
    >
      <Loaded query={query} what="This run" skeleton={<RowsSkeleton rows={8} />}>
        {(data) => <RunBody run={data} />}
      </Loaded>
    </Page>
  );
}
