/** How far a transfer has read, and going back. */
import type { AppContext } from "../app-context.ts";
import type { Handlers } from "../http/handlers.ts";
import { readParametersText } from "../runs/fill-parameters.ts";
import { describeCursor, previewRewind, rewindCursor } from "../runs/rewind-cursor.ts";

export const cursorHandlers = (
  context: AppContext,
): Pick<Handlers, "getCursor" | "previewCursor" | "moveCursor"> => ({
  getCursor: ({ params, query }) =>
    describeCursor(context, { id: params.id, parameters: readParametersText(query.parameters) }),
  previewCursor: ({ params, body }) =>
    previewRewind(context, { id: params.id, parameters: body.parameters }, body.from),
  moveCursor: ({ params, body }) =>
    rewindCursor(context, { id: params.id, parameters: body.parameters }, body.from),
});
