import { z } from "zod";
import { CollectError } from "../errors.ts";
import type { SourceKind } from "../sources/source.ts";
import type { KindView } from "./collector.ts";

const namePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Throws `source-name-invalid`. */
export function checkName(name: string): void {
  if (namePattern.test(name)) return;
  throw new CollectError(`${JSON.stringify(name.slice(0, 80))} is no name for a source`, {
    code: "source-name-invalid",
    fault: "user",
    help: "Use up to 63 small letters, digits and dashes, beginning with a letter or digit",
  });
}

/** Throws `source-kind-unknown`. */
export function findKind(kinds: readonly SourceKind[], type: string): SourceKind {
  const kind = kinds.find((one) => one.type === type);
  if (kind !== undefined) return kind;
  throw new CollectError(`There is no kind of source called ${JSON.stringify(type.slice(0, 80))}`, {
    code: "source-kind-unknown",
    fault: "user",
    help: `Choose one of ${kinds.map((one) => one.type).join(", ")}`,
  });
}

/** What a person gave, cleaned. Throws `source-settings-invalid`, which names each field that is wrong. */
export function readSettings(kind: SourceKind, given: Readonly<Record<string, unknown>>): object {
  const properties = propertiesOf(kind);
  const unknown = Object.keys(given).filter((name) => !properties.has(name));
  const read = kind.settings.safeParse(given);
  const issues = [
    ...unknown.map((name) => `${name}: a source of the kind ${kind.type} has no such setting`),
    ...(read.success
      ? []
      : read.error.issues.map(({ path, message }) => `${path.join(".") || "settings"}: ${message}`)),
  ];
  if (read.success && issues.length === 0) return read.data;
  throw new CollectError(`The settings do not fit: ${issues.join("; ")}`, {
    code: "source-settings-invalid",
    fault: "user",
    help: `Mend what is named; the settings are ${[...properties].join(", ")}`,
    details: { issues },
  });
}

/** Throws `source-settings-invalid` for a secret that the kind has no use for. */
export function checkSecrets(kind: SourceKind, secrets: Readonly<Record<string, string>>): void {
  const known = new Set(kind.secrets?.map(({ name }) => name));
  const unknown = Object.keys(secrets).find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new CollectError(`A source of the kind ${kind.type} keeps no secret called ${unknown.slice(0, 80)}`, {
    code: "source-settings-invalid",
    fault: "user",
    help: known.size === 0 ? "Leave the secrets out" : `It keeps ${[...known].join(", ")}`,
  });
}

export function kindView(kind: SourceKind): KindView {
  return {
    type: kind.type,
    summary: kind.summary,
    settings: schemaOf(kind),
    secrets: kind.secrets ?? [],
    permissions: kind.permissions,
  };
}

function schemaOf(kind: SourceKind): Record<string, unknown> {
  return z.toJSONSchema(kind.settings, { io: "input", unrepresentable: "any" });
}

function propertiesOf(kind: SourceKind): ReadonlySet<string> {
  return new Set(Object.keys(schemaOf(kind)["properties"] ?? {}));
}
