import { FindingItem } from "../finding-list.tsx";
import classes from "./add.module.css";
import type { Check } from "./use-check.ts";

/** What the look at the settings finds, as it comes. */
export function CheckResult({ check }: { readonly check: Check }) {
  const { state, findings } = check;
  return (
    <section aria-label="What the check finds" aria-live="polite" aria-busy={state === "running"}>
      {findings.length === 0 ? null : (
        <ul className={classes["findings"]}>
          {findings.map((finding, index) => (
            <FindingItem key={`${String(index)} ${finding.sentence}`} finding={finding} />
          ))}
        </ul>
      )}
      {state === "running" ? <p className={classes["soft"]}>Looking…</p> : null}
      {state === "fine" ? <p className={classes["fine"]}>All is well: add it.</p> : null}
      {state === "not-well" ? (
        <p className={classes["soft"]}>
          Mend what is named and check again. You can add it anyway: it tries again by itself, and says what stands in
          the way.
        </p>
      ) : null}
    </section>
  );
}
