import { useState } from "react";
import type { Channel } from "../../../notify-api.ts";
import { Delayed } from "../../../parts/delayed.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import table from "../../collect/table.module.css";
import { NotifyFrame } from "../notify-frame.tsx";
import { useChannels } from "../use-notify.ts";
import { ChannelCard } from "./channel-card.tsx";
import { ChannelDialog } from "./channel-dialog.tsx";
import classes from "./channels.module.css";
import { OfferedRoute } from "./offered-route.tsx";

/** Where people are told, and whether that works. */
export function ChannelsPage() {
  const channels = useChannels();
  /** The channel that is edited, or a new one. */
  const [edited, setEdited] = useState<Channel | "new" | undefined>();
  return (
    <NotifyFrame
      title="Channels"
      lead="Where people are told. A channel says nothing by itself: a route says who is told of what, and when."
      beside={
        <ChangeButton
          look="main"
          icon="plus"
          onClick={() => {
            setEdited("new");
          }}
        >
          Add a channel
        </ChangeButton>
      }
    >
      <OfferedRoute />
      {channels.data === undefined ? (
        channels.isError ? (
          <ProblemNote error={channels.error} onRetry={() => void channels.refetch()} />
        ) : (
          <Delayed>
            <p className={table["soft"]}>Asking for the channels…</p>
          </Delayed>
        )
      ) : channels.data.length === 0 ? (
        <p className={table["nothing"]}>
          <strong>Nobody is told of anything yet.</strong> Incidents are opened and wait here until somebody looks. Add
          a channel: e-mail, Slack, Teams, PagerDuty, a webhook, SNS or syslog.
        </p>
      ) : (
        <ul className={classes["channels"]} aria-label="Channels">
          {channels.data.map((channel) => (
            <ChannelCard
              key={channel.name}
              channel={channel}
              onEdit={() => {
                setEdited(channel);
              }}
            />
          ))}
        </ul>
      )}
      {edited === undefined ? null : (
        <ChannelDialog
          channel={edited === "new" ? undefined : edited}
          taken={(channels.data ?? []).map(({ name }) => name)}
          onClose={() => {
            setEdited(undefined);
          }}
        />
      )}
    </NotifyFrame>
  );
}
