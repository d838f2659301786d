import assert from "node:assert/strict";
import { test } from "node:test";
import { authorityOf } from "./authority.ts";

test("AWS is one authority, whichever of its endpoints is asked", () => {
  const endpoints = [
    undefined,
    "https://cloudtrail.eu-west-1.amazonaws.com",
    "https://vpce-1.s3.cn-north-1.amazonaws.com.cn",
  ];
  for (const endpoint of endpoints) assert.equal(authorityOf(endpoint), "aws");
});

test("what stands in for AWS is an authority of its own, however it is named", () => {
  assert.equal(authorityOf("http://127.0.0.1:4566/path"), "http://127.0.0.1:4566");
  // A name that only ends alike, and a connection that anybody may answer.
  assert.equal(authorityOf("https://notamazonaws.com"), "https://notamazonaws.com");
  assert.equal(authorityOf("http://cloudtrail.eu-west-1.amazonaws.com"), "http://cloudtrail.eu-west-1.amazonaws.com");
});
