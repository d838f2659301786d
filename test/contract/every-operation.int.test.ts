import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import {
  AwsCallError,
  type AwsOperation,
  loadOperations,
  type ServiceName,
  serviceNames,
} from "../../src/aws/index.ts";
import { openSandbox, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { isAllAskedFor } from "../fixtures/when-there-is-time.ts";
import { makeThings } from "./known-things.fixture.ts";
import { fillings, type KnownThings, madeUpInput } from "./made-up-input.fixture.ts";

/**
 * Every operation that AWS's own models name is called with nothing, with what it requires, with all it knows, and with
 * what nobody should send. What comes back is an answer or a refusal, never a fault of the sandbox's. Of operations that
 * it does not have, which are all refused in one place, each twelfth of a service is asked for: all with
 * TRAILWARDEN_OPERATIONS=all.
 */
const unofferedStep = isAllAskedFor("TRAILWARDEN_OPERATIONS") ? 1 : 12;

/**
 * The SDK puts a host of its own before these, which leads to no machine here; a copy of nothing it sends as an object,
 * whose answer it cannot read.
 */
const notAsked: Readonly<Partial<Record<ServiceName, readonly string[]>>> = {
  s3: ["WriteGetObjectResponse", "UploadPartCopy"],
  logs: ["StartLiveTail", "GetLogObject"],
};

/** What a service says of an operation that it does not have ("Common errors" of each; S3, "Error responses"). */
const unknownOperation: Readonly<Record<string, string>> = {
  restXml: "NotImplemented",
  ec2Query: "InvalidAction",
  awsQuery: "InvalidAction",
  awsJson1_0: "UnknownOperationException",
  awsJson1_1: "UnknownOperationException",
  restJson1: "UnknownOperationException",
};

describe("each operation of each service", () => {
  let open: TestSandbox;
  let things: KnownThings;
  before(async () => {
    open = await openSandbox();
    things = await makeThings(open);
  });
  after(() => open[Symbol.asyncDispose]());

  for (const service of serviceNames) {
    test(`${service} answers or refuses whatever it is asked, and does not fail`, async () => {
      const model = await loadOperations(service);
      const offered: object = open.sandbox.services.get(service)?.operations ?? {};
      // With a key that may everything and that no call here can take away.
      const client = (await open.client(service)) as Asked;
      const wrong: string[] = [];
      const operations = [...model.operations.values()].toSorted((a, b) => order(a.name) - order(b.name));
      let unoffered = 0;
      for (const operation of operations) {
        if (notAsked[service]?.includes(operation.name) === true) continue;
        const isOffered = Object.hasOwn(offered, operation.name);
        if (!isOffered && unoffered++ % unofferedStep !== 0) continue;
        for (const filling of isOffered ? fillings : (["required"] as const)) {
          const faults = open.troubles.length;
          const found = await ask(client, operation.name, madeUpInput(operation, filling, things));
          const isFine = isOffered
            ? found.isAnswer || isRefusal(found, operation)
            : found.code === unknownOperation[operation.protocol];
          if (isFine && open.troubles.length === faults) continue;
          wrong.push(`${operation.name} (${filling}): ${found.status} ${found.code}: ${found.message}`);
          for (const trouble of open.troubles.slice(faults)) wrong.push(String((trouble as Error).stack ?? trouble));
        }
      }
      assert.deepEqual(wrong, []);
    });
  }
});

/** A client that may be asked anything. */
interface Asked {
  call(operation: string, input: object, options: { readonly signal: AbortSignal }): Promise<object>;
}

interface Found {
  readonly isAnswer: boolean;
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const patienceMilliseconds = 20_000;

async function ask(client: Asked, operation: string, input: object): Promise<Found> {
  try {
    await client.call(operation, input, { signal: AbortSignal.timeout(patienceMilliseconds) });
    return { isAnswer: true, status: 200, code: "", message: "" };
  } catch (error) {
    const { name, message } = error as Error;
    const status = error instanceof AwsCallError ? error.status : 999;
    return { isAnswer: false, status, code: name, message };
  }
}

/** What takes things away comes last. */
function order(operation: string): number {
  return /^(Delete|Remove|Detach|Terminate|Close|Leave|Deregister|Disable|Schedule|Stop|Un)/.test(operation) ? 1 : 0;
}

/** S3 says with a 501 what it does not do; a refusal of HEAD has no body to say anything in. */
function isRefusal({ status, code }: Found, { http }: AwsOperation): boolean {
  if (code === "NotImplemented") return true;
  if (http?.method === "HEAD") return status < 500;
  return status < 500 && !/^Internal|^ServiceFailure|^Unknown(Error)?$/.test(code);
}
