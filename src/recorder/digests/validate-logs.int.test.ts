import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";

import { missingAwsCli } from "../../../test/fixtures/aws-cli.ts";
import { bucket, type MadeUpDelivery, openMadeUpDelivery, start } from "../delivery/made-up-delivery.fixture.ts";
import { type DeliveredObject } from "../outlets.ts";
import { validateLogs } from "./validate-logs.fixture.ts";

const skip = await missingAwsCli();

const hour = 3_600_000;
const hours = 25;

let folder = "";
let made: MadeUpDelivery;
let logKeys: readonly string[] = [];
let digestKeys: readonly string[] = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "trailwarden-judge-"));
  made = await openMadeUpDelivery({ folder });
  for (let passed = 0; passed < hours; passed += 1) {
    await made.record();
    await made.delivery.deliverNow();
    // One bucket's outage, for a digest of late files.
    if (passed === 12) made.outlets.refusals.set(bucket, "SlowDown");
    if (passed === 15) made.outlets.refusals.clear();
    made.clock.advance(hour);
    await made.delivery.deliverNow();
  }
  const keys = [...made.outlets.objects.keys()].sort();
  logKeys = keys.filter((key) => key.includes("/CloudTrail/"));
  digestKeys = keys.filter((key) => key.includes("/CloudTrail-Digest/") && !key.includes("_backfill"));
});
after(async () => {
  await made[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

interface Case {
  readonly name: string;
  readonly tamper: (objects: Map<string, DeliveredObject>) => void;
  readonly code: number;
  readonly says: readonly RegExp[];
}

const cases: readonly Case[] = [
  {
    name: "finds every digest and every log file of a day valid, late ones too",
    tamper: () => undefined,
    code: 0,
    says: [/^25\/25 digest files valid$/m, /^2\/2 backfill digest files valid$/m, /^25\/25 log files valid$/m],
  },
  {
    name: "finds a changed log file, one that is gone, and two that were swapped",
    tamper(objects) {
      change(objects, logKeys[3], (text) => text.replace("CreateUser", "DeleteUser"));
      objects.delete(logKeys[6] ?? "");
      swap(objects, logKeys[20], logKeys[21]);
    },
    code: 1,
    says: [
      /^(?:(?!hash value)[^])*(?:INVALID: hash value doesn't match(?:(?!hash value)[^])*){3}$/,
      /Log file\s+s3:\S+\s+INVALID: not found/,
      /21\/25 log files valid, 4\/25 log files INVALID/,
    ],
  },
  {
    name: "finds a changed digest, and one without its signature",
    tamper(objects) {
      change(objects, digestKeys[5], (text) => text.replace("SHA-256", "SHA-512"));
      put(objects, digestKeys[20], (object) => ({ ...object, metadata: {} }));
    },
    code: 1,
    says: [/(?:Digest file\s+s3:\S+\s+INVALID: signature verification failed[^]*){2}/, /23\/25 digest files valid/],
  },
  {
    name: "finds a digest gone",
    tamper: (objects) => void objects.delete(digestKeys[5] ?? ""),
    code: 1,
    says: [/Digest file\s+s3:\S+\s+INVALID: not found/],
  },
];

for (const { name, tamper, code, says } of cases) {
  test(`aws cloudtrail validate-logs ${name}`, { skip }, async () => {
    const objects = new Map(made.outlets.objects);
    tamper(objects);
    const verdict = await validateLogs(objects, made.keys, start, start + hours * hour);
    for (const text of says) assert.match(verdict.text, text);
    assert.equal(verdict.code, code, verdict.text);
  });
}

function change(objects: Map<string, DeliveredObject>, key: string | undefined, edit: (text: string) => string): void {
  put(objects, key, (object) => ({ ...object, body: gzipSync(edit(gunzipSync(object.body).toString("utf8"))) }));
}

function swap(objects: Map<string, DeliveredObject>, one = "", other = ""): void {
  const [first, second] = [objects.get(one), objects.get(other)];
  assert.ok(first && second);
  objects.set(one, { ...first, body: second.body }).set(other, { ...second, body: first.body });
}

function put(
  objects: Map<string, DeliveredObject>,
  key = "",
  edit: (object: DeliveredObject) => DeliveredObject,
): void {
  const object = objects.get(key);
  assert.ok(object, key);
  objects.set(key, edit(object));
}
