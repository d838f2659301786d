import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runTool } from "../../../../test/fixtures/run-tool.ts";
import { makeTemporaryFolder } from "../../../../test/fixtures/temporary-folder.ts";
import { featuresOf, permissionsOf } from "../features.ts";
import { exampleRequest } from "../made-up-settings.fixture.ts";
import { policyFor } from "../policy-for.ts";
import { type RoleModel, roleModel, rolesOf } from "../role-model.ts";
import { scopeOfEachAccount } from "../scope.ts";
import { quickCreateLink, renderCloudFormation } from "./cloudformation.ts";
import { roleForms } from "./role-forms.ts";
import { expected, readJson, readScript, readTemplate, readTerraform, readTerraformJson } from "./read-back.fixture.ts";
import { renderStackSet } from "./stack-set.ts";

const tool = { environment: { CHECKPOINT_DISABLE: "1" }, timeoutMilliseconds: 60_000 };

const [role] = rolesOf(exampleRequest);
assert.ok(role);
const model: RoleModel = role.model;

/** With everything in it that a form could take for its own. */
const awkward: RoleModel = {
  ...model,
  roleName: "trail=warden,role@x",
  description: `It's "awkward": \${var.x} %{if} $(id) \`id\` # - * &a`,
};

/** Reads YAML as CloudFormation does, short forms as objects. */
const pythonReader = `
import json, sys, yaml
def tagged(loader, suffix, node):
    name = suffix if suffix == "Ref" else "Fn::" + suffix
    return {name: loader.construct_scalar(node)}
yaml.SafeLoader.add_multi_constructor("!", tagged)
print(json.dumps(yaml.safe_load(open(sys.argv[1]))))
`;

async function readYaml(text: string): Promise<unknown> {
  using folder = makeTemporaryFolder();
  const path = join(folder.path, "template.yaml");
  writeFileSync(path, text);
  const { code, stdout, stderr } = await runTool("python3", ["-c", pythonReader, path], tool);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

const { code: yamlCode } = await runTool("python3", ["-c", "import yaml"], tool);
const { code: terraformCode } = await runTool("terraform", ["version"], tool);
const { code: bashCode } = await runTool("bash", ["--version"], tool);
const skipYaml = yamlCode === 0 ? false : "Python has no reader of YAML here";
const skipTerraform = terraformCode === 0 ? false : "Terraform is not installed";
const skipBash = bashCode === 0 ? false : "There is no bash";

for (const [name, one] of Object.entries({ usual: model, awkward })) {
  test(`JSON, Terraform's two forms and the script say what the model says: ${name}`, () => {
    assert.deepEqual(readJson(roleForms.json.render(one)), expected(one));
    assert.deepEqual(readTerraformJson(roleForms["terraform-json"].render(one)), expected(one));
    assert.deepEqual(readTerraform(roleForms.terraform.render(one)), expected(one));
    assert.deepEqual(readScript(roleForms.cli.render(one)), expected(one));
  });

  test(`the template says what the model says: ${name}`, { skip: skipYaml }, async () => {
    const template = await readYaml(roleForms.cloudformation.render(one));
    assert.deepEqual(readTemplate(template), expected(one));
    const { Outputs } = template as { readonly Outputs: object };
    assert.deepEqual(Outputs, {
      RoleArn: { Description: "Give this to Trailwarden", Value: { "Fn::GetAtt": "TrailwardenRole.Arn" } },
    });
  });

  test(`Terraform finds its form as it would write it: ${name}`, { skip: skipTerraform }, async () => {
    using folder = makeTemporaryFolder();
    const path = join(folder.path, roleForms.terraform.fileName);
    writeFileSync(path, roleForms.terraform.render(one));
    const { code, stdout, stderr } = await runTool("terraform", ["fmt", "-check", "-diff", path], tool);
    assert.equal(code, 0, stdout + stderr);
    assert.equal(readFileSync(path, "utf8"), roleForms.terraform.render(one));
  });

  test(`bash can read the script: ${name}`, { skip: skipBash }, async () => {
    const { code, stderr } = await runTool("bash", ["-n", "-c", roleForms.cli.render(one)], tool);
    assert.equal(code, 0, stderr);
  });
}

test("the template is short enough to be read, and golden", () => {
  const head = renderCloudFormation(model).split("\n").slice(0, 35).join("\n");
  assert.equal(
    head,
    `AWSTemplateFormatVersion: "2010-09-09"
Description: "Trailwarden in this account: collect, look, care, cost"
Parameters:
  RoleName:
    Type: String
    Description: "What the role is called"
    Default: trailwarden
  TrustedPrincipal:
    Type: String
    Description: "ARN of what Trailwarden runs as"
    Default: arn:aws:iam::123456789012:role/watcher
  ExternalId:
    Type: String
    Description: "Made by Trailwarden for this deployment alone"
    Default: trailwarden-example
Resources:
  TrailwardenRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Ref RoleName
      Description: "Trailwarden in this account: collect, look, care, cost"
      MaxSessionDuration: 3600
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Sid: TrailwardenWithExternalId
            Effect: Allow
            Principal:
              AWS: !Ref TrustedPrincipal
            Action: sts:AssumeRole
            Condition:
              StringEquals:
                sts:ExternalId: !Ref ExternalId
      Policies:
        - PolicyName: trailwarden`,
  );
});

test("a quick-create link fills everything in and carries nothing over", () => {
  const templateUrl = "https://example-bucket.s3.amazonaws.com/role.yaml?a=b&c";
  const link = quickCreateLink(awkward, { templateUrl, region: "eu-central-1" });
  const [start, query] = link.split("/stacks/quickcreate?");
  assert.equal(start, "https://console.aws.amazon.com/cloudformation/home?region=eu-central-1#");
  assert.deepEqual(Object.fromEntries(new URLSearchParams(query)), {
    templateURL: templateUrl,
    stackName: "trail-warden-role-x",
    param_RoleName: "trail=warden,role@x",
    param_TrustedPrincipal: "arn:aws:iam::123456789012:role/watcher",
    param_ExternalId: "trailwarden-example",
  });
  assert.match(quickCreateLink(model, { templateUrl, region: "cn-north-1", partition: "aws-cn" }), /amazonaws\.cn\//);
});

test("a stack set's template names no account", { skip: skipYaml }, async () => {
  const scope = scopeOfEachAccount();
  const permissions = permissionsOf({ ...exampleRequest, features: featuresOf("care") });
  const each = roleModel({
    roleName: scope.roleName,
    description: model.description,
    policy: policyFor(permissions, scope).document,
    trusted: { principalArn: exampleRequest.principalArn, externalId: exampleRequest.deployment.externalId },
  });
  const { template, commands } = renderStackSet(each, { organizationalUnitIds: ["ou-1", "ou-2"], region: "us-east-1" });
  assert.doesNotMatch(template, /111122223333/);
  const text = JSON.stringify(await readYaml(template));
  assert.ok(text.includes('{"Fn::Sub":"arn:${AWS::Partition}:sqs:*:${AWS::AccountId}:trailwarden-*"}'));
  assert.doesNotMatch(text.replaceAll(/\{"Fn::Sub":"[^"]*"\}/g, ""), /\$\{/);
  assert.equal(commands.length, 2);
  assert.match(commands[1] ?? "", /OrganizationalUnitIds=ou-1,ou-2/);
});
