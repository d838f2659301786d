import { type KnownDifference } from "./known-difference.ts";

export const ec2Differences: readonly KnownDifference[] = [
  {
    case: 'ec2: DescribeInstances of {"InstanceIds":["nonsense"]} is refused',
    moto: "InvalidInstanceID.NotFound 400",
    why: "moto does not tell a broken id from one that is not there",
  },
];
