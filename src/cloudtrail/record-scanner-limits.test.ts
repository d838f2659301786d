import assert from "node:assert/strict";
import { test } from "node:test";
import { RecordScanner } from "./record-scanner.ts";
import type { RejectedPart } from "./rejected-part.ts";
import { login, reasons, scan, sorted, tricky } from "./scan.fixture.ts";

test("a record over the size limit is rejected with its place and size, its neighbours kept", () => {
  const large = `{"eventVersion":"1.08","eventID":"big","userAgent":"${"x".repeat(900)}"}`;
  for (const chunk of [undefined, 1, 64]) {
    for (const text of [`{"Records":[${login},${large},${tricky}]}`, `${login}\n${large}\n${tricky}`]) {
      const result = scan(text, { recordBytesMax: 500, ...(chunk === undefined ? {} : { chunk }) });
      assert.deepEqual(result.found, [login, tricky]);
      assert.deepEqual(
        result.parts.map((part) => [part.position, part.reason, part.offsetBytes, part.lengthBytes, part.excerpt]),
        [[1, "record-too-large", text.indexOf(large), large.length, large.slice(0, 200)]],
      );
    }
  }
});

test("a wrapper may be larger than a record, whatever its first keys are", () => {
  const many = Array.from({ length: 40 }, () => sorted);
  for (const head of ['{"Records":[', '{"eventVersion":"1.0","Records":[', `{"x":"${"y".repeat(900)}","Records":[`]) {
    const result = scan(`${head}${many.join(",")}]}`, { recordBytesMax: 500, chunk: 33 });
    assert.deepEqual(result.found, many);
    assert.deepEqual(result.parts, []);
  }
});

test("200,000 levels are counted, not climbed", () => {
  const deep = (open: string, close: string): string =>
    `{"eventVersion":"1.08","a":${open.repeat(200_000)}${close.repeat(200_000)}}`;
  for (const record of [deep("[", "]"), deep('{"a":', "}").replace(":}", ":1}")]) {
    for (const text of [`{"Records":[${login},${record},${tricky}]}`, `${login}\n${record}\n${tricky}`]) {
      const result = scan(text, { chunk: 65_536 });
      assert.deepEqual(result.found, [login, tricky]);
      assert.deepEqual(reasons(result), ["record-too-deep"]);
    }
  }
  assert.deepEqual(reasons(scan(`{"Records":[${"[".repeat(200_000)}`)), ["truncated"]);
  assert.deepEqual(reasons(scan("[".repeat(200_000))), ["truncated"]);
  assert.deepEqual(reasons(scan(`${"[".repeat(200)}{}${"]".repeat(200)}`)), ["nested-too-often"]);
});

test("a 40 MB record passes in bounded memory", () => {
  const found: number[] = [];
  const parts: RejectedPart[] = [];
  const scanner = new RecordScanner({
    onRecord: (_, start, end) => found.push(end - start),
    onReject: (part) => parts.push(part),
  });
  scanner.push(Buffer.from(`{"Records":[${login},{"eventVersion":"1.08","userAgent":"`));
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  for (let i = 0; i < 640; i++) {
    scanner.push(Buffer.alloc(65_536, 0x78));
    peak = Math.max(peak, i > 600 ? process.memoryUsage().arrayBuffers - before : 0);
  }
  scanner.push(Buffer.from(`"},${tricky}]}`));
  assert.equal(scanner.end().records, 2);
  assert.deepEqual(found, [login.length, tricky.length]);
  assert.deepEqual(
    parts.map((part) => part.reason),
    ["record-too-large"],
  );
  assert.ok(parts[0]?.lengthBytes !== undefined && parts[0].lengthBytes > 640 * 65_536);
  assert.ok(peak < 128 << 20, `${peak} bytes were held`);
});

test("bytes that are no UTF-8 and NULs inside strings pass unchanged", () => {
  const record = Buffer.concat([
    Buffer.from('{"eventVersion":"1.08","userAgent":"'),
    Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x01, 0x0a]),
    Buffer.from('"}'),
  ]);
  const seen: Buffer[] = [];
  const scanner = new RecordScanner({
    onRecord: (bytes, start, end) => seen.push(Buffer.from(bytes.subarray(start, end))),
    onReject: (part) => assert.fail(part.message),
  });
  scanner.push(Buffer.concat([Buffer.from('{"Records":['), record, Buffer.from(","), record, Buffer.from("]}")]));
  scanner.end();
  assert.deepEqual(seen, [record, record]);
});

test("an excerpt shows no control characters and at most 200 characters", () => {
  const [part] = scan(`{"Records":["\u001b[31m\u202e${"é".repeat(500)}"]}`).parts;
  assert.match(part?.excerpt ?? "", /^"·\[31m·é+$/);
  assert.equal(part?.excerpt.length, 200);
});
