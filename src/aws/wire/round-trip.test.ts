import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { countWhenThereIsTime } from "../../../test/fixtures/when-there-is-time.ts";
import { type ServiceName } from "../models.ts";
import { loadOperations } from "../operations/load-operations.ts";
import { nameOperation } from "../operations/name-operation.ts";
import { type AwsOperation } from "../operations/operation.ts";
import { serviceNames } from "../operations/packages.ts";
import { readParameters } from "../operations/query-parameters.ts";
import { decodeRequest } from "./decode-request.ts";
import { encodeResponse } from "./encode-response.ts";
import { sdkTraffic, type SentRequest } from "./sdk-traffic.fixture.ts";
import { plain, valuesOf } from "./values.fixture.ts";

/** Where the SDK's client does more than to send what it is given. */
const withoutInput: ReadonlySet<string> = new Set([
  // Presigns a URL of its own, or opens a session.
  "ec2 CopySnapshot",
  "s3 CreateSession",
  "s3 WriteGetObjectResponse",
  "s3 ListDirectoryBuckets",
]);

/** Answers that the SDK compares with sums it makes itself. */
const withoutOutput: ReadonlySet<string> = new Set(["sqs SendMessage", "sqs SendMessageBatch", "sqs ReceiveMessage"]);

const runs = countWhenThereIsTime("TRAILWARDEN_ROUND_TRIPS", 2);

for (const name of serviceNames) {
  test(`what the SDK sends for ${name} is read as it was meant`, async () => {
    const service = await loadOperations(name);
    const traffic = await sdkTraffic(name);
    for (const operation of pick(service.operations.values(), name)) {
      if (withoutInput.has(`${name} ${operation.name}`)) continue;
      await fc.assert(
        fc.asyncProperty(valuesOf(operation, "input"), async (input) => {
          const sent = await traffic.requestOf(operation.name, { ...input, ...bodyOf(operation) });
          const parameters = parametersOf(operation, sent);
          const named = nameOperation(service, sent, parameters);
          assert.equal(named?.operation.name, operation.name);
          const read = decodeRequest(named, sent, parameters, sent.body);
          assert.deepEqual(sentAlone(operation, read, input), plain(input), operation.name);
        }),
        { numRuns: runs, seed: 1 },
      );
    }
  });
}

/** Of EC2's eight hundred every twelfth, which are enough to meet each kind of shape. */
function pick(operations: Iterable<AwsOperation>, name: ServiceName): readonly AwsOperation[] {
  return [...operations]
    .filter((_, at) => name !== "ec2" || at % 12 === 0)
    .filter(
      (operation) => !operation.output.members.some(({ shape }) => shape.kind === "structure" && shape.isEventStream),
    );
}

function bodyOf({ input }: AwsOperation): object {
  const { payload } = input.bindings;
  return payload?.shape.kind === "blob" ? { [payload.name]: Buffer.from("body") } : {};
}

function parametersOf({ protocol }: AwsOperation, { query, body }: SentRequest): ReturnType<typeof readParameters> {
  return protocol.endsWith("Query")
    ? [...readParameters(query), ...readParameters(body.toString("utf8"))]
    : readParameters(query);
}

/** What the SDK adds of its own, such as tokens and sums, is not what was given. */
function sentAlone({ input: { members } }: AwsOperation, read: object, given: object): unknown {
  const entries = Object.entries(read).filter(([name]) => (given as Record<string, unknown>)[name] !== undefined);
  assert.ok(Object.keys(read).every((name) => members.some((member) => member.name === name)));
  return plain(Object.fromEntries(entries));
}

for (const name of serviceNames) {
  test(`what is answered for ${name} is read by the SDK as it was meant`, async () => {
    const service = await loadOperations(name);
    const traffic = await sdkTraffic(name);
    for (const operation of pick(service.operations.values(), name)) {
      const key = `${name} ${operation.name}`;
      if (withoutInput.has(key) || withoutOutput.has(key)) continue;
      const [input] = fc.sample(valuesOf(operation, "input"), { numRuns: 1, seed: 1 });
      await fc.assert(
        fc.asyncProperty(valuesOf(operation, "output"), async (output) => {
          const answer = encodeResponse(operation, output, { requestId: "request-1" });
          const read = await traffic.readAnswer(operation.name, { ...input, ...bodyOf(operation) }, answer);
          assert.deepEqual(plain({ ...read, ...noBody(operation) }), plain(output), operation.name);
        }),
        { numRuns: runs, seed: 1 },
      );
    }
  });
}

/** The SDK gives a stream where there is nothing in it, too. */
function noBody({ output }: AwsOperation): object {
  const { payload } = output.bindings;
  return payload?.shape.kind === "blob" ? { [payload.name]: undefined } : {};
}
