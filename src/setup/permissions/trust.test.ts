import assert from "node:assert/strict";
import { test } from "node:test";
import { SetupError } from "../errors.ts";
import { newExternalId, principalOf, trustFor } from "./trust.ts";

const principalArn = "arn:aws:iam::123456789012:role/watcher";

test("a role is taken on by one principal, with the external ID", () => {
  const [statement, ...others] = trustFor({ principalArn, externalId: "trailwarden-example" }).Statement;
  assert.deepEqual(others, []);
  assert.equal(statement?.Principal.AWS, principalArn);
  assert.deepEqual(statement.Condition, { StringEquals: { "sts:ExternalId": "trailwarden-example" } });
});

test("whoever is not one principal is not trusted", () => {
  const wrong = [
    "*",
    "arn:aws:iam::*:root",
    "arn:aws:iam::123456789012:role/*",
    "123456789012",
    "arn:aws:iam::123456789012:group/people",
    "arn:aws:sts::123456789012:federated-user/mary",
    'arn:aws:iam::123456789012:role/a"b',
    "",
  ];
  for (const arn of wrong) assert.throws(() => principalOf(arn), SetupError, arn);
});

test("a session stands for its role", () => {
  assert.equal(principalOf("arn:aws:sts::123456789012:assumed-role/watcher/i-0abc"), principalArn);
  assert.equal(principalOf("arn:aws-cn:iam::123456789012:user/a/b"), "arn:aws-cn:iam::123456789012:user/a/b");
});

test("an external ID has 160 bits of chance and only characters that STS takes", () => {
  const sizes: number[] = [];
  const one = newExternalId((sizeBytes) => {
    sizes.push(sizeBytes);
    return new Uint8Array(sizeBytes).fill(255);
  });
  assert.deepEqual(sizes, [20]);
  assert.match(one, /^trailwarden-[\w-]{27}$/);
  assert.notEqual(
    one,
    newExternalId((sizeBytes) => new Uint8Array(sizeBytes)),
  );
  assert.doesNotThrow(() => trustFor({ principalArn, externalId: one }));
});

test("an external ID that STS would refuse is refused", () => {
  for (const externalId of ["", "x", "two words", 'a"b', "é".repeat(3), "x".repeat(1225)]) {
    assert.throws(() => trustFor({ principalArn, externalId }), SetupError, externalId);
  }
});
