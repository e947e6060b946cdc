/**
 * The one table of issue codes outside the formula language. A code without a hint does not compile; the
 * reference page and the help links are made from this table.
 */
import type { Issue, IssueClass } from "./issue.ts";

interface IssueCode {
  readonly title: string;
  readonly hint: string;
  readonly class: IssueClass;
}

const defineIssueCodes = <T extends Record<string, IssueCode>>(codes: T): T => codes;

export const issueCodes = defineIssueCodes({
  "SRC-001": {
    title: "No source object",
    hint: "Choose what to read on the Source & filter tab.",
    class: "mapping",
  },
  "SRC-002": {
    title: "Source object not found",
    hint: "Refresh the connection's schema or choose another object.",
    class: "mapping",
  },
  "SRC-010": {
    title: "Filter runs here, not in the source",
    hint: "The records are read first and filtered afterwards; simplify the condition to read fewer.",
    class: "mapping",
  },
  "TGT-001": {
    title: "No target object",
    hint: "Choose what to write on the Mapping tab.",
    class: "mapping",
  },
  "TGT-002": {
    title: "Target object not found",
    hint: "Refresh the connection's schema or choose another object.",
    class: "mapping",
  },
  "KEY-001": {
    title: "No match key",
    hint: "Choose how an existing record is found in the target, or state that a record is never looked for.",
    class: "mapping",
  },
  "KEY-003": {
    title: "Match key is blank",
    hint: "Fill the field in the source record, or choose a match key that is always filled.",
    class: "data",
  },
  "KEY-004": {
    title: "Several target records match",
    hint: "Remove the duplicates in the target or use a key that is unique.",
    class: "conflict",
  },
  "KEY-005": {
    title: "A target record exists",
    hint: "The match rule says to hold such records; change the rule or remove the target record.",
    class: "conflict",
  },
  "KEY-006": {
    title: "No target record exists",
    hint: "The match rule says to hold such records; create the target record or change the rule.",
    class: "conflict",
  },
  "MAP-101": {
    title: "Required field has no mapping",
    hint: "Map a source field to it, or give it a constant.",
    class: "mapping",
  },
  "MAP-106": {
    title: "Read-only target field",
    hint: "The target does not take this field; remove the mapping.",
    class: "mapping",
  },
  "MAP-109": {
    title: "Unknown target field",
    hint: "Refresh the schema, or map another field.",
    class: "mapping",
  },
  "MAP-110": {
    title: "Value is blank",
    hint: "Fill the field in the source record and re-run, or change the mapping's rule for blank values.",
    class: "data",
  },
  "LIN-402": {
    title: "Rows of lines are not a list",
    hint: 'Give a list of values, for example SPLIT(Tags, ";") or UNIQUE(Lines.Product.Code).',
    class: "mapping",
  },
  "LIN-401": {
    title: "Unknown lines relation",
    hint: "Choose a list of the source object and a list of the target object.",
    class: "mapping",
  },
  "WRB-301": {
    title: "Write-back touches the filter",
    hint: "The written field is read by this transfer's filter or trigger; make sure that this ends, not repeats, the transfer.",
    class: "mapping",
  },
  "WRB-302": {
    title: "Unknown write-back field",
    hint: "Refresh the schema, or choose another field.",
    class: "mapping",
  },
  "WRB-303": {
    title: "Write-back failed",
    hint: "The target has the record; only the answer could not be stored in the source. It is tried again by itself.",
    class: "data",
  },
  "PAR-801": {
    title: "Parameter is not given",
    hint: "Give the value when the run starts, or give the parameter a default on the Behaviour tab.",
    class: "mapping",
  },
  "PAR-802": {
    title: "Parameter has a wrong value",
    hint: "Give a value of the parameter's type, or one of its choices.",
    class: "mapping",
  },
  "PAR-803": {
    title: "Unknown parameter",
    hint: "Leave it out, or add the parameter on the Behaviour tab and publish.",
    class: "mapping",
  },
  "PAR-804": {
    title: "Company cannot be chosen",
    hint: "Remove the company formula: only Business Central connections have companies.",
    class: "mapping",
  },
  "PAR-805": {
    title: "Company is blank",
    hint: "Give the parameter the name of the company, or correct the company formula on the Behaviour tab.",
    class: "mapping",
  },
  "SCH-501": {
    title: "Schema changed",
    hint: "Review the schema change of the connection; mappings were not touched.",
    class: "mapping",
  },
  "CON-601": {
    title: "Sign-in was refused",
    hint: "Check client id and secret of the connection and sign in again.",
    class: "connection",
  },
  "CON-602": {
    title: "System cannot be reached",
    hint: "Check the address and whether the system is up; the run goes on by itself when it answers.",
    class: "connection",
  },
  "CON-603": {
    title: "Right is missing",
    hint: "Ask the administrator of that system to grant the integration user this right.",
    class: "permission",
  },
  "CON-604": { title: "No answer in time", hint: "It is tried again by itself.", class: "connection" },
  "CON-605": {
    title: "Too many requests",
    hint: "The system asks to slow down; the run waits as long as it was told.",
    class: "throttle",
  },
  "CON-606": {
    title: "Daily limit reached",
    hint: "The system takes no more calls today; the run goes on when the limit resets.",
    class: "throttle",
  },
  "CON-607": {
    title: "Answer not understood",
    hint: "Copy the details and check that the address is that of the API.",
    class: "connection",
  },
  "CON-608": {
    title: "The system failed",
    hint: "The other system reported an error of its own; it is tried again by itself.",
    class: "connection",
  },
  "CON-609": {
    title: "Setting is missing",
    hint: "Fill the named setting of the connection.",
    class: "connection",
  },
  "CON-610": {
    title: "Request refused",
    hint: "The system does not accept this request as it is; the message names the part.",
    class: "mapping",
  },
  "CON-611": {
    title: "System does not answer",
    hint: "Nothing is lost: the system is tried again by itself, and the run goes on when it answers.",
    class: "connection",
  },
  "WRT-301": {
    title: "Required value is missing",
    hint: "Map the field or fill it in the source record.",
    class: "data",
  },
  "WRT-302": {
    title: "Text is too long",
    hint: "Shorten the value in the source, or use LEFT() in the mapping.",
    class: "data",
  },
  "WRT-303": {
    title: "Value is not allowed",
    hint: "The target's list does not have this value; translate it with a value map.",
    class: "data",
  },
  "WRT-304": {
    title: "Related record not found",
    hint: "Create the related record in the target, or correct the reference in the source.",
    class: "data",
  },
  "WRT-305": {
    title: "Related record is blocked",
    hint: "Unblock it in the target, or correct the reference in the source.",
    class: "data",
  },
  "WRT-306": {
    title: "Duplicate in the target",
    hint: "A record with this key exists already; check the match key.",
    class: "conflict",
  },
  "WRT-307": {
    title: "Record is locked",
    hint: "Somebody is working on it; it is tried again by itself.",
    class: "conflict",
  },
  "WRT-308": {
    title: "Record was changed meanwhile",
    hint: "It is read again and tried again by itself.",
    class: "conflict",
  },
  "WRT-309": {
    title: "Record is gone",
    hint: "It was deleted in the target; remove the link to create it anew, or ignore the record.",
    class: "conflict",
  },
  "WRT-310": {
    title: "Refused by a rule of the target",
    hint: "The message is the target's own; correct the record or the mapping it names.",
    class: "data",
  },
  "WRT-311": {
    title: "Field not accepted",
    hint: "Refresh the schema of the connection and check the mapping.",
    class: "mapping",
  },
  "WRT-312": {
    title: "Answer was lost",
    hint: "It is not known whether the record was written. It is searched in the target before anything is sent again.",
    class: "uncertain",
  },
  "WRT-313": {
    title: "Not tried",
    hint: "An earlier record of the same document failed; it goes out with the next attempt.",
    class: "conflict",
  },
  "RUN-701": {
    title: "Stopped after failures",
    hint: "The stop rule of the transfer was reached; the records not tried are read by the next run.",
    class: "mapping",
  },
  "RUN-702": {
    title: "Source could not be read",
    hint: "The cursor did not move: nothing is lost. The next run reads the same records.",
    class: "connection",
  },
  "RUN-703": {
    title: "Failed by the formula",
    hint: "The mapping itself says so with FAIL(); the message is its author's.",
    class: "data",
  },
  "RUN-704": {
    title: "Waits for another record",
    hint: "It goes out by itself as soon as the record it refers to has been transferred.",
    class: "waiting",
  },
  "RUN-705": {
    title: "Source record not found",
    hint: "It was deleted or is hidden from the integration user; ignore the held record or restore it.",
    class: "data",
  },
  "RUN-706": {
    title: "Stopped by a person",
    hint: "Records not tried are read by the next run.",
    class: "mapping",
  },
  "TST-001": {
    title: "Test fails",
    hint: "Repair the transfer, or accept the new result on the Tests tab where it is what you want.",
    class: "mapping",
  },
  "TST-002": {
    title: "Test needs its record again",
    hint: "The transfer reads something the kept record does not have; choose Read again on the Tests tab.",
    class: "mapping",
  },
  "GRP-001": {
    title: "Group is empty",
    hint: "Add the transfers that the group runs.",
    class: "mapping",
  },
  "GRP-002": {
    title: "Transfer of the group does not exist",
    hint: "It was deleted; remove it from the group.",
    class: "mapping",
  },
  "GRP-003": {
    title: "Transfer of the group was never published",
    hint: "Publish the transfer: a group runs published revisions.",
    class: "mapping",
  },
  "GRP-004": {
    title: "The order goes in a circle",
    hint: "Remove one of the named steps from what it comes after.",
    class: "mapping",
  },
  "GRP-005": {
    title: "Transfer is in the group twice",
    hint: "Remove one of the two: a group run runs each transfer once.",
    class: "mapping",
  },
  "GRP-006": {
    title: "Comes after a transfer outside the group",
    hint: "Add that transfer to the group, or remove it from what this one comes after.",
    class: "mapping",
  },
  "SRC-011": {
    title: "No change feed",
    hint: "Choose the field that moves with every change, or read all records each time.",
    class: "mapping",
  },
  "RUN-708": {
    title: "The change feed had a gap",
    hint: "Nothing has to be done. A schedule that runs the transfer more often keeps the feed from ending.",
    class: "data",
  },
  "RUN-707": {
    title: "Removals wait for a confirmation",
    hint: "Check whether these records were really deleted in the source; if so, confirm on the page of the run.",
    class: "data",
  },
  "REM-801": {
    title: "Removal rule is incomplete",
    hint: "Choose the fields to fill in the target record, or ignore removals.",
    class: "mapping",
  },
  "REM-802": {
    title: "Removal is not possible in the target",
    hint: "Choose another way on the Behaviour tab: flag the record instead, or ignore removals.",
    class: "mapping",
  },
  "CLK-801": {
    title: "Cron expression not understood",
    hint: "Five fields: minute, hour, day of month, month, day of week. 0 6 * * 1-5 is 06:00 from Monday to Friday.",
    class: "mapping",
  },
  "CLK-802": {
    title: "Time zone not known",
    hint: "Use the name of a place from the list, such as Europe/Copenhagen.",
    class: "mapping",
  },
  "CLK-803": {
    title: "It never comes",
    hint: "Day and month do not meet, such as 31 February; change one of them.",
    class: "mapping",
  },
  "LIB-001": {
    title: "A test of the named formula does not pass",
    hint: "Correct the formula, or what the test expects.",
    class: "mapping",
  },
  "LIB-002": {
    title: "The name is taken",
    hint: "Choose another name.",
    class: "mapping",
  },
  "LIB-003": {
    title: "The parameters do not work",
    hint: "Give each parameter its own name, and put those that may be left out last.",
    class: "mapping",
  },
  "API-901": { title: "Not found", hint: "It was deleted, or the address is wrong.", class: "mapping" },
  "API-902": {
    title: "Request not valid",
    hint: "The issues name each field and what is expected.",
    class: "mapping",
  },
  "API-903": {
    title: "Changed by somebody else",
    hint: "Load the newer draft and make the change again.",
    class: "conflict",
  },
  "API-904": {
    title: "Already running",
    hint: "A transfer runs once at a time; wait for the current run or stop it.",
    class: "conflict",
  },
  "API-905": { title: "Not ready", hint: "Solve the issues listed, then try again.", class: "mapping" },
  "API-906": { title: "In use", hint: "Remove what uses it first; the message names it.", class: "conflict" },
  "API-907": {
    title: "Not allowed from here",
    hint: "Without sign-in the server answers to this machine only.",
    class: "permission",
  },
  "API-999": {
    title: "Something went wrong here",
    hint: "Nothing was changed. Copy the details; the log has more under this request id.",
    class: "connection",
  },
});

export type IssueCodeName = keyof typeof issueCodes;

/** An issue with the table's hint and class; `message` says what is wrong with which value, in one sentence. */
export const toIssue = (
  code: IssueCodeName,
  path: string,
  message: string,
  more: Partial<Omit<Issue, "code" | "path" | "message">> = {},
): Issue => ({
  code,
  severity: "error",
  path,
  message,
  hint: issueCodes[code].hint,
  class: issueCodes[code].class,
  ...more,
});
