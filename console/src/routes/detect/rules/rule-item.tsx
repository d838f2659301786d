import { Link } from "@tanstack/react-router";
import type { Rule } from "../../../detect-api.ts";
import panel from "../../../parts/panel-list.module.css";
import { LevelMark } from "../../../parts/level-mark.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { Moment } from "../../collect/moment.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import { tacticKey, tacticNames } from "../../incidents/incident-words.ts";
import { FiringMark, RuleStatusBadge } from "../rule-badges.tsx";
import { kindWords, originWord } from "../rule-words.ts";
import classes from "./rules.module.css";
import { StatusSwitch } from "./status-switch.tsx";

/** A rule in the list: how severe, what it is about, whether it fires. */
export function RuleItem({ rule }: { readonly rule: Rule }) {
  const tz = useTz();
  const { key, title, level, kind, origin, tactics, techniques, canFire, hits, findings, lastAt, status } = rule;
  const about = tactics.map((tactic) => tacticNames[tacticKey(tactic)] ?? tactic);
  return (
    <li className={`${panel["row"]} ${classes["item"]}`} data-status={status}>
      <span className={classes["level"]}>
        <LevelMark level={level} />
      </span>
      <div className={panel["what"]}>
        <Link to="/detect/rules/$rule" params={{ rule: key }} search={tz} className={classes["title"]}>
          <VisibleText text={title} />
        </Link>
        <p className={classes["soft"]}>
          <VisibleText text={[...about, ...techniques].join(" · ")} />
          {origin === "trailwarden" ? null : (
            <>
              {about.length > 0 ? " · " : ""}
              <VisibleText text={originWord(origin)} />
            </>
          )}
          {kind === "rule" ? null : ` · ${kindWords[kind]}`}
        </p>
        {canFire.answer === "yes" || status === "off" ? null : (
          <p className={classes["soft"]}>
            <FiringMark answer={canFire.answer} /> <VisibleText text={canFire.reason} />
          </p>
        )}
      </div>
      <div className={classes["hits"]}>
        {hits === 0 ? <span className={classes["soft"]}>no hit in 30 days</span> : countOf(hits, "hit")}
        {hits === 0 ? null : (
          <span className={classes["soft"]}>
            {countOf(findings, "finding")}
            <br />
            <Moment at={lastAt} />
          </span>
        )}
      </div>
      <div className={classes["stand"]}>
        <RuleStatusBadge status={status} />
        <StatusSwitch rule={rule} isSmall />
      </div>
    </li>
  );
}
