/** Says on every other page that a run ended, with its result and the way to it; Home and the lists keep it too. */
import { Notifications, notifications } from "@mantine/notifications";
import "@mantine/notifications/styles.layer.css";
import { useLocation } from "@tanstack/react-router";
import type { Run } from "@fieldbridge/model";
import { useEffect, useRef } from "react";
import { useApi } from "../api/index.ts";
import { describeRun } from "../format/run-words.ts";
import { TextLink } from "../kit/index.ts";
import { findEnded } from "./find-ended.ts";

const shownMs = 12_000;

const toColor = (run: Run): string =>
  run.state === "failed" ? "red" : run.counts.held > 0 || run.state === "stopped" ? "yellow" : "green";

export function RunToasts() {
  const home = useApi("getHome");
  const path = useLocation({ select: (location) => location.pathname });
  const running = useRef<readonly Run[]>([]);
  useEffect(() => {
    if (home.data === undefined) return;
    for (const run of findEnded(running.current, home.data))
      if (path !== `/runs/${run.id}`)
        notifications.show({
          id: `run-${run.id}`,
          title: `Run ${run.number}, ${run.transferName}`,
          color: toColor(run),
          autoClose: shownMs,
          message: (
            <>
              {describeRun(run, Date.now())}.{" "}
              <TextLink to="/runs/$id" params={{ id: run.id }}>
                Open the run
              </TextLink>
            </>
          ),
          closeButtonProps: { "aria-label": "Close this message" },
        });
    running.current = home.data.running;
  }, [home.data, path]);
  return <Notifications position="bottom-right" limit={3} withinPortal={false} />;
}
