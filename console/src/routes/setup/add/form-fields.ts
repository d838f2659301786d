import type { Field } from "../../collect/add/schema-fields.ts";
import type { EntryName } from "./read-form.ts";

/** Fields of the form that are written as text. */
export type TextName = Exclude<EntryName, "depth" | "isAutomatic" | "hasRole">;

export interface TextField extends Field {
  readonly name: TextName;
}

function field(name: TextName, title: string, help: string, more: Partial<Field> = {}): TextField {
  const plain = {
    isRequired: false,
    kind: "text" as const,
    among: [],
    usual: undefined,
    limits: { step: "any" as const },
  };
  return { ...plain, title, help, ...more, name };
}

export const neededFields: readonly TextField[] = [
  field("name", "Name", "How you will call it: small letters, digits and dashes", { isRequired: true }),
  field("accountId", "Account number", "Twelve digits; dashes and spaces do no harm", { isRequired: true }),
  field("region", "Region", "Where what is made will lie, such as eu-central-1", { isRequired: true }),
];

export const careFields: readonly TextField[] = [
  field("retentionDays", "Log files are kept for, days", "It tells you when a rule of the bucket deletes them sooner", {
    kind: "number",
    limits: { step: 1, min: 1 },
  }),
];

export const roleField = field("roleArn", "Role", "ARN of the role; leave it empty for one that is called trailwarden");

export const logFields: readonly TextField[] = [
  field("logAccountId", "Log account", "Where bucket, topic and queue lie in another account: its number"),
  field("logRoleArn", "Role of the log account", "ARN of the role in the log account"),
];

export const nameFields: readonly TextField[] = [
  field("trail", "Name of the trail", "Where one is made; otherwise trailwarden and the account's number"),
  field("bucket", "Name of the bucket", "The same"),
  field("topic", "Name of the topic", "The same"),
  field("queue", "Name of the queue", "The same"),
];

export const elsewhereFields: readonly TextField[] = [
  field("endpoint", "Endpoint", "Where AWS is when it is not AWS, such as the sandbox"),
];

export const secretFields: readonly TextField[] = [
  field("accessKeyId", "Access key ID", "Of this account alone, instead of the machine's credentials"),
  field("secretAccessKey", "Secret access key", "Kept apart in the data folder, and never shown again"),
  field("sessionToken", "Session token", "Where the keys came with one"),
];
