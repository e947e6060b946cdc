// The seed both sandboxes start from: the same company in its field-service system and in its ERP system. It is
// computed from a fixed number, so it is the same on every machine and every day.
import { createRandom } from "../core/random.ts";
import { createAccounts, createAssets, createContacts, toCustomerNumber } from "./accounts.ts";
import { createItems, createProducts, CURRENCIES, UNITS } from "./catalogue.ts";
import { createWorkOrders } from "./work-orders.ts";
import type { ErpCustomer, ErpData, FieldServiceData, SeedAccount } from "./types.ts";

const BLOCKED_CUSTOMER: ErpCustomer = {
  number: "C-19990",
  name: "Insolvenz Kaltwasser GmbH",
  address: {
    street: "Alte Ziegelei 2",
    city: "Soltau",
    state: null,
    postalCode: "29614",
    country: "Germany",
    countryCode: "DE",
  },
  phone: "+49 40 555 9990",
  email: "info@kaltwasser.example",
  website: "https://www.kaltwasser.example",
  currency: "EUR",
  blocked: true,
};

function toCustomer(account: SeedAccount, index: number): ErpCustomer {
  return {
    number: account.erpNumber ?? toCustomerNumber(index),
    name: account.name,
    address: account.address,
    phone: account.phone,
    email: account.website.replace("https://www.", "accounts@"),
    website: account.website,
    currency: account.currency,
    blocked: false,
  };
}

/**
 * Both halves of the seed. The one account without ERP number has its customer in the ERP half too, under the number
 * that is missing: finding it there is how a person repairs the account.
 */
export function fieldServiceSeed(): { fieldService: FieldServiceData; erp: ErpData } {
  const random = createRandom(20261101);
  const accounts = createAccounts(random);
  const contacts = createContacts(random, accounts);
  const assets = createAssets(random, accounts);
  const products = createProducts();
  const workOrders = createWorkOrders(random, { accounts, contacts, assets, products });
  return {
    fieldService: { accounts, contacts, products, assets, workOrders },
    erp: {
      customers: [...accounts.map(toCustomer), BLOCKED_CUSTOMER],
      items: createItems(products),
      currencies: CURRENCIES,
      units: UNITS,
    },
  };
}
