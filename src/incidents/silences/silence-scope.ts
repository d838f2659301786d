import type { IncidentRow, SilenceRow } from "../../state/index.ts";
import type { Silence, SilenceScope } from "../incident.ts";
import type { Part } from "../part.ts";
import { contentOf } from "../stored.ts";

/** A silence as it was written down. */
export function silenceOf({ id, until, createdAt, by, reason, content }: SilenceRow): Silence {
  const { scope } = content as { readonly scope: SilenceScope };
  return { id, until, createdAt, by, reason, scope };
}

/** Whether a finding is to be left alone. */
export function fitsPart({ rule, actor, accountId, resource }: SilenceScope, part: Part): boolean {
  const names = [part.actor, part.actorName, part.principalArn, part.root, part.rootName, part.accessKey];
  return (
    (rule === undefined || part.rule === rule) &&
    (actor === undefined || names.includes(actor)) &&
    (accountId === undefined || part.accountId === accountId) &&
    (resource === undefined ||
      part.entities.some(([kind, value]) => kind === "resource" && namesResource(value, resource)))
  );
}

/** Whether all of an incident is to be left alone. */
export function fitsIncident({ rule, actor, accountId, resource }: SilenceScope, row: IncidentRow): boolean {
  const { rules, entities } = contentOf(row);
  const actors = entities.filter(({ kind }) => kind === "actor");
  return (
    (rule === undefined || (rules.length === 1 && rules[0] === rule)) &&
    (actor === undefined ||
      (actors.length > 0 && actors.every(({ value, label }) => value === actor || label === actor))) &&
    (accountId === undefined || (row.accountIds.length === 1 && row.accountIds[0] === accountId)) &&
    (resource === undefined ||
      entities.some(({ kind, value }) => kind === "resource" && namesResource(value, resource)))
  );
}

/** By the whole ARN, or by the name at its end. */
function namesResource(value: string, asked: string): boolean {
  return value === asked || (asked.length > 1 && (value.endsWith(`/${asked}`) || value.endsWith(`:${asked}`)));
}
