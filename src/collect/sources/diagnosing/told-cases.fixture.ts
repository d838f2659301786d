import assert from "node:assert/strict";
import { test } from "node:test";
import { AwsCallError } from "../../../aws/index.ts";
import { diagnose } from "../diagnose.ts";
import type { FindingCode } from "../findings.ts";

export const queue = "the queue https://sqs.eu-central-1.amazonaws.com/111122223333/trailwarden";
export const object = "s3://logs/AWSLogs/111122223333/CloudTrail/eu-central-1/1.json.gz";
export const about = { what: queue, region: "eu-central-1" };
export const ofObject = { what: object, region: "eu-central-1" };
export const user = "arn:aws:iam::111122223333:user/reader";
export const session = "arn:aws:sts::111122223333:assumed-role/reader/trailwarden";
export const role = "arn:aws:iam::444455556666:role/trailwarden";
export const key = "arn:aws:kms:eu-central-1:444455556666:key/1111";
export const notAuthorized = (who: string, action: string, resource: string) =>
  `User: ${who} is not authorized to perform: ${action} on resource: ${resource}`;

/** As AWS says it: an error of one call. */
export function said(
  call: string,
  code: string,
  message: string,
  { status = 400, members = {} }: { readonly status?: number; readonly members?: Record<string, string> } = {},
): AwsCallError {
  const [service = "", operation = ""] = call.split(":");
  return AwsCallError.of({ service, operation }, { code, message, status, members });
}

/** As Node says what became of a connection or a file. */
export function ofNode(code: string, more: object = {}): Error {
  return Object.assign(new Error(`connect ${code}`), { code, ...more });
}

/** Something that went wrong, and how it is told. */
export interface ToldCase {
  readonly what: string;
  readonly error: unknown;
  readonly code: FindingCode;
  readonly sentence: string | RegExp;
  readonly help?: RegExp;
  readonly about?: { readonly what: string; readonly region?: string; readonly now?: number };
}

/** Registers a test for each case. */
export function testCases(cases: readonly ToldCase[]): void {
  for (const { what, error, code, sentence, help, about: of = about } of cases) {
    test(`${what} has its own sentence`, () => {
      const finding = diagnose(error, of);
      assert.equal(finding.code, code);
      assert.equal(finding.isGood, false);
      if (typeof sentence === "string") assert.equal(finding.sentence, sentence);
      else assert.match(finding.sentence, sentence);
      assert.match(finding.help ?? "", help ?? /./);
      assert.doesNotMatch(`${finding.sentence} ${finding.help}`, /undefined|\.$/);
      assert.ok((finding.cause ?? "").length > 0);
    });
  }
}
