import { putNoticeRoute } from "../../../notify-api.ts";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { levelWords } from "../../../parts/levels.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { useNoticeRoutes, useNotifyMutation } from "../use-notify.ts";
import classes from "./channels.module.css";

/** While there are channels and no route, nobody is told: the usual route is one click away. */
export function OfferedRoute() {
  const announce = useAnnounce();
  const offered = useNoticeRoutes().data?.offered ?? undefined;
  const put = useNotifyMutation(putNoticeRoute, () => {
    announce("The route is made");
  });
  if (offered === undefined) return null;
  return (
    <div className={classes["offer"]}>
      <p>
        <strong>No route leads to a channel, so nobody is told yet.</strong> The usual one tells{" "}
        <VisibleText text={offered.channels.join(", ")} /> of everything {levelWords[offered.severity].toLowerCase()} or
        worse.
      </p>
      <ChangeButton
        look="main"
        isBusy={put.isPending}
        onClick={() => {
          put.mutate(offered);
        }}
      >
        Make that route
      </ChangeButton>
      {put.isError ? <ProblemNote error={put.error} /> : null}
    </div>
  );
}
