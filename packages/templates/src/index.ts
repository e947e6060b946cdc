/** The starter templates, in the order of the gallery. */
import type { Template } from "@fieldbridge/model";
import { workOrderToInvoice } from "./work-order-to-invoice.ts";

export const templates: readonly Template[] = [workOrderToInvoice];
