/** SHA-256 against the published vectors, and against texts of every script. */
import { describe, expect, test } from "vitest";
import { hashText } from "../src/index.ts";

describe("hash", () => {
  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    ["é漢😀 Ærø", "cb42d9699211d26946bdbdd6cfed86b77b8059138f61cc07fa4eb4a78fcb4386"],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ])("is SHA-256 as published", (text, hash) => {
    expect(hashText(text)).toBe(hash);
  });

  test("sees every character of every script", () => {
    const texts = ["é", "e\u0301", "漢", "😀", "\ud83d"];
    expect(new Set(texts.map(hashText)).size).toBe(texts.length);
  });
});
