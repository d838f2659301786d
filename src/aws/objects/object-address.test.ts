import assert from "node:assert/strict";
import { test } from "node:test";

import { AwsCallError } from "../clients/client-error.ts";
import { sdkTraffic } from "../wire/sdk-traffic.fixture.ts";
import { objectAddress, type ObjectPlace } from "./object-address.ts";

const logs = { bucket: "logs", key: "AWSLogs/1.json.gz" };

const places: readonly (readonly [what: string, bucket: string, place: ObjectPlace, host: string, path: string])[] = [
  ["at AWS", "logs", { region: "eu-central-1" }, "logs.s3.eu-central-1.amazonaws.com", "/AWSLogs/1.json.gz"],
  ["in us-east-1", "logs", { region: "us-east-1" }, "logs.s3.us-east-1.amazonaws.com", "/AWSLogs/1.json.gz"],
  ["in China", "logs", { region: "cn-north-1" }, "logs.s3.cn-north-1.amazonaws.com.cn", "/AWSLogs/1.json.gz"],
  ["in GovCloud", "logs", { region: "us-gov-west-1" }, "logs.s3.us-gov-west-1.amazonaws.com", "/AWSLogs/1.json.gz"],
  [
    "in the European cloud",
    "logs",
    { region: "eusc-de-east-1" },
    "logs.s3.eusc-de-east-1.amazonaws.eu",
    "/AWSLogs/1.json.gz",
  ],
  [
    "with dots in its bucket's name, which no certificate fits",
    "my.logs",
    { region: "eu-west-1" },
    "s3.eu-west-1.amazonaws.com",
    "/my.logs/AWSLogs/1.json.gz",
  ],
  ["in an old bucket", "My_Logs", { region: "us-east-1" }, "s3.us-east-1.amazonaws.com", "/My_Logs/AWSLogs/1.json.gz"],
  [
    "on this machine",
    "logs",
    { region: "eu-central-1", endpoint: "http://127.0.0.1:4566" },
    "127.0.0.1:4566",
    "/logs/AWSLogs/1.json.gz",
  ],
  [
    "on this machine by IPv6",
    "logs",
    { region: "eu-central-1", endpoint: "http://[::1]:4566" },
    "[::1]:4566",
    "/logs/AWSLogs/1.json.gz",
  ],
  [
    "at an endpoint of one's own",
    "logs",
    { region: "eu-central-1", endpoint: "https://storage.example/s3/", isPathStyle: true },
    "storage.example",
    "/s3/logs/AWSLogs/1.json.gz",
  ],
  [
    "at an endpoint of AWS",
    "logs",
    { region: "eu-central-1", endpoint: "https://bucket.vpce-1.s3.eu-central-1.vpce.amazonaws.com" },
    "logs.bucket.vpce-1.s3.eu-central-1.vpce.amazonaws.com",
    "/AWSLogs/1.json.gz",
  ],
];

for (const [what, bucket, place, host, path] of places)
  test(`an object ${what} is asked for there`, () => {
    const address = objectAddress({ ...logs, bucket }, place);
    assert.deepEqual([address.host, address.path], [host, path]);
  });

const oddKeys = [
  "a b+c%20d",
  "//double//slash",
  "/leading",
  "trailing/",
  "../up/./and/..",
  "ünïcödé/日本語/😀",
  "(*)!'~",
  "?query=1&a#fragment",
  'a\\b|c"d<e>',
  "new\nline\ttab",
  "=;:@$,",
  " ",
];

test("odd keys and versions are written into the path as the SDK writes them", async () => {
  const sdk = await sdkTraffic("s3");
  for (const key of oddKeys) {
    const sent = await sdk.requestOf("GetObject", { Bucket: "logs", Key: key, VersionId: "3/L4+kqtJ=" });
    const address = objectAddress(
      { bucket: "logs", key, versionId: "3/L4+kqtJ=" },
      { region: "us-east-1", endpoint: "http://127.0.0.1:4566" },
    );
    assert.equal(address.path, sent.path, key);
    assert.ok(sent.query.split("&").includes(address.query), sent.query);
  }
});

const noNames: readonly (readonly [
  what: string,
  name: { bucket: string; key: string; versionId?: string },
  code: string,
])[] = [
  ["a bucket that would lead to another host", { bucket: "evil.example/#", key: "k" }, "InvalidBucketName"],
  ["a bucket with a port", { bucket: "logs:80", key: "k" }, "InvalidBucketName"],
  ["a bucket that climbs", { bucket: "..", key: "k" }, "InvalidBucketName"],
  ["a bucket without a name", { bucket: "", key: "k" }, "InvalidBucketName"],
  ["no key", { bucket: "logs", key: "" }, "NoSuchKey"],
  ["a key that is no text", { bucket: "logs", key: "\ud800" }, "NoSuchKey"],
  ["a key longer than any", { bucket: "logs", key: "ü".repeat(513) }, "KeyTooLongError"],
  ["a version longer than any", { bucket: "logs", key: "k", versionId: "v".repeat(2000) }, "NoSuchVersion"],
];

for (const [what, name, code] of noNames)
  test(`${what} is refused before anybody is asked`, () => {
    assert.throws(
      () => objectAddress(name, { region: "eu-central-1" }),
      (error) => error instanceof AwsCallError && error.code === code,
    );
  });

test("a region that is none leads to no host", () => {
  assert.throws(
    () => objectAddress(logs, { region: "evil.example/" }),
    (error) => error instanceof AwsCallError && error.code === "InvalidRegionName",
  );
});
