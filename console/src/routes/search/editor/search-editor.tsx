import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import type { Ref } from "react";
import { flushSync } from "react-dom";
import { fetchFacets } from "../../../api.ts";
import type { Question } from "../../../api.ts";
import { Icon } from "../../../parts/icon.tsx";
import { errorOf } from "../query-text.ts";
import type { CodeEditor } from "./code-editor.ts";
import { RecentQueries } from "./recent-queries.tsx";
import classes from "./search-editor.module.css";

const hint = "Search anything: a name, an address, eventName:CreateUser …";
const label = "Search events";

export interface SearchEditorHandle {
  readonly focus: () => void;
}

export interface SearchEditorProps {
  readonly handle: Ref<SearchEditorHandle>;
  /** The question that the page shows the answers to. */
  readonly question: Question;
  readonly draft: string;
  /** What the page has put in, as when a filter was clicked; another object each time. */
  readonly placed: { readonly text: string };
  readonly isWrong: boolean;
  readonly onDraft: (text: string) => void;
  readonly onRun: (text: string) => void;
  /** Down, out of the search line and to the answers. */
  readonly onLeave: () => void;
}

/** The search line: a plain input at once, the editor with colours and completion as soon as it has loaded. */
export function SearchEditor(props: SearchEditorProps) {
  const { draft, placed, onDraft, onRun } = props;
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const editor = useRef<CodeEditor>(null);
  const [isReady, setReady] = useState(false);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useImperativeHandle(props.handle, () => ({
    focus: () => {
      if (editor.current === null) input.current?.select();
      else editor.current.focusAll();
    },
  }));

  useEffect(() => {
    let isGone = false;
    let created: CodeEditor | undefined;
    async function load(): Promise<void> {
      const { createCodeEditor } = await import("./code-editor.ts");
      if (isGone || frame.current === null) return;
      const plain = input.current;
      const hadFocus = document.activeElement === plain;
      created = createCodeEditor({
        parent: frame.current,
        text: latest.current.draft,
        selection: [plain?.selectionStart ?? 0, plain?.selectionEnd ?? 0],
        label,
        placeholder: hint,
        onText: (text) => {
          latest.current.onDraft(text);
        },
        onRun: () => {
          latest.current.onRun(created?.text() ?? "");
        },
        onEscape: () => {
          created?.blur();
        },
        onLeave: () => {
          created?.blur();
          latest.current.onLeave();
        },
        valuesOf: async (field, contains, signal) => {
          // A name that is no field yet has no values to ask for.
          if (errorOf(`${field}:*`) !== undefined) return [];
          const { from, to } = latest.current.question;
          const facets = await fetchFacets({ query: "", from, to }, { fields: [field], limit: 12, contains }, signal);
          return facets[0]?.values ?? [];
        },
      });
      editor.current = created;
      // At once: for no moment may there be two search lines, one of them about to go.
      flushSync(() => {
        setReady(true);
      });
      if (hadFocus) created.focus();
    }
    // Without the editor the plain input goes on working.
    load().catch(() => undefined);
    return () => {
      isGone = true;
      created?.destroy();
      editor.current = null;
    };
  }, []);

  // Not on every draft: an echo that comes late would undo what has been written since.
  useLayoutEffect(() => {
    editor.current?.setText(placed.text);
  }, [placed]);

  return (
    <form
      className={classes["editor"]}
      role="search"
      data-wrong={props.isWrong}
      onSubmit={(event) => {
        event.preventDefault();
        onRun(draft);
      }}
    >
      <span className={classes["glass"]}>
        <Icon name="search" size={15} />
      </span>
      <div className={classes["line"]} ref={frame}>
        {isReady ? null : (
          <input
            ref={input}
            type="text"
            role="searchbox"
            className={classes["plain"]}
            aria-label={label}
            placeholder={hint}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={draft}
            onChange={(event) => {
              onDraft(event.currentTarget.value);
            }}
          />
        )}
      </div>
      {draft === "" ? null : (
        <button
          type="button"
          className={classes["button"]}
          aria-label="Clear the search"
          title="Clear"
          onClick={() => {
            onRun("");
          }}
        >
          <Icon name="close" size={12} />
        </button>
      )}
      <RecentQueries current={props.question.query} onPick={onRun} />
      <button type="submit" className={classes["run"]}>
        Search
      </button>
    </form>
  );
}
