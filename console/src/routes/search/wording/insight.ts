import { named } from "./pieces.ts";
import type { Piece } from "./pieces.ts";
import { isObject, lastSegment, textAt, valueAt } from "./record.ts";
import { serviceTitle } from "./services.ts";

/** Who stands first in an Insights event's list of those it blames. */
function mostlyBy(record: unknown): string {
  const attributions = valueAt(record, "insightDetails.insightContext.attributions");
  if (!Array.isArray(attributions)) return "";
  const byCaller: unknown = attributions.find((each: unknown) => textAt(each, "attribute") === "userIdentityArn");
  const callers = valueAt(byCaller, "insight");
  const first: unknown = Array.isArray(callers) ? callers[0] : undefined;
  return lastSegment(textAt(first, "value"));
}

/**
 * What CloudTrail Insights noticed; averages are calls a minute
 * (docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-insights-fields-insight-details.html).
 */
export function insightSentence(record: unknown): readonly Piece[] | undefined {
  if (!isObject(valueAt(record, "insightDetails"))) return undefined;
  const at = (path: string) => textAt(record, `insightDetails.${path}`);
  const average = (when: string) => at(`insightContext.statistics.${when}.average`);
  const error = at("errorCode");
  const edge = at("state") === "Start" ? "the start of " : at("state") === "End" ? "the end of " : "";
  const what: readonly Piece[] = error === "" ? ["calls of "] : [{ value: error }, " errors from "];
  return [
    `CloudTrail Insights saw ${edge}an unusual rate of `,
    ...what,
    { value: at("eventName") },
    ` (${serviceTitle(at("eventSource"))})`,
    ...named(": ", average("insight"), " a minute"),
    ...named(" instead of ", average("baseline")),
    ...named(", most of them by ", mostlyBy(record), ","),
  ];
}
