/** All handlers in one table; a route of the contract that nobody serves does not compile. */
import type { AppContext } from "../app-context.ts";
import type { Handlers } from "../http/handlers.ts";
import { connectionHandlers } from "./connections.routes.ts";
import { cursorHandlers } from "./cursor.routes.ts";
import { formulaHandlers } from "./formulas.routes.ts";
import { groupHandlers } from "./groups.routes.ts";
import { healthHandlers } from "./health.routes.ts";
import { heldHandlers } from "./held.routes.ts";
import { linkHandlers } from "./links.routes.ts";
import { namedFormulaHandlers } from "./named-formulas.routes.ts";
import { pinnedSampleHandlers } from "./pinned-samples.routes.ts";
import { runHandlers } from "./runs.routes.ts";
import { scheduleHandlers } from "./schedules.routes.ts";
import { templateHandlers } from "./templates.routes.ts";
import { transferTestHandlers } from "./transfer-tests.routes.ts";
import { transferHandlers } from "./transfers.routes.ts";
import { valueMapHandlers } from "./value-maps.routes.ts";

export const allHandlers = (context: AppContext): Handlers => ({
  ...healthHandlers(context),
  ...connectionHandlers(context),
  ...templateHandlers(context),
  ...transferHandlers(context),
  ...transferTestHandlers(context),
  ...pinnedSampleHandlers(context),
  ...cursorHandlers(context),
  ...linkHandlers(context),
  ...runHandlers(context),
  ...heldHandlers(context),
  ...groupHandlers(context),
  ...scheduleHandlers(context),
  ...valueMapHandlers(context),
  ...namedFormulaHandlers(context),
  ...formulaHandlers(context),
});
