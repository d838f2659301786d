import type { EventDetails } from "../../../api.ts";
import { formatInstant } from "../../../parts/instants.ts";
import type { Zone } from "../../../parts/instants.ts";
import { countOf, formatBytes } from "../../../parts/numbers.ts";
import { actorFilter, type FieldValue } from "../actor-filter.ts";
import { mfaOf } from "../wording/caller.ts";
import { isObject, textAt, valueAt } from "../wording/record.ts";
import { actorKinds, capitalize, outcomeOf, programOf } from "../wording/words.ts";

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** The field that `+` and `−` filter by; absent where there is nothing to search for. */
  readonly field?: string | undefined;
  /** Filters by something else than the field's own value. */
  readonly filter?: FieldValue | undefined;
  /** Something our own words add to the value. */
  readonly note?: string | undefined;
  readonly isBad?: boolean | undefined;
}

export interface FactGroup {
  readonly title: string;
  readonly facts: readonly Fact[];
}

const parametersMax = 40;

function paramFacts(record: unknown, root: string): Fact[] {
  const facts: Fact[] = [];
  function walk(value: unknown, path: string, depth: number): void {
    if (facts.length >= parametersMax) return;
    if (isObject(value) && depth < 6) {
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`, depth + 1);
      return;
    }
    if (Array.isArray(value) && value.some((element) => typeof element === "object")) {
      for (const element of value.slice(0, 5)) walk(element, path, depth + 1);
      return;
    }
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    facts.push({ label: path.slice(root.length + 1) || root, value: text, field: path });
  }
  walk(valueAt(record, root), root, 0);
  return facts.length < parametersMax
    ? facts
    : [...facts, { label: "And more", value: "…", note: "all of them stand in the JSON tab" }];
}

function whoFacts(record: unknown, { event }: EventDetails, zone: Zone): Fact[] {
  const at = (path: string) => textAt(record, `userIdentity.${path}`);
  const mfa = mfaOf(record);
  const created = at("sessionContext.attributes.creationDate");
  return [
    {
      label: "Actor",
      value: event.actor.kind === "unknown" && event.actor.name === "unknown" ? "" : event.actor.name,
      filter: actorFilter(event.actor),
      note: actorKinds[event.actor.kind].words,
    },
    { label: "Session", value: event.actor.session ?? "" },
    { label: "ARN", value: at("arn"), field: "userIdentity.arn" },
    {
      label: "Role",
      value: at("sessionContext.sessionIssuer.arn"),
      field: "userIdentity.sessionContext.sessionIssuer.arn",
    },
    { label: "Access key", value: at("accessKeyId"), field: "userIdentity.accessKeyId" },
    { label: "Principal ID", value: at("principalId"), field: "userIdentity.principalId" },
    { label: "Own account", value: at("accountId"), field: "userIdentity.accountId" },
    { label: "Invoked by", value: at("invokedBy"), field: "userIdentity.invokedBy" },
    { label: "MFA", value: mfa === "unsaid" ? "" : mfa === "yes" ? "Yes" : "No" },
    { label: "Session since", value: Number.isNaN(Date.parse(created)) ? "" : formatInstant(created, zone) },
  ];
}

function whereFacts(record: unknown, { event }: EventDetails): Fact[] {
  return [
    { label: "Source IP", value: event.sourceIp, field: "sourceIPAddress" },
    { label: "User agent", value: event.userAgent, field: "userAgent", note: programOf(event.userAgent) },
    { label: "Account", value: event.account, field: "account" },
    { label: "Region", value: event.region, field: "awsRegion" },
    { label: "VPC endpoint", value: textAt(record, "vpcEndpointId"), field: "vpcEndpointId" },
    { label: "TLS", value: textAt(record, "tlsDetails.tlsVersion"), field: "tlsDetails.tlsVersion" },
  ];
}

function whatFacts(record: unknown, { event }: EventDetails): Fact[] {
  const readOnly = event.readOnly === null ? "" : event.readOnly ? "Reads only" : "Changes something";
  return [
    { label: "Event", value: event.eventName, field: "eventName" },
    { label: "Service", value: event.eventSource, field: "eventSource" },
    { label: "Kind", value: readOnly },
    ...event.resourceArns.slice(0, 12).map((arn) => ({ label: "Resource", value: arn, field: "resource" })),
    ...paramFacts(record, "requestParameters"),
    ...paramFacts(record, "insightDetails"),
  ];
}

function resultFacts(record: unknown, { event }: EventDetails): Fact[] {
  const outcome = outcomeOf(event);
  return [
    { label: "Outcome", value: event.category === "Insight" ? "" : capitalize(outcome.text), isBad: outcome.isError },
    { label: "Error code", value: event.errorCode, field: "errorCode", isBad: true },
    { label: "Message", value: event.errorMessage, field: "errorMessage" },
    ...paramFacts(record, "responseElements"),
    ...paramFacts(record, "additionalEventData"),
    ...paramFacts(record, "serviceEventDetails"),
  ];
}

function recordedFacts(record: unknown, details: EventDetails, zone: Zone): Fact[] {
  const { event, logFile, others } = details;
  const instant = (iso: string | null) => (iso === null ? "" : formatInstant(iso, zone));
  return [
    { label: "Event ID", value: textAt(record, "eventID"), field: "eventID" },
    { label: "Request ID", value: textAt(record, "requestID"), field: "requestID" },
    { label: "Shared event ID", value: textAt(record, "sharedEventID"), field: "sharedEventID" },
    { label: "Category", value: [event.category, event.eventType].filter(Boolean).join(" · ") },
    { label: "Format", value: textAt(record, "eventVersion"), field: "eventVersion" },
    { label: "Same event ID", value: others.length === 0 ? "" : countOf(others.length, "other record") },
    { label: "Log file", value: logFile?.name ?? "" },
    { label: "Read from", value: logFile?.source ?? "" },
    { label: "SHA-256", value: logFile?.sha256 ?? "" },
    { label: "Size", value: logFile === null ? "" : formatBytes(logFile.sizeBytes) },
    { label: "Delivered", value: instant(logFile?.deliveredAt ?? null) },
    { label: "Read", value: instant(logFile?.readAt ?? null) },
  ];
}

/** Everything worth reading in one event, in the order a responder asks for it. */
export function factsOf(record: unknown, details: EventDetails, zone: Zone): readonly FactGroup[] {
  const groups: readonly FactGroup[] = [
    { title: "Who", facts: whoFacts(record, details, zone) },
    { title: "What", facts: whatFacts(record, details) },
    { title: "Where", facts: whereFacts(record, details) },
    { title: "Result", facts: resultFacts(record, details) },
    { title: "How it was recorded", facts: recordedFacts(record, details, zone) },
  ];
  return groups
    .map((group) => ({ ...group, facts: group.facts.filter((fact) => fact.value !== "") }))
    .filter((group) => group.facts.length > 0);
}
