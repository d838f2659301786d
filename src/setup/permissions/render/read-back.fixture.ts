import { readHcl } from "./read-hcl.fixture.ts";
import type { RoleModel } from "../role-model.ts";

/** What is in a rendering, as the model says it; parameters and variables have their defaults in. */
export type ReadBack = Pick<RoleModel, "roleName" | "description" | "maxSessionSeconds"> & {
  readonly trust: unknown;
  readonly policies: readonly { readonly name: string; readonly document: unknown }[];
  readonly tags: Readonly<Record<string, string>>;
};

/** What a rendering has to say. */
export function expected({ trust, policies, ...model }: RoleModel): ReadBack {
  return JSON.parse(JSON.stringify({ ...model, trust, policies })) as ReadBack;
}

interface IamRole {
  readonly RoleName: string;
  readonly Description: string;
  readonly MaxSessionDuration: number;
  readonly AssumeRolePolicyDocument: unknown;
  readonly Policies: readonly { readonly PolicyName: string; readonly PolicyDocument: unknown }[];
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

export function readJson(text: string): ReadBack {
  return ofIam(JSON.parse(text) as IamRole);
}

/** From a template that a reader of YAML has read, with `{ Ref: … }` for `!Ref …` and so on. */
export function readTemplate(template: unknown): ReadBack {
  const { Parameters, Resources } = template as {
    readonly Parameters: Readonly<Record<string, { readonly Default: string }>>;
    readonly Resources: { readonly TrailwardenRole: { readonly Type: string; readonly Properties: unknown } };
  };
  if (Resources.TrailwardenRole.Type !== "AWS::IAM::Role") throw new TypeError("No role");
  const filled = JSON.parse(JSON.stringify(Resources.TrailwardenRole.Properties), (_, value: unknown) => {
    const name = (value as { readonly Ref?: unknown } | null)?.Ref;
    return typeof name === "string" ? Parameters[name]?.Default : value;
  }) as IamRole;
  return ofIam(filled);
}

function ofIam(role: IamRole): ReadBack {
  return {
    roleName: role.RoleName,
    description: role.Description,
    maxSessionSeconds: role.MaxSessionDuration,
    trust: role.AssumeRolePolicyDocument,
    policies: role.Policies.map(({ PolicyName, PolicyDocument }) => ({ name: PolicyName, document: PolicyDocument })),
    tags: Object.fromEntries(role.Tags.map(({ Key, Value }) => [Key, Value])),
  };
}

interface TerraformFile {
  readonly variable: Readonly<Record<string, { readonly default: string }>>;
  readonly resource: {
    readonly aws_iam_role: { readonly trailwarden: Readonly<Record<string, unknown>> };
    readonly aws_iam_role_policy: Readonly<Record<string, { readonly name: string; readonly policy: string }>>;
  };
}

/** From Terraform's JSON. */
export function readTerraformJson(text: string): ReadBack {
  const { variable, resource } = JSON.parse(text) as TerraformFile;
  const fill = (value: string) =>
    value
      .replaceAll(/(?<!\$)\$\{var\.(\w+)\}/g, (_, name: string) => variable[name]?.default ?? "")
      .replaceAll(/([$%])\1(?=\{)/g, "$1");
  const role = resource.aws_iam_role.trailwarden;
  return {
    roleName: fill(String(role["name"])),
    description: fill(String(role["description"])),
    maxSessionSeconds: Number(role["max_session_duration"]),
    trust: JSON.parse(fill(String(role["assume_role_policy"]))),
    policies: Object.values(resource.aws_iam_role_policy).map(({ name, policy }) => ({
      name,
      document: JSON.parse(fill(policy)),
    })),
    tags: role["tags"] as Readonly<Record<string, string>>,
  };
}

/** From Terraform's own language. */
export function readTerraform(text: string): ReadBack {
  const blocks = readHcl(text);
  const find = (type: string) => {
    const found = [...blocks.entries()].find(([head]) => head.startsWith(type));
    if (found === undefined) throw new TypeError(`No ${type}`);
    return found[1];
  };
  const role = find('resource "aws_iam_role" ');
  const policy = find('resource "aws_iam_role_policy" ');
  return {
    roleName: String(role["name"]),
    description: String(role["description"]),
    maxSessionSeconds: Number(role["max_session_duration"]),
    trust: role["assume_role_policy"],
    policies: [{ name: String(policy["name"]), document: policy["policy"] }],
    tags: role["tags"] as Readonly<Record<string, string>>,
  };
}

/** From the script: what its here-documents and options say. */
export function readScript(text: string): ReadBack {
  const documents = new Map(
    [...text.matchAll(/^(\w+)=\$\(cat <<'JSON'\n(.*?)\nJSON\n\)$/gms)].map(([, name = "", body = ""]) => [
      name,
      JSON.parse(body) as unknown,
    ]),
  );
  const option = (name: string) => {
    const [, value = ""] = new RegExp(`^ +--${name} (.*?)(?: \\\\)?$`, "m").exec(text) ?? [];
    return value.replace(/^'(.*)'$/s, "$1").replaceAll(`'\\''`, "'");
  };
  return {
    roleName: option("role-name"),
    description: option("description"),
    maxSessionSeconds: Number(option("max-session-duration")),
    trust: documents.get("trust"),
    policies: [{ name: option("policy-name"), document: documents.get("policy0") }],
    tags: Object.fromEntries(
      [...option("tags").matchAll(/Key=(\S+),Value=(\S+)/g)].map(([, key, value]) => [key, value]),
    ),
  };
}
