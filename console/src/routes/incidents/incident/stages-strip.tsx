import { Link } from "@tanstack/react-router";
import { Icon } from "../../../parts/icon.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { IncidentDetails } from "../../../incidents-api.ts";
import { useTz } from "../../../parts/titled-page.tsx";
import { tacticKey, tacticNames } from "../incident-words.ts";
import classes from "./stages.module.css";

/** Stages that are seen so seldom in CloudTrail that they stand there only where they were. */
const rare = new Set(["reconnaissance", "resource-development", "command-and-control"]);

/** ATT&CK's stages in their order; those that the incident went through stand out by sign, weight and colour. */
export function StagesStrip({ incident }: { readonly incident: IncidentDetails }) {
  const tz = useTz();
  const { parts, tactics, techniques } = incident;
  const counts = new Map<string, number>(tactics.map((tactic) => [tacticKey(tactic), 0]));
  for (const { tags } of parts) {
    for (const key of new Set(tags.map(tacticKey))) {
      if (tacticNames[key] !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  if (counts.size === 0) return null;
  return (
    <div>
      <ol className={classes["stages"]} aria-label="Stages of the attack">
        {Object.entries(tacticNames)
          .filter(([key]) => counts.has(key) || !rare.has(key))
          .map(([key, name]) => {
            const count = counts.get(key);
            return (
              <li key={key} data-seen={count !== undefined} title={count === undefined ? `${name}: not seen` : name}>
                {count === undefined ? null : <Icon name="check" size={11} />}
                {name}
                <span className="tw-hidden">
                  {count === undefined ? ": not seen" : `: ${countOf(count, "finding")}`}
                </span>
              </li>
            );
          })}
      </ol>
      {techniques.length === 0 ? null : (
        <p className={classes["techniques"]}>
          Techniques:{" "}
          {techniques.map((technique) => (
            <Link key={technique} to="/detect" search={{ ...tz, text: technique.toUpperCase() }}>
              <VisibleText text={technique.toUpperCase()} />
            </Link>
          ))}
        </p>
      )}
    </div>
  );
}
