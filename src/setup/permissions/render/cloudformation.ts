import type { RoleModel } from "../role-model.ts";
import { writeYaml, type YamlValue } from "./yaml.ts";

/** The role as a template of CloudFormation's; who is trusted, the external ID and the role's name can be given anew. */
export function renderCloudFormation(model: RoleModel): string {
  const [statement] = model.trust.Statement;
  const externalId = statement?.Condition["StringEquals"]?.["sts:ExternalId"];
  return writeYaml({
    AWSTemplateFormatVersion: "2010-09-09",
    Description: model.description,
    Parameters: {
      RoleName: parameter("What the role is called", model.roleName),
      TrustedPrincipal: parameter("ARN of what Trailwarden runs as", statement?.Principal.AWS ?? ""),
      ExternalId: parameter("Made by Trailwarden for this deployment alone", String(externalId)),
    },
    Resources: {
      TrailwardenRole: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: { Ref: "RoleName" },
          Description: model.description,
          MaxSessionDuration: model.maxSessionSeconds,
          AssumeRolePolicyDocument: {
            Version: model.trust.Version,
            Statement: model.trust.Statement.map((each) => ({
              ...each,
              Principal: { AWS: { Ref: "TrustedPrincipal" } },
              Condition: { StringEquals: { "sts:ExternalId": { Ref: "ExternalId" } } },
            })),
          },
          Policies: model.policies.map(({ name, document }) => ({
            PolicyName: name,
            PolicyDocument: withSubstitutes(document as unknown as YamlValue),
          })),
          Tags: Object.entries(model.tags).map(([Key, Value]) => ({ Key, Value })),
        },
      },
    },
    Outputs: {
      RoleArn: { Description: "Give this to Trailwarden", Value: { "Fn::GetAtt": "TrailwardenRole.Arn" } },
    },
  });
}

function parameter(Description: string, Default: string): YamlValue {
  return { Type: "String", Description, Default };
}

/** What stands for the account that the template is made in is put in by CloudFormation. */
function withSubstitutes(value: YamlValue): YamlValue {
  if (typeof value === "string") return value.includes("${AWS::") ? { "Fn::Sub": value } : value;
  if (typeof value !== "object") return value;
  if (isList(value)) return value.map(withSubstitutes);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withSubstitutes(member)]));
}

function isList(value: object): value is readonly YamlValue[] {
  return Array.isArray(value);
}

const consoles: Readonly<Record<string, string>> = {
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/**
 * A link that opens CloudFormation's console with everything filled in; the template has to lie in a bucket of the person's
 * (CloudFormation User Guide, "Creating quick-create links").
 */
export function quickCreateLink(
  model: RoleModel,
  at: {
    readonly templateUrl: string;
    readonly region: string;
    readonly stackName?: string;
    readonly partition?: string;
  },
): string {
  const [statement] = model.trust.Statement;
  const values = {
    templateURL: at.templateUrl,
    stackName: at.stackName ?? model.roleName.replaceAll(/[^A-Za-z0-9-]/g, "-"),
    param_RoleName: model.roleName,
    param_TrustedPrincipal: statement?.Principal.AWS ?? "",
    param_ExternalId: String(statement?.Condition["StringEquals"]?.["sts:ExternalId"]),
  };
  const query = Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const host = consoles[at.partition ?? "aws"] ?? "console.aws.amazon.com";
  return `https://${host}/cloudformation/home?region=${encodeURIComponent(at.region)}#/stacks/quickcreate?${query.join("&")}`;
}
