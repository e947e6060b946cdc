/**
 * A group runs transfers in an explicit order: a member starts when everything it comes after has finished. A group
 * run is one execution of a group; every member it starts is an ordinary run.
 */
import * as z from "zod";
import { slug } from "./connection.ts";
import { runParameters } from "./parameters.ts";
import { run } from "./run.ts";

/**
 * Without `after` a member starts at once. `needs: clean` waits for runs without a held record; absent or `finished`
 * takes a run that held some records as good enough. `parameters` win over those of the group.
 */
export const groupMember = z.strictObject({
  transfer: z.string().max(100),
  after: z.array(z.string().max(100)).max(100).default([]),
  needs: z.enum(["finished", "clean"]).optional(),
  parameters: runParameters.optional(),
});
export type GroupMember = z.infer<typeof groupMember>;

export const groupDefinition = z.strictObject({
  id: slug,
  name: z.string().min(1).max(200),
  description: z.string().max(4_000).optional(),
  members: z.array(groupMember).max(100),
  /** Given to every member whose transfer has a parameter of the name. */
  parameters: runParameters.optional(),
});
export type GroupDefinition = z.infer<typeof groupDefinition>;

/** `passed` includes runs that held records; `not-started` members have the reason. */
export const groupMemberState = z.enum(["waiting", "running", "passed", "failed", "stopped", "not-started"]);
export type GroupMemberState = z.infer<typeof groupMemberState>;

export const groupRunState = z.enum(["running", "finished", "stopped", "failed"]);
export type GroupRunState = z.infer<typeof groupRunState>;

export const groupRunMember = z.object({
  transferId: z.string(),
  transferName: z.string(),
  after: z.array(z.string()),
  state: groupMemberState,
  /** Why it failed, was stopped or not started. */
  reason: z.string().nullable(),
  /** Null before its start, and where the run was deleted with its transfer. */
  run: run.nullable(),
});
export type GroupRunMember = z.infer<typeof groupRunMember>;

/** Works with the group as it was when it started. */
export const groupRun = z.object({
  id: z.string(),
  number: z.int(),
  groupId: z.string(),
  groupName: z.string(),
  /** `failed` where a member failed, was stopped or could not start. */
  state: groupRunState,
  members: z.array(groupRunMember),
  stopRequested: z.boolean(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type GroupRun = z.infer<typeof groupRun>;
