/** API names of objects and fields as words: `salesInvoiceLines` → "sales invoice lines". */

const known: Readonly<Record<string, string>> = {
  salesInvoices: "invoices",
  salesInvoiceLines: "invoice lines",
  salesOrders: "orders",
  salesOrderLines: "order lines",
};

export const toWords = (name: string): string =>
  known[name] ??
  name
    .replace(/__c$/, "")
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();

/** Words with a capital first letter, for headings and labels. */
export const toTitle = (name: string): string => {
  const words = toWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
};
