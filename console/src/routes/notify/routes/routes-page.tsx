import { useState } from "react";
import { putNoticeRoute, removeNoticeRoute, type NoticeRoute } from "../../../notify-api.ts";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { Delayed } from "../../../parts/delayed.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { DataTable, type Columns } from "../../collect/data-table.tsx";
import { RemoveButton } from "../../../parts/remove-button.tsx";
import table from "../../collect/table.module.css";
import { OfferedRoute } from "../channels/offered-route.tsx";
import { NotifyFrame } from "../notify-frame.tsx";
import { useAskAgain, useChannels, useNoticeRoutes, useNotifyMutation } from "../use-notify.ts";
import { RouteDialog } from "./route-dialog.tsx";
import { whatWords, whenWords } from "./route-words.ts";

/** Who is told of what, and when. */
export function RoutesPage() {
  const routes = useNoticeRoutes();
  const hasChannels = (useChannels().data ?? []).length > 0;
  const [edited, setEdited] = useState<NoticeRoute | "new" | undefined>();
  const all = routes.data?.routes;
  return (
    <NotifyFrame
      title="Routes"
      lead="Who is told of what, and when. What fits several routes goes by each of them, and to a channel only once."
      beside={
        <ChangeButton
          look="main"
          icon="plus"
          isBusy={!hasChannels}
          onClick={() => {
            setEdited("new");
          }}
        >
          Add a route
        </ChangeButton>
      }
    >
      <OfferedRoute />
      {all === undefined ? (
        routes.isError ? (
          <ProblemNote error={routes.error} onRetry={() => void routes.refetch()} />
        ) : (
          <Delayed>
            <p className={table["soft"]}>Asking for the routes…</p>
          </Delayed>
        )
      ) : all.length === 0 ? (
        <p className={table["nothing"]}>
          No route yet: nobody is told of anything.{hasChannels ? "" : " Add a channel first."}
        </p>
      ) : (
        <DataTable label="Routes" rows={all} keyOf={({ name }) => name} columns={columnsOf(setEdited)} />
      )}
      {edited === undefined ? null : (
        <RouteDialog
          route={edited === "new" ? undefined : edited}
          taken={(all ?? []).map(({ name }) => name)}
          onClose={() => {
            setEdited(undefined);
          }}
        />
      )}
    </NotifyFrame>
  );
}

function columnsOf(onEdit: (route: NoticeRoute) => void): Columns<NoticeRoute> {
  return [
    {
      name: "Name",
      cell: ({ name, isOn }) => (
        <>
          <span style={{ display: "inline-block", minWidth: 104 }}>
            <VisibleText text={name} />
          </span>
          {isOn ? null : <small>switched off</small>}
        </>
      ),
    },
    {
      name: "Tells",
      cell: ({ channels }) => (
        <span style={{ display: "inline-block", minWidth: 72 }}>
          <VisibleText text={channels.join(", ")} />
        </span>
      ),
    },
    { name: "Of", cell: (route) => <VisibleText text={whatWords(route)} /> },
    { name: "When", cell: (route) => <VisibleText text={whenWords(route)} /> },
    {
      name: "Change",
      cell: (route) => (
        <Changes
          route={route}
          onEdit={() => {
            onEdit(route);
          }}
        />
      ),
    },
  ];
}

function Changes({ route, onEdit }: { readonly route: NoticeRoute; readonly onEdit: () => void }) {
  const announce = useAnnounce();
  const askAgain = useAskAgain();
  const put = useNotifyMutation(putNoticeRoute, () => {
    announce(route.isOn ? `${route.name} is off` : `${route.name} is on`);
  });
  return (
    <span className={controls["buttons"]}>
      <ChangeButton
        isSmall
        isBusy={put.isPending}
        label={`Switch ${route.name} ${route.isOn ? "off" : "on"}`}
        onClick={() => {
          put.mutate({ ...route, isOn: !route.isOn });
        }}
      >
        {route.isOn ? "Switch off" : "Switch on"}
      </ChangeButton>
      <ChangeButton isSmall label={`Edit ${route.name}`} onClick={onEdit}>
        Edit…
      </ChangeButton>
      <RemoveButton name={route.name} remove={() => removeNoticeRoute(route.name)} onRemoved={askAgain} />
      {put.isError ? <ProblemNote error={put.error} /> : null}
    </span>
  );
}
