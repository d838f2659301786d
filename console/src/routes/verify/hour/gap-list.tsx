import { Icon } from "../../../parts/icon.tsx";
import { formatShortInstant } from "../../../parts/instants.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { EvidenceGap } from "../../../verify-api.ts";
import { useZone } from "../../../parts/titled-page.tsx";
import { ObjectName } from "../object-name.tsx";
import classes from "./hour.module.css";

/** Time that no valid digest speaks for, and the digests on both sides of it. */
export function GapList({ gaps }: { readonly gaps: readonly EvidenceGap[] }) {
  const zone = useZone();
  return (
    <>
      <h3>Gaps ({gaps.length})</h3>
      <ul className={classes["list"]} aria-label="Gaps">
        {gaps.map((gap) => (
          <li key={`${gap.kind}${gap.from}${gap.before}`} data-tone="open">
            <span className={classes["sign"]}>
              <Icon name="warning" size={15} />
            </span>
            <div>
              <p className={classes["sentence"]}>
                <VisibleText text={gap.sentence} />
              </p>
              <p className={classes["soft"]}>
                {formatShortInstant(gap.from, zone)} to {formatShortInstant(gap.to, zone)}
              </p>
              {gap.before === "" ? null : <ObjectName label="Digest before" name={gap.before} />}
              {gap.after === "" ? null : <ObjectName label="Digest after" name={gap.after} />}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
