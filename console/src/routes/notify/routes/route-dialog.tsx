import { useState } from "react";
import { noticeKinds, putNoticeRoute, type NoticeRoute } from "../../../notify-api.ts";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { NameField } from "../../../parts/name-field.tsx";
import { namesProblem } from "../../../parts/names-problem.ts";
import { LinesField } from "../../../parts/text-field.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { ChoiceList, toggled } from "../../../parts/choice-list.tsx";
import { DialogForm } from "../../../parts/dialog-form.tsx";
import { kindWords, typeWord } from "../notify-words.ts";
import { useChannels, useNotifyMutation } from "../use-notify.ts";
import { firstEntries, readRoute, type RouteEntries } from "./route-entries.ts";
import { LevelChoice } from "../../../parts/level-choice.tsx";
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
      sending={put}
      isLacking={nameProblem !== undefined || entries.channels.length === 0}
      onSend={() => {
        put.mutate(readRoute(entries, route));
      }}
      onClose={onClose}
    >
      {route === undefined ? (
        <NameField
          name={name}
          problem={nameProblem}
          onName={(next) => {
            write({ name: next });
          }}
        />
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
      <LinesField
        title="Only of these accounts"
        note="Account numbers; all where it is empty"
        rows={1}
        text={accounts}
        onText={(text) => {
          write({ accounts: text });
        }}
      />
      <LinesField
        title="Only by these rules"
        note="Keys of rules, one a line; a rule’s key stands on its page"
        rows={1}
        text={rules}
        onText={(text) => {
          write({ rules: text });
        }}
      />
      <WhenFields entries={entries} onWrite={write} />
    </DialogForm>
  );
}
