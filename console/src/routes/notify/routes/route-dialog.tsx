import { useState } from "react";
import { noticeKinds, putNoticeRoute, type NoticeRoute } from "../../../notify-api.ts";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { ChoiceList, DialogForm, toggled } from "../../incidents/incident/dialog-form.tsx";
import { namesProblem } from "../channels/channel-entries.ts";
import { kindWords, typeWord } from "../notify-words.ts";
import { useChannels, useNotifyMutation } from "../use-notify.ts";
import { firstEntries, readRoute, type RouteEntries } from "./route-entries.ts";
import { LevelChoice } from "../level-choice.tsx";
import { WhenFields } from "./when-fields.tsx";

export interface RouteDialogProps {
  /** The one that is edited; a new one where undefined. */
  readonly route: NoticeRoute | undefined;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

/** Who is told of what, and when. */
export function RouteDialog({ route, taken, onClose }: RouteDialogProps) {
  const announce = useAnnounce();
  const channels = useChannels().data ?? [];
  const [entries, setEntries] = useState(() =>
    firstEntries(route, new Intl.DateTimeFormat().resolvedOptions().timeZone),
  );
  const write = (change: Partial<RouteEntries>) => {
    setEntries({ ...entries, ...change });
  };
  const put = useNotifyMutation(putNoticeRoute, () => {
    announce(`The route ${entries.name.trim()} is kept`);
    onClose();
  });
  const { name, severity, accounts, rules } = entries;
  const nameProblem = route === undefined ? namesProblem(name.trim(), taken) : undefined;
  return (
    <DialogForm
      title={route === undefined ? "Add a route" : `Edit ${route.name}`}
      yes={route === undefined ? "Add it" : "Save"}
      isBusy={put.isPending}
      isLacking={nameProblem !== undefined || entries.channels.length === 0}
      error={put.error}
      onSend={() => {
        put.mutate(readRoute(entries, route));
      }}
      onClose={onClose}
    >
      {route === undefined ? (
        <label>
          Name
          <input
            className={controls["input"]}
            autoFocus
            autoComplete="off"
            maxLength={63}
            value={name}
            aria-invalid={name !== "" && nameProblem !== undefined}
            onChange={(event) => {
              write({ name: event.target.value });
            }}
          />
          {name !== "" && nameProblem !== undefined ? <small>{nameProblem}</small> : null}
        </label>
      ) : null}
      <ChoiceList
        legend="Tells"
        kind="checkbox"
        name="channels"
        options={channels.map((channel) => ({
          key: channel.name,
          title: <VisibleText text={channel.name} />,
          note: typeWord(channel.type),
        }))}
        chosen={entries.channels}
        onPick={(key) => {
          write({ channels: toggled(entries.channels, key) });
        }}
      />
      <LevelChoice
        title="Of what is this severe or worse"
        level={severity}
        onPick={(level) => {
          write({ severity: level });
        }}
      />
      <ChoiceList
        legend="Of which kinds; all where none is ticked"
        kind="checkbox"
        name="kinds"
        options={noticeKinds.map((key) => ({ key, title: kindWords[key][0], note: kindWords[key][1] }))}
        chosen={entries.kinds}
        onPick={(key) => {
          const next = toggled(entries.kinds, key);
          write({ kinds: noticeKinds.filter((kind) => next.includes(kind)) });
        }}
      />
      <label>
        Only of these accounts
        <textarea
          className={controls["input"]}
          rows={1}
          value={accounts}
          onChange={(event) => {
            write({ accounts: event.target.value });
          }}
        />
        <small>Account numbers; all where it is empty</small>
      </label>
      <label>
        Only by these rules
        <textarea
          className={controls["input"]}
          rows={1}
          value={rules}
          onChange={(event) => {
            write({ rules: event.target.value });
          }}
        />
        <small>Keys of rules, one a line; a rule’s key stands on its page</small>
      </label>
      <WhenFields entries={entries} onWrite={write} />
    </DialogForm>
  );
}
