import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { Icon, type IconName } from "../../../parts/icon.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { fetchDoctor } from "../../../setup-api.ts";
import type { DoctorFinding, DoctorRow } from "../../../setup-types.ts";
import { DataTable, type Columns } from "../../collect/data-table.tsx";
import shared from "../setup.module.css";
import { ToDo } from "../trouble-list.tsx";
import { doctorSentence, sortRows, standingOf, type Standing } from "./doctor-words.ts";
import classes from "./role.module.css";

/** Tries every right that Trailwarden needs in the account, and says which feature lacks which. */
export function DoctorSection({ name }: { readonly name: string }) {
  const [isAsked, setAsked] = useState(false);
  const doctor = useQuery({
    queryKey: ["setup", "of", name, "doctor"],
    queryFn: ({ signal }) => fetchDoctor(name, signal),
    enabled: isAsked,
    staleTime: 0,
    retry: false,
  });
  const report = doctor.data;
  const rows = sortRows(report?.rows ?? []);
  const there = rows.filter((row) => standingOf(row) === "good");
  return (
    <section className={shared["card"]} aria-label="Whether it works">
      <div className={shared["head"]}>
        <h2>Whether it works</h2>
        <button
          type="button"
          className={`${controls["button"]} ${controls["main"]}`}
          disabled={doctor.isFetching}
          onClick={() => {
            if (isAsked) void doctor.refetch();
            else setAsked(true);
          }}
        >
          <Icon name="play" />
          {report === undefined ? "Look whether it works" : "Look again"}
        </button>
      </div>
      <p aria-live="polite">
        {doctor.isFetching
          ? "Trying every right…"
          : report === undefined
            ? "Every right is tried without changing anything. New rights take a minute until AWS knows them everywhere."
            : doctorSentence(report)}
      </p>
      {doctor.isError ? <ProblemNote error={doctor.error} /> : null}
      {report === undefined || report.findings.length === 0 ? null : (
        <ul className={shared["words"]} aria-label="The role itself">
          {report.findings.map((finding) => (
            <FindingItem key={`${finding.accountId} ${finding.about}`} finding={finding} />
          ))}
        </ul>
      )}
      <Rights label="Rights" rows={rows.filter((row) => standingOf(row) !== "good")} />
      {there.length === 0 ? null : (
        <details className={`${shared["more"]} ${classes["there"]}`}>
          <summary>
            {countOf(there.length, "right")} that {there.length === 1 ? "is" : "are"} there
          </summary>
          <Rights label="Rights that are there" rows={there} />
        </details>
      )}
    </section>
  );
}

function Rights({ label, rows }: { readonly label: string; readonly rows: readonly DoctorRow[] }) {
  if (rows.length === 0) return null;
  return (
    <div className={shared["after"]}>
      <DataTable
        label={label}
        rows={rows}
        keyOf={({ accountId, action, on }) => `${accountId} ${action} ${on}`}
        columns={columns}
      />
    </div>
  );
}

/** Who we are in the account, whether the external ID is asked for, whether the clocks agree. */
function FindingItem({ finding }: { readonly finding: DoctorFinding }) {
  const { state, sentence, help } = finding;
  const standing = state === "unknown" ? "unsure" : state;
  return (
    <li>
      <span className={classes["state"]} data-state={standing}>
        <Icon name={looks[standing][1]} />
      </span>
      <div>
        <VisibleText text={sentence} />
        {state === "good" ? null : <ToDo help={help} />}
      </div>
    </li>
  );
}

const looks: Readonly<Record<Standing, readonly [word: string, icon: IconName]>> = {
  good: ["There", "check"],
  bad: ["Lacking", "warning"],
  spare: ["Not there, not needed", "minus"],
  unsure: ["Not known", "unknown"],
};

const columns: Columns<DoctorRow> = [
  {
    name: "Right",
    cell: ({ accountId, action, on }) => (
      <>
        <code>
          <VisibleText text={action} />
        </code>
        <small>
          <VisibleText text={`${on} · ${accountId}`} />
        </small>
      </>
    ),
  },
  { name: "For", cell: ({ feature }) => <VisibleText text={feature} /> },
  {
    name: "State",
    cell: (row) => {
      const standing = standingOf(row);
      const [word, icon] = looks[standing];
      return (
        <span className={classes["state"]} data-state={standing}>
          <Icon name={icon} />
          {word}
        </span>
      );
    },
  },
  {
    name: "What was found",
    cell: (row) => (
      <>
        <VisibleText text={row.sentence} />
        {row.help === "" || standingOf(row) === "good" ? null : (
          <small>
            To do: <VisibleText text={row.help} />
          </small>
        )}
      </>
    ),
  },
];
