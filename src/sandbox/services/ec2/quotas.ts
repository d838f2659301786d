import { AwsError } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { findInstanceType, type InstanceType } from "./instance-types.ts";
import { instancesOf } from "./instance-states.ts";
import { type Ec2 } from "./operation.ts";

/**
 * Virtual CPUs that a place may have running, by the kind of instance. AWS's quotas differ by account (Service Quotas,
 * "Running On-Demand … instances"); these are of the size that new accounts have.
 */
const cpusMax = { standard: 64, g: 8, p: 0 } as const;

/** Refuses more virtual CPUs than the quota of their kind allows. */
export function holdToQuota(ec2: Ec2, call: Call, type: InstanceType, count: number): void {
  const kind = kindOf(type.name);
  const running = instancesOf(ec2, call)
    .filter(({ told, instanceType }) => told.to === "running" && kindOf(instanceType) === kind)
    .reduce((sum, { instanceType }) => sum + findInstanceType(instanceType).cpus, 0);
  if (running + type.cpus * count <= cpusMax[kind]) return;
  // As EC2's "Error codes" page has it under VcpuLimitExceeded; the sentence is widely quoted, unverified here.
  const message =
    `You have requested more vCPU capacity than your current vCPU limit of ${cpusMax[kind]} allows for the instance ` +
    "bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to " +
    "request an adjustment to this limit.";
  throw new AwsError("VcpuLimitExceeded", message);
}

function kindOf(typeName: string): keyof typeof cpusMax {
  if (typeName.startsWith("p")) return "p";
  return typeName.startsWith("g") ? "g" : "standard";
}
