// The field-service half of the seed as records of this system, with ids in the order in which they are listed.
import { number, type Json } from "../core/json.ts";
import { decimal } from "../core/decimal.ts";
import type { Row, TableData } from "../core/store.ts";
import { fieldServiceSeed } from "../seed/field-service.ts";
import type { CurrencyCode, SeedAddress, SeedProduct, SeedWorkOrder } from "../seed/types.ts";
import { DEMO_ORG } from "./demo-org.ts";
import { makeId } from "./ids.ts";
import { toStoredDatetime } from "./rows/dates.ts";
import { toStoredNumber } from "./rows/values.ts";
import { STATUS_CATEGORIES } from "./schema/service-objects.ts";

type Values = Readonly<Record<string, Json>>;
type Entry = readonly [id: string, row: Row];

const SET_UP_AT = "2026-08-01T08:00:00Z";
const CURRENCIES: readonly CurrencyCode[] = ["EUR", "USD", "DKK"];

function money(text: string): Json {
  return toStoredNumber({ type: "currency", scale: 2 }, decimal(text));
}

function instant(iso: string | null): Json {
  return iso === null ? null : toStoredDatetime(iso);
}

function withoutNulls(values: Values): Row {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function toEntry(id: string, values: Values, createdAt = SET_UP_AT, modifiedAt = createdAt): Entry {
  const stamps = {
    CreatedDate: instant(createdAt),
    CreatedById: DEMO_ORG.dispatcherId,
    LastModifiedDate: instant(modifiedAt),
    LastModifiedById: DEMO_ORG.dispatcherId,
    SystemModstamp: instant(modifiedAt),
  };
  return [id, withoutNulls({ Id: id, IsDeleted: false, ...values, ...stamps })];
}

/** Ids by the keys of the seed. */
function idsFor(prefix: string, items: readonly { readonly key: string }[]): (key: string) => string {
  const ids = new Map(items.map((item, index) => [item.key, makeId(prefix, index + 1)]));
  return (key) => {
    const id = ids.get(key);
    if (id === undefined) throw new Error(`The seed has no ${key}`);
    return id;
  };
}

function addressValues(prefix: string, address: SeedAddress): Values {
  return {
    [`${prefix}Street`]: address.street,
    [`${prefix}City`]: address.city,
    [`${prefix}State`]: address.state,
    [`${prefix}PostalCode`]: address.postalCode,
    [`${prefix}Country`]: address.country,
  };
}

const STANDARD_BOOK = makeId("01s", 1);
const SERVICE_BOOK = makeId("01s", 2);

function priceId(book: string, productIndex: number, currency: CurrencyCode): string {
  const bookOffset = book === STANDARD_BOOK ? 0 : 72;
  return makeId("01u", bookOffset + productIndex * 3 + CURRENCIES.indexOf(currency) + 1);
}

function priceEntries(products: readonly SeedProduct[], productId: (key: string) => string): Entry[] {
  return [STANDARD_BOOK, SERVICE_BOOK].flatMap((book) =>
    products.flatMap((product, index) =>
      CURRENCIES.map((currency) =>
        toEntry(priceId(book, index, currency), {
          Name: product.name,
          Pricebook2Id: book,
          Product2Id: productId(product.key),
          ProductCode: product.code,
          UnitPrice: money(product.prices[currency]),
          CurrencyIsoCode: currency,
          IsActive: true,
        }),
      ),
    ),
  );
}

function totals(order: SeedWorkOrder): Values {
  const subtotal = decimal(order.subtotal).units;
  const saved = subtotal - decimal(order.total).units;
  const discount = subtotal === 0n ? "0" : `${(saved * 20000n + subtotal) / (2n * subtotal)}e-2`;
  return {
    LineItemCount: number(String(order.lines.length)),
    Subtotal: money(order.subtotal),
    Discount: money(discount),
    TotalPrice: money(order.total),
    GrandTotal: money(order.total),
  };
}

function systemTables(): TableData {
  const person = (id: string, first: string, last: string, username: string): Entry =>
    toEntry(id, {
      Username: username,
      FirstName: first,
      LastName: last,
      Name: `${first} ${last}`,
      Email: username,
      Alias: first.slice(0, 8).toLowerCase(),
      IsActive: true,
      UserType: "Standard",
      TimeZoneSidKey: "UTC",
      LocaleSidKey: "en_GB",
      LanguageLocaleKey: "en_US",
      EmailEncodingKey: "UTF-8",
      DefaultCurrencyIsoCode: "EUR",
    });
  const { erp } = fieldServiceSeed();
  return {
    Organization: [
      toEntry(DEMO_ORG.organizationId, {
        Name: DEMO_ORG.name,
        InstanceName: "FB0",
        IsSandbox: true,
        OrganizationType: "Developer Edition",
        DefaultLocaleSidKey: "en_GB",
        TimeZoneSidKey: "UTC",
        LanguageLocaleKey: "en_US",
      }),
    ],
    User: [
      person(DEMO_ORG.userId, "Demo", "Integration", DEMO_ORG.username),
      person(DEMO_ORG.dispatcherId, "Ida", "Holm", "ida.holm@fieldbridge.example"),
    ],
    CurrencyType: erp.currencies.map((currency, index) =>
      toEntry(makeId("01L", index + 1), {
        IsoCode: currency.code,
        ConversionRate: number(currency.perEuro),
        DecimalPlaces: number("2"),
        IsActive: true,
        IsCorporate: currency.isLocal,
      }),
    ),
  };
}

/** All tables of a fresh organisation. */
export function salesforceSeed(): TableData {
  const { accounts, contacts, products, assets, workOrders } = fieldServiceSeed().fieldService;
  const accountId = idsFor("001", accounts);
  const contactId = idsFor("003", contacts);
  const assetId = idsFor("02i", assets);
  const productId = idsFor("01t", products);
  const productIndex = new Map(products.map((product, index) => [product.key, index]));
  const orderId = (index: number): string => makeId("0WO", index + 1);
  const owner = { OwnerId: DEMO_ORG.dispatcherId };

  const lines = workOrders.flatMap((order, index) =>
    order.lines.map((line): Entry => {
      const entryId = priceId(SERVICE_BOOK, productIndex.get(line.productKey) ?? 0, order.currency);
      const values = {
        LineItemNumber: line.number,
        WorkOrderId: orderId(index),
        Status: order.status,
        StatusCategory: STATUS_CATEGORIES[order.status] ?? "None",
        IsClosed: order.status === "Closed",
        PricebookEntryId: entryId,
        Product2Id: productId(line.productKey),
        Quantity: money(line.quantity),
        UnitPrice: money(line.unitPrice),
        ListPrice: money(line.listPrice),
        Discount: line.discountPercent === null ? null : money(line.discountPercent),
        Subtotal: money(line.subtotal),
        TotalPrice: money(line.total),
        CurrencyIsoCode: order.currency,
      };
      return toEntry(makeId("1WL", Number(line.number)), values, order.createdAt, order.modifiedAt);
    }),
  );

  const tables: TableData = {
    ...systemTables(),
    Account: accounts.map((account) =>
      toEntry(accountId(account.key), {
        Name: account.name,
        Type: "Customer - Direct",
        Industry: account.industry,
        ...addressValues("Billing", account.address),
        ...addressValues("Shipping", account.address),
        Phone: account.phone,
        Website: account.website,
        CurrencyIsoCode: account.currency,
        ERP_No__c: account.erpNumber,
        ...owner,
      }),
    ),
    Contact: contacts.map((contact) =>
      toEntry(contactId(contact.key), {
        FirstName: contact.firstName,
        LastName: contact.lastName,
        Name: `${contact.firstName} ${contact.lastName}`,
        AccountId: accountId(contact.accountKey),
        Title: contact.title,
        Email: contact.email,
        Phone: contact.phone,
        CurrencyIsoCode: "EUR",
        ...owner,
      }),
    ),
    Asset: assets.map((asset) =>
      toEntry(assetId(asset.key), {
        Name: asset.name,
        AccountId: accountId(asset.accountKey),
        SerialNumber: asset.serialNumber,
        Status: asset.status,
        InstallDate: asset.installDate,
        Quantity: number("1.0"),
        CurrencyIsoCode: "EUR",
        ...owner,
      }),
    ),
    Product2: products.map((product) =>
      toEntry(productId(product.key), {
        Name: product.name,
        ProductCode: product.code,
        Family: product.family,
        QuantityUnitOfMeasure: product.unit,
        Description: product.description,
        IsActive: true,
        CurrencyIsoCode: "EUR",
      }),
    ),
    Pricebook2: [
      toEntry(STANDARD_BOOK, { Name: "Standard Price Book", IsActive: true, IsStandard: true }),
      toEntry(SERVICE_BOOK, { Name: "Field Service 2026", IsActive: true, IsStandard: false }),
    ],
    PricebookEntry: priceEntries(products, productId),
    WorkOrder: workOrders.map((order, index) => {
      const account = accounts.find((each) => each.key === order.accountKey);
      const values = {
        WorkOrderNumber: order.number,
        Subject: order.subject,
        Description: order.description,
        Status: order.status,
        StatusCategory: STATUS_CATEGORIES[order.status] ?? "None",
        IsClosed: order.status === "Closed",
        Priority: order.priority,
        AccountId: accountId(order.accountKey),
        ContactId: contactId(order.contactKey),
        AssetId: order.assetKey === null ? null : assetId(order.assetKey),
        Pricebook2Id: SERVICE_BOOK,
        StartDate: instant(order.startAt),
        EndDate: instant(order.endAt),
        CurrencyIsoCode: order.currency,
        ...(account ? addressValues("", account.address) : {}),
        ...totals(order),
        ...owner,
      };
      return toEntry(orderId(index), values, order.createdAt, order.modifiedAt);
    }),
    WorkOrderLineItem: lines,
  };
  return { ...tables, _counters: toCounters(tables) };
}

/** Where ids and automatic numbers go on after the seed. */
function toCounters(tables: TableData): Entry[] {
  const counter = (key: string, value: number): Entry => [key, { value: number(String(value)) }];
  const ids = Object.entries(tables).map(([table, rows]) => counter(`${table}.Id`, rows.length));
  const numbered = ["WorkOrder", "WorkOrderLineItem"].map((table) =>
    counter(table, tables[table]?.length ?? 0),
  );
  return [...ids, ...numbered];
}
