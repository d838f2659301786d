import { Link, useNavigate, useParams } from "@tanstack/react-router";
import type { Source } from "../../../collect-api.ts";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { Delayed } from "../../../parts/delayed.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { CollectFrame } from "../collect-frame.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import { PermissionList } from "../permission-list.tsx";
import { ProgressBar } from "../progress-bar.tsx";
import { SourceWords } from "../source-words.tsx";
import { StatusBadge } from "../status-badge.tsx";
import { useAskAgain, useForgetSource, useKinds, useSource } from "../use-collect.ts";
import { SetAsideSection } from "./set-aside-section.tsx";
import { SettingsCard } from "./settings-card.tsx";
import { SourceActions } from "./source-actions.tsx";
import { SourceFigures } from "./source-figures.tsx";
import classes from "./source.module.css";
import { TestSection } from "./test-section.tsx";

/** One source: how it is, what it brought, and what can be done with it. */
export function SourcePage() {
  const { name } = useParams({ from: "/collect/sources/$name" });
  const source = useSource(name);
  const tz = useTz();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const askAgain = useAskAgain();
  const forget = useForgetSource();
  return (
    <CollectFrame
      title={name}
      {...(source.data === undefined
        ? {}
        : {
            lead: source.data.isBuiltIn ? `${source.data.type} of the sandbox here` : source.data.type,
            beside: (
              <SourceActions
                source={source.data}
                onRemoved={() => {
                  announce(`${name} is removed`);
                  forget(name);
                  // Once this page is left nobody asks for the source any more.
                  void navigate({ to: "/collect", search: tz }).then(() => {
                    askAgain("sources");
                  });
                }}
              />
            ),
          })}
    >
      {source.data !== undefined ? (
        <Body source={source.data} />
      ) : source.isError ? (
        <>
          <ProblemNote error={source.error} onRetry={() => void source.refetch()} />
          <p>
            <Link to="/collect" search={tz}>
              All sources
            </Link>
          </p>
        </>
      ) : (
        <Delayed>
          <p className={classes["soft"]}>Asking for the source…</p>
        </Delayed>
      )}
    </CollectFrame>
  );
}

function Body({ source }: { readonly source: Source }) {
  const kinds = useKinds();
  const permissions = kinds.data?.find(({ type }) => type === source.type)?.permissions;
  return (
    <div className={classes["columns"]}>
      <div className={classes["wide"]}>
        <section className={classes["standing"]} data-status={source.status} aria-label="How it is">
          <StatusBadge status={source.status} />
          <SourceWords source={source} />
          {source.progress === null ? null : <ProgressBar progress={source.progress} />}
        </section>
        <SourceFigures source={source} />
        <TestSection name={source.name} />
        <SetAsideSection name={source.name} count={source.setAside} />
      </div>
      <div className={classes["side"]}>
        <SettingsCard source={source} />
        {permissions === undefined ? null : (
          <div className={classes["card"]}>
            <PermissionList permissions={permissions} />
          </div>
        )}
      </div>
    </div>
  );
}
