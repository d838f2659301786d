import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { AwsCallError, loadOperations } from "../../src/aws/index.ts";
import { sandboxAccount, sandboxRegion } from "../../src/sandbox/sandbox.fixture.ts";
import { type Asked, organize, sandboxAccounts } from "./exceptions/asked.ts";
import { neverSaid, saidElsewhere } from "./exceptions/not-asked.ts";
import { otherExceptions } from "./exceptions/others.ts";
import { trailExceptions } from "./exceptions/trails.ts";
import { openSurroundings } from "./trail-surroundings.fixture.ts";

const asked = { ...trailExceptions, ...otherExceptions };

describe("CloudTrail's errors, over the socket", () => {
  let made: Asked;
  before(async () => {
    made = await openAsked();
  });
  after(() => made[Symbol.asyncDispose]());

  for (const [name, { when, source, call }] of Object.entries(asked)) {
    test(`${name} when ${when} (${source})`, async () => {
      await assert.rejects(call(made), (error) => {
        assert.ok(error instanceof AwsCallError, String(error));
        assert.deepEqual([error.code, error.status], [name, 400], error.message);
        // The SDK knows it as one of CloudTrail's own.
        assert.equal((error.cause as Error).constructor.name, name);
        return true;
      });
      assert.deepEqual(made.open.troubles, []);
    });
  }
});

test("each error that the SDK knows of CloudTrail's has its case, or a reason to have none", async () => {
  const { errors } = await loadOperations("cloudtrail");
  const told = [asked, saidElsewhere, neverSaid].flatMap((table) => Object.keys(table));
  assert.deepEqual(told.toSorted(), [...errors.keys()].toSorted());
  for (const [name, path] of Object.entries(saidElsewhere)) {
    assert.ok(readFileSync(join(import.meta.dirname, "../..", path), "utf8").includes(`"${name}"`), name);
  }
});

/** Trails, organizations, a store and a channel into it. */
async function openAsked(): Promise<Asked> {
  await using starting = new AsyncDisposableStack();
  const surroundings = starting.use(await openSurroundings({ accounts: sandboxAccounts }));
  const { open, cloudtrail } = surroundings;
  await organize(open);
  const { EventDataStoreArn: store = "" } = await cloudtrail.call("CreateEventDataStore", {
    Name: "store",
    AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["ActivityAuditLog"] }] }],
    TerminationProtectionEnabled: false,
  });
  const { ChannelArn: channel = "" } = await cloudtrail.call("CreateChannel", {
    Name: "channel",
    Source: "Custom",
    Destinations: [{ Type: "EVENT_DATA_STORE", Location: store }],
  });
  const stack = starting.move();
  return {
    ...surroundings,
    store,
    channel,
    async ask(operation, input, { accountId = sandboxAccount, region = sandboxRegion } = {}) {
      const client = await open.client("cloudtrail", { accountId, region });
      return await client.call(operation, input);
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}
