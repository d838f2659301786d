import assert from "node:assert/strict";
import { test } from "node:test";
import { AwsCallError } from "../../aws/index.ts";
import { sandboxAws } from "../settings/contract.fixture.ts";
import type { SetupAws } from "../setup-aws.ts";
import { makePlan } from "./make-plan.ts";
import type { SetupPlan, SetupWish } from "./plan.ts";
import { makeBucket, openSetUpPlace, region, type SetUpPlace } from "./set-up.fixture.ts";

const accountId = "111122223333";

interface Refusal {
  readonly operation: string;
  readonly region?: string;
  readonly code: string;
  readonly message: string;
}

/** AWS, which refuses one question. */
function refusing(place: SetUpPlace, refusal: Refusal): SetupAws {
  const aws = sandboxAws(place.sandbox);
  return {
    async client(service, at) {
      const client = await aws.client(service, at);
      return {
        ...client,
        call(operation, input, options) {
          const isMeant = refusal.operation === operation && (refusal.region ?? at.region) === at.region;
          if (!isMeant) return client.call(operation, input, options);
          const { code, message } = refusal;
          return Promise.reject(
            AwsCallError.of({ service, operation: String(operation) }, { code, message, status: 400 }),
          );
        },
      };
    },
  };
}

async function planIn(place: SetUpPlace, refusal: Refusal, more: Partial<SetupWish> = {}): Promise<SetupPlan> {
  const { deployment, sandbox } = place;
  const wish: SetupWish = {
    ...{ region, createsTrail: true, allowsPaidCopy: false, forOrganization: false, keyArn: "" },
    names: deployment.names,
    ...more,
  };
  const now = () => sandbox.sandbox.clock.now();
  return (await makePlan(wish, { deployment, aws: refusing(place, refusal), now })).plan;
}

const denied = {
  code: "AccessDeniedException",
  message: "User is not authorized to perform: cloudtrail:DescribeTrails",
};
const trailsOf = (where: string): Refusal => ({ operation: "DescribeTrails", region: where, ...denied });

test("no trail is made while a region's trails may not be seen, for a second copy would be paid for", async () => {
  await using place = await openSetUpPlace();
  for (const refusal of [
    trailsOf("us-east-1"),
    trailsOf(region),
    { ...trailsOf("us-east-1"), code: "ThrottlingException", message: "Rate exceeded" },
  ]) {
    const plan = await planIn(place, refusal);
    assert.deepEqual(plan.steps, []);
    assert.equal(plan.obstacles.length, 1);
    assert.ok(plan.obstacles[0]?.sentence.includes(refusal.region ?? ""), plan.obstacles[0]?.sentence);
    assert.match(plan.obstacles[0]?.sentence ?? "", /there may be one.*paid for/);
    assert.match(plan.obstacles[0]?.help ?? "", /cloudtrail:DescribeTrails.*--paid-copy/);
  }
});

test("nor while it may not be seen which regions there are", async () => {
  await using place = await openSetUpPlace();
  const plan = await planIn(place, { operation: "DescribeRegions", code: "UnauthorizedOperation", message: "No" });
  assert.deepEqual(plan.steps, []);
  assert.match(plan.obstacles[0]?.sentence ?? "", /other regions/);
  assert.match(plan.obstacles[0]?.help ?? "", /ec2:DescribeRegions/);
});

test("whoever knows that there is none says that a copy may be paid for", async () => {
  await using place = await openSetUpPlace();
  const plan = await planIn(place, trailsOf("us-east-1"), { allowsPaidCopy: true });
  assert.deepEqual(plan.obstacles, []);
  assert.equal(plan.choice.kind, "create");
  assert.match(plan.notes.join("\n"), /us-east-1/);
});

test("in a region that the organization closes nothing is recorded twice: it is only told", async () => {
  await using place = await openSetUpPlace();
  const message = `${denied.message} with an explicit deny in a service control policy`;
  const plan = await planIn(place, { ...trailsOf("us-east-1"), message });
  assert.deepEqual(plan.obstacles, []);
  assert.equal(plan.choice.kind, "create");
  assert.match(plan.notes.join("\n"), /us-east-1.*organization/);
});

test("a trail that is seen is used all the same, and what was not seen is told", async () => {
  await using place = await openSetUpPlace();
  await makeBucket(place.sandbox, accountId, "good-logs");
  await place.makeTrail("good");
  const plan = await planIn(place, trailsOf("us-east-1"));
  assert.deepEqual([plan.choice.kind, plan.obstacles], ["use", []]);
  assert.match(plan.notes.join("\n"), /us-east-1/);
});
