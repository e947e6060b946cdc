/** Says that live updates stopped and how old the page is; polling goes on meanwhile. */
import { CloudOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useLiveState } from "../api/index.ts";
import { formatInstant } from "../format/time.ts";
import classes from "./shell.module.css";

/** A short break while a page opens or a laptop wakes is not worth a bar. */
const patienceMs = 3_000;

function Paused({ since }: { since: number | null }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return null;
  return (
    <span className={classes.stale}>
      <CloudOff size={16} aria-hidden />
      Live updates paused{since === null ? "" : `, data from ${formatInstant(since)}`}, reconnecting. Pages
      are read every 5 seconds meanwhile.
    </span>
  );
}

export function StaleBar() {
  const { live, since } = useLiveState();
  return <output style={{ display: "block" }}>{live ? null : <Paused since={since} />}</output>;
}
