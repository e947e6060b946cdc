/** Says which fields could not be read, and tries again. */
import { Button } from "@mantine/core";
import { useStudio } from "../session/studio-context.tsx";
import classes from "./mapping-tab.module.css";

export function SchemaFailure() {
  const { schemas } = useStudio();
  if (schemas.failed.length === 0) return null;
  return (
    <div className={classes.status} role="alert">
      Fields of {schemas.failed.map((each) => each.object).join(", ")} could not be read.
      <Button size="compact-sm" variant="default" onClick={schemas.retry}>
        Retry
      </Button>
    </div>
  );
}
