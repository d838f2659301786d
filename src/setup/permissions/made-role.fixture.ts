import { clientFor, type Credentials, roleCredentials } from "../../aws/index.ts";
import { sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import type { SetupAws } from "../setup-aws.ts";
import type { RolePolicyDocument } from "./policy-for.ts";
import type { RoleModel } from "./role-model.ts";

/** The account that Trailwarden runs in, in these tests. */
export const watcherAccount = "123456789012";

/** Who takes roles on: a user of the watcher's account that may do nothing else. */
export async function makeWatcher(
  open: TestSandbox,
): Promise<{ readonly arn: string; readonly credentials: Credentials }> {
  const iam = await open.client("iam", { accountId: watcherAccount });
  const { User } = await iam.call("CreateUser", { UserName: "watcher" });
  const Statement = [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.call("PutUserPolicy", { UserName: "watcher", PolicyName: "take-roles-on", PolicyDocument });
  const { AccessKey } = await iam.call("CreateAccessKey", { UserName: "watcher" });
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  return { arn: User?.Arn ?? "", credentials: { accessKeyId, secretAccessKey } };
}

/** The role as the model says it; gives its ARN. */
export async function makeRole(open: TestSandbox, accountId: string, model: RoleModel): Promise<string> {
  const iam = await open.client("iam", { accountId });
  const { Role } = await iam.call("CreateRole", {
    RoleName: model.roleName,
    Description: model.description,
    MaxSessionDuration: model.maxSessionSeconds,
    AssumeRolePolicyDocument: JSON.stringify(model.trust),
  });
  for (const { name, document } of model.policies) await setRolePolicy(open, accountId, model.roleName, name, document);
  return Role?.Arn ?? "";
}

export async function setRolePolicy(
  open: TestSandbox,
  accountId: string,
  RoleName: string,
  PolicyName: string,
  document: RolePolicyDocument,
): Promise<void> {
  const iam = await open.client("iam", { accountId });
  await iam.call("PutRolePolicy", { RoleName, PolicyName, PolicyDocument: JSON.stringify(document) });
}

/** Takes the role on; rejects when it is refused. */
export function assume(
  open: TestSandbox,
  role: { readonly roleArn: string; readonly externalId?: string; readonly credentials: Credentials },
): Promise<Credentials> {
  const at = { region: sandboxRegion, endpoint: open.sandbox.url };
  return roleCredentials({ ...role, ...at, sessionName: "trailwarden", now: () => Date.now() })();
}

/** Set-up in the hands of roles, by account. */
export function awsAs(open: TestSandbox, credentials: Readonly<Record<string, Credentials>>): SetupAws {
  return {
    client(service, { accountId, region }) {
      const given = credentials[accountId];
      if (given === undefined) throw new TypeError(`No role in ${accountId}`);
      return clientFor(service, { endpoint: open.sandbox.url, region, credentials: given, maxAttempts: 1 });
    },
  };
}
