import type { DeploymentRequest, Depth } from "../../../setup-types.ts";

/** What stands in the form of an account that is to be put under care, as texts. */
export interface Entries {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly depth: Depth;
  readonly isAutomatic: boolean;
  readonly retentionDays: string;
  /** By a role of that account; otherwise with this machine's credentials, or the keys below. */
  readonly hasRole: boolean;
  /** Empty for the usual one. */
  readonly roleArn: string;
  readonly logAccountId: string;
  readonly logRoleArn: string;
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly trail: string;
  readonly bucket: string;
  readonly topic: string;
  readonly queue: string;
}

export type EntryName = keyof Entries;
export type EntryProblems = Readonly<Partial<Record<EntryName, string>>>;

export const emptyEntries: Entries = {
  name: "",
  accountId: "",
  region: "",
  depth: "care",
  isAutomatic: false,
  retentionDays: "",
  hasRole: true,
  roleArn: "",
  logAccountId: "",
  logRoleArn: "",
  endpoint: "",
  accessKeyId: "",
  secretAccessKey: "",
  sessionToken: "",
  trail: "",
  bucket: "",
  topic: "",
  queue: "",
};

const roleArnForm = /^arn:[a-z-]+:iam::\d{12}:role\/\S+$/;

/** Account numbers as people write them: 1111-2222-3333, 1111 2222 3333. */
export function readAccountId(text: string): string | undefined {
  const digits = text.replaceAll(/[\s\u00a0\u2010-\u2014-]/g, "");
  return /^\d{12}$/.test(digits) ? digits : undefined;
}

export type ReadForm =
  | { readonly request: DeploymentRequest; readonly problems: undefined }
  | { readonly request: undefined; readonly problems: EntryProblems };

/** The role that the texts of the next step make, where no other is named. */
export function usualRoleArn(accountId: string, region: string): string {
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return `arn:${partition}:iam::${accountId}:role/trailwarden`;
}

/** What is asked for, or what is wrong at which field. */
export function readForm(entries: Entries, taken: ReadonlySet<string>): ReadForm {
  const text = trimmed(entries);
  const problems = problemsOf(text, taken);
  const accountId = readAccountId(text.accountId);
  if (Object.keys(problems).length > 0 || accountId === undefined) return { request: undefined, problems };
  const { name, region, depth } = text;
  const roleArn = text.roleArn === "" ? usualRoleArn(accountId, region) : text.roleArn;
  const role = text.hasRole ? { roleArn } : {};
  return { request: { name, accountId, region, depth, ...role, ...othersOf(text) }, problems: undefined };
}

function trimmed(entries: Entries): Entries {
  const texts = Object.entries(entries).map(([name, value]) => [
    name,
    typeof value === "string" ? value.trim() : value,
  ]);
  return { ...entries, ...Object.fromEntries(texts) };
}

function problemsOf(text: Entries, taken: ReadonlySet<string>): EntryProblems {
  const found: Partial<Record<EntryName, string>> = {};
  if (text.name === "") found.name = "This is needed";
  else if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(text.name))
    found.name = "Small letters, digits and dashes, a letter or digit first";
  else if (text.name === "add") found.name = "A page of this console is called so";
  else if (taken.has(text.name)) found.name = "There is an account of this name under care";
  if (text.accountId === "") found.accountId = "This is needed";
  else if (readAccountId(text.accountId) === undefined) found.accountId = "An account number has twelve digits";
  if (text.region === "") found.region = "This is needed";
  else if (!/^[a-z]{2,}(?:-[a-z]+)+-\d$/.test(text.region))
    found.region = "A region as AWS writes it, such as eu-central-1";
  if (text.hasRole && text.roleArn !== "" && !roleArnForm.test(text.roleArn)) found.roleArn = "Not the ARN of a role";
  if ((text.logAccountId === "") !== (text.logRoleArn === ""))
    found[text.logAccountId === "" ? "logAccountId" : "logRoleArn"] = "Both are needed, or none";
  if (text.logAccountId !== "" && readAccountId(text.logAccountId) === undefined)
    found.logAccountId = "An account number has twelve digits";
  if (text.logRoleArn !== "" && !roleArnForm.test(text.logRoleArn)) found.logRoleArn = "Not the ARN of a role";
  if (text.retentionDays !== "" && !/^[1-9]\d{0,4}$/.test(text.retentionDays)) found.retentionDays = "A number of days";
  if (text.endpoint !== "" && !/^https?:\/\/\S+$/.test(text.endpoint))
    found.endpoint = "An address with http:// or https://";
  if ((text.accessKeyId === "") !== (text.secretAccessKey === ""))
    found[text.accessKeyId === "" ? "accessKeyId" : "secretAccessKey"] = "Both are needed, or none";
  return found;
}

/** What was left empty is left out: the server has its own defaults. */
function othersOf(text: Entries): Omit<DeploymentRequest, "name" | "accountId" | "region" | "depth" | "roleArn"> {
  const names = filled({ trail: text.trail, bucket: text.bucket, topic: text.topic, queue: text.queue });
  const { accessKeyId, secretAccessKey, sessionToken } = text;
  const secrets: Record<string, string> = filled({ accessKeyId, secretAccessKey, sessionToken });
  const logAccountId = readAccountId(text.logAccountId);
  return {
    ...filled({ endpoint: text.endpoint }),
    ...(logAccountId === undefined ? {} : { logAccount: { accountId: logAccountId, roleArn: text.logRoleArn } }),
    ...(text.isAutomatic && text.depth !== "look" ? { automatic: ["all"] } : {}),
    ...(text.retentionDays === "" ? {} : { retentionDays: Number(text.retentionDays) }),
    ...(Object.keys(names).length === 0 ? {} : { names }),
    ...(Object.keys(secrets).length === 0 ? {} : { secrets }),
  };
}

function filled<Texts extends Readonly<Record<string, string>>>(texts: Texts): Partial<Texts> {
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== "")) as Partial<Texts>;
}
