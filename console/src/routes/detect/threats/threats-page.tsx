import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { Delayed } from "../../../parts/delayed.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { formatSpan } from "../../../parts/instants.ts";
import { LevelMark } from "../../../parts/level-mark.tsx";
import { countOf, formatNumber } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { refreshThreatList, removeThreatList, type ThreatList } from "../../../threats-api.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { DataTable, type Columns } from "../../collect/data-table.tsx";
import { Moment } from "../../collect/moment.tsx";
import { RemoveButton } from "../../../parts/remove-button.tsx";
import table from "../../collect/table.module.css";
import { DetectFrame } from "../detect-frame.tsx";
import { useAskAgain, useDetectMutation, useThreatLists } from "../use-detect.ts";
import { ThreatDialog } from "./threat-dialog.tsx";
import { threatKindWords } from "./threat-words.ts";

/** Addresses, domains and access keys that somebody warned of. */
export function ThreatsPage() {
  const lists = useThreatLists();
  const [isAdding, setAdding] = useState(false);
  return (
    <DetectFrame
      title="Threat lists"
      lead="Every event’s address, and what it names, is held against these lists as it is stored. Lists come from files or URLs that you give; none is fetched unless you say so."
      beside={
        <ChangeButton
          look="main"
          icon="plus"
          onClick={() => {
            setAdding(true);
          }}
        >
          Add a list
        </ChangeButton>
      }
    >
      {lists.data === undefined ? (
        lists.isError ? (
          <ProblemNote error={lists.error} onRetry={() => void lists.refetch()} />
        ) : (
          <Delayed>
            <p className={table["soft"]}>Asking for the lists…</p>
          </Delayed>
        )
      ) : lists.data.length === 0 ? (
        <p className={table["nothing"]}>No list yet: no address is known to be bad.</p>
      ) : (
        <DataTable label="Threat lists" rows={lists.data} keyOf={({ name }) => name} columns={columns} />
      )}
      {isAdding ? (
        <ThreatDialog
          taken={(lists.data ?? []).map(({ name }) => name)}
          onClose={() => {
            setAdding(false);
          }}
        />
      ) : null}
    </DetectFrame>
  );
}

const columns: Columns<ThreatList> = [
  {
    name: "Name",
    cell: ({ name, license }) => (
      <>
        <VisibleText text={name} />
        {license === "" ? null : (
          <small>
            <VisibleText text={license} />
          </small>
        )}
      </>
    ),
  },
  { name: "Severity", cell: ({ level }) => <LevelMark level={level} /> },
  {
    name: "Entries",
    cell: ({ kind, entries, refused, refusedCount }) => (
      <>
        {formatNumber(entries)} {threatKindWords[kind].toLowerCase()}
        {refused.length === 0 ? null : (
          <details>
            <summary>
              {countOf(refusedCount, "line")} {refusedCount === 1 ? "is" : "are"} no entry
            </summary>
            <ul>
              {refused.map(({ line, reason }) => (
                <li key={line}>
                  <VisibleText text={`Line ${line}: ${reason}`} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </>
    ),
  },
  {
    name: "From",
    cell: ({ url, everyMs }) =>
      url === "" ? (
        "handed in"
      ) : (
        <>
          <VisibleText text={url} />
          <small>every {formatSpan(everyMs / 1000)}</small>
        </>
      ),
  },
  {
    name: "Fetched",
    cell: ({ fetchedAt, problem, expireMs }) => (
      <>
        <Moment at={fetchedAt} />
        {expireMs === 0 ? null : <small>entries end after {formatSpan(expireMs / 1000)}</small>}
        {problem === null ? null : (
          <span className={table["bad"]} role="alert">
            <Icon name="warning" size={12} /> <VisibleText text={problem} />
          </span>
        )}
      </>
    ),
  },
  { name: "Change", cell: (list) => <Changes list={list} /> },
];

function Changes({ list: { name, url } }: { readonly list: ThreatList }) {
  const announce = useAnnounce();
  const askAgain = useAskAgain();
  const refresh = useDetectMutation(
    () => refreshThreatList(name),
    () => {
      announce(`${name} was fetched again`);
    },
  );
  return (
    <span className={controls["buttons"]}>
      {url === "" ? null : (
        <ChangeButton
          isSmall
          isBusy={refresh.isPending}
          label={`Fetch ${name} now`}
          onClick={() => {
            refresh.mutate(undefined);
          }}
        >
          Fetch now
        </ChangeButton>
      )}
      <RemoveButton name={name} remove={() => removeThreatList(name)} onRemoved={askAgain} />
      {refresh.isError ? <ProblemNote error={refresh.error} /> : null}
    </span>
  );
}
