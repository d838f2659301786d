import type { PackageOutcome } from "../../../detect-api.ts";
import { countOf } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import classes from "./import.module.css";

const refusedMax = 20;

/** What an import changes, and which rules cannot be run and why. */
export function OutcomeWords({ outcome }: { readonly outcome: PackageOutcome }) {
  const { added, changed, same, gone, refused, others } = outcome;
  const words = [
    countOf(added, "new rule"),
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(same > 0 ? [`${same} as before`] : []),
    ...(gone > 0 ? [`${gone} gone`] : []),
    ...(others > 0 ? [`${others} about something else than CloudTrail, which are left out`] : []),
  ];
  return (
    <div className={classes["outcome"]} role="status">
      <p>{words.join(", ")}.</p>
      {refused.length === 0 ? null : (
        <details open={refused.length <= 3}>
          <summary>{countOf(refused.length, "rule")} cannot be run</summary>
          <ul>
            {refused.slice(0, refusedMax).map(({ path, line, reason }, index) => (
              <li key={index}>
                <VisibleText text={`${path}:${line}: ${reason}`} />
              </li>
            ))}
            {refused.length > refusedMax ? <li>and {refused.length - refusedMax} more</li> : null}
          </ul>
        </details>
      )}
    </div>
  );
}
