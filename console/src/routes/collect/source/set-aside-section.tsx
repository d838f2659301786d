import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { dropSetAside, fetchSetAside, sendAgain } from "../../../collect-api.ts";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { countOf, formatNumber } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { useAskAgain } from "../use-collect.ts";
import { SetAsideItem } from "./set-aside-item.tsx";
import classes from "./source.module.css";

/** Messages that could not be understood or used: whole, with their reason, until a person decides. */
export function SetAsideSection({ name, count }: { readonly name: string; readonly count: number }) {
  const announce = useAnnounce();
  const askAgain = useAskAgain();
  const heading = useRef<HTMLHeadingElement>(null);
  const [left, setLeft] = useState<ReadonlyMap<string, string>>(new Map());
  const pages = useInfiniteQuery({
    // The number is in the key, so that the list follows it.
    queryKey: ["collect", "set-aside", name, count],
    queryFn: ({ pageParam, signal }) => fetchSetAside(name, pageParam, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (last) => last,
    enabled: count > 0,
  });
  const again = useMutation({
    mutationFn: (ids: readonly string[] | undefined) => sendAgain(name, ids),
    onSuccess: (result) => {
      setLeft(new Map(result.left.map(({ id, reason }) => [id, reason])));
      const stays = result.left.length === 0 ? "" : `; ${formatNumber(result.left.length)} stay, each with its reason`;
      announce(`${formatNumber(result.done)} done with${stays}`);
      askAgain("sources");
      askAgain("set-aside", name);
    },
  });
  const drop = useMutation({
    mutationFn: (id: string) => dropSetAside(name, [id]),
    onSuccess: () => {
      announce("Dropped");
      askAgain("sources");
      askAgain("set-aside", name);
    },
  });
  const isAsked = location.hash === "#set-aside";
  useEffect(() => {
    if (isAsked) heading.current?.scrollIntoView({ block: "start" });
  }, [isAsked]);
  const messages = count === 0 ? [] : (pages.data?.pages.flatMap((page) => page.messages) ?? []);
  const isBusy = again.isPending || drop.isPending;
  return (
    <section className={classes["card"]} aria-label="Set aside">
      <div className={classes["beside"]}>
        <h2 ref={heading} id="set-aside">
          Set aside
        </h2>
        {count === 0 ? null : (
          <ChangeButton
            isSmall
            isBusy={isBusy}
            onClick={() => {
              again.mutate(undefined);
            }}
          >
            Send all {formatNumber(count)} again
          </ChangeButton>
        )}
      </div>
      {count === 0 ? (
        <p className={classes["soft"]}>No messages: each was understood.</p>
      ) : (
        <p className={classes["soft"]}>
          {countOf(count, "message")} could not be understood or used. Nothing of {count === 1 ? "it" : "them"} is lost.
        </p>
      )}
      {pages.isError ? <ProblemNote error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {again.isError ? <ProblemNote error={again.error} /> : null}
      {drop.isError ? <ProblemNote error={drop.error} /> : null}
      <ul className={classes["aside"]} aria-label="Messages set aside">
        {messages.map((message) => (
          <SetAsideItem
            key={message.id}
            message={message}
            newReason={left.get(message.id)}
            isBusy={isBusy}
            onSendAgain={() => {
              again.mutate([message.id]);
            }}
            onDrop={() => {
              drop.mutate(message.id);
            }}
          />
        ))}
      </ul>
      {pages.hasNextPage && count > 0 ? (
        <button
          type="button"
          className={controls["button"]}
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          More
        </button>
      ) : null}
    </section>
  );
}
