/** How far a transfer has read, and going back. */
import type { AppContext } from "../app-context.ts";
import type { Handlers } from "../http/handlers.ts";
import { describeCursor, previewRewind, rewindCursor } from "../runs/rewind-cursor.ts";

export const cursorHandlers = (
  context: AppContext,
): Pick<Handlers, "getCursor" | "previewCursor" | "moveCursor"> => ({
  getCursor: ({ params }) => describeCursor(context, params.id),
  previewCursor: ({ params, body }) => previewRewind(context, params.id, body.from),
  moveCursor: ({ params, body }) => rewindCursor(context, params.id, body.from),
});
