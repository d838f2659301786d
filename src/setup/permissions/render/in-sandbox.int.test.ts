import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { awsShellAt, missingAwsCli } from "../../../../test/fixtures/aws-cli.ts";
import { makeTemporaryFolder } from "../../../../test/fixtures/temporary-folder.ts";
import { missingTerraform, openTerraform } from "../../../../test/sandbox/terraform.fixture.ts";
import { AwsCallError, clientFor, type Credentials } from "../../../aws/index.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../../sandbox/sandbox.fixture.ts";
import { assume, makeWatcher } from "../made-role.fixture.ts";
import { exampleRequest } from "../made-up-settings.fixture.ts";
import { type RoleModel, rolesOf } from "../role-model.ts";
import { roleForms } from "./role-forms.ts";

const skipCli = await missingAwsCli();
const skipTerraform = await missingTerraform();
const externalId = exampleRequest.deployment.externalId;

let open: TestSandbox;
let watcher: { readonly arn: string; readonly credentials: Credentials };
before(async () => {
  open = await openSandbox();
  watcher = await makeWatcher(open);
});
after(() => open[Symbol.asyncDispose]());

function modelNamed(roleName: string, features?: ["collect"]): RoleModel {
  const deployment = { ...exampleRequest.deployment, roleArn: `arn:aws:iam::${sandboxAccount}:role/${roleName}` };
  const request = { ...exampleRequest, deployment, principalArn: watcher.arn };
  const [role] = rolesOf(features === undefined ? request : { ...request, features });
  assert.ok(role);
  return role.model;
}

/** The role as IAM has it, in the model's words. */
async function roleInIam(RoleName: string): Promise<object> {
  const iam = await open.client("iam");
  const [{ Role }, { PolicyNames = [] }] = await Promise.all([
    iam.call("GetRole", { RoleName }),
    iam.call("ListRolePolicies", { RoleName }),
  ]);
  const policies = [];
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument = "" } = await iam.call("GetRolePolicy", { RoleName, PolicyName });
    policies.push({ name: PolicyName, document: JSON.parse(decodeURIComponent(PolicyDocument)) as unknown });
  }
  return {
    roleName: Role?.RoleName,
    description: Role?.Description,
    maxSessionSeconds: Role?.MaxSessionDuration,
    trust: JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")) as unknown,
    policies,
    tags: Object.fromEntries((Role?.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
  };
}

async function runScript(model: RoleModel) {
  using folder = makeTemporaryFolder();
  const path = join(folder.path, roleForms.cli.fileName);
  writeFileSync(path, roleForms.cli.render(model));
  const { sandbox } = open;
  const shell = awsShellAt({ url: sandbox.url, region: sandboxRegion, ...sandbox.administrator(sandboxAccount) });
  return await shell(path);
}

async function assertIsTakenOnOnlyWithId(roleArn: string): Promise<void> {
  const { credentials } = watcher;
  const taken = await assume(open, { roleArn, externalId, credentials });
  await using sts = await clientFor("sts", {
    region: sandboxRegion,
    endpoint: open.sandbox.url,
    credentials: taken,
  });
  assert.equal((await sts.call("GetCallerIdentity", {})).Account, sandboxAccount);
  const isRefused = (error: unknown) => error instanceof AwsCallError && error.code === "AccessDenied";
  await assert.rejects(assume(open, { roleArn, credentials }), isRefused);
  await assert.rejects(assume(open, { roleArn, externalId: `${externalId}x`, credentials }), isRefused);
}

test(
  "the script makes the role, brings another of its name up to date, and does no harm twice",
  { skip: skipCli },
  async () => {
    const small = modelNamed("by-script", ["collect"]);
    const first = await runScript(small);
    assert.equal(first.code, 0, first.stderr);
    assert.equal(first.stdout.trim(), `arn:aws:iam::${sandboxAccount}:role/by-script`);
    assert.deepEqual(await roleInIam("by-script"), JSON.parse(JSON.stringify(small)));

    const model = modelNamed("by-script");
    for (const round of ["changed", "again"]) {
      const { code, stderr } = await runScript(model);
      assert.equal(code, 0, `${round}: ${stderr}`);
      assert.deepEqual(await roleInIam("by-script"), JSON.parse(JSON.stringify(model)));
    }
    await assertIsTakenOnOnlyWithId(first.stdout.trim());
  },
);

test("the script says what stands in the way and makes nothing", { skip: skipCli }, async () => {
  const iam = await open.client("iam");
  const Statement = [{ Effect: "Deny", Action: "iam:GetRole", Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.call("PutUserPolicy", { UserName: "admin", PolicyName: "blind", PolicyDocument });
  try {
    const { code, stderr } = await runScript(modelNamed("not-made"));
    assert.equal(code, 1);
    assert.match(stderr, /AccessDenied/);
  } finally {
    await iam.call("DeleteUserPolicy", { UserName: "admin", PolicyName: "blind" });
  }
  await assert.rejects(iam.call("GetRole", { RoleName: "not-made" }), /not-made/);
});

for (const form of ["terraform", "terraform-json"] as const) {
  test(
    `Terraform makes the role of the form ${form}, and finds nothing to change`,
    { skip: skipTerraform },
    async () => {
      const model = modelNamed(`by-${form}`);
      using folder = makeTemporaryFolder();
      const { fileName, render } = roleForms[form];
      const at = { folder: folder.path, accountId: sandboxAccount, region: sandboxRegion };
      using terraform = await openTerraform(open.sandbox, { stack: { [fileName]: render(model) }, ...at });
      const applied = await terraform.apply();
      assert.equal(applied.code, 0, applied.text.slice(-4_000));
      assert.deepEqual(await roleInIam(`by-${form}`), JSON.parse(JSON.stringify(model)));
      const second = await terraform.plan();
      assert.equal(second.code, 0, second.text.slice(-4_000));
      await assertIsTakenOnOnlyWithId(`arn:aws:iam::${sandboxAccount}:role/by-${form}`);
    },
  );
}

test("nothing went wrong within the sandbox", () => {
  assert.deepEqual(open.troubles, []);
});
