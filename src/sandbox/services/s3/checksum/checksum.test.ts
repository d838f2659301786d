import assert from "node:assert/strict";
import { test } from "node:test";
import { createDigester } from "./checksum.ts";

test("checksums are those of the published check values (of '123456789'), in one piece or several", () => {
  const table = [
    // RFC 3720, B.4 and the CRC catalogue of reveng (CRC-32/ISO-HDLC, CRC-32/ISCSI, CRC-64/NVME).
    ["CRC32", "cbf43926"],
    ["CRC32C", "e3069283"],
    ["CRC64NVME", "ae8b14860a799888"],
    ["MD5", "25f9e794323b453885f5181f1b624d0b"],
    ["SHA1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441"],
  ] as const;
  for (const [algorithm, wanted] of table) {
    for (const pieces of [["123456789"], ["1", "2345", "", "6789"]]) {
      const digester = createDigester(algorithm);
      for (const piece of pieces) digester.update(Buffer.from(piece));
      assert.equal(Buffer.from(digester.digest(), "base64").toString("hex"), wanted, algorithm);
    }
  }
});
