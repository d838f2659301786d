import assert from "node:assert/strict";
import { test } from "node:test";

import { AwsError } from "../aws/index.ts";
import { recorderOutlets, type RecorderSurroundings } from "./recorder-outlets.ts";

const trail = {
  arn: "arn:aws:cloudtrail:eu-central-1:111122223333:trail/company",
  ownerId: "111122223333",
  region: "eu-central-1",
};
const group = {
  logGroupArn: "arn:aws:logs:eu-central-1:111122223333:log-group:/company/trail:*",
  roleArn: "arn:aws:iam::111122223333:role/trail-to-log-group",
  stream: "111122223333_CloudTrail_eu-central-1",
};

/** A log group that has no stream at first, and what making one is refused with, if it is. */
function logGroup({ refusal }: { readonly refusal?: string }) {
  const calls: string[] = [];
  const inside: RecorderSurroundings["inside"] = {
    callAs: async (_as, _service, operation) => {
      calls.push(operation);
      if (operation === "PutLogEvents" && calls.length === 1)
        throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
      if (operation === "CreateLogStream" && refusal !== undefined) throw new AwsError(refusal, "");
      return {};
    },
  };
  const outlets = recorderOutlets({ inside } as RecorderSurroundings);
  return { calls, put: () => outlets.putLogEvents(trail, group, [{ at: 1, text: "{}" }]) };
}

for (const { name, refusal } of [
  { name: "a log stream is made by the first delivery to it" },
  {
    name: "a log stream that another region's delivery made meanwhile will do",
    refusal: "ResourceAlreadyExistsException",
  },
]) {
  test(name, async () => {
    const { calls, put } = logGroup(refusal === undefined ? {} : { refusal });
    await put();
    assert.deepEqual(calls, ["PutLogEvents", "CreateLogStream", "PutLogEvents"]);
  });
}

test("a log stream that may not be made is the delivery's error", async () => {
  const { calls, put } = logGroup({ refusal: "AccessDeniedException" });
  await assert.rejects(put(), { code: "AccessDeniedException" });
  assert.deepEqual(calls, ["PutLogEvents", "CreateLogStream"]);
});
