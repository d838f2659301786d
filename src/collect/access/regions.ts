import { editDistance } from "../../base/edit-distance.ts";

/** Regions by partition (AWS General Reference, "AWS service endpoints"; as the SDK knew them in November 2026). */
const partitions: Readonly<Record<string, readonly string[]>> = {
  aws: [
    ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "ca-west-1", "mx-central-1"],
    ...["sa-east-1", "sa-west-1", "af-south-1", "il-central-1", "me-central-1", "me-south-1", "me-west-1"],
    ...[
      "eu-central-1",
      "eu-central-2",
      "eu-north-1",
      "eu-south-1",
      "eu-south-2",
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
    ],
    ...["ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2"],
    ...["ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6"],
    "ap-southeast-7",
  ],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-east-1", "us-gov-west-1"],
  "aws-eusc": ["eusc-de-east-1"],
};

/** Those of before 20 March 2019 (Account Management Reference Guide, "Enable or disable AWS Regions in your account"). */
const alwaysOn: ReadonlySet<string> = new Set([
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1"],
  ...["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "ap-south-1"],
  ...["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-southeast-1", "ap-southeast-2"],
]);

const partitionOf = new Map(
  Object.entries(partitions).flatMap(([partition, regions]) => regions.map((region) => [region, partition] as const)),
);

/** Nothing for a region that is not known. */
export function partitionOfRegion(region: string): string | undefined {
  return partitionOf.get(region);
}

/** Whether an account has to be opted in to the region before anything answers there. */
export function isOptInRegion(region: string): boolean {
  return partitionOf.get(region) === "aws" && !alwaysOn.has(region);
}

/** What is wrong with a region's name, as the end of a sentence; nothing when it is one. */
export function regionProblem(region: string): string | undefined {
  if (partitionOf.has(region)) return undefined;
  const near = [...partitionOf.keys()]
    .map((known) => ({ known, distance: editDistance(region, known) }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance)[0];
  if (near !== undefined) return `is no region; did you mean ${near.known}?`;
  return "is no region that this version knows: one looks like eu-central-1";
}
