/** Transfer tests: kept records with expected results. */
import * as z from "zod";
import { transferDefinition } from "../transfer.ts";
import { testResult, transferTest, transferTestChange } from "../transfer-test.ts";
import { byId, defineRoutes, done, list } from "./route.ts";

const oneTest = z.object({ id: z.string(), test: z.string() });

export const testRoutes = defineRoutes({
  listTransferTests: {
    method: "GET",
    path: "/transfers/:id/tests",
    right: "view",
    summary: "Tests of a transfer by name",
    params: byId,
    response: list(transferTest),
  },
  keepTransferTest: {
    method: "POST",
    path: "/transfers/:id/tests",
    right: "design",
    summary:
      "Keep a source record as a test; what the saved draft makes of it now becomes the expected result",
    params: byId,
    body: z.strictObject({
      sourceKey: z.string().min(1),
      name: z.string().trim().min(1).max(200).optional(),
    }),
    response: transferTest,
  },
  changeTransferTest: {
    method: "PUT",
    path: "/transfers/:id/tests/:test",
    right: "design",
    summary: "Change the name or the expected result of a test",
    params: oneTest,
    body: transferTestChange,
    response: transferTest,
  },
  rereadTransferTest: {
    method: "POST",
    path: "/transfers/:id/tests/:test/reread",
    right: "design",
    summary: "Read the record of a test again; the expected result stays",
    params: oneTest,
    response: transferTest,
  },
  deleteTransferTest: {
    method: "DELETE",
    path: "/transfers/:id/tests/:test",
    right: "design",
    summary: "Delete a test",
    params: oneTest,
    response: done,
  },
  runTransferTests: {
    method: "POST",
    path: "/transfers/:id/tests/run",
    right: "view",
    summary: "Run all tests of a transfer on the saved draft or on a definition; nothing is read or written",
    params: byId,
    body: z.strictObject({ definition: transferDefinition.optional() }),
    response: z.object({ results: z.array(testResult) }),
  },
});
