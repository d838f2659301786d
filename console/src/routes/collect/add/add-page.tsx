import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Added } from "../../../collect-api.ts";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { Delayed } from "../../../parts/delayed.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { CollectFrame } from "../collect-frame.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import { PermissionList } from "../permission-list.tsx";
import { useAskAgain, useKinds, useSources } from "../use-collect.ts";
import { AddForm } from "./add-form.tsx";
import classes from "./add.module.css";
import { KindChoice } from "./kind-choice.tsx";
import { ShownOnce } from "./shown-once.tsx";

/** Adding a source: which kind, its settings, a look whether they hold. */
export function AddPage() {
  const kinds = useKinds();
  const sources = useSources();
  const { kind: type } = useSearch({ from: "/collect/add" });
  const tz = useTz();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const askAgain = useAskAgain();
  const [added, setAdded] = useState<Added>();
  const kind = kinds.data?.find((each) => each.type === type);

  function onAdded(done: Added): void {
    askAgain("sources");
    announce(`${done.source.name} is added`);
    if (Object.keys(done.shown).length > 0) setAdded(done);
    else void navigate({ to: "/collect/sources/$name", params: { name: done.source.name }, search: tz });
  }

  if (added !== undefined) {
    return (
      <CollectFrame title={`${added.source.name} is added`}>
        <ShownOnce added={added} />
      </CollectFrame>
    );
  }
  return (
    <CollectFrame
      title={kind === undefined ? "Add a source" : `Add a source: ${kind.type}`}
      lead={kind === undefined ? "What do log files come from?" : kind.summary}
    >
      {kinds.data === undefined ? (
        kinds.isError ? (
          <ProblemNote error={kinds.error} onRetry={() => void kinds.refetch()} />
        ) : (
          <Delayed>
            <p className={classes["soft"]}>Asking for the kinds of sources…</p>
          </Delayed>
        )
      ) : kind === undefined ? (
        <KindChoice kinds={kinds.data} />
      ) : sources.data === undefined ? null : (
        <div className={classes["columns"]}>
          <AddForm
            key={kind.type}
            kind={kind}
            taken={new Set(sources.data.map(({ name }) => name))}
            onAdded={onAdded}
          />
          <aside className={classes["aside"]} aria-label="Beside the settings">
            <p>
              <Link to="/collect/add" search={tz}>
                Choose another kind
              </Link>
            </p>
            <PermissionList permissions={kind.permissions} />
          </aside>
        </div>
      )}
    </CollectFrame>
  );
}
