/** Says that live updates stopped and how old the page is; polling goes on meanwhile. */
import { useEffect, useState } from "react";
import { CloudOff } from "lucide-react";
import { useLiveState } from "../api/index.ts";
import { formatInstant } from "../format/time.ts";
import classes from "./shell.module.css";

/** A short break while a page opens or a laptop wakes is not worth a bar. */
const patienceMs = 3_000;

export function StaleBar() {
  const { live, since } = useLiveState();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (live) {
      setShown(false);
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, [live]);
  return (
    <div role="status">
      {shown ? (
        <div className={classes.stale}>
          <CloudOff size={16} aria-hidden />
          Live updates paused{since === null ? "" : `, last sign of life ${formatInstant(since)}`},
          reconnecting. Pages are read every 5 seconds meanwhile.
        </div>
      ) : null}
    </div>
  );
}
