// The seed as plain domain data: one field-service company seen from its two systems. Each server turns its half into
// records of its own shape. Amounts and quantities are decimal text, instants are ISO text in UTC.

export type CurrencyCode = "EUR" | "USD" | "DKK";
export type SalesforceUnit = "Each" | "Hours" | "Kilometer" | "Meter" | "Set" | "Litre" | "PCS.";
export type ErpUnitCode = "PCS" | "HOUR" | "KM" | "M" | "SET" | "L";
export type WorkOrderStatus =
  | "New"
  | "In Progress"
  | "On Hold"
  | "Completed"
  | "Cannot Complete"
  | "Closed"
  | "Canceled";

export interface SeedAddress {
  readonly street: string;
  readonly city: string;
  /** Only where addresses have one (United States). */
  readonly state: string | null;
  readonly postalCode: string;
  readonly country: string;
  /** ISO 3166 two letters. */
  readonly countryCode: string;
}

export interface SeedAccount {
  readonly key: string;
  readonly name: string;
  /** The customer number in the ERP system; null on exactly one account, whose customer nevertheless exists there. */
  readonly erpNumber: string | null;
  readonly industry: string;
  readonly address: SeedAddress;
  readonly phone: string;
  readonly website: string;
  readonly currency: CurrencyCode;
}

export interface SeedContact {
  readonly key: string;
  readonly accountKey: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly email: string;
  readonly phone: string;
}

export interface SeedProduct {
  readonly key: string;
  /** ProductCode in the one system, item number in the other. */
  readonly code: string;
  readonly name: string;
  readonly family: "Spare parts" | "Consumables" | "Labour" | "Travel" | "Kits";
  readonly unit: SalesforceUnit;
  readonly description: string;
  readonly prices: Readonly<Record<CurrencyCode, string>>;
}

export interface SeedAsset {
  readonly key: string;
  readonly accountKey: string;
  readonly name: string;
  readonly serialNumber: string;
  readonly status: "Installed" | "Registered" | "Shipped";
  /** ISO date. */
  readonly installDate: string;
}

export interface SeedLine {
  /** Eight digits, counted over all work orders. */
  readonly number: string;
  readonly productKey: string;
  readonly quantity: string;
  readonly listPrice: string;
  readonly unitPrice: string;
  readonly discountPercent: string | null;
  /** quantity × unit price, to cents. */
  readonly subtotal: string;
  /** quantity × unit price × (1 − discount), rounded half away from zero to cents. */
  readonly total: string;
}

export interface SeedWorkOrder {
  /** Eight digits; becomes the external document number of the invoice. */
  readonly number: string;
  readonly accountKey: string;
  readonly contactKey: string;
  readonly assetKey: string | null;
  readonly subject: string;
  readonly description: string;
  readonly status: WorkOrderStatus;
  readonly priority: "Low" | "Medium" | "High" | "Critical";
  readonly currency: CurrencyCode;
  readonly startAt: string | null;
  readonly endAt: string | null;
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly lines: readonly SeedLine[];
  readonly subtotal: string;
  readonly total: string;
}

export interface FieldServiceData {
  readonly accounts: readonly SeedAccount[];
  readonly contacts: readonly SeedContact[];
  readonly products: readonly SeedProduct[];
  readonly assets: readonly SeedAsset[];
  readonly workOrders: readonly SeedWorkOrder[];
}

export interface ErpCustomer {
  readonly number: string;
  readonly name: string;
  readonly address: SeedAddress;
  readonly phone: string;
  readonly email: string;
  readonly website: string;
  readonly currency: CurrencyCode;
  readonly blocked: boolean;
}

export interface ErpItem {
  readonly number: string;
  readonly name: string;
  readonly kind: "Inventory" | "Service" | "Non-Inventory";
  readonly unit: ErpUnitCode;
  readonly category: string;
  /** In the local currency, EUR. */
  readonly price: string;
  readonly cost: string;
}

export interface ErpCurrency {
  readonly code: CurrencyCode;
  readonly name: string;
  readonly symbol: string;
  readonly isLocal: boolean;
  /** Units of this currency for one EUR. */
  readonly perEuro: string;
}

export interface ErpUnit {
  readonly code: ErpUnitCode;
  readonly name: string;
  /** UN/ECE recommendation 20. */
  readonly internationalCode: string;
}

export interface ErpData {
  /** 39 customers with an account that names them, the one whose account does not, and a blocked one without account. */
  readonly customers: readonly ErpCustomer[];
  readonly items: readonly ErpItem[];
  readonly currencies: readonly ErpCurrency[];
  readonly units: readonly ErpUnit[];
}
