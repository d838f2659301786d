import type { Credentials } from "../../aws/index.ts";
import { sandboxAccount, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";

interface Statement {
  readonly action: string | readonly string[];
  readonly resource: string;
}

/** Makes a user of an account who may do just this, and gives a key of his. */
export async function makeUser(
  place: TestSandbox,
  name: string,
  may: readonly Statement[],
  accountId = sandboxAccount,
): Promise<Credentials> {
  const iam = await place.client("iam", { accountId });
  await iam.call("CreateUser", { UserName: name });
  if (may.length > 0) {
    await iam.call("PutUserPolicy", { UserName: name, PolicyName: "own", PolicyDocument: policy(may) });
  }
  const { AccessKey } = await iam.call("CreateAccessKey", { UserName: name });
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}

/** Makes a role that a user may take on with an external ID, and gives its ARN. */
export async function makeRole(
  place: TestSandbox,
  name: string,
  { trusts, externalId, may, accountId = sandboxAccount }: RoleWish,
): Promise<string> {
  const iam = await place.client("iam", { accountId });
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS: trusts },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": externalId } },
    },
  });
  const { Role } = await iam.call("CreateRole", { RoleName: name, AssumeRolePolicyDocument });
  await iam.call("PutRolePolicy", { RoleName: name, PolicyName: "own", PolicyDocument: policy(may) });
  return Role?.Arn ?? "";
}

interface RoleWish {
  /** The user's ARN. */
  readonly trusts: string;
  readonly externalId: string;
  readonly may: readonly Statement[];
  readonly accountId?: string;
}

function policy(may: readonly Statement[]): string {
  const Statement = may.map(({ action, resource }) => ({ Effect: "Allow", Action: action, Resource: resource }));
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
