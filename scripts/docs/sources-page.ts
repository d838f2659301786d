import { settingOptions } from "../../src/cli/source-settings.ts";
import { knownKinds, type KindView, type SourcePermission } from "../../src/collect/index.ts";
import { printMarkdownTable } from "./part.ts";

/** `docs/sources.md`, from the kinds of sources themselves. */
export function sourcesPage(): string {
  return [
    "# Kinds of sources\n",
    "Made from the kinds themselves (`src/collect/sources/`) by `npm run docs`. What a source is, and how one is looked",
    "after, stands in [Collecting](collect.md).\n",
    "Each setting is an option of `trailwarden source add` and `source check`; over the API and in the console it has the",
    "name in the second column. In the policies, the words in capitals stand for your own.\n",
    ...knownKinds().map(kindPart),
  ].join("\n");
}

function kindPart(kind: KindView): string {
  const { type, summary, secrets, permissions } = kind;
  const names = Object.keys(kind.settings["properties"] ?? {});
  const options = Object.entries(settingOptions({ type, settings: { ...kind.settings } }));
  const rows = options.map(([option, { value, summary: meaning }], index) => [
    `\`--${option}${value === undefined ? "" : ` ${value}`}\``,
    `\`${names[index] ?? ""}\``,
    meaning,
  ]);
  return [
    `## ${type}\n`,
    `${summary}.\n`,
    printMarkdownTable(["Option", "Setting", "Meaning"], rows),
    ...(secrets.length === 0
      ? []
      : [
          printMarkdownTable(
            ["Secret", "What it is"],
            secrets.map(({ name, description }) => [`\`${name}\``, description]),
          ),
        ]),
    ...rightsPart(permissions),
  ].join("\n");
}

function rightsPart(permissions: readonly SourcePermission[]): string[] {
  if (permissions.length === 0) return ["It does not speak to AWS.\n"];
  const rows = permissions.map(({ action, purpose, isOptional = false }) => [
    `\`${action}\``,
    `${purpose}${isOptional ? "; it can do without" : ""}`,
  ]);
  return [
    printMarkdownTable(["Right", "What for"], rows),
    "```json",
    JSON.stringify({ Version: "2012-10-17", Statement: statements(permissions) }, undefined, 2),
    "```\n",
  ];
}

function statements(permissions: readonly SourcePermission[]): object[] {
  const byResource = Map.groupBy(permissions, ({ action }) => resourceOf(action));
  return [...byResource].map(([Resource, those]) => ({
    Effect: "Allow",
    Action: those.map(({ action }) => action),
    Resource,
  }));
}

/** What an action is done to (Service Authorization Reference). */
function resourceOf(action: string): string {
  if (action.startsWith("sqs:")) return "arn:aws:sqs:REGION:ACCOUNT:QUEUE";
  if (action === "s3:GetObject") return "arn:aws:s3:::BUCKET/*";
  if (action.startsWith("s3:")) return "arn:aws:s3:::BUCKET";
  if (action.startsWith("kms:")) return "arn:aws:kms:REGION:ACCOUNT:key/KEY";
  return "*";
}
