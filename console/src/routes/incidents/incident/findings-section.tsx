import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { formatShortInstant } from "../../../parts/instants.ts";
import { LevelMark } from "../../../parts/level-mark.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { IncidentFinding } from "../../../incidents-api.ts";
import { useTz, useZone } from "../../../parts/titled-page.tsx";
import { Runbook } from "../../detect/runbook.tsx";
import shared from "../../setup/setup.module.css";
import classes from "./sections.module.css";

/** What was found, each with the rule that found it and what to do. */
export function FindingsSection({ findings }: { readonly findings: readonly IncidentFinding[] }) {
  return (
    <section className={shared["card"]} aria-label="Findings">
      <div className={shared["head"]}>
        <h2>Findings</h2>
        <span className={shared["soft"]}>{countOf(findings.length, "finding")}</span>
      </div>
      <ul className={classes["rows"]}>
        {findings.map((finding) => (
          <FindingRow key={finding.id} finding={finding} />
        ))}
      </ul>
    </section>
  );
}

function FindingRow({ finding }: { readonly finding: IncidentFinding }) {
  const tz = useTz();
  const zone = useZone();
  const [isOpen, setOpen] = useState(false);
  const { rule, title, level, from, to, hits, actorName } = finding;
  const [start, end] = [formatShortInstant(from, zone), formatShortInstant(to, zone)];
  return (
    <li className={classes["finding"]}>
      <LevelMark level={level} />
      <div>
        <Link to="/detect/rules/$rule" params={{ rule }} search={tz} className={classes["name"]}>
          <VisibleText text={title} />
        </Link>
        <p className={classes["soft"]}>
          {hits === 1 ? "once" : `${hits.toLocaleString("en-US")} times`}
          {actorName === "" ? null : (
            <>
              {" "}
              by <VisibleText text={actorName} />
            </>
          )}
          , {start === end ? start : `${start} to ${end}`}
        </p>
        <details
          className={shared["more"]}
          onToggle={(event) => {
            setOpen(event.currentTarget.open);
          }}
        >
          <summary>What to do</summary>
          {isOpen ? <Runbook rule={rule} /> : null}
        </details>
      </div>
    </li>
  );
}
