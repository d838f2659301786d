import assert from "node:assert/strict";
import { test } from "node:test";

import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";

import { NodeSha256 } from "./node-sha256.fixture.ts";
import { readSignature } from "./read-signature.ts";
import { emptyHash, exampleKeys } from "./requests.fixture.ts";
import { signRequest } from "./sign-request.ts";
import { verifySignature } from "./verify-signature.ts";

const at = Date.parse("2026-11-21T07:30:00Z");
const options = { credentials: exampleKeys, region: "eu-central-1", service: "s3", at };

/** What the SDK's own signer says of the same request. */
async function signedBySdk(path: string, sessionToken?: string): Promise<string | undefined> {
  const signer = new SignatureV4({
    credentials: { ...exampleKeys, ...(sessionToken === undefined ? {} : { sessionToken }) },
    region: options.region,
    service: "s3",
    sha256: NodeSha256,
    uriEscapePath: false,
  });
  const headers = { host: "logs.s3.eu-central-1.amazonaws.com", "x-amz-content-sha256": emptyHash };
  const request = { method: "GET", protocol: "https:", hostname: headers.host, path, headers };
  const signed = await signer.sign(request, { signingDate: new Date(at) });
  return signed.headers["authorization"];
}

function ours(path: string, sessionToken?: string): Record<string, string> {
  const credentials = { ...exampleKeys, ...(sessionToken === undefined ? {} : { sessionToken }) };
  const headers = { host: "logs.s3.eu-central-1.amazonaws.com" };
  return signRequest({ method: "GET", path, query: "", headers }, { ...options, credentials });
}

for (const [what, sessionToken] of [
  ["keys of a user", undefined],
  ["temporary credentials", "FwoGZXIvYXdzE+/=token"],
] as const)
  test(`a request signed with ${what} is signed as the SDK signs it`, async () => {
    const segment = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map(encodeKey);
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 4 }), async (segments) => {
        const path = `/${segments.join("/")}`;
        assert.equal(ours(path, sessionToken)["authorization"], await signedBySdk(path, sessionToken));
      }),
      { numRuns: 100, seed: 4 },
    );
  });

test("what is signed here is found valid by the side that verifies", () => {
  const request = { method: "GET", path: "/a%20b", query: "versionId=x%2By", headers: { host: "127.0.0.1:4566" } };
  const headers = signRequest(request, options);
  const signature = readSignature({ ...request, headers }, []);
  assert.ok(signature.kind === "header");
  const secret = exampleKeys.secretAccessKey;
  const verdict = verifySignature({ ...request, headers }, signature, { secret, payloadHash: emptyHash, now: at });
  assert.equal(verdict.kind, "valid");
});

function encodeKey(text: string): string {
  const wellFormed = text.toWellFormed();
  return encodeURIComponent(wellFormed).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
