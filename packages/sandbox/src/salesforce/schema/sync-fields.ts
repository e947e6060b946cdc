// The custom fields in which an integration leaves its traces on a record.
import { field, type Field } from "./field.ts";

export function syncFields(): Field[] {
  return [
    field("ERP_Id__c", "string(80)", "C U X", { label: "ERP Id" }),
    field("ERP_No__c", "string(30)", "C U", { label: "ERP No." }),
    field("ERP_Status__c", "picklist(255)", "C U", {
      label: "ERP Status",
      picklist: ["Pending", "Synced", "Error", "Posted"],
    }),
    field("ERP_Last_Sync__c", "datetime", "C U", { label: "ERP Last Sync" }),
    field("ERP_Error__c", "textarea(2000)", "C U -", { label: "ERP Error" }),
    field("ERP_Hash__c", "string(64)", "C U", { label: "ERP Hash" }),
  ];
}
