import { Link } from "@tanstack/react-router";
import controls from "../../../parts/controls.module.css";
import { useCopy } from "../../../parts/copy-text.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { toVisible, VisibleText } from "../../../parts/visible-text.tsx";
import type { DayStatement } from "../../../verify-api.ts";
import { useTz } from "../../../parts/titled-page.tsx";
import { printHour } from "../integrity-state.ts";
import classes from "./days.module.css";
import { furtherReasons, statementText } from "./statement-text.ts";

export interface StatementItemProps {
  readonly statement: DayStatement;
  readonly accountName: string | undefined;
}

/** What may be said of one account's day, and why not more. */
export function StatementItem({ statement, accountName }: StatementItemProps) {
  const copy = useCopy();
  const tz = useTz();
  const { account, day, isComplete, isProblem, sentence, regions, logFiles, to } = statement;
  const reasons = furtherReasons(statement);
  const end = Math.ceil(Date.parse(to) / 3_600_000) * 3_600_000;
  return (
    <li className={classes["statement"]} data-complete={isComplete} data-problem={isProblem}>
      <span className={classes["sign"]}>
        <Icon name={isComplete ? "proof" : isProblem ? "unknown" : "clock"} size={16} />
        <span className="tw-hidden">{isComplete ? "Complete and proven" : isProblem ? "Not proven" : "Goes on"}</span>
      </span>
      <div className={classes["day"]}>
        <strong>{day}</strong>
        <span>
          <VisibleText text={accountName ?? account} />
        </span>
      </div>
      <div>
        <p>
          <VisibleText text={sentence} />
        </p>
        {reasons.length === 0 ? null : (
          <ul className={classes["reasons"]}>
            {reasons.map((reason) => (
              <li key={reason}>
                <VisibleText text={reason} />
              </li>
            ))}
          </ul>
        )}
        <p className={classes["soft"]}>
          {countOf(logFiles, "log file")} in {countOf(regions.length, "region")}
          {" · "}
          <Link to="/integrity" search={{ ...tz, account, range: "1d", to: printHour(end) }}>
            Hours
          </Link>
        </p>
      </div>
      <button
        type="button"
        className={`${controls["icon"]} ${classes["copy"]}`}
        aria-label={`Copy the statement of ${day} for ${toVisible(account)}`}
        title="Copy"
        onClick={() => {
          copy(statementText(statement));
        }}
      >
        <Icon name="copy" />
      </button>
    </li>
  );
}
