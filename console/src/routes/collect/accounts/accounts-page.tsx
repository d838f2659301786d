import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import type { Account } from "../../../collect-api.ts";
import controls from "../../../parts/controls.module.css";
import { Delayed } from "../../../parts/delayed.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { CollectFrame } from "../collect-frame.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import { DataTable, type Columns } from "../data-table.tsx";
import { Moment } from "../moment.tsx";
import { SourceLink } from "../source-link.tsx";
import classes from "../table.module.css";
import { useAccounts } from "../use-collect.ts";

const searchedFrom = 8;
const shownMax = 500;

/** AWS accounts that log files or Organizations told of. */
export function AccountsPage() {
  const accounts = useAccounts();
  const id = useId();
  const [wanted, setWanted] = useState("");
  const all = accounts.data ?? [];
  const found = all.filter((account) => matches(account, wanted));
  return (
    <CollectFrame
      title="Accounts"
      lead={
        all.length === 0
          ? "AWS accounts that log files or Organizations told of."
          : `${countOf(all.length, "AWS account")} that log files or Organizations told of.`
      }
    >
      {accounts.data === undefined ? (
        accounts.isError ? (
          <ProblemNote error={accounts.error} onRetry={() => void accounts.refetch()} />
        ) : (
          <Delayed>
            <p className={classes["soft"]}>Asking for the accounts…</p>
          </Delayed>
        )
      ) : all.length === 0 ? (
        <p className={classes["nothing"]}>
          None yet: they appear by themselves, with the first log file of each, or with the list of the organization
          where a source may read it.
        </p>
      ) : (
        <>
          {all.length < searchedFrom ? null : (
            <div className={classes["tools"]}>
              <div>
                <label htmlFor={id}>Find by number, name or source</label>
                <input
                  id={id}
                  type="search"
                  className={controls["input"]}
                  value={wanted}
                  onChange={(event) => {
                    setWanted(event.target.value);
                  }}
                />
              </div>
              <p className={classes["soft"]} aria-live="polite">
                {wanted === "" ? "" : countOf(found.length, "account")}
              </p>
            </div>
          )}
          <DataTable
            label="Accounts"
            rows={found.slice(0, shownMax)}
            keyOf={(account) => account.id}
            columns={columns}
          />
          {found.length > shownMax ? (
            <p className={classes["soft"]}>The first {shownMax} are shown: find the others above.</p>
          ) : null}
        </>
      )}
    </CollectFrame>
  );
}

function matches({ id, name, email, source, organizationId }: Account, wanted: string): boolean {
  const text = wanted.trim().toLowerCase();
  if (text === "") return true;
  const digits = text.replaceAll(/[\s-]/g, "");
  return (
    (/^\d+$/.test(digits) && id.includes(digits)) ||
    [name, email, source, organizationId ?? ""].some((each) => each.toLowerCase().includes(text))
  );
}

const columns: Columns<Account> = [
  {
    name: "Account",
    cell: ({ id, name, email }) => (
      <>
        {name === "" ? null : <VisibleText text={name} />} <code className={classes["whole"]}>{id}</code>
        {email === "" ? null : (
          <small>
            <VisibleText text={email} />
          </small>
        )}
      </>
    ),
  },
  { name: "Status", cell: ({ status }) => <Status status={status} /> },
  {
    name: "Organization",
    cell: ({ organizationId }) =>
      organizationId === null ? "–" : <code className={classes["whole"]}>{organizationId}</code>,
  },
  { name: "Told by", cell: ({ source }) => <SourceLink name={source} /> },
  { name: "First seen", cell: ({ firstSeenAt }) => <Moment at={firstSeenAt} /> },
  { name: "Last seen", cell: ({ seenAt }) => <Moment at={seenAt} /> },
  { name: "Ledger", cell: ({ id }) => <LedgerLink account={id} /> },
];

function LedgerLink({ account }: { readonly account: string }) {
  const tz = useTz();
  return (
    <Link to="/collect/ledger" search={{ ...tz, account, range: "30d" }} aria-label={`Ledger of ${account}`}>
      see
    </Link>
  );
}

/** As Organizations says it. */
function Status({ status }: { readonly status: string }) {
  if (status === "UNKNOWN") return <span title="Only log files told of it, Organizations did not">not told</span>;
  const word = status.toLowerCase().replaceAll("_", " ");
  return status === "ACTIVE" ? <>{word}</> : <span className={classes["bad"]}>{word}</span>;
}
