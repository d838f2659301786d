import assert from "node:assert/strict";

import { refusal } from "../../identity/identity.fixture.ts";

/** A policy that allows something. */
export const allow = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
});

/** The trust policy of a role that instances have. */
export const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** Asserts that IAM refuses something, with that code and that message. */
export function refused(run: () => unknown, code: string, message?: RegExp | string): void {
  const [gotCode, gotMessage] = refusal(run);
  assert.equal(gotCode, code, gotMessage);
  if (typeof message === "string") assert.equal(gotMessage, message);
  else if (message !== undefined) assert.match(gotMessage, message);
}
