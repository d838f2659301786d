import { Link } from "@tanstack/react-router";
import { pauseChannel, removeChannel, testChannel, type Channel, type TestAnswer } from "../../../notify-api.ts";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { fieldTitle } from "../../collect/add/schema-fields.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { Moment } from "../../collect/moment.tsx";
import { RemoveButton } from "../../../parts/remove-button.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import shared from "../../setup/setup.module.css";
import { DeliveryBadge } from "../delivery-badge.tsx";
import { typeWord } from "../notify-words.ts";
import { useAskAgain, useNotifyMutation } from "../use-notify.ts";
import classes from "./channels.module.css";

export interface ChannelCardProps {
  readonly channel: Channel;
  readonly onEdit: () => void;
}

/** One channel: what it is, what became of the last message, and what can be done with it. */
export function ChannelCard({ channel, onEdit }: ChannelCardProps) {
  const tz = useTz();
  const { name, type, settings, secrets, isPaused, waiting, last } = channel;
  const shown = Object.entries(settings).map(([key, value]) => [fieldTitle(key), valueWords(value)] as const);
  return (
    <li className={`${shared["card"]} ${classes["channel"]}`} aria-label={name} data-paused={isPaused}>
      <div className={shared["head"]}>
        <h2>
          <VisibleText text={name} /> <span className={classes["type"]}>{typeWord(type)}</span>
        </h2>
        {isPaused ? (
          <span className={classes["paused"]}>
            <Icon name="pause" size={12} /> Paused
          </span>
        ) : null}
      </div>
      <p className={classes["last"]}>
        {last === null ? (
          "Nothing was sent yet."
        ) : (
          <>
            <DeliveryBadge status={last.status} /> <Moment at={last.at} />: <VisibleText text={last.answer} />
          </>
        )}
        {waiting > 0 ? ` ${countOf(waiting, "notice")} ${waiting === 1 ? "waits" : "wait"}.` : ""}{" "}
        <Link to="/notify/deliveries" search={{ ...tz, channel: name }}>
          Deliveries
        </Link>
      </p>
      <dl className={shared["facts"]} data-wide="true">
        {shown.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <VisibleText text={value} />
            </dd>
          </div>
        ))}
        {secrets.length === 0 ? null : (
          <div>
            <dt>Secrets, never shown</dt>
            <dd>
              <VisibleText text={secrets.map((secret) => fieldTitle(secret)).join(", ")} />
            </dd>
          </div>
        )}
      </dl>
      <Changes channel={channel} onEdit={onEdit} />
    </li>
  );
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}

function Changes({ channel: { name, isPaused }, onEdit }: ChannelCardProps) {
  const announce = useAnnounce();
  const askAgain = useAskAgain();
  const test = useNotifyMutation(() => testChannel(name));
  const pause = useNotifyMutation(
    () => pauseChannel(name, !isPaused),
    () => {
      announce(isPaused ? `${name} sends again` : `${name} is paused; what is to be told waits`);
    },
  );
  return (
    <>
      <div className={controls["buttons"]}>
        <ChangeButton
          isSmall
          isBusy={test.isPending}
          label={`Test ${name}`}
          onClick={() => {
            test.mutate(undefined);
          }}
        >
          {test.isPending ? "Sending…" : "Send a test"}
        </ChangeButton>
        <ChangeButton isSmall label={`Edit ${name}`} onClick={onEdit}>
          Edit…
        </ChangeButton>
        <ChangeButton
          isSmall
          isBusy={pause.isPending}
          label={`${isPaused ? "Go on with" : "Pause"} ${name}`}
          onClick={() => {
            pause.mutate(undefined);
          }}
        >
          {isPaused ? "Go on" : "Pause"}
        </ChangeButton>
        <RemoveButton name={name} remove={() => removeChannel(name)} onRemoved={askAgain} />
      </div>
      {test.data === undefined ? null : <TestResult result={test.data} />}
      {test.isError ? <ProblemNote error={test.error} /> : null}
      {pause.isError ? <ProblemNote error={pause.error} /> : null}
    </>
  );
}

function TestResult({ result: { isDelivered, answer } }: { readonly result: TestAnswer }) {
  return (
    <p className={classes["tested"]} data-good={isDelivered} role="status">
      <Icon name={isDelivered ? "check" : "warning"} size={14} />
      <span>
        {isDelivered ? "It was taken: " : "It did not arrive: "}
        <VisibleText text={answer} />
      </span>
    </p>
  );
}
