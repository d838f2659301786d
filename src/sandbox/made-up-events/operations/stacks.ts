import { formatClock } from "../record.ts";
import { arnIn, inService, type Call, type Operation } from "./operation.ts";

const cloudFormation = inService({ prefix: "cloudformation", version: "1.11" });
const autoscaling = inService({ prefix: "autoscaling", version: "1.11" });

/** CloudFormation and Auto Scaling calls. */
export const stackOperations: readonly Operation[] = [
  cloudFormation.reads("DescribeStacks", ({ random, place }) => ({
    request: { stackName: random.pick(place.stacks) },
  })),
  cloudFormation.reads("DescribeStackEvents", ({ random, place }) => ({
    request: { stackName: random.pick(place.stacks) },
  })),
  cloudFormation.reads("GetTemplate", ({ random, place }) => ({
    request: { stackName: random.pick(place.stacks), templateStage: "Original" },
  })),
  cloudFormation.writes("CreateChangeSet", (call) => {
    const stackName = call.random.pick(call.place.stacks);
    const changeSetName = `cdk-deploy-change-set-${call.random.hex(8)}`;
    return {
      request: {
        stackName,
        changeSetName,
        changeSetType: "UPDATE",
        capabilities: ["CAPABILITY_IAM"],
        templateURL: `https://example-deploy.s3.${call.place.region}.amazonaws.com/${call.random.hex(64)}.json`,
      },
      response: {
        id: arnIn(call, "cloudformation", `changeSet/${changeSetName}/${call.random.uuid()}`),
        stackId: stackId(call, stackName),
      },
    };
  }),
  cloudFormation.writes("ExecuteChangeSet", ({ random, place }) => ({
    request: {
      stackName: random.pick(place.stacks),
      changeSetName: `cdk-deploy-change-set-${random.hex(8)}`,
      disableRollback: false,
    },
  })),
  cloudFormation.writes("UpdateStack", (call) => {
    const stackName = call.random.pick(call.place.stacks);
    return {
      request: {
        stackName,
        usePreviousTemplate: true,
        parameters: [{ parameterKey: "ImageTag", parameterValue: call.random.hex(40) }],
      },
      response: { stackId: stackId(call, stackName) },
    };
  }),
  autoscaling.writes("TerminateInstanceInAutoScalingGroup", (call) => ({
    request: {
      instanceId: call.random.pick(call.place.instances),
      shouldDecrementDesiredCapacity: false,
    },
    response: {
      activity: {
        activityId: call.random.uuid(),
        autoScalingGroupName: "workers",
        statusCode: "InProgress",
        progress: 0,
        startTime: formatClock(call.at),
      },
    },
  })),
  autoscaling.writes("SetDesiredCapacity", ({ random }) => ({
    request: {
      autoScalingGroupName: "workers",
      desiredCapacity: 2 + random.int(6),
      honorCooldown: true,
    },
  })),
];

function stackId(call: Call, stackName: string): string {
  return arnIn(call, "cloudformation", `stack/${stackName}/${call.random.uuid()}`);
}
