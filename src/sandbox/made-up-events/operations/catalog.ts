import { containerOperations } from "./containers.ts";
import { dataOperations } from "./data.ts";
import { ec2Operations } from "./ec2.ts";
import { governanceOperations } from "./governance.ts";
import { iamOperations } from "./iam.ts";
import { kmsOperations } from "./kms.ts";
import { lambdaOperations } from "./lambda.ts";
import { longTailOperations } from "./long-tail.ts";
import type { Operation } from "./operation.ts";
import { s3Operations } from "./s3.ts";
import { stackOperations } from "./stacks.ts";
import { stsOperations } from "./sts.ts";

/** Operations whose parameters and answers have the shape of the real ones. */
export const shapedOperations: readonly Operation[] = [
  ...s3Operations,
  ...kmsOperations,
  ...stsOperations,
  ...iamOperations,
  ...ec2Operations,
  ...lambdaOperations,
  ...containerOperations,
  ...stackOperations,
  ...dataOperations,
  ...governanceOperations,
];

const known = new Map(shapedOperations.map((operation) => [operation.id, operation]));

/** Operations of the long tail that are not shaped above. */
export const tailOperations: readonly Operation[] = longTailOperations.filter((operation) => !known.has(operation.id));

const byId = new Map([...tailOperations, ...shapedOperations].map((operation) => [operation.id, operation]));

/** Looks an operation up by service and event name (`s3:GetObject`); an unknown one is a mistake in this folder. */
export function findOperation(id: string): Operation {
  const operation = byId.get(id);
  if (operation === undefined) throw new RangeError(`There is no made-up operation ${id}`);
  return operation;
}
