/** Whether this workspace touches real systems: text, shape and colour, never colour alone. */
import { FlaskConical, Globe } from "lucide-react";
import { useApi } from "../api/index.ts";
import classes from "./shell.module.css";

export function EnvironmentBadge() {
  const connections = useApi("listConnections", undefined, { staleTime: 60_000 });
  if (!connections.data) return null;
  const isProduction = connections.data.items.some((each) => each.environment === "production");
  const Icon = isProduction ? Globe : FlaskConical;
  const words = isProduction ? "Production" : "Sandbox";
  return (
    <span
      className={classes.environment}
      data-environment={isProduction ? "production" : "sandbox"}
      title={
        isProduction
          ? "At least one connection leads to a production system."
          : "All connections lead to sandboxes: nothing here touches a production system."
      }
    >
      <Icon size={14} aria-hidden />
      <span className="fb-hidden">Environment: </span>
      {words}
    </span>
  );
}
