import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { openSealer } from "./open-key.ts";
import { createSealer } from "./seal.ts";

const key = () => randomBytes(32);

test("what was sealed is opened by the same owner only, and never lies there in clear", () => {
  const sealer = createSealer([key()]);
  const sealed = sealer.seal("canary-secret", "erp");
  expect(sealed).not.toContain("canary");
  expect(Buffer.from(sealed.split(".").at(-1) ?? "", "base64url").toString()).not.toContain("canary");
  expect(sealer.open(sealed, "erp")).toBe("canary-secret");
  expect(() => sealer.open(sealed, "crm")).toThrow("unable to authenticate");
});

test("the same secret is sealed differently each time", () => {
  const sealer = createSealer([key()]);
  expect(sealer.seal("same", "erp")).not.toBe(sealer.seal("same", "erp"));
});

test("a sealed secret that was changed in any part is not opened", () => {
  const sealer = createSealer([key()]);
  const parts = sealer.seal("secret", "erp").split(".");
  parts.forEach((part, index) => {
    const flipped = (part.startsWith("A") ? "B" : "A") + part.slice(1);
    expect(() => sealer.open(parts.with(index, flipped).join("."), "erp")).toThrow(/no key|authenticate/);
  });
});

test("after a change of keys old secrets still open and new ones use the new key", () => {
  const [old, fresh] = [key(), key()];
  const before = createSealer([old]).seal("secret", "erp");
  const rotated = createSealer([fresh, old]);
  expect(rotated.open(before, "erp")).toBe("secret");
  expect(() => createSealer([fresh]).open(before, "erp")).toThrow("no key to open");
  expect(createSealer([fresh]).open(rotated.seal("secret", "erp"), "erp")).toBe("secret");
});

test("the key file is made once, readable by its owner alone", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "fieldbridge-key-"));
  const sealed = openSealer(folder, undefined).seal("secret", "erp");
  expect(statSync(path.join(folder, "key")).mode & 0o777).toBe(0o600);
  expect(openSealer(folder, undefined).open(sealed, "erp")).toBe("secret");
  rmSync(folder, { recursive: true });
});

test("a key of the wrong length is refused with one sentence", () => {
  expect(() => openSealer("/nowhere", "c2hvcnQ=")).toThrow(
    "FIELDBRIDGE_KEY must hold base64 keys of 32 bytes",
  );
});
