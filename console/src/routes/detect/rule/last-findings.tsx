import { Link } from "@tanstack/react-router";
import type { Finding } from "../../../detect-api.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { DataTable, type Columns } from "../../collect/data-table.tsx";
import { Moment } from "../../collect/moment.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import { addFilter } from "../../search/query-text.ts";
import shared from "../../setup/setup.module.css";
import { useRuleFindings } from "../use-detect.ts";
import classes from "./rule.module.css";

const shownMax = 10;
const aroundMs = 60_000;

/** What the rule found last, and what became of it. */
export function LastFindings({ rule }: { readonly rule: string }) {
  const findings = useRuleFindings(rule, shownMax);
  return (
    <section className={shared["card"]} aria-label="Last findings">
      <h2>Last findings</h2>
      <div className={classes["inside"]}>
        {findings.data === undefined ? (
          findings.isError ? (
            <ProblemNote error={findings.error} onRetry={() => void findings.refetch()} />
          ) : null
        ) : findings.data.length === 0 ? (
          <p className={shared["soft"]}>It has found nothing yet.</p>
        ) : (
          <DataTable label="Last findings" rows={findings.data} keyOf={({ id }) => id} columns={columns} />
        )}
      </div>
    </section>
  );
}

const columns: Columns<Finding> = [
  { name: "Last hit", cell: ({ to }) => <Moment at={to} /> },
  { name: "Who", cell: ({ actorName }) => <VisibleText text={actorName} /> },
  { name: "Account", cell: ({ accountId }) => <VisibleText text={accountId} /> },
  { name: "Hits", isNumber: true, cell: ({ hits }) => hits.toLocaleString("en-US") },
  { name: "What became of it", cell: (finding) => <Became finding={finding} /> },
];

function Became({ finding }: { readonly finding: Finding }) {
  const tz = useTz();
  const { incident, isStaged, from, to, eventName, accountId } = finding;
  if (incident !== null) {
    return (
      <Link to="/incidents/$incident" params={{ incident }} search={tz}>
        Its incident
      </Link>
    );
  }
  const byAccount = accountId === "" ? "" : addFilter("", "account", accountId, "in");
  return (
    <>
      {isStaged ? "Counted while staged" : "Kept"} ·{" "}
      <Link
        to="/"
        search={{
          ...tz,
          query: eventName === "" ? byAccount : addFilter(byAccount, "eventName", eventName, "in"),
          from: new Date(Date.parse(from) - aroundMs).toISOString(),
          to: new Date(Date.parse(to) + aroundMs).toISOString(),
        }}
      >
        events
      </Link>
    </>
  );
}
