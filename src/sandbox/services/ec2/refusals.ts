import { AwsError } from "../../../aws/index.ts";

/**
 * How EC2 refuses: codes as in its API Reference, "Error codes for the Amazon EC2 API"; sentences as seen in real
 * records where there were any, otherwise in the words of that page.
 */
export function invalidValue(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}

export function missingParameter(name: string): AwsError {
  return new AwsError("MissingParameter", `The request must contain the parameter ${name}`);
}

export function invalidCombination(message: string): AwsError {
  return new AwsError("InvalidParameterCombination", message);
}

const kinds = {
  instance: { prefix: "i-", code: "InvalidInstanceID", word: "instance ID" },
  volume: { prefix: "vol-", code: "InvalidVolume", word: "volume" },
  snapshot: { prefix: "snap-", code: "InvalidSnapshot", word: "snapshot" },
  vpc: { prefix: "vpc-", code: "InvalidVpcID", word: "vpc ID" },
  subnet: { prefix: "subnet-", code: "InvalidSubnetID", word: "subnet ID" },
  "security group": { prefix: "sg-", code: "InvalidGroup", word: "security group" },
  "security group rule": { prefix: "sgr-", code: "InvalidSecurityGroupRuleId", word: "security group rule ID" },
  image: { prefix: "ami-", code: "InvalidAMIID", word: "image id" },
  "flow log": { prefix: "fl-", code: "InvalidFlowLogId", word: "flow log ID" },
} as const;

export type Kind = keyof typeof kinds;

/** The error for an id that is no such id, or leads nowhere. */
export function noSuchThing(kind: Kind, id: string): AwsError {
  const { prefix, code, word } = kinds[kind];
  const shown = id.slice(0, 80);
  if (!id.startsWith(prefix) || !/^[a-z]+-[0-9a-f]{1,17}$/.test(id)) {
    return new AwsError(
      kind === "security group" ? "InvalidGroupId.Malformed" : `${malformed[kind] ?? code}.Malformed`,
      `Invalid id: "${shown}"`,
    );
  }
  const quoted = kind === "image" ? `'[${shown}]'` : `'${shown}'`;
  return new AwsError(`${code}.NotFound`, `The ${word} ${quoted} does not exist`);
}

const malformed: Partial<Record<Kind, string>> = { volume: "InvalidVolumeID", snapshot: "InvalidSnapshotID" };
