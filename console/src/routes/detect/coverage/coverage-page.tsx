import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Coverage, CoverageTechnique } from "../../../detect-api.ts";
import controls from "../../../parts/controls.module.css";
import { Delayed } from "../../../parts/delayed.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import table from "../../collect/table.module.css";
import { useTz } from "../../../parts/titled-page.tsx";
import { DetectFrame } from "../detect-frame.tsx";
import { useCoverage } from "../use-detect.ts";
import classes from "./coverage.module.css";
import { countCoverage, standingOf } from "./standing-of.ts";

/** ATT&CK's tactics and techniques, with the rules that see them. */
export function CoveragePage() {
  const coverage = useCoverage();
  return (
    <DetectFrame
      title="Coverage"
      lead="MITRE ATT&CK’s techniques in the cloud, by tactic, with how many rules that are on see each. Seeing one way of doing it is not seeing all of them."
    >
      {coverage.data === undefined ? (
        coverage.isError ? (
          <ProblemNote error={coverage.error} onRetry={() => void coverage.refetch()} />
        ) : (
          <Delayed>
            <p className={table["soft"]}>Asking what is covered…</p>
          </Delayed>
        )
      ) : (
        <Grid coverage={coverage.data} />
      )}
    </DetectFrame>
  );
}

function Grid({ coverage }: { readonly coverage: Coverage }) {
  const [isGapsOnly, setGapsOnly] = useState(false);
  const { seen, blind, open } = countCoverage(coverage);
  return (
    <>
      <div className={classes["legend"]}>
        <p>
          <strong>{countOf(seen, "technique")}</strong> seen by rules that can fire,{" "}
          <span className={classes["blindWords"]}>
            <Icon name="absent" size={12} /> {blind} only by rules that cannot fire
          </span>
          , <span className={classes["openWords"]}>{open} by none</span>.
        </p>
        <button
          type="button"
          className={controls["button"]}
          aria-pressed={isGapsOnly}
          onClick={() => {
            setGapsOnly(!isGapsOnly);
          }}
        >
          {isGapsOnly ? "Show all" : "Only what is not seen"}
        </button>
      </div>
      <div className={classes["grid"]} role="group" aria-label="Coverage of ATT&CK">
        {coverage.tactics.map(({ id, name, techniques }) => {
          const shown = isGapsOnly ? techniques.filter((each) => standingOf(each) !== "seen") : techniques;
          return (
            <section key={id} aria-label={name} className={classes["tactic"]}>
              <h2>{name}</h2>
              <p className={classes["share"]}>
                {techniques.filter((each) => standingOf(each) === "seen").length} of {techniques.length}
              </p>
              {shown.length === 0 ? <p className={classes["share"]}>Nothing is missing.</p> : null}
              <ul>
                {shown.map((technique) => (
                  <Cell key={technique.id} technique={technique} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </>
  );
}

function Cell({ technique }: { readonly technique: CoverageTechnique }) {
  const tz = useTz();
  const { id, name, rules, blind } = technique;
  const standing = standingOf(technique);
  const inside = (
    <>
      <span className={classes["name"]}>
        <VisibleText text={name === "" ? id : name} />
        <small>
          <VisibleText text={id} />
        </small>
      </span>
      <span className={classes["count"]}>
        {standing === "blind" ? (
          <>
            <Icon name="absent" size={12} /> blind
          </>
        ) : standing === "seen" ? (
          <>
            {rules.length}
            {blind.length > 0 ? <small>+{blind.length} blind</small> : null}
          </>
        ) : (
          "–"
        )}
      </span>
    </>
  );
  const said =
    standing === "open"
      ? `${name}: no rule`
      : `${name}: ${countOf(rules.length, "rule")}${blind.length > 0 ? `, and ${blind.length} that cannot fire` : ""}`;
  return (
    <li data-standing={standing} data-many={rules.length > 2}>
      {standing === "open" ? (
        <span className={classes["cell"]} title={said}>
          {inside}
        </span>
      ) : (
        <Link
          to="/detect"
          search={{ ...tz, text: id, ...(standing === "blind" ? { only: "blind" as const } : {}) }}
          className={classes["cell"]}
          title={said}
        >
          {inside}
        </Link>
      )}
    </li>
  );
}
