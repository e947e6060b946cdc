// The seed must hold what the guide and the template promise: counts, exact totals and exactly two bad work orders.
import { describe, expect, it } from "vitest";
import { add, decimal, formatDecimal, lineAmount } from "../core/decimal.ts";
import { fieldServiceSeed } from "./field-service.ts";

const { fieldService, erp } = fieldServiceSeed();
const products = new Map(fieldService.products.map((product) => [product.key, product]));
const accounts = new Map(fieldService.accounts.map((account) => [account.key, account]));
const completed = fieldService.workOrders.filter((order) => order.status === "Completed");

describe("the seed", () => {
  it("is the same every time", () => {
    expect(fieldServiceSeed()).toEqual({ fieldService, erp });
  });

  it("has 40 accounts, 24 products and 120 numbered work orders, 60 of them completed", () => {
    expect(fieldService.accounts).toHaveLength(40);
    expect(new Set(fieldService.accounts.map((account) => account.name)).size).toBe(40);
    expect(fieldService.products).toHaveLength(24);
    expect(fieldService.workOrders).toHaveLength(120);
    expect(completed).toHaveLength(60);
    expect(fieldService.workOrders[0]?.number).toBe("00000001");
    expect(fieldService.workOrders[119]?.number).toBe("00000120");
    expect(new Set(completed.map((order) => order.currency))).toEqual(new Set(["EUR", "USD", "DKK"]));
  });

  it("has exactly one account without ERP number and one product with the unit PCS.", () => {
    expect(fieldService.accounts.filter((account) => account.erpNumber === null)).toHaveLength(1);
    expect(fieldService.products.filter((product) => product.unit === "PCS.")).toHaveLength(1);
  });

  it("has exactly two bad completed work orders, both among the first ten by stamp and number", () => {
    const bad = completed.flatMap((order, index) => {
      const isNoNumber = accounts.get(order.accountKey)?.erpNumber === null;
      const isBadUnit = order.lines.some((line) => products.get(line.productKey)?.unit === "PCS.");
      return isNoNumber || isBadUnit ? [[index + 1, isBadUnit, isNoNumber]] : [];
    });
    expect(bad).toEqual([
      [4, true, false],
      [8, false, true],
    ]);
  });

  it("orders work orders by stamp and number alike, some stamps equal, all whole seconds before November", () => {
    const stamps = fieldService.workOrders.map((order) => order.modifiedAt);
    expect(stamps).toEqual([...stamps].sort());
    expect(new Set(stamps).size).toBeLessThan(stamps.length);
    for (const stamp of stamps) {
      expect(stamp).toMatch(/^2026-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(stamp < "2026-11-01T00:00:00Z").toBe(true);
    }
    const created = fieldService.workOrders.map((order) => order.createdAt);
    expect(created).toEqual([...created].sort());
  });

  it("computes every total to the cent from quantity, price and discount", () => {
    for (const order of fieldService.workOrders) {
      expect(order.lines.length).toBeGreaterThanOrEqual(1);
      expect(order.lines.length).toBeLessThanOrEqual(5);
      const totals = order.lines.map((line) => {
        const total = lineAmount(
          decimal(line.quantity),
          decimal(line.unitPrice),
          decimal(line.discountPercent ?? "0"),
        );
        expect(formatDecimal(total)).toBe(line.total);
        return total;
      });
      expect(formatDecimal(totals.reduce(add))).toBe(order.total);
    }
  });

  it("gives every completed work order an end, a subject that fits, and customers and items that exist", () => {
    const customers = new Map(erp.customers.map((customer) => [customer.number, customer]));
    const items = new Set(erp.items.map((item) => item.number));
    for (const order of completed) {
      expect(order.endAt).not.toBeNull();
      expect(order.subject.length).toBeLessThanOrEqual(100);
      const number = accounts.get(order.accountKey)?.erpNumber ?? null;
      expect(number === null || customers.get(number)?.blocked === false).toBe(true);
      for (const line of order.lines) {
        expect(items.has(products.get(line.productKey)?.code ?? "")).toBe(true);
      }
    }
  });

  it("gives the ERP system a customer for every account, and one blocked customer that no account has", () => {
    expect(erp.customers).toHaveLength(41);
    expect(erp.customers.filter((customer) => customer.blocked)).toHaveLength(1);
    for (const account of fieldService.accounts) {
      expect(erp.customers.some((customer) => customer.name === account.name)).toBe(true);
    }
  });

  it("has assets with unique serial numbers and a machine on most work orders", () => {
    expect(new Set(fieldService.assets.map((asset) => asset.serialNumber)).size).toBe(
      fieldService.assets.length,
    );
    const withAsset = fieldService.workOrders.filter((order) => order.assetKey !== null).length;
    expect(withAsset).toBeGreaterThan(80);
  });
});
