/** Whether a connection leads to a sandbox or to production: shape and word. */
import type { Connection } from "@fieldbridge/model";
import { FlaskConical, Globe } from "lucide-react";
import { StatusBadge } from "../../kit/index.ts";

export function EnvironmentText({ environment }: { environment: Connection["environment"] }) {
  return environment === "production" ? (
    <StatusBadge tone="gray" icon={Globe}>
      Production
    </StatusBadge>
  ) : (
    <StatusBadge tone="yellow" icon={FlaskConical}>
      Sandbox
    </StatusBadge>
  );
}
