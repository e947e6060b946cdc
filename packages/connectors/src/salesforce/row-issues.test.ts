/** Every documented refusal of a record becomes an issue with the right class, naming label and value. */
import type { ObjectSchema } from "@fieldbridge/model";
import { expect, test } from "vitest";
import { toRowIssues, type Written } from "./row-issues.ts";

const field = (name: string, label: string, length?: number): ObjectSchema["fields"][number] => ({
  name,
  label,
  type: "text",
  ...(length === undefined ? {} : { length }),
  nullable: true,
  required: false,
  creatable: true,
  updatable: true,
  filterable: true,
  unique: false,
  custom: false,
});
const schema: ObjectSchema = {
  name: "Account",
  label: "Account",
  fields: [field("Name", "Account Name", 255), field("ERP_No__c", "ERP No."), field("ParentId", "Parent")],
  relations: [],
  keyField: "Id",
  creatable: true,
  updatable: true,
  deletable: true,
};
const values = { Name: "Fjord", ERP_No__c: "C-1", ParentId: "001X" };
const created: Written = { schema, op: "create", values };
const error = (statusCode: string, message: string, ...fields: string[]) => ({ statusCode, message, fields });

test.each([
  [
    error("REQUIRED_FIELD_MISSING", "Required fields are missing: [Name]", "Name"),
    "WRT-301",
    "data",
    "Name",
    /Account Name must have a value/,
  ],
  [
    error("STRING_TOO_LONG", "data value too large (max length=255)", "Name"),
    "WRT-302",
    "data",
    "Name",
    /takes 255 characters; the value "Fjord"/,
  ],
  [
    error("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "bad value", "Name"),
    "WRT-303",
    "data",
    "Name",
    /does not take "Fjord"/,
  ],
  [
    error("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", "ParentId"),
    "WRT-304",
    "data",
    "ParentId",
    /"001X", which does not exist/,
  ],
  [
    error("MALFORMED_ID", "id value of incorrect type: 001X", "ParentId"),
    "WRT-304",
    "data",
    "ParentId",
    /takes the id of a record/,
  ],
  [
    error(
      "DUPLICATE_VALUE",
      "duplicate value found: ERP_No__c duplicates value on record with id: 001A",
      "ERP_No__c",
    ),
    "WRT-306",
    "conflict",
    "ERP_No__c",
    /ERP No\. must be unique, and record 001A/,
  ],
  [
    error("DUPLICATES_DETECTED", "Use one of these records?"),
    "WRT-306",
    "conflict",
    "",
    /Use one of these records/,
  ],
  [
    error("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record"),
    "WRT-307",
    "conflict",
    "",
    /exclusive access/,
  ],
  [
    error("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "MyTrigger: UNABLE_TO_LOCK_ROW"),
    "WRT-307",
    "conflict",
    "",
    /MyTrigger/,
  ],
  [
    error("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "MyTrigger: divide by zero"),
    "WRT-310",
    "data",
    "",
    /divide by zero\.$/,
  ],
  [
    error("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Phone must start with +", "Phone"),
    "WRT-310",
    "data",
    "Phone",
    /Phone must start with \+\.$/,
  ],
  [error("ENTITY_IS_DELETED", "entity is deleted"), "WRT-309", "conflict", "", /deleted/],
  [
    error("INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: Name", "Name"),
    "WRT-311",
    "mapping",
    "Name",
    /Account Name cannot be written/,
  ],
  [
    error("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id"),
    "CON-603",
    "permission",
    "",
    /insufficient access/,
  ],
  [error("STORAGE_LIMIT_EXCEEDED", "storage limit exceeded"), "CON-608", "connection", "", /storage/],
  [error("SOMETHING_NEW", ""), "WRT-310", "data", "", /SOMETHING_NEW/],
])("%j is %s (%s) at %j", (given, code, kind, path, message) => {
  expect(toRowIssues([given], created)).toMatchObject([
    { code, class: kind, path, message: expect.stringMatching(message) },
  ]);
});

test("an error about several fields is one issue per field", () => {
  const issues = toRowIssues(
    [error("REQUIRED_FIELD_MISSING", "Required fields are missing: [Name, ERP_No__c]")],
    created,
  );
  expect(issues.map((issue) => issue.path)).toEqual(["Name", "ERP_No__c"]);
});

test("a reference that is wrong on an update of a missing record means that the record is gone", () => {
  const issues = toRowIssues([error("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")], {
    ...created,
    op: "update",
  });
  expect(issues).toMatchObject([{ code: "WRT-309" }]);
});

test("a refusal without a reason is still an issue", () => {
  expect(toRowIssues([], created)).toMatchObject([{ code: "WRT-310" }]);
});
