import assert from "node:assert/strict";
import { test } from "node:test";
import { openAddresses } from "./addresses.ts";
import { isServiceName } from "./network-nature.ts";

test("an address is told with its country, its network's owner and what sort it is", async () => {
  const addresses = await openAddresses();
  const aws = addresses.factsOf("3.5.140.1");
  assert.deepEqual([aws.country, aws.asn, aws.nature], ["KR", 16509, "aws"]);
  const ipv6 = addresses.factsOf("2606:4700::1111");
  assert.deepEqual([ipv6.asn, ipv6.nature], [13335, "public"]);
  assert.match(ipv6.owner, /Cloudflare/);
});

test("what is no address of the internet is looked up nowhere", async () => {
  const addresses = await openAddresses();
  const natures = ["10.0.0.1", "100.64.1.1", "fd00::1", "ec2.amazonaws.com", "AWS Internal", "AWS Internal/3", "x", ""];
  assert.deepEqual(
    natures.map((text) => addresses.factsOf(text).nature),
    ["private", "private", "private", "service", "service", "service", "unknown", "unknown"],
  );
  assert.ok(natures.every((text) => addresses.factsOf(text).asn === undefined));
  assert.equal(addresses.factsOf("x".repeat(10_000)).address.length, 256);
});

test("a service's name is one of AWS's own, not one that ends like it", () => {
  assert.ok(isServiceName("cloudformation.amazonaws.com"));
  assert.ok(isServiceName("s3.cn-north-1.amazonaws.com.cn"));
  assert.ok(!isServiceName("amazonaws.com.evil.example"));
  assert.ok(!isServiceName("203.0.113.7"));
});
