import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import panel from "../../../parts/panel-list.module.css";
import controls from "../../../parts/controls.module.css";
import { useCopy } from "../../../parts/copy-text.tsx";
import { Delayed } from "../../../parts/delayed.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { countOf, formatNumber } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { RangeChoice } from "../../../parts/range-choice.tsx";
import type { DayStatement } from "../../../verify-api.ts";
import { IntegrityFrame } from "../integrity-frame.tsx";
import filters from "../integrity.module.css";
import { PlaceChoice } from "../place-choice.tsx";
import { useAccountNames } from "../use-account-names.ts";
import { useStatements } from "../use-integrity.ts";
import { dayRanges, usualDayRange, type DaysState } from "./days-state.ts";
import { StatementItem } from "./statement-item.tsx";
import { statementText, statementsInOrder } from "./statement-text.ts";
import classes from "./days.module.css";

const pageSize = 100;

/** What may be said of whole days: complete and proven, or why not. */
export function DaysPage() {
  const { range = usualDayRange, account } = useSearch({ from: "/integrity/days" });
  const navigate = useNavigate({ from: "/integrity/days" });
  const statements = useStatements({ from: dayRanges[range].from, to: "", account: account ?? "" });
  const accountNames = useAccountNames();
  const change = (next: DaysState) => {
    void navigate({ search: (last) => ({ ...last, ...next }), replace: true });
  };
  return (
    <IntegrityFrame
      title="Days"
      lead="What may be said of an account’s whole day, in UTC and by delivery. “Complete” stands there only when it is proven."
    >
      <div className={filters["filters"]} style={{ margin: "0 0 12px" }}>
        <RangeChoice
          ranges={dayRanges}
          usual={usualDayRange}
          range={range}
          onPick={(next) => {
            change({ range: next });
          }}
        />
        <PlaceChoice account={account} hasRegions={false} accountNames={accountNames} onPick={change} />
      </div>
      {statements.isError && statements.data === undefined ? (
        <ProblemNote error={statements.error} onRetry={() => void statements.refetch()} />
      ) : statements.data === undefined ? (
        <Delayed>
          <p className={filters["soft"]}>Asking what may be said…</p>
        </Delayed>
      ) : statements.data.length === 0 ? (
        <p className={filters["nothing"]}>Nothing can be said: no digest was collected for these days.</p>
      ) : (
        <Statements statements={statementsInOrder(statements.data)} accountNames={accountNames} />
      )}
    </IntegrityFrame>
  );
}

interface StatementsProps {
  readonly statements: readonly DayStatement[];
  readonly accountNames: ReadonlyMap<string, string>;
}

function Statements({ statements, accountNames }: StatementsProps) {
  const copy = useCopy();
  const [shownMax, setShownMax] = useState(pageSize);
  const complete = statements.filter(({ isComplete }) => isComplete).length;
  const going = statements.filter(({ isComplete, isProblem }) => !isComplete && !isProblem).length;
  return (
    <>
      <div className={classes["head"]}>
        <p>
          {formatNumber(complete)} of {countOf(statements.length, "day")} complete and proven
          {going === 0 ? "" : `, ${going === 1 ? "one goes" : `${formatNumber(going)} go`} on`}
        </p>
        <button
          type="button"
          className={`${controls["button"]} ${controls["small"]}`}
          onClick={() => {
            copy(statements.map(statementText).join("\n"), `${countOf(statements.length, "statement")} copied`);
          }}
        >
          <Icon name="copy" /> Copy all
        </button>
      </div>
      <ul className={panel["list"]} aria-label="Statements">
        {statements.slice(0, shownMax).map((statement) => (
          <StatementItem
            key={`${statement.account}/${statement.day}`}
            statement={statement}
            accountName={accountNames.get(statement.account)}
          />
        ))}
      </ul>
      {statements.length > shownMax ? (
        <button
          type="button"
          className={controls["button"]}
          onClick={() => {
            setShownMax(shownMax + pageSize);
          }}
        >
          Show more of {formatNumber(statements.length)}
        </button>
      ) : null}
    </>
  );
}
